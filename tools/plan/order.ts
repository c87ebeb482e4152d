/** Orders texts by their characters' codes, so that the language of a machine changes nothing. */
export function compare(left: string, right: string): number {
    return left < right ? -1 : left > right ? 1 : 0;
}

/** Orders things by several texts, the first that differs deciding. */
export function by<T>(...keys: readonly ((thing: T) => string)[]): (left: T, right: T) => number {
    return (left, right) => {
        for (const key of keys) {
            const order = compare(key(left), key(right));
            if (order !== 0) return order;
        }
        return 0;
    };
}
