import type { Resource, Rule } from "../rules/rule.ts";
import { matches } from "./glob.ts";
import { stackOf } from "./judge.ts";
import type { Value } from "./reader.ts";

/** Which resources a waiver is for. All that is given has to fit; `*` stands for any text. */
export interface Selector {
    /** The type's token, with its API version or without. */
    readonly type?: string;
    readonly name?: string;
    /** The key of a site, or the name of its component. */
    readonly site?: string;
    /** In other stacks the waiver is left out of account. */
    readonly stack?: string;
    /** Tags or labels of the resource. */
    readonly tag?: Readonly<Record<string, string>>;
}

/** A finding that somebody answers for. */
export interface Waiver {
    readonly rule: string;
    readonly select: Selector;
    /** Who answers for it. */
    readonly owner: string;
    readonly reason: string;
    /** The last day on which it holds, as `2027-03-31`. */
    readonly expires: string;
}

/** A waiver that has to be looked after. */
export interface WaiverFinding {
    readonly rule: Rule;
    readonly message: string;
}

/** What the rules about waivers have in common. */
const ABOUT_WAIVERS = {
    clouds: ["aws", "azure", "gcp", "kubernetes"],
    pack: "security",
    requirements: {},
    analogies: { "SOC 2": ["CC3.4"] },
    see: "https://www.pulumi.com/docs/iac/crossguard/",
    checks: {},
} as const;

/** A waiver holds no longer. What it waived is found again, so this only says why. */
const waiverExpired: Rule = {
    ...ABOUT_WAIVERS,
    id: "waiver-expired",
    title: "No waiver has expired.",
    why: "What was accepted for a while is accepted no longer, and its finding is back.",
    severity: "medium",
    remediation: "Mend what was waived and remove the waiver, or have its owner give it a new day.",
};

/** A waiver waives nothing. */
export const waiverUnused: Rule = {
    ...ABOUT_WAIVERS,
    id: "waiver-unused",
    title: "Every waiver waives something.",
    why: "A waiver that waives nothing today will waive, unseen, whatever comes to fit it.",
    severity: "low",
    remediation: "Remove the waiver, or correct its selector.",
};

/** The rules about waivers, which judge the file and no resource. */
export const waiverRules: readonly Rule[] = [waiverExpired, waiverUnused];

/** What a waiver may select by. */
export interface Subject {
    readonly resource: Resource;
    /** The name of the site's component; undefined outside of sites. */
    readonly site: string | undefined;
}

/** The waivers in one run over a stack, which remembers what they were good for. */
export class WaiverRun {
    readonly #today: string;
    readonly #used = new Set<Waiver>();
    readonly #byRule = new Map<string, Waiver[]>();

    constructor(waivers: readonly Waiver[], today: string) {
        this.#today = today;
        for (const waiver of waivers) {
            const others = this.#byRule.get(waiver.rule);
            if (others === undefined) this.#byRule.set(waiver.rule, [waiver]);
            else others.push(waiver);
        }
    }

    /** The waiver under which a rule's finding on a resource stands, if one holds. */
    find(rule: Rule, subject: Subject): Waiver | undefined {
        const fitting = this.#byRule.get(rule.id)?.filter(({ select }) => selects(select, subject));
        fitting?.forEach((waiver) => this.#used.add(waiver));
        return fitting?.find(({ expires }) => expires >= this.#today);
    }

    /** What is to be said about the waivers themselves after all resources of a stack were judged. */
    findings(stack: string): readonly WaiverFinding[] {
        return [...this.#byRule.values()]
            .flat()
            .filter(({ select }) => matches(stack, select.stack ?? "*"))
            .flatMap((waiver) => this.#findingsOn(waiver));
    }

    #findingsOn(waiver: Waiver): readonly WaiverFinding[] {
        const { rule, owner, expires } = waiver;
        const name = `the waiver of ${rule} by ${owner}`;
        if (!this.#used.has(waiver)) {
            return [{ rule: waiverUnused, message: `${name} fits no finding` }];
        }
        if (expires >= this.#today) return [];
        return [{ rule: waiverExpired, message: `${name} held until ${expires}` }];
    }
}

/** The name of the site's component that a resource stands below, as far as its parents are known. */
export function siteOf(urn: string, parentOf: (urn: string) => string): string | undefined {
    for (let next = parentOf(urn); next !== ""; next = parentOf(next)) {
        const [, , types = "", name = ""] = next.split("::");
        if (/(^|\$)platform:\w+:Site$/.test(types)) return name;
    }
    return undefined;
}

function selects(select: Selector, { resource, site }: Subject): boolean {
    const { type, name, tag = {} } = select;
    const fits = (pattern: string | undefined, ...texts: readonly string[]) =>
        pattern === undefined || texts.some((text) => matches(text, pattern));
    return (
        fits(type, resource.type, resource.token) &&
        fits(name, resource.name) &&
        fits(select.stack, stackOf(resource.urn)) &&
        (select.site === undefined || isSite(site, select.site)) &&
        Object.entries(tag).every(([key, pattern]) => hasTag(resource.inputs, key, pattern))
    );
}

/** A site's component is named after project, stack and key. */
function isSite(site: string | undefined, pattern: string): boolean {
    return site !== undefined && (matches(site, pattern) || matches(site, `*-${pattern}`));
}

/** Where clouds keep what a user tells resources apart by. */
const TAGS = [
    "tags",
    "tagsAll",
    "labels",
    "userLabels",
    "resourceLabels",
    "settings.userLabels",
    "metadata.labels",
] as const;

function hasTag(inputs: Value, key: string, pattern: string): boolean {
    return TAGS.some((path) => {
        const value = inputs.at(path).get(key).text();
        return value.state === "known" && matches(value.value, pattern);
    });
}
