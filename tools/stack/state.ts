import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import type { Layout } from "./layout.ts";

/** A resource as the state file holds it. Secrets are ciphertext. */
export interface StateResource {
    readonly urn: string;
    readonly type: string;
    readonly custom: boolean;
    readonly id?: string;
    readonly parent?: string;
    readonly provider?: string;
    readonly protect?: boolean;
    readonly delete?: boolean;
    readonly external?: boolean;
    readonly dependencies?: readonly string[];
    readonly inputs?: Readonly<Record<string, unknown>>;
    readonly outputs?: Readonly<Record<string, unknown>>;
}

/** An operation that had begun when the engine was last heard of. */
export interface PendingOperation {
    readonly type: "creating" | "updating" | "deleting" | "reading" | "importing";
    readonly resource: StateResource;
}

/** What the backend knows of a stack. */
export interface State {
    readonly resources: readonly StateResource[];
    readonly pending: readonly PendingOperation[];
}

interface Checkpoint {
    readonly checkpoint?: {
        readonly latest?: {
            readonly resources?: readonly StateResource[];
            readonly pending_operations?: readonly PendingOperation[];
        };
    };
}

/**
 * Reads the state from the backend's file.
 *
 * Not through `pulumi stack export`: the Automation API decrypts the secrets there, and nobody here needs them.
 */
export async function readState(layout: Layout, project: string, stack: string): Promise<State> {
    const file = join(layout.state, ".pulumi", "stacks", project, `${stack}.json`);
    const text = await readFile(file, "utf8").catch(() => "{}");
    const latest = (JSON.parse(text) as Checkpoint).checkpoint?.latest;
    return { resources: latest?.resources ?? [], pending: latest?.pending_operations ?? [] };
}

/** Who holds a stack's lock: what the engine wrote into the lock's file. */
export interface Lock {
    readonly pid: number;
    readonly username: string;
    readonly hostname: string;
    readonly timestamp: string;
}

/** The locks on a stack. There is one while an operation runs, and one is left if it was killed. */
export async function readLocks(layout: Layout, project: string, stack: string): Promise<Lock[]> {
    const folder = join(layout.state, ".pulumi", "locks", "organization", project, stack);
    const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith(".json"));
    const texts = await Promise.all(
        names.map((name) => readFile(join(folder, name), "utf8").catch(() => undefined)),
    );
    return texts.flatMap((text) => (text === undefined ? [] : [JSON.parse(text) as Lock]));
}

/** The site a resource belongs to, by the component it descends from, and the part of the site: its own child there. */
export interface Place {
    readonly site: string;
    /** The type of the site's child: `platform:aws:Cluster`. Undefined for the site itself. */
    readonly part?: string;
    /** The URN of the site's child. */
    readonly partUrn?: string;
}

const SITE = /^platform:[a-z]+:Site$/;

/** The last part of a URN. */
export function nameOf(urn: string): string {
    return urn.split("::").slice(3).join("::");
}

/** The type in a URN, without its parents' types. */
export function typeOf(urn: string): string {
    const qualified = urn.split("::")[2] ?? "";
    return qualified.slice(qualified.lastIndexOf("$") + 1);
}

/** Finds the site of a resource by going up its parents. */
export function placeOf(
    urn: string,
    parentOf: (urn: string) => string | undefined,
): Place | undefined {
    let child: string | undefined;
    for (let at: string | undefined = urn; at !== undefined && at !== ""; at = parentOf(at)) {
        if (SITE.test(typeOf(at))) {
            return child === undefined
                ? { site: nameOf(at) }
                : { site: nameOf(at), part: typeOf(child), partUrn: child };
        }
        child = at;
    }
    return undefined;
}
