import { reservedMillicores, type Allocatable, type Machine } from "./machine.ts";

/** Interfaces and addresses of each, by size, for all families of the Nitro system that are alike in this. */
const SIZES: Readonly<
    Record<string, readonly [cores: number, interfaces: number, addresses: number]>
> = {
    medium: [1, 2, 4],
    large: [2, 3, 10],
    xlarge: [4, 4, 15],
    "2xlarge": [8, 4, 15],
    "4xlarge": [16, 8, 30],
    "8xlarge": [32, 8, 30],
    "12xlarge": [48, 8, 30],
    "16xlarge": [64, 15, 50],
    "24xlarge": [96, 15, 50],
};

/** GiB per core of the families that are alike. Families with local disks or faster networks differ, and are left out. */
const FAMILIES: Readonly<Record<string, number>> = {
    m5: 4,
    m5a: 4,
    m6i: 4,
    m6a: 4,
    m6g: 4,
    m7i: 4,
    m7a: 4,
    m7g: 4,
    c6i: 2,
    c6a: 2,
    c6g: 2,
    c7i: 2,
    c7a: 2,
    c7g: 2,
    r5: 8,
    r5a: 8,
    r6i: 8,
    r6a: 8,
    r6g: 8,
    r7i: 8,
    r7g: 8,
};

/** Families in which the smallest size is a whole core, where others have none of that size. */
const WITH_MEDIUM = /^[mcr](6g|7g|7a)$/;

/** Burstable types, whose sizes follow no rule. */
const BURSTABLE: Readonly<
    Record<string, readonly [cores: number, memory: number, interfaces: number, addresses: number]>
> = {
    nano: [2, 0.5, 2, 2],
    micro: [2, 1, 2, 2],
    small: [2, 2, 3, 4],
    medium: [2, 4, 3, 6],
    large: [2, 8, 3, 12],
    xlarge: [4, 16, 4, 15],
    "2xlarge": [8, 32, 4, 15],
};
const BURSTABLE_FAMILIES: readonly string[] = ["t3", "t3a", "t4g"];

/** An EC2 instance type; undefined if the table does not have it. */
export function awsMachine(type: string): Machine | undefined {
    const [family = "", size = "", ...rest] = type.split(".");
    if (rest.length > 0) return undefined;
    if (BURSTABLE_FAMILIES.includes(family) && Object.hasOwn(BURSTABLE, size)) {
        const [cores = 0, memory = 0, interfaces = 0, addresses = 0] = BURSTABLE[size] ?? [];
        // The one type that has an interface less than its siblings.
        const own = type === "t3a.small" ? 2 : interfaces;
        return { cores, memory, network: { interfaces: own, addresses } };
    }
    if (!Object.hasOwn(FAMILIES, family) || !Object.hasOwn(SIZES, size)) return undefined;
    if (size === "medium" && !WITH_MEDIUM.test(family)) return undefined;
    const [cores = 0, interfaces = 0, addresses = 0] = SIZES[size] ?? [];
    return { cores, memory: cores * (FAMILIES[family] ?? 0), network: { interfaces, addresses } };
}

/** The addresses in a prefix that the VPC CNI gives to an interface: a /28. */
const PREFIX = 16;

/** The most pods that AWS recommends for a node with prefixes, below 30 cores and above. */
const MOST_PODS = [110, 250] as const;

/** How many pods a node takes: an address for each that no interface needs itself, and two that need none. */
export function awsPods({ cores, network }: Machine, prefixes: boolean): number {
    if (network === undefined) return 0;
    const slots = network.interfaces * (network.addresses - 1);
    if (!prefixes) return slots + 2;
    return Math.min(slots * PREFIX + 2, MOST_PODS[cores < 30 ? 0 : 1]);
}

/**
 * How many addresses a full node holds of its subnet: all of its interfaces', or a prefix for each sixteen pods, one kept
 * ready, and its own.
 */
export function awsAddresses({ network }: Machine, pods: number, prefixes: boolean): number {
    if (prefixes) return (Math.ceil(pods / PREFIX) + 1) * PREFIX + 1;
    return (network?.interfaces ?? 0) * (network?.addresses ?? 0);
}

/**
 * What the bootstrap of EKS leaves for pods.
 *
 * @see https://awslabs.github.io/amazon-eks-ami/nodeadm/
 */
export function awsAllocatable(machine: Machine): Allocatable {
    const reserved = 255 + 11 * awsPods(machine, false);
    return {
        millicores: machine.cores * 1000 - reservedMillicores(machine.cores),
        mebibytes: machine.memory * 1024 - reserved - 100,
    };
}
