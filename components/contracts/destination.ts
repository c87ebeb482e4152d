import type { Cidr } from "../lib/cidr.ts";

/** Where pods may be let out to, for network policies: addresses outside the cluster, or pods of it. */
export type Destination = OutsideDestination | PodDestination;

/** Addresses outside the cluster. With Cilium a block matches neither pods nor nodes (G3.25). */
export interface OutsideDestination {
    readonly cidrs: readonly Cidr[];
    /** Parts of the blocks that stay closed. @default - none */
    readonly except?: readonly Cidr[];
    /** TCP ports. */
    readonly ports: readonly number[];
}

/** Pods of a namespace of the same cluster. */
export interface PodDestination {
    readonly namespace: string;
    /** Labels of the pods. */
    readonly pods: Readonly<Record<string, string>>;
    /** TCP ports of the pods. */
    readonly ports: readonly number[];
}

/** All private ranges, and the link-local one in which the clouds' metadata servers answer. */
export const PRIVATE_RANGES = [
    "10.0.0.0/8",
    "172.16.0.0/12",
    "192.168.0.0/16",
    "100.64.0.0/10",
    "169.254.0.0/16",
] as const satisfies readonly Cidr[];

/** Where nodes get their own credentials from: the clouds' metadata servers, and Azure's agent. No application has business there. */
export const NODE_SERVICES = [
    "169.254.0.0/16",
    "168.63.129.16/32",
] as const satisfies readonly Cidr[];

/** The clouds' own services where they answer on public addresses that change: the internet over TLS, and nothing private. */
export const PUBLIC_TLS: OutsideDestination = {
    cidrs: ["0.0.0.0/0"],
    except: PRIVATE_RANGES,
    ports: [443],
};
