import { amount } from "../../lib/units.ts";
import type { Acknowledgement } from "../acknowledgements.ts";
import type { SiteContext } from "../site-context.ts";

/** Backups of prod are kept at least so many days. */
const LEAST_BACKUPS = 7;

/** Something that prod should not do, unless it is accepted by name. */
function unless(
    { stack, add }: SiteContext,
    acknowledgement: Acknowledgement,
    at: string,
    value: unknown,
    message: string,
    fix: string,
): void {
    stack.needed.add(acknowledgement);
    if (stack.acknowledged.includes(acknowledgement)) return;
    add({ at, value, message, fix: `${fix}, or accept it with acknowledge: [${acknowledgement}]` });
}

/** Entries under the paths that they have in a site. */
function under<T>(section: string, entries: Readonly<Record<string, T>>): Record<string, T> {
    return Object.fromEntries(
        Object.entries(entries).map(([key, entry]) => [`${section}.${key}`, entry]),
    );
}

function checkProtection(context: SiteContext): void {
    const { cluster, databases, registries, secretStore } = context.effective;
    const protectable = {
        cluster,
        ...under("databases", databases),
        ...under("registries", registries),
        secretStore,
    };
    const fix = "Set it to true";
    for (const [at, { deletionProtection }] of Object.entries(protectable)) {
        if (deletionProtection) continue;
        const message = "leaves prod without protection against deletion";
        unless(context, "unprotected-prod", `${at}.deletionProtection`, false, message, fix);
    }
    for (const [at, { finalBackup }] of Object.entries(under("databases", databases))) {
        if (finalBackup) continue;
        const message = "lets a deleted database of prod be lost with its backups";
        unless(context, "unprotected-prod", `${at}.finalBackup`, false, message, fix);
    }
    if (!secretStore.recoverable) {
        const message = "lets a deleted secret of prod be lost at once";
        unless(context, "unprotected-prod", "secretStore.recoverable", false, message, fix);
    }
}

function checkAvailability(context: SiteContext): void {
    const { network, cluster, databases } = context.effective;
    const available = { network, cluster, ...under("databases", databases) };
    for (const [at, { highAvailability }] of Object.entries(available)) {
        if (highAvailability) continue;
        const message = "lets prod go down with one zone";
        const place = `${at}.highAvailability`;
        unless(context, "single-zone-prod", place, false, message, "Set it to true");
    }
}

function checkBackups(context: SiteContext): void {
    for (const [key, { backupRetention }] of Object.entries(context.effective.databases)) {
        if (amount(backupRetention) >= LEAST_BACKUPS) continue;
        const at = `databases.${key}.backupRetention`;
        const message = `is less than the ${LEAST_BACKUPS} days that prod's backups are kept`;
        const fix = `Write ${LEAST_BACKUPS} days or more`;
        unless(context, "short-backups-prod", at, backupRetention, message, fix);
    }
}

/** What only prod asks for. */
export function checkProd(context: SiteContext): void {
    if (context.stack.environment !== "prod") return;
    checkProtection(context);
    checkAvailability(context);
    checkBackups(context);
}
