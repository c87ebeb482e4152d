import type { Allocatable, Machine } from "./machine.ts";

/** GiB per core by the letters of a series: general, with less memory, with more, and for computing. */
const SERIES: Readonly<Record<string, number>> = { D: 4, DL: 2, E: 8, F: 2 };

/** The sizes of burstable machines, which follow no rule. */
const BURSTABLE: Readonly<Record<string, readonly [cores: number, memory: number]>> = {
    Standard_B2s: [2, 4],
    Standard_B2ms: [2, 8],
    Standard_B4ms: [4, 16],
    Standard_B8ms: [8, 32],
    Standard_B2ls_v2: [2, 4],
    Standard_B2s_v2: [2, 8],
    Standard_B2as_v2: [2, 8],
    Standard_B4s_v2: [4, 16],
    Standard_B4as_v2: [4, 16],
    Standard_B8s_v2: [8, 32],
    Standard_B8as_v2: [8, 32],
    Standard_DS2_v2: [2, 7],
    Standard_DS3_v2: [4, 14],
    Standard_DS4_v2: [8, 28],
    Standard_DS5_v2: [16, 56],
};

/** Standard_D4s_v5, Standard_D8pds_v5, Standard_E16ads_v5, Standard_D2ls_v5, Standard_F8s_v2. */
const NAME = /^Standard_([DEF])(2|4|8|16|32|48)([abdlps]*)_v([2-7])$/;

/** A size of virtual machine; undefined if the table does not have it. */
export function azureMachine(size: string): Machine | undefined {
    if (Object.hasOwn(BURSTABLE, size)) {
        const [cores = 0, memory = 0] = BURSTABLE[size] ?? [];
        return { cores, memory };
    }
    const [, letter = "", count = "", features = "", version] = NAME.exec(size) ?? [];
    if (letter === "" || (letter === "F") !== (version === "2")) return undefined;
    const perCore = SERIES[features.includes("l") ? `${letter}L` : letter];
    if (perCore === undefined) return undefined;
    return { cores: Number(count), memory: Number(count) * perCore };
}

/** What AKS keeps of the cores, by how many there are. */
const RESERVED_CORES: readonly (readonly [cores: number, millicores: number])[] = [
    [64, 740],
    [32, 420],
    [16, 260],
    [8, 180],
    [4, 140],
    [2, 100],
    [1, 60],
];

const MEGABYTE = 1_000_000 / (1024 * 1024);

/**
 * What AKS leaves for pods since 1.29.
 *
 * @see https://learn.microsoft.com/azure/aks/node-resource-reservations
 */
export function azureAllocatable({ cores, memory }: Machine, pods: number): Allocatable {
    const kept = RESERVED_CORES.find(([from]) => cores >= from)?.[1] ?? 0;
    const byPods = (20 * pods + 50) * MEGABYTE;
    const reserved = Math.min(byPods, (memory * 1024) / 4);
    return { millicores: cores * 1000 - kept, mebibytes: memory * 1024 - reserved - 100 };
}
