import type { CloudLimits } from "../../contracts/cloud.ts";
import { compose } from "../../lib/names.ts";
import type { SiteContext } from "../site-context.ts";
import { oneOf } from "../words.ts";

type Kind = keyof CloudLimits["names"];

/** One name that the cloud gets: the site's own, or that of an entry under it. */
function checkName(context: SiteContext, kind: Kind, at: string, entry: readonly string[]): void {
    const { name, key, limits, facts, add } = context;
    if (limits === undefined || facts === undefined) return;
    const rule = limits.names[kind];
    const composed = compose({ ...rule, max: Infinity }, name, ...entry);
    const over = composed.length - rule.max;
    if (over <= 0) return;
    const parts = [key, ...entry].map((part) => JSON.stringify(part));
    add({
        at,
        message: `makes the name ${composed}, ${composed.length} characters long; ${facts.title} allows ${rule.max} for the name of ${article(rule.kind)}`,
        fix: `Shorten ${oneOf(["project", ...parts])} by ${over}`,
    });
}

/**
 * Names that the cloud takes as they are.
 *
 * A name that is too long would be cut and get a hash, which nobody recognises in the cloud's console. The secret
 * store is left out: 24 characters on Azure leave no choice there.
 */
export function checkNames(context: SiteContext): void {
    const { databases, registries } = context.effective;
    checkName(context, "cluster", "", []);
    for (const key of Object.keys(databases)) {
        checkName(context, "database", `databases.${key}`, [key]);
    }
    for (const key of Object.keys(registries)) {
        checkName(context, "registry", `registries.${key}`, [key]);
    }
}

const article = (noun: string) => (/^[AEIOU]/.test(noun) ? `an ${noun}` : `a ${noun}`);
