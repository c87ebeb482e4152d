/** Things by what they have in common, in the order in which each was met first. */
export function groupBy<T>(
    things: readonly T[],
    key: (thing: T) => string,
): ReadonlyMap<string, readonly T[]> {
    const groups = new Map<string, T[]>();
    for (const thing of things) {
        const group = groups.get(key(thing));
        if (group === undefined) groups.set(key(thing), [thing]);
        else group.push(thing);
    }
    return groups;
}
