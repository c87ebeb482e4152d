import type { CloudLimits } from "../../contracts/cloud.ts";
import type { SiteContext } from "../site-context.ts";

type Kind = Exclude<keyof CloudLimits["names"], "secretStore">;

/** Where a kind's names come from in the settings. */
const KEYS: Readonly<Record<Kind, "databases" | "registries" | undefined>> = {
    cluster: undefined,
    database: "databases",
    registry: "registries",
};

/** A name before it is cut: what compose() would make of it without a limit. */
const whole = (name: string, separator: string) => name.replaceAll("-", separator);

/**
 * Names that the cloud takes as they are.
 *
 * A name that is too long would be cut and get a hash, which nobody recognises in the cloud's console. The secret
 * store is left out: 24 characters on Azure leave no choice there.
 */
export function checkNames({ name, key, effective, limits, facts, add }: SiteContext): void {
    if (limits === undefined || facts === undefined) return;
    for (const [kind, kindKeys] of Object.entries(KEYS) as [Kind, (typeof KEYS)[Kind]][]) {
        const rule = limits.names[kind];
        const keys = kindKeys === undefined ? [undefined] : Object.keys(effective[kindKeys]);
        for (const entry of keys) {
            const composed = whole(
                entry === undefined ? name : `${name}-${entry}`,
                rule.separator ?? "-",
            );
            if (composed.length <= rule.max) continue;
            const over = composed.length - rule.max;
            add({
                at: entry === undefined || kindKeys === undefined ? "" : `${kindKeys}.${entry}`,
                message: `makes the name ${composed}, ${composed.length} characters long; ${facts.title} allows ${rule.max} for the name of ${article(rule.kind)}`,
                fix: `Shorten project, ${JSON.stringify(key)}${entry === undefined ? "" : ` or ${JSON.stringify(entry)}`} by ${over}`,
            });
        }
    }
}

const article = (noun: string) => (/^[AEIOU]/.test(noun) ? `an ${noun}` : `a ${noun}`);
