import { isReservedDatabase, isReservedUser } from "../database.ts";
import { nearest } from "../../nearest.ts";
import type { Effective, SiteContext } from "../../site-context.ts";
import type { ApplicationSettings } from "../../types.ts";
import { oneOf } from "../../words.ts";
import type { ApplicationCheck } from "./index.ts";

/** The kinds of things that applications name, as the settings call them, and as sentences do. */
const KINDS = {
    databases: "a database",
    caches: "a cache",
    queues: "a queue",
    streams: "a stream",
    searches: "a search cluster",
    objectStores: "an object store",
    sharedFiles: "a file system",
    registries: "a registry",
} as const;

type Kind = keyof typeof KINDS;

/** Reports a name that the site does not have. */
export function checkNamed(
    { effective, add }: SiteContext,
    at: string,
    kind: Kind,
    name: string | undefined,
): boolean {
    const entries: Effective[Kind] = effective[kind];
    if (name === undefined || Object.hasOwn(entries, name)) return true;
    const known = Object.keys(entries);
    const meant = nearest(name, known);
    add({
        at,
        involves: [`${kind}.${name}`],
        value: name,
        message: `is not ${KINDS[kind]} of the site`,
        fix: meant
            ? `Did you mean ${JSON.stringify(meant)}?`
            : known.length > 0
              ? `Write ${oneOf(known)}`
              : `Add it under ${kind}, like ${name}: {}`,
    });
    return false;
}

function checkDatabase(context: SiteContext, at: string, application: ApplicationSettings): void {
    const { database } = application;
    if (database === undefined) return;
    // The type says that a server is there; what the user wrote may lack it.
    if ((database.server as string | undefined) === undefined) {
        const fix = "Name the server that holds it, like server: main";
        context.add({ at: `${at}.database.server`, message: "is missing", fix });
        return;
    }
    if (!checkNamed(context, `${at}.database`, "databases", database.server)) return;
    const server = context.effective.databases[database.server];
    const { name } = database;
    const fix = "Write name: and another one";
    const named = { at: `${at}.database.name`, value: name, fix };
    if (server?.databaseName === name || server?.username === name) {
        const message = "is the name of the server's own database or of its administrator";
        context.add({ ...named, message });
    } else if (isReservedDatabase(name) || isReservedUser(context, name)) {
        const message = "is a name that PostgreSQL or a cloud keeps for itself";
        context.add({ ...named, message });
    }
    checkTwins(context, at, application);
}

/** Two applications would share one database and one role (E81). */
function checkTwins({ effective, add }: SiteContext, at: string, own: ApplicationSettings): void {
    const { database } = own;
    const twin = Object.entries(effective.applications).find(
        ([, other]) =>
            other !== own &&
            other.database?.server === database?.server &&
            other.database?.name === database?.name,
    );
    if (twin === undefined) return;
    const [key] = twin;
    add({
        at: `${at}.database.name`,
        involves: [`applications.${key}.database.name`],
        value: database?.name,
        message: `is the database of ${key} too, and no two applications share one`,
        fix: "Give each a name of its own, and let one call the other",
    });
}

function checkTopics(context: SiteContext, at: string, { stream }: ApplicationSettings): void {
    if (stream === undefined) return;
    if ((stream.name as string | undefined) === undefined) {
        context.add({ at: `${at}.stream.name`, message: "is missing", fix: "Name the stream" });
        return;
    }
    if (!checkNamed(context, `${at}.stream`, "streams", stream.name)) return;
    const topics = Object.keys(context.effective.streams[stream.name]?.topics ?? {});
    for (const part of ["produces", "consumes"] as const) {
        for (const topic of stream[part].filter((one) => !topics.includes(one))) {
            const meant = nearest(topic, topics);
            context.add({
                at: `${at}.stream.${part}`,
                value: topic,
                message: `is not a topic of stream ${stream.name}`,
                fix: meant
                    ? `Did you mean ${JSON.stringify(meant)}?`
                    : `Add it under streams.${stream.name}.topics, like ${topic}: {}`,
            });
        }
    }
    if (stream.produces.length + stream.consumes.length > 0) return;
    const fix = "Write produces: or consumes: and the topics";
    context.add({ at: `${at}.stream`, message: "names no topic", fix });
}

/** The image's repository has to be one that the registry holds. */
function checkImage(context: SiteContext, at: string, application: ApplicationSettings): void {
    const { registry, image } = application;
    if (registry === undefined) return;
    if (!checkNamed(context, `${at}.registry`, "registries", registry)) return;
    const repository = image.replace(/[:@][^/]*$/, "");
    const { repositories = [] } = context.effective.registries[registry] ?? {};
    if (repositories.includes(repository)) return;
    context.add({
        at: `${at}.image`,
        value: image,
        message: `is not an image of registry ${registry}, which holds ${oneOf(repositories, "and")}`,
        fix: `Write the repository and the tag, like ${repositories[0] ?? "shop"}:1.4.2, or add it to the registry`,
    });
}

/** What the application names has to be there. */
export const checkUses: ApplicationCheck = (context, key, application) => {
    const at = `applications.${key}`;
    const { cache, queue, search, buckets, volumes } = application;
    checkDatabase(context, at, application);
    checkNamed(context, `${at}.cache`, "caches", cache);
    checkNamed(context, `${at}.queue`, "queues", queue);
    checkNamed(context, `${at}.search`, "searches", search);
    for (const bucket of Object.keys(buckets)) {
        checkNamed(context, `${at}.buckets.${bucket}`, "objectStores", bucket);
    }
    for (const [name, { files }] of Object.entries(volumes)) {
        checkNamed(context, `${at}.volumes.${name}.files`, "sharedFiles", files);
    }
    checkTopics(context, at, application);
    checkImage(context, at, application);
};
