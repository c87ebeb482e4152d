import type { input } from "@pulumi/kubernetes/types/index.js";
import type { Cidr } from "../lib/cidr.ts";

type Spec = input.networking.v1.NetworkPolicySpec;

/** Nothing in or out, for every pod of a namespace. */
export const DENY_ALL = {
    podSelector: {},
    policyTypes: ["Ingress", "Egress"],
} as const satisfies Spec;

/** Where node-local caches answer, on every node: the address is link-local, so that no pod selector can match it. */
const NODE_LOCAL_DNS = "169.254.20.10/32" satisfies Cidr;

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
