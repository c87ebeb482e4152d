/** Something that comes after another one of its kind, named by its key; the first comes after none. */
interface Link {
    readonly after?: string;
}

/** The keys from the first on, each followed by the one that comes after it. Those that cannot be reached are left out. */
export function chain(links: Readonly<Record<string, Link>>): readonly string[] {
    const next = new Map(Object.entries(links).map(([key, { after }]) => [after, key]));
    const keys: string[] = [];
    let key = next.get(undefined);
    while (key !== undefined && !keys.includes(key)) {
        keys.push(key);
        key = next.get(key);
    }
    return keys;
}
