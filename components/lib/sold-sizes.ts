import type { Problem } from "./problem.ts";
import { amount, type Gibibytes } from "./units.ts";

/** The sizes that something is sold in, in GiB: the multiples of `step` from `min` to `max`, which are multiples too. */
export interface SoldSizes {
    readonly min: number;
    readonly max: number;
    readonly step: number;
}

/** Refuses a size that is not sold, and names the next larger one that is. `what` has the size. */
export function soldSizeProblems(
    path: string,
    size: Gibibytes,
    { min, max, step }: SoldSizes,
    what: string,
): Problem[] {
    const wanted = amount(size);
    const next = Math.min(Math.max(Math.ceil(wanted / step) * step, min), max);
    if (wanted === next) return [];
    const steps = step === 1 ? "" : ` in steps of ${step} GiB`;
    return [
        {
            path,
            value: size,
            message: `is not a size that ${what} can have: ${min} to ${max} GiB${steps}`,
            fix: `Write ${next} GiB`,
        },
    ];
}
