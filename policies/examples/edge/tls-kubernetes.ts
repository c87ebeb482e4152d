import { change, type Example } from "../example.ts";

const INSIDE: readonly (readonly [path: string, name: string, inside: string, outside: string])[] =
    [
        [
            "spec.infrastructure.annotations",
            "service.beta.kubernetes.io/azure-load-balancer-internal",
            "true",
            "false",
        ],
        ["metadata.annotations", "networking.istio.io/service-type", "ClusterIP", "LoadBalancer"],
    ];

/** Gateways whose class does not tell, but what they say of their load balancer. */
const insideExamples = INSIDE.map(([path, name, inside, outside]): Example => ({
    type: "kubernetes:gateway.networking.k8s.io/v1:Gateway",
    good: change(
        {
            spec: {
                gatewayClassName: "istio",
                listeners: [{ name: "http", protocol: "HTTP", port: 80 }],
            },
        },
        path,
        { [name]: inside },
    ),
    breaks: [
        {
            title: "its load balancer faces the internet",
            set: [`${path}["${name}"]`, outside],
            at: ["spec.listeners[0].protocol"],
        },
    ],
    undecided: `${path}["${name}"]`,
}));

export const kubernetesTlsExamples: readonly Example[] = [
    ...insideExamples,
    {
        type: "kubernetes:gateway.networking.k8s.io/v1:Gateway",
        good: {
            spec: {
                gatewayClassName: "gke-l7-global-external-managed",
                listeners: [
                    { name: "http", protocol: "HTTP", port: 80 },
                    { name: "https", protocol: "HTTPS", port: 443 },
                ],
            },
        },
        breaks: [
            {
                title: "there is nothing but HTTP",
                set: ["spec.listeners[1].protocol", "HTTP"],
                at: ["spec.listeners[0].protocol", "spec.listeners[1].protocol"],
            },
        ],
        undecided: "spec.listeners[1].protocol",
    },
    {
        type: "kubernetes:gateway.networking.k8s.io/v1beta1:Gateway",
        good: {
            spec: {
                gatewayClassName: "gke-l7-rilb",
                listeners: [{ name: "http", protocol: "HTTP" }],
            },
        },
        breaks: [
            {
                title: "its class faces the internet",
                set: ["spec.gatewayClassName", "gke-l7-gxlb"],
                at: ["spec.listeners[0].protocol"],
            },
        ],
        undecided: "spec.gatewayClassName",
    },
    {
        type: "kubernetes:networking.istio.io/v1:Gateway",
        good: {
            spec: {
                selector: { istio: "ingressgateway" },
                servers: [
                    { port: { number: 80, protocol: "HTTP" }, tls: { httpsRedirect: true } },
                    {
                        port: { number: 443, protocol: "HTTPS" },
                        tls: { mode: "SIMPLE", minProtocolVersion: "TLSV1_2" },
                    },
                ],
            },
        },
        breaks: [
            {
                title: "HTTP is served",
                set: ["spec.servers[0].tls", undefined],
                at: ["spec.servers[0].tls.httpsRedirect"],
            },
            {
                title: "it takes TLS 1.1",
                set: ["spec.servers[1].tls.minProtocolVersion", "TLSV1_1"],
                at: ["spec.servers[1].tls.minProtocolVersion"],
            },
        ],
        undecided: "spec.servers[0].tls.httpsRedirect",
    },
];
