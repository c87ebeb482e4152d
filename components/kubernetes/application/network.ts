import type { input } from "@pulumi/kubernetes/types/index.js";
import { NODE_SERVICES, PRIVATE_RANGES } from "../../contracts/destination.ts";
import type { Destination } from "../../contracts/destination.ts";
import type { Cidr } from "../../lib/cidr.ts";
import type { ApplicationSettings } from "../../settings/application-types.ts";
import { allowDns, DENY_ALL } from "../network-policies.ts";
import { letIn, letOut, podsOf, tcp } from "../openings.ts";

type Spec = input.networking.v1.NetworkPolicySpec;
type Labels = Readonly<Record<string, string>>;

/** Another application of the site, by its pods. */
export interface Peer {
    readonly namespace: string;
    readonly pods: Labels;
    /** The ports that are called. */
    readonly ports: readonly number[];
}

/** What an application's pods may reach and be reached by. Everything else stays shut. */
export interface Reach {
    /** Finds all pods of the application: those that serve, and the ones of jobs. */
    readonly pods: Labels;
    /** The ports that its pods answer other pods of the namespace on. */
    readonly ports: readonly number[];
    /** Applications that call it, by key. */
    readonly callers: Readonly<Record<string, Peer>>;
    /** Applications that it calls, by key. */
    readonly calls: Readonly<Record<string, Peer>>;
    /** What its pods reach besides, by the name of the policy. */
    readonly destinations: Readonly<Record<string, readonly Destination[]>>;
    /** Where Prometheus reads its metrics; left out where it has none. */
    readonly metrics?: { readonly port: number; readonly from: Peer };
}

/** Every pod of the namespace. */
const ANY_POD = { podSelector: {} };

/** Lets another application's pods, or Prometheus, in on these ports. */
function letPeerIn(pods: Labels, from: Peer, ports: readonly number[]): Spec {
    return letIn([podsOf(from.namespace, from.pods)], ports, pods);
}

/**
 * Where the user lets an application out to. A block that is larger than a private range is about the internet: what is
 * private stays shut in it unless it is named, or `0.0.0.0/0` would lead to every server of the network as well.
 */
export function toOutside({
    cidrs,
    ports,
}: ApplicationSettings["egress"][string]): readonly Destination[] {
    return [{ cidrs, except: [...new Set<Cidr>([...PRIVATE_RANGES, ...NODE_SERVICES])], ports }];
}

/** Policies under their names, without those that would open nothing. */
function named(
    entries: readonly (readonly [name: string, spec: Spec | undefined])[],
): Record<string, Spec> {
    return Object.fromEntries(
        entries.flatMap(([name, spec]) => (spec === undefined ? [] : [[name, spec] as const])),
    );
}

/**
 * The network policies of an application's namespace, by name: nothing in or out, but what follows.
 *
 * The kubelet's probes come from the node itself, which policies never keep out.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/network-policies/
 */
export function networkPolicies(reach: Reach): Record<string, Spec> {
    const { pods, ports, metrics } = reach;
    const serves = ports.length > 0;
    return {
        "default-deny": DENY_ALL,
        "allow-dns": allowDns(),
        ...named([
            ["allow-from-namespace", serves ? letIn([ANY_POD], ports, pods) : undefined],
            ["allow-to-application", serves ? toOwn(pods, ports) : undefined],
            ["allow-metrics", metrics && letPeerIn(pods, metrics.from, [metrics.port])],
        ]),
        ...each("allow-caller", reach.callers, (from) => letPeerIn(pods, from, from.ports)),
        ...each("allow-call", reach.calls, (callee) => letOut([callee], pods)),
        ...each("allow", reach.destinations, (list) => letOut(list, pods)),
    };
}

/** Pods of the namespace to the application: what is let in also has to be let out. */
function toOwn(pods: Labels, ports: readonly number[]): Spec {
    const rule = { to: [{ podSelector: { matchLabels: pods } }], ports: tcp(ports) };
    return { podSelector: {}, policyTypes: ["Egress"], egress: [rule] };
}

/** A policy for each entry. */
function each<T>(
    prefix: string,
    entries: Readonly<Record<string, T>>,
    make: (entry: T) => Spec,
): Record<string, Spec> {
    return Object.fromEntries(
        Object.entries(entries).map(([key, entry]) => [`${prefix}-${key}`, make(entry)]),
    );
}
