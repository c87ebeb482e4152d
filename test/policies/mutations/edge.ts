import type { Mutation } from "./mutation.ts";

/** The platform leaves ways in from the internet to its applications, so each mutation brings one along. */
export const edgeMutations: readonly Mutation[] = [
    {
        rule: "edge-tls12",
        title: "an SSL policy of Google Cloud takes TLS 1.0",
        do: [],
        add: [
            {
                type: "gcp:compute/sSLPolicy:SSLPolicy",
                name: "old",
                inputs: { profile: "COMPATIBLE" },
            },
        ],
        at: "minTlsVersion",
    },
    {
        rule: "edge-tls12",
        title: "a gateway inside a cluster serves plain HTTP",
        do: [],
        add: [
            {
                type: "kubernetes:networking.istio.io/v1:Gateway",
                name: "front",
                inputs: {
                    metadata: { name: "front", namespace: "podinfo" },
                    spec: {
                        selector: { istio: "ingressgateway" },
                        servers: [{ hosts: ["*"], port: { number: 80, protocol: "HTTP" } }],
                    },
                },
            },
        ],
        at: "spec.servers[0].tls.httpsRedirect",
    },
    {
        rule: "edge-waf",
        title: "a backend of Google Cloud faces the internet without Cloud Armor",
        do: [],
        add: [
            {
                type: "gcp:compute/backendService:BackendService",
                name: "front",
                inputs: {
                    protocol: "HTTPS",
                    loadBalancingScheme: "EXTERNAL_MANAGED",
                    logConfig: { enable: true },
                },
            },
        ],
        at: "securityPolicy",
    },
];
