import type { input } from "@pulumi/kubernetes/types/index.js";
import type { Client } from "../contracts/client.ts";
import { contains } from "../lib/cidr.ts";
import type { Cidr } from "../lib/cidr.ts";
import type { Destination } from "../contracts/destination.ts";
import type { Labels } from "./labels.ts";

type Spec = input.networking.v1.NetworkPolicySpec;
type Peer = input.networking.v1.NetworkPolicyPeer;

/** The label that Kubernetes itself gives to every namespace. */
const NAMESPACE = "kubernetes.io/metadata.name";

/** The pods with these labels; every pod of the namespace where none are given. */
const selected = (labels?: Labels) => (labels ? { matchLabels: { ...labels } } : {});

/** TCP ports of a rule. */
export const tcp = (ports: readonly number[]) => ports.map((port) => ({ protocol: "TCP", port }));

/** The pods with these labels in one namespace. */
export function podsOf(namespace: string, labels: Labels) {
    return {
        namespaceSelector: { matchLabels: { [NAMESPACE]: namespace } },
        podSelector: { matchLabels: { ...labels } },
    };
}

/** Lets these peers in on the ports of the selected pods; every pod of the namespace where no labels are given. */
export function letIn(from: readonly Peer[], ports: readonly number[], labels?: Labels): Spec {
    return {
        podSelector: selected(labels),
        policyTypes: ["Ingress"],
        // A rule without peers would let everybody in.
        ingress: from.length === 0 ? [] : [{ from: [...from], ports: tcp(ports) }],
    };
}

/** Lets clients in, and nobody else (P25, P27). */
export function letClientsIn(
    clients: readonly Client[],
    ports: readonly number[],
    labels: Labels,
): Spec {
    return letIn(
        clients.map(({ namespace, pods }) => podsOf(namespace, pods)),
        ports,
        labels,
    );
}

/** Lets the pods of a namespace talk to each other on these ports, in both directions. */
export function letTogether(ports: readonly number[]): Spec {
    const peers = [{ podSelector: {} }];
    return {
        podSelector: {},
        policyTypes: ["Ingress", "Egress"],
        ingress: [{ from: peers, ports: tcp(ports) }],
        egress: [{ to: peers, ports: tcp(ports) }],
    };
}

/** Lets pods out to where something is. */
export function letOut(destinations: readonly Destination[], labels?: Labels): Spec {
    return {
        podSelector: selected(labels),
        policyTypes: ["Egress"],
        egress: destinations.flatMap(toDestination),
    };
}

/** Lets every pod of a namespace out to the pods with these labels, wherever those are: an operator, to what it runs. */
export function letOutAnywhere(labels: Labels, ports: readonly number[]): Spec {
    const to = [{ namespaceSelector: {}, podSelector: selected(labels) }];
    return { podSelector: {}, policyTypes: ["Egress"], egress: [{ to, ports: tcp(ports) }] };
}

/**
 * The other half of a server's ingress: with Cilium a block matches neither pods nor nodes (G3.25).
 *
 * No rule for a destination without blocks or ports: Kubernetes takes an empty list for all of them.
 */
export function toDestination(
    destination: Destination,
): input.networking.v1.NetworkPolicyEgressRule[] {
    const ports = tcp(destination.ports);
    if (ports.length === 0) return [];
    if ("namespace" in destination) {
        return [{ to: [podsOf(destination.namespace, destination.pods)], ports }];
    }
    const { cidrs, except = [] } = destination;
    if (cidrs.length === 0) return [];
    return [{ to: cidrs.map((cidr) => ({ ipBlock: blockWithout(cidr, except) })), ports }];
}

/** Kubernetes refuses an exception that does not lie within its block. */
function blockWithout(cidr: Cidr, except: readonly Cidr[]): input.networking.v1.IPBlock {
    const within = except.filter((part) => part !== cidr && contains(cidr, part));
    return { cidr, ...(within.length > 0 && { except: within }) };
}

/**
 * Lets pods out to the API server.
 *
 * It answers at 443 and, behind the cluster's own Service, at a port and an address that the clouds choose; with Cilium no
 * block matches it. So the ports are what limits them.
 */
export function letOutToApi(): Spec {
    return {
        podSelector: {},
        policyTypes: ["Egress"],
        egress: [{ ports: tcp([443, 6443]) }],
    };
}

/**
 * Lets the API server in on webhooks and aggregated APIs, on the selected pods that listen there.
 *
 * It comes from the control plane, at addresses of the clouds', or through agents on the nodes.
 */
export function letApiIn(ports: readonly number[], labels?: Labels): Spec {
    return {
        podSelector: selected(labels),
        policyTypes: ["Ingress"],
        ingress: [{ ports: tcp(ports) }],
    };
}
