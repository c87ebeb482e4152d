/** What a machine has, before anything is taken off for the system. */
export interface Machine {
    readonly cores: number;
    /** In GiB, as the cloud names it. The kernel keeps some of it, so that nodes show a little less. */
    readonly memory: number;
    /** True if its cores are shares of one. */
    readonly isShared?: boolean;
    /** Network interfaces and IPv4 addresses of each, where the cloud limits them by type. */
    readonly network?: { readonly interfaces: number; readonly addresses: number };
}

/** What is left of a machine for pods. */
export interface Allocatable {
    readonly millicores: number;
    readonly mebibytes: number;
}

/** What the clouds' formulas take of the cores: a share of each that falls from core to core. */
export function reservedMillicores(cores: number): number {
    const shares = [60, 10, 5, 5];
    return Array.from({ length: cores }, (_, index) => shares[index] ?? 2.5).reduce(
        (sum, share) => sum + share,
        0,
    );
}
