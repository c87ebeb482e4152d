import type { input } from "@pulumi/kubernetes/types/index.js";

/** Where a node hands out the identities of its pods: Pod Identity on AWS, and the metadata server of GKE at two ports. */
const SOURCES = [
    { cidr: "169.254.170.23/32", port: 80 },
    { cidr: "169.254.169.254/32", port: 80 },
    { cidr: "169.254.169.252/32", port: 988 },
] as const;

/** Lets every pod of a namespace take on its cloud identity. On Azure that is a request to Entra over TLS, like any other. */
export function letOutToIdentity(): input.networking.v1.NetworkPolicySpec {
    return {
        podSelector: {},
        policyTypes: ["Egress"],
        egress: SOURCES.map(({ cidr, port }) => ({
            to: [{ ipBlock: { cidr } }],
            ports: [{ protocol: "TCP", port }],
        })),
    };
}
