import type { SiteContext } from "../../site-context.ts";
import type { ApplicationCheck } from "./index.ts";

const keys = (entries: object) => Object.keys(entries);

/** What the platform stores for the data services in the cluster, for an application that uses them or not. */
function ofServices({ caches, queues, streams, searches, applications }: SiteContext["effective"]) {
    const users = [...keys(applications), "platform-admin", "platform-autoscaler"];
    const services = [
        ...keys(queues).map((key) => `queue-${key}`),
        ...keys(streams).map((key) => `stream-${key}`),
        ...keys(searches).map((key) => `search-${key}`),
    ];
    return [
        ...keys(caches).flatMap((key) =>
            ["", "-users", "-credentials"].map((end) => `cache-${key}${end}`),
        ),
        ...services.flatMap((service) => users.map((user) => `${service}-${user}`)),
    ];
}

/** The keys of all documents that the platform puts into the site's store itself. */
function ownDocuments({ effective }: SiteContext): ReadonlySet<string> {
    const { databases, applications } = effective;
    return new Set([
        "grafana",
        ...keys(databases).map((key) => `${key}-credentials`),
        ...keys(applications).flatMap((key) => [`${key}-database`, `${key}-database-verifier`]),
        ...ofServices(effective),
    ]);
}

/** The forms of a key under which a cloud would find a document: with the site's name before it, and letters of its own behind. */
function formsOf(key: string, site: string): readonly string[] {
    const own = key.startsWith(`${site}-`) ? key.slice(site.length + 1) : key;
    return [own, own.replace(/-?[0-9a-f]{7,8}$/, "")];
}

/**
 * Secrets that are the platform's own: a server's administrator, and what other applications got. Whoever could name them
 * would have all that they open.
 */
export const checkStored: ApplicationCheck = (context, key, { secrets }) => {
    const { effective, name: site, add } = context;
    const documents = ownDocuments(context);
    const generated = keys(effective.applications).map((application) => `${application}-secret-`);
    for (const [name, { from }] of Object.entries(secrets)) {
        if (from === undefined) continue;
        const isOwn = formsOf(from, site).some(
            (form) => documents.has(form) || generated.some((start) => form.startsWith(start)),
        );
        if (!isOwn) continue;
        add({
            at: `applications.${key}.secrets.${name}.from`,
            value: from,
            message: "is what the platform stores for itself or for one application",
            fix: "Name the database, the cache or the queue, which brings credentials of its own; or store it under another key",
        });
    }
};
