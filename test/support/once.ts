/**
 * A function that does its work once per process for the same arguments, which have to be plain values. For what takes long to
 * make, such as a run of a whole stack, and is only looked at: nobody may change what it gives.
 */
export function once<Args extends readonly unknown[], T>(
    work: (...args: Args) => Promise<T>,
): (...args: Args) => Promise<T> {
    const done = new Map<string, Promise<T>>();
    return (...args) => {
        const key = JSON.stringify(args);
        const result = done.get(key) ?? work(...args);
        done.set(key, result);
        return result;
    };
}
