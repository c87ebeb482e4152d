import { reservedMillicores, type Allocatable, type Machine } from "./machine.ts";

/** GiB per core by family and kind. */
const FAMILIES: Readonly<Record<string, Readonly<Record<string, number>>>> = {
    e2: { standard: 4, highmem: 8, highcpu: 1 },
    n1: { standard: 3.75, highmem: 6.5, highcpu: 0.9 },
    n2: { standard: 4, highmem: 8, highcpu: 1 },
    n2d: { standard: 4, highmem: 8, highcpu: 1 },
    n4: { standard: 4, highmem: 8, highcpu: 2 },
    c2: { standard: 4 },
    c2d: { standard: 4, highmem: 8, highcpu: 2 },
    c3: { standard: 4, highmem: 8, highcpu: 2 },
    c3d: { standard: 4, highmem: 8, highcpu: 2 },
    c4a: { standard: 4, highmem: 8, highcpu: 2 },
    t2d: { standard: 4 },
    t2a: { standard: 4 },
};

/** Types whose two cores are shares of one. */
const SHARED: Readonly<Record<string, number>> = { "e2-micro": 1, "e2-small": 2, "e2-medium": 4 };

const NAME = /^([a-z]\d[a-z]?)-(standard|highmem|highcpu)-(\d{1,3})$/;
const CUSTOM = /^(?:([en]\d[a-z]?)-)?custom-(\d{1,3})-(\d{3,7})(?:-ext)?$/;

/** A machine type; undefined if the table does not have it. */
export function googleMachine(type: string): Machine | undefined {
    if (Object.hasOwn(SHARED, type)) {
        return { cores: 2, memory: SHARED[type] ?? 0, isShared: true };
    }
    const [, , customCores, megabytes] = CUSTOM.exec(type) ?? [];
    if (customCores !== undefined) {
        return { cores: Number(customCores), memory: Number(megabytes) / 1024 };
    }
    const [, family = "", kind = "", count] = NAME.exec(type) ?? [];
    if (!Object.hasOwn(FAMILIES, family)) return undefined;
    const perCore = FAMILIES[family]?.[kind];
    if (perCore === undefined) return undefined;
    return { cores: Number(count), memory: Number(count) * perCore };
}

/** The shares of memory that GKE keeps: of the first 4 GiB, the next 4, the next 8, the next 112, and the rest. */
const MEMORY_SHARES: readonly (readonly [gibibytes: number, share: number])[] = [
    [4, 0.25],
    [4, 0.2],
    [8, 0.1],
    [112, 0.06],
    [Infinity, 0.02],
];

function reservedMebibytes(memory: number): number {
    if (memory <= 1) return 255;
    let left = memory;
    let reserved = 0;
    for (const [step, share] of MEMORY_SHARES) {
        const part = Math.min(left, step);
        reserved += part * share;
        left -= part;
    }
    return reserved * 1024;
}

/** What GKE keeps on a machine with shared cores, of which there are two on paper. */
const SHARED_RESERVE = 1060;

/**
 * What GKE leaves for pods.
 *
 * @see https://cloud.google.com/kubernetes-engine/docs/concepts/plan-node-sizes
 */
export function googleAllocatable({ cores, memory, isShared }: Machine): Allocatable {
    return {
        millicores: cores * 1000 - (isShared ? SHARED_RESERVE : reservedMillicores(cores)),
        mebibytes: memory * 1024 - reservedMebibytes(memory) - 100,
    };
}
