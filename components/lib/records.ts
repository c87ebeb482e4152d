/** Applies a function to every value of a record and keeps the keys. */
export function mapValues<A, B>(
    record: Readonly<Record<string, A>>,
    make: (value: A, key: string) => B,
): Record<string, B> {
    return Object.fromEntries(
        Object.entries(record).map(([key, value]) => [key, make(value, key)]),
    );
}

/** The entries of a record that hold. */
export function only<A>(
    record: Readonly<Record<string, A>>,
    holds: (value: A) => boolean,
): Record<string, A> {
    return Object.fromEntries(Object.entries(record).filter(([, value]) => holds(value)));
}
