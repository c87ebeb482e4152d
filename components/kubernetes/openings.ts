import type { input } from "@pulumi/kubernetes/types/index.js";
import type { Client } from "../contracts/client.ts";
import type { Destination } from "../contracts/destination.ts";
import type { Labels } from "./labels.ts";

type Spec = input.networking.v1.NetworkPolicySpec;
type Peer = input.networking.v1.NetworkPolicyPeer;

/** The label that Kubernetes itself gives to every namespace. */
const NAMESPACE = "kubernetes.io/metadata.name";

/** The pods with these labels; every pod of the namespace where none are given. */
const selected = (labels?: Labels) => (labels ? { matchLabels: { ...labels } } : {});

/** TCP ports of a rule. */
const tcp = (ports: readonly number[]) => ports.map((port) => ({ protocol: "TCP", port }));

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
        egress: destinations.map((destination) => ({
            to: peersOf(destination),
            ports: tcp(destination.ports),
        })),
    };
}

function peersOf(destination: Destination): Peer[] {
    if ("pods" in destination) return [podsOf(destination.namespace, destination.pods)];
    const { cidrs, except = [] } = destination;
    return cidrs.map((cidr) => ({
        ipBlock: { cidr, ...(except.length > 0 && { except: [...except] }) },
    }));
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
