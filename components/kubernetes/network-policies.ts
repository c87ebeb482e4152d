import type { input } from "@pulumi/kubernetes/types/index.js";
import type { Cidr } from "../lib/cidr.ts";

type Spec = input.networking.v1.NetworkPolicySpec;

/** Nothing in or out, for every pod of a namespace. */
export const DENY_ALL = {
    podSelector: {},
    policyTypes: ["Ingress", "Egress"],
} as const satisfies Spec;

/** What an application's pods may reach and be reached by. */
export interface Reach {
    readonly selector: Readonly<Record<string, string>>;
    /** The port that the pods listen on. */
    readonly port: number;
    /** The database's blocks and port; left out where the application has none. */
    readonly database?: { readonly cidrs: readonly Cidr[]; readonly port: number };
}

/** Where node-local caches answer, on every node: the address is link-local, so that no pod selector can match it. */
const NODE_LOCAL_DNS = "169.254.20.10/32" satisfies Cidr;

/**
 * The network policies of an application's namespace, by name: nothing in or out, but what follows.
 *
 * The kubelet's probes come from the node itself, which policies never keep out.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/network-policies/
 */
export function networkPolicies(reach: Reach): Record<string, Spec> {
    return {
        "default-deny": DENY_ALL,
        "allow-dns": allowDns(),
        "allow-from-namespace": allowFromNamespace(reach),
        "allow-to-application": allowToApplication(reach),
        ...(reach.database && {
            "allow-database": allowDatabase(reach.selector, reach.database),
        }),
    };
}

/** Names from the cluster's own DNS only (G3.25), also where a cache on each node stands before it, as on GKE. */
export function allowDns(): Spec {
    return {
        podSelector: {},
        policyTypes: ["Egress"],
        egress: [
            {
                to: [
                    {
                        namespaceSelector: {
                            matchLabels: { "kubernetes.io/metadata.name": "kube-system" },
                        },
                        podSelector: {
                            matchExpressions: [
                                {
                                    key: "k8s-app",
                                    operator: "In",
                                    values: ["kube-dns", "node-local-dns"],
                                },
                            ],
                        },
                    },
                    { ipBlock: { cidr: NODE_LOCAL_DNS } },
                ],
                ports: [
                    { protocol: "UDP", port: 53 },
                    { protocol: "TCP", port: 53 },
                ],
            },
        ],
    };
}

/** The application's port, from pods of its own namespace, until a gateway is allowed in too. */
function allowFromNamespace({ selector, port }: Reach): Spec {
    return {
        podSelector: { matchLabels: selector },
        policyTypes: ["Ingress"],
        ingress: [{ from: [{ podSelector: {} }], ports: [{ protocol: "TCP", port }] }],
    };
}

/** The other half of the same connection: what is let in also has to be let out. */
function allowToApplication({ selector, port }: Reach): Spec {
    return {
        podSelector: {},
        policyTypes: ["Egress"],
        egress: [
            {
                to: [{ podSelector: { matchLabels: selector } }],
                ports: [{ protocol: "TCP", port }],
            },
        ],
    };
}

/**
 * The database, by its block.
 *
 * With Cilium a block matches neither pods nor nodes (G3.25); a managed database is neither.
 */
function allowDatabase(
    selector: Reach["selector"],
    database: NonNullable<Reach["database"]>,
): Spec {
    return {
        podSelector: { matchLabels: selector },
        policyTypes: ["Egress"],
        egress: [
            {
                to: database.cidrs.map((cidr) => ({ ipBlock: { cidr } })),
                ports: [{ protocol: "TCP", port: database.port }],
            },
        ],
    };
}
