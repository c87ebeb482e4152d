import { chain } from "../../../lib/chain.ts";
import { nearest } from "../../nearest.ts";
import type { SiteContext } from "../../site-context.ts";
import type { ApplicationSettings } from "../../types.ts";
import { oneOf } from "../../words.ts";

type Add = SiteContext["add"];

/** True if every step comes after another one that is there. */
function checkTargets(add: Add, at: string, { steps }: ApplicationSettings): boolean {
    const wrong = Object.entries(steps).filter(
        ([name, { after }]) =>
            after !== undefined && (after === name || !Object.hasOwn(steps, after)),
    );
    for (const [name, { after = "" }] of wrong) {
        const others = Object.keys(steps).filter((other) => other !== name);
        const meant = nearest(after, others);
        const choice = others.length > 0 ? `Write ${oneOf(others)}` : "Remove it";
        add({
            at: `${at}.${name}.after`,
            value: after,
            message: "is not another step",
            fix: meant ? `Did you mean ${JSON.stringify(meant)}?` : choice,
        });
    }
    return wrong.length === 0;
}

/** True if no two steps want the same place. */
function checkPlaces(add: Add, at: string, { steps }: ApplicationSettings): boolean {
    const taken = new Map<string | undefined, string>();
    let isFree = true;
    for (const [name, { after }] of Object.entries(steps)) {
        const twin = taken.get(after);
        if (twin === undefined) {
            taken.set(after, name);
            continue;
        }
        isFree = false;
        const place = after === undefined ? "the first step" : `the step after ${after}`;
        add({
            at: `${at}.${name}.after`,
            involves: [`${at}.${twin}.after`],
            message: `makes it ${place}, which ${twin} is already`,
            fix: "Write after: and the step before it",
        });
    }
    return isFree;
}

/** Steps run one after the other: a first one, and each other one after exactly one that is there. */
export function checkSteps(
    { add }: Pick<SiteContext, "add">,
    application: string,
    settings: ApplicationSettings,
): void {
    const at = `${application}.steps`;
    if (!checkTargets(add, at, settings) || !checkPlaces(add, at, settings)) return;
    const reached = chain(settings.steps);
    const lost = Object.keys(settings.steps).filter((name) => !reached.includes(name));
    if (lost.length === 0) return;
    add({
        at,
        involves: lost.map((name) => `${at}.${name}.after`),
        message: `go round in a ring: ${oneOf(lost, "and")} only come after each other`,
        fix: "Leave after out for the first, and let the others follow from it",
    });
}
