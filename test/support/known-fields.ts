type Fields = Record<PropertyKey, unknown>;

/** What a validator looked at in one object. */
interface Looked {
    readonly value: Fields;
    readonly at: Set<PropertyKey>;
}

/**
 * The fields of an object that its schema does not know, by path.
 *
 * Published validators are compiled and let unknown fields pass. But they look at every field that they know, so one that
 * is never looked at is unknown. An object of which they look at nothing may hold anything.
 */
export function unknownFields(validate: (data: Fields) => void, data: Readonly<Fields>): string[] {
    const seen = new Map<string, Looked>();
    validate(watched(data, "", seen));
    return [...seen].flatMap(([path, { value, at }]) =>
        at.size === 0
            ? []
            : Object.keys(value)
                  .filter((key) => value[key] !== undefined && !at.has(key))
                  .map((key) => `${path}${key}`),
    );
}

/** The same value, which remembers what is looked at. */
function watched<T extends object>(value: T, path: string, seen: Map<string, Looked>): T {
    const at = new Set<PropertyKey>();
    if (!Array.isArray(value)) seen.set(path, { value: value as Fields, at });
    const inner = Array.isArray(value) ? path.replace(/\.$/, "") : path;
    const children = new Map<PropertyKey, object>();
    return new Proxy(value, {
        get(target, key, receiver): unknown {
            at.add(key);
            const child: unknown = Reflect.get(target, key, receiver);
            if (typeof child !== "object" || child === null || typeof key === "symbol") {
                return child;
            }
            const name = Array.isArray(value) ? `${inner}[${key}].` : `${path}${key}.`;
            const made = children.get(key) ?? watched(child, name, seen);
            children.set(key, made);
            return made;
        },
        has(target, key) {
            at.add(key);
            return Reflect.has(target, key);
        },
        ownKeys(target) {
            for (const key of Reflect.ownKeys(target)) at.add(key);
            return Reflect.ownKeys(target);
        },
    });
}
