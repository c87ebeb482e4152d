/**
 * Property values between the engine's wire format and plain JSON.
 *
 * On the wire, values that plain JSON has no word for are marked by well-known strings and signature keys.
 */
import struct from "google-protobuf/google/protobuf/struct_pb.js";

import { isObject, type Path } from "./paths.ts";
import { UNKNOWN, type Json, type Properties } from "./table.ts";

const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";
const OUTPUT_VALUE = "d0e6a833031e9bbcd3f4e8bde6ca49a4";
const RESOURCE_REFERENCE = "5cf8f73096256a8f31e491e813e4eb8e";
const UNKNOWN_ON_THE_WIRE = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** The marks for an unknown string, boolean, number, list, asset, archive and object. */
const UNKNOWNS: ReadonlySet<Json> = new Set([
    UNKNOWN_ON_THE_WIRE,
    "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
    "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
    "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
    "030794c1-ac77-496b-92df-f27374a8bd58",
    "e48ece36-62e2-4504-bad9-02848725956a",
    "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
]);

/** Plain values, and beside them where the secret ones stand. */
export interface Decoded {
    readonly values: Properties;
    readonly secrets: readonly Path[];
}

/** Reads a message: unknown values become UNKNOWN, secret ones are unwrapped and their paths noted. */
export function decode(message: struct.Struct | undefined): Decoded {
    return decodeJson((message?.toJavaScript() ?? {}) as Properties);
}

/** The same for a message that is JSON already. */
export function decodeJson(raw: Properties): Decoded {
    const secrets: Path[] = [];
    const values: Properties = {};
    for (const [key, value] of Object.entries(raw)) {
        values[key] = unwrap(value, [key], secrets);
    }
    return { values, secrets };
}

function unwrap(value: Json, path: Path, secrets: Path[]): Json {
    if (UNKNOWNS.has(value)) return UNKNOWN;
    if (Array.isArray(value)) {
        return value.map((element, index) => unwrap(element, [...path, index], secrets));
    }
    if (!isObject(value)) return value;
    switch (value[SIGNATURE]) {
        case SECRET:
            secrets.push(path);
            return unwrap(value["value"] ?? null, path, secrets);
        case OUTPUT_VALUE:
            if (value["secret"] === true) secrets.push(path);
            return value["value"] === undefined ? UNKNOWN : unwrap(value["value"], path, secrets);
        case RESOURCE_REFERENCE:
            return unwrap(value["id"] ?? value["urn"] ?? null, path, secrets);
        default:
            return Object.fromEntries(
                Object.entries(value).map(([key, inner]) => [
                    key,
                    unwrap(inner, [...path, key], secrets),
                ]),
            );
    }
}

/** Writes a message; what stands at one of the paths is marked secret. */
export function encode(values: Properties, secrets: readonly Path[] = []): struct.Struct {
    return struct.Struct.fromJavaScript(encodeJson(values, secrets));
}

/** The same as JSON. */
export function encodeJson(values: Properties, secrets: readonly Path[] = []): Properties {
    const marked = new Set(secrets.map((path) => key(path)));
    return Object.fromEntries(
        Object.entries(values).map(([name, value]) => [name, wrap(value, [name], marked)]),
    );
}

function wrap(value: Json, path: Path, marked: ReadonlySet<string>): Json {
    const inner = wrapInside(value, path, marked);
    if (!marked.has(key(path))) return inner;
    return { [SIGNATURE]: SECRET, value: inner };
}

function wrapInside(value: Json, path: Path, marked: ReadonlySet<string>): Json {
    if (value === UNKNOWN) return UNKNOWN_ON_THE_WIRE;
    if (Array.isArray(value)) {
        return value.map((element, index) => wrap(element, [...path, index], marked));
    }
    if (!isObject(value)) return value;
    return Object.fromEntries(
        Object.entries(value).map(([name, element]) => [
            name,
            wrap(element, [...path, name], marked),
        ]),
    );
}

function key(path: Path): string {
    return path.join("\u0000");
}

/** The paths of both lists, each once. */
export function joinPaths(...lists: readonly (readonly Path[])[]): Path[] {
    return [...new Map(lists.flat().map((path) => [key(path), path])).values()];
}
