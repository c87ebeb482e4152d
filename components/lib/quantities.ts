/** The form of a CPU quantity that settings accept: whole or decimal cores, or millicores. */
const CPU = /^(?:(\d+)m|(\d+(?:\.\d{1,3})?))$/;

/** The form of an amount of memory, and its units, each 1024 of the one before. */
const MEMORY = /^([1-9]\d*)([KMGT]i)$/;
const MEMORY_UNITS = ["Ki", "Mi", "Gi", "Ti"];

/** The millicores in a CPU quantity: 250 for `250m`, 1500 for `1.5`. Undefined if it is none, or nothing. */
export function millicores(cpu: string): number | undefined {
    const match = CPU.exec(cpu);
    if (!match) return undefined;
    const [, milli, cores] = match;
    const amount = milli === undefined ? Math.round(Number(cores) * 1000) : Number(milli);
    return amount > 0 ? amount : undefined;
}

/**
 * A number of times a CPU quantity, in the form that the API server itself writes: `500m` for `0.5`, `2` for `2000m`.
 *
 * Any other form would come back changed, and every refresh would find a difference.
 */
export function cpuQuantity(cpu: string, times = 1): string {
    const amount = millicores(cpu);
    if (amount === undefined) throw new RangeError(`${cpu} is not a CPU quantity`);
    const total = amount * times;
    return total % 1000 === 0 ? String(total / 1000) : `${total}m`;
}

/** True if the text is an amount of memory in binary units. */
export function isMemory(text: string): boolean {
    return MEMORY.test(text);
}

/** The gibibytes in an amount of memory: 0.5 for `512Mi`. Undefined if it is none. */
export function gibibytes(memory: string): number | undefined {
    const [, number, suffix = ""] = MEMORY.exec(memory) ?? [];
    if (number === undefined) return undefined;
    return Number(number) * 1024 ** (MEMORY_UNITS.indexOf(suffix) - MEMORY_UNITS.indexOf("Gi"));
}

/** An amount of memory in the form that the API server itself writes: `1Gi` for `1024Mi`. */
export function memoryQuantity(memory: string): string {
    const [, number, suffix = ""] = MEMORY.exec(memory) ?? [];
    if (number === undefined) throw new RangeError(`${memory} is not an amount of memory`);
    let amount = Number(number);
    let unit = MEMORY_UNITS.indexOf(suffix);
    while (amount % 1024 === 0 && unit < MEMORY_UNITS.length - 1) {
        amount /= 1024;
        unit += 1;
    }
    return `${amount}${MEMORY_UNITS[unit]}`;
}
