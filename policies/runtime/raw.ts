import { types } from "node:util";

/** What stands in the SDK's proxy, which wraps the root alone: below it everything is plain, at any depth. */
export function unwrapped(raw: object): object {
    if (!types.isProxy(raw)) return raw;
    if (Array.isArray(raw)) {
        return Array.from({ length: raw.length }, (_, index) => stored(raw, index));
    }
    return Object.fromEntries(Object.keys(raw).map((key) => [key, stored(raw, key)]));
}

/** Reads a property of a plain object. */
export function own(container: object, key: string | number): unknown {
    return Object.hasOwn(container, key)
        ? (container as Readonly<Record<string | number, unknown>>)[key]
        : undefined;
}

/** Reads a property as it is stored. The SDK's proxy throws on unknown values when they are read in any other way. */
function stored(container: object, key: string | number): unknown {
    const value: unknown = Object.getOwnPropertyDescriptor(container, key)?.value;
    return value;
}
