/** The form of a CPU quantity that settings accept: whole or decimal cores, or millicores. */
const CPU = /^(?:(\d+)m|(\d+(?:\.\d{1,3})?))$/;

/** The millicores in a CPU quantity: 250 for `250m`, 1500 for `1.5`. Undefined if it is none, or nothing. */
export function millicores(cpu: string): number | undefined {
    const match = CPU.exec(cpu);
    if (!match) return undefined;
    const [, milli, cores] = match;
    const amount = milli === undefined ? Math.round(Number(cores) * 1000) : Number(milli);
    return amount > 0 ? amount : undefined;
}

/** Twice a CPU quantity, in the form that the API server itself writes: `500m` for `250m`, `2` for `1`. */
export function twiceCpu(cpu: string): string {
    const amount = millicores(cpu);
    if (amount === undefined) throw new RangeError(`${cpu} is not a CPU quantity`);
    const doubled = amount * 2;
    return doubled % 1000 === 0 ? String(doubled / 1000) : `${doubled}m`;
}
