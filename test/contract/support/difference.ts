import { isDeepStrictEqual } from "node:util";
import type { Recorded, RecordedResource } from "../../../tools/offline/mocks.ts";

/** An input that differs: all values at the path, since `[]` may stand for several. */
export interface Change {
    readonly type: string;
    readonly path: string;
    readonly before: readonly unknown[] | undefined;
    readonly after: readonly unknown[] | undefined;
}

/** Text that is a document: JSON is opened, encoded text is decoded. */
function opened(value: unknown, key: string): unknown {
    if (typeof value !== "string") return value;
    if (key.startsWith("encoded")) return Buffer.from(value, "base64").toString();
    return /^[[{]["{\]}]/.test(value) ? (JSON.parse(value) as unknown) : value;
}

function leaves(value: unknown, path: string, into: Map<string, unknown[]>): void {
    if (value !== null && typeof value === "object") {
        for (const [key, item] of Object.entries(value)) {
            const step = Array.isArray(value) ? "[]" : path === "" ? key : `.${key}`;
            leaves(opened(item, key), `${path}${step}`, into);
        }
        return;
    }
    into.set(path, [...(into.get(path) ?? []), value]);
}

/** The values at each path of a resource's inputs, and what else of it can change. */
function flat(resource: RecordedResource | undefined): Map<string, unknown[]> {
    const into = new Map<string, unknown[]>();
    into.set("(exists)", [resource !== undefined]);
    if (!resource) return into;
    leaves(resource.inputs, "", into);
    into.set("(protect)", [resource.options.protect]);
    return into;
}

/** Every input that differs between two runs; a resource that only one of them has differs in all of them. */
export function difference(before: Recorded, after: Recorded): Change[] {
    const old = new Map(before.resources.map((resource) => [resource.urn, resource]));
    const now = new Map(after.resources.map((resource) => [resource.urn, resource]));
    return [...new Set([...old.keys(), ...now.keys()])].flatMap((urn) => {
        const type = (now.get(urn) ?? old.get(urn))!.type;
        const [a, b] = [flat(old.get(urn)), flat(now.get(urn))];
        return [...new Set([...a.keys(), ...b.keys()])]
            .filter((path) => !isDeepStrictEqual(a.get(path), b.get(path)))
            .map((path) => ({ type, path, before: a.get(path), after: b.get(path) }));
    });
}
