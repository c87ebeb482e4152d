import type { BackupRetention } from "../../contracts/queue.ts";
import { amount } from "../../lib/units.ts";
import type { Acknowledgement } from "../acknowledgements.ts";
import type { SiteContext } from "../site-context.ts";
import { DATA_SECTIONS } from "./sections.ts";

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

/** What can be kept from being deleted. */
interface Protectable {
    readonly deletionProtection: boolean;
}

function checkProtection(context: SiteContext): void {
    const { cluster, databases, secretStore } = context.effective;
    const entries = DATA_SECTIONS.flatMap((section) =>
        Object.entries(under<Protectable>(section, context.effective[section])),
    );
    const protectable: readonly (readonly [string, Protectable])[] = [
        ["cluster", cluster],
        ...entries,
        ["secretStore", secretStore],
    ];
    const fix = "Set it to true";
    for (const [at, { deletionProtection }] of protectable) {
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
    const { network, cluster, databases, caches, sharedFiles } = context.effective;
    const available: Readonly<Record<string, { readonly highAvailability: boolean }>> = {
        network,
        cluster,
        ...under("databases", databases),
        ...under("caches", caches),
        ...under("sharedFiles", sharedFiles),
    };
    for (const [at, { highAvailability }] of Object.entries(available)) {
        if (highAvailability) continue;
        const message = "lets prod go down with one zone";
        const place = `${at}.highAvailability`;
        unless(context, "single-zone-prod", place, false, message, "Set it to true");
    }
}

/** How many members each service has, by the place that says it. */
function counted<T>(
    section: string,
    entries: Readonly<Record<string, T>>,
    membersOf: (entry: T) => readonly [word: string, count: number],
): Record<string, number> {
    return Object.fromEntries(
        Object.entries(entries).map(([key, entry]) => {
            const [word, count] = membersOf(entry);
            return [`${section}.${key}.${word}`, count];
        }),
    );
}

/** Services in the cluster of which one member would be lost with its zone. */
function checkMembers(context: SiteContext): void {
    const { queues, streams, searches } = context.effective;
    const counts = {
        ...counted("queues", queues, ({ replicas }) => ["replicas", replicas]),
        ...counted("streams", streams, ({ brokers }) => ["brokers", brokers]),
        ...counted("searches", searches, ({ nodes }) => ["nodes", nodes]),
    };
    for (const [at, count] of Object.entries(counts)) {
        if (count >= 3) continue;
        const message = "lets prod go down with one zone";
        unless(context, "single-zone-prod", at, count, message, "Set it to 3");
    }
}

/** Names without a domain have no certificate that a browser trusts. */
function checkCertificates(context: SiteContext): void {
    const { applications, gateway } = context.effective;
    if (gateway.domain !== undefined) return;
    for (const [key, { expose }] of Object.entries(applications)) {
        if (expose.reach !== "public") continue;
        const message = "answers the internet without a certificate that browsers trust";
        const at = `applications.${key}.expose.reach`;
        const fix = "Write gateway.domain";
        unless(context, "plain-http-prod", at, expose.reach, message, fix);
    }
}

/** How long backups are kept, by the place that says it. Search clusters without backups say nothing. */
function periods({ effective }: SiteContext): Record<string, BackupRetention> {
    const { databases, queues, streams, searches } = effective;
    const kept: Readonly<Record<string, { readonly backupRetention: BackupRetention }>> = {
        ...under("databases", databases),
        ...under("queues", queues),
        ...under("streams", streams),
    };
    const own = Object.entries(kept).map(
        ([at, { backupRetention }]) => [`${at}.backupRetention`, backupRetention] as const,
    );
    const snapshots = Object.entries(under("searches", searches)).flatMap(([at, { backup }]) =>
        backup ? [[`${at}.backup.retention`, backup.retention] as const] : [],
    );
    return Object.fromEntries([...own, ...snapshots]);
}

function checkBackups(context: SiteContext): void {
    for (const [at, period] of Object.entries(periods(context))) {
        if (period !== "none" && amount(period) >= LEAST_BACKUPS) continue;
        const message = `is less than the ${LEAST_BACKUPS} days that prod's backups are kept`;
        const fix = `Write ${LEAST_BACKUPS} days or more`;
        unless(context, "short-backups-prod", at, period, message, fix);
    }
}

/** What only prod asks for. */
export function checkProd(context: SiteContext): void {
    if (context.stack.environment !== "prod") return;
    checkProtection(context);
    checkAvailability(context);
    checkMembers(context);
    checkCertificates(context);
    checkBackups(context);
}
