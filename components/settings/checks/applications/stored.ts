import type { SiteContext } from "../../site-context.ts";
import type { ApplicationCheck } from "./index.ts";

const keys = (entries: object) => Object.keys(entries);

type Effective = SiteContext["effective"];

/** What the documents of data services in the cluster that have users begin with. */
function servicesOf({ queues, streams, searches }: Effective): readonly string[] {
    return [
        ...keys(queues).map((key) => `queue-${key}`),
        ...keys(streams).map((key) => `stream-${key}`),
        ...keys(searches).map((key) => `search-${key}`),
    ];
}

/** The keys of documents that the platform puts into the site's store itself, for applications that use them or not. */
function ownDocuments(effective: Effective): ReadonlySet<string> {
    const { databases, caches, applications } = effective;
    return new Set([
        "grafana",
        ...keys(databases).map((key) => `${key}-credentials`),
        ...keys(applications).flatMap((key) => [`${key}-database`, `${key}-database-verifier`]),
        ...keys(caches).flatMap((key) =>
            ["", "-users", "-credentials"].map((end) => `cache-${key}${end}`),
        ),
        ...servicesOf(effective).flatMap((service) =>
            keys(applications).map((user) => `${service}-${user}`),
        ),
    ]);
}

/** What the keys of its other documents begin with: generated secrets, and the platform's own users of services. */
function ownBeginnings(effective: Effective): readonly string[] {
    return [
        ...keys(effective.applications).map((application) => `${application}-secret-`),
        ...servicesOf(effective).map((service) => `${service}-platform-`),
    ];
}

/**
 * The forms of a key under which a cloud would find a document: with the site's name before it, with letters of its own
 * behind, and on Azure in whatever case. All that the platform stores is in lower case.
 */
function formsOf(key: string, site: string): readonly string[] {
    const lower = key.toLowerCase();
    const own = lower.startsWith(`${site}-`) ? lower.slice(site.length + 1) : lower;
    return [own, own.replace(/-?[0-9a-f]{7,8}$/, "")];
}

/**
 * Secrets that are the platform's own: a server's administrator, and what other applications got. Whoever could name them
 * would have all that they open.
 */
export const checkStored: ApplicationCheck = (context, key, { secrets }) => {
    const { effective, name: site, add } = context;
    const documents = ownDocuments(effective);
    const beginnings = ownBeginnings(effective);
    for (const [name, { from }] of Object.entries(secrets)) {
        if (from === undefined) continue;
        const isOwn = formsOf(from, site).some(
            (form) => documents.has(form) || beginnings.some((start) => form.startsWith(start)),
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
