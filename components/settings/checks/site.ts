import { toLabels, toTags } from "../../lib/tags.ts";
import type { Tags } from "../../lib/tags.ts";
import { FACTS } from "../clouds.ts";
import { nearest } from "../nearest.ts";
import type { SiteContext } from "../site-context.ts";
import { CLOUDS } from "../../contracts/cloud.ts";

/** What Azure's private DNS zones take, less the six tags that the platform sets itself. */
const MOST_TAGS = 9;

function checkRegion({ raw, facts, limits, add }: SiteContext): void {
    const at = "region";
    if (raw.region === undefined) {
        const fix = `Name one of ${facts?.title ?? "the cloud"}'s regions, like ${limits?.regions[0] ?? "europe-west3"}`;
        add({ at, message: "is missing", fix });
    } else if (limits && facts && !limits.regions.includes(raw.region)) {
        const meant = nearest(raw.region, limits.regions);
        add({
            at,
            value: raw.region,
            message: `is not a region of ${facts.title} with three zones`,
            fix: meant
                ? `Did you mean ${JSON.stringify(meant)}?`
                : `Write one of ${limits.regions.join(", ")}`,
        });
    }
}

function checkAccount({ raw, facts, limits, add }: SiteContext): void {
    if (facts === undefined || limits === undefined) return;
    const { account: own, title } = facts;
    const { what, pattern, example } = limits.account;
    for (const cloud of CLOUDS) {
        const word = FACTS[cloud].account;
        if (word === own || raw[word] === undefined) continue;
        const message = `is ${FACTS[cloud].title}'s word, and the site is on ${title}`;
        add({ at: word, message, fix: `Did you mean ${JSON.stringify(own)}?` });
        return;
    }
    const value = raw[own];
    if (value === undefined) {
        add({ at: own, message: "is missing", fix: `Write ${what}, like "${example}"` });
    } else if (!pattern.test(value)) {
        add({ at: own, value, message: `is not ${what}`, fix: `Write it like "${example}"` });
    }
}

/** Tags end up as labels too, where two of them may become one. */
function checkTags({ effective, add, name, stack, key }: SiteContext): void {
    const tags = effective.tags;
    if (Object.keys(tags).length > MOST_TAGS) {
        add({
            at: "tags",
            value: `${Object.keys(tags).length} tags`,
            message: `are more than ${MOST_TAGS}: Azure's DNS zones take 15, and the platform sets 6`,
            fix: "Leave out what can be looked up",
        });
    }
    const { project, environment } = stack;
    const own: Tags = { project, environment, site: key, owner: name, costCentre: name, extra: {} };
    const seen = new Map([
        ...Object.keys(toTags(own)).map((tag) => [tag.toLowerCase(), tag] as const),
        ...Object.keys(toLabels(own)).map((label) => [label, label] as const),
    ]);
    for (const tag of Object.keys(tags)) {
        const [label = ""] = Object.keys(toLabels({ ...own, extra: { [tag]: "x" } })).slice(-1);
        const other = seen.get(tag.toLowerCase()) ?? seen.get(label);
        seen.set(label, tag).set(tag.toLowerCase(), tag);
        if (other === undefined) continue;
        const message = `means the same as ${JSON.stringify(other)} where tags ignore case and form`;
        add({ at: `tags.${tag}`, message, fix: "Remove it, or give it another name" });
    }
}

/** Where the site is and what it is tagged with. */
export function checkSite(context: SiteContext): void {
    if (context.raw.cloud === undefined) {
        context.add({ at: "cloud", message: "is missing", fix: "Write aws, azure or gcp" });
    }
    checkRegion(context);
    checkAccount(context);
    checkTags(context);
}
