import type { Mutation } from "./mutation.ts";

const SERVICE = "kubernetes:core/v1:Service";
const NETWORKING = "kubernetes:networking.k8s.io/v1";

export const servicesMutations: readonly Mutation[] = [
    {
        rule: "k8s-no-nodeport-or-public-lb",
        title: "the application's Service opens a port on every node",
        do: [
            {
                type: SERVICE,
                name: "myapp-prod-azure-podinfo",
                set: { "spec.type": "NodePort" },
                keepReferences: true,
            },
        ],
        at: "spec.type",
    },
    {
        rule: "k8s-ingress-tls",
        title: "an Ingress serves the application without a certificate",
        do: [],
        add: [
            {
                type: `${NETWORKING}:Ingress`,
                name: "podinfo",
                inputs: {
                    metadata: { name: "podinfo", namespace: "podinfo" },
                    spec: { rules: [{ host: "podinfo.example.com" }] },
                },
            },
        ],
        at: "spec.rules[0].host",
    },
    {
        rule: "k8s-ingress-no-nginx-snippets",
        title: "Ingresses are served by ingress-nginx",
        do: [],
        add: [
            {
                type: `${NETWORKING}:IngressClass`,
                name: "nginx",
                inputs: {
                    metadata: { name: "nginx" },
                    spec: { controller: "k8s.io/ingress-nginx" },
                },
            },
        ],
        at: "spec.controller",
    },
];
