import { CLUSTER, inShop, object } from "./cluster-objects.ts";
import type { Break, Example, StackExample } from "./example.ts";
import { forms } from "./forms.ts";
import { imageExamples } from "./pod-images.ts";
import { exposureExamples } from "./services/exposure.ts";

const NETWORKING = "kubernetes:networking.k8s.io/v1";

const ALB = "alb.ingress.kubernetes.io/certificate-arn";
const PORTS = "alb.ingress.kubernetes.io/listen-ports";

const ingress = {
    metadata: inShop("web"),
    spec: {
        rules: [{ host: "shop.example.com" }, { host: "api.shop.example.com" }],
        tls: [
            { hosts: ["shop.example.com"], secretName: "one" },
            { hosts: ["*.shop.example.com"], secretName: "two" },
        ],
    },
};

const ingressBreaks: readonly Break[] = [
    {
        title: "a host is in no certificate",
        set: ["spec.rules[0].host", "other.example.com"],
        at: ["spec.rules[0].host"],
    },
    {
        title: "a host is a label too deep for the star",
        set: ["spec.rules[1].host", "v1.api.shop.example.com"],
        at: ["spec.rules[1].host"],
    },
    {
        title: "it is for every host",
        set: ["spec.rules[0].host", undefined],
        at: ["spec.rules[0].host"],
    },
    {
        title: "a host is a star",
        set: ["spec.rules[1].host", "*.shop.example.com"],
        at: ["spec.rules[1].host"],
    },
    {
        title: "there is no TLS",
        set: ["spec.tls", undefined],
        at: ["spec.rules[0].host", "spec.rules[1].host"],
    },
    {
        title: "a backend answers for every host",
        set: ["spec.defaultBackend", { service: { name: "web" } }],
        at: ["spec.defaultBackend"],
    },
];

const SNIPPET = "nginx.ingress.kubernetes.io/configuration-snippet";
const snippetPath = `metadata.annotations["${SNIPPET}"]`;

export const servicesExamples: Record<string, readonly Example[]> = {
    "k8s-no-nodeport-or-public-lb": exposureExamples,
    "k8s-ingress-tls": [
        ...forms(`${NETWORKING}:Ingress`, ingress, ingressBreaks, "spec.tls"),
        ...forms(
            "kubernetes:extensions/v1beta1:Ingress",
            ingress,
            [
                {
                    title: "a backend answers for every host, in the old spelling",
                    set: ["spec.backend", { serviceName: "web" }],
                    at: ["spec.backend"],
                },
            ],
            "spec.rules[0].host",
        ),
        {
            type: `${NETWORKING}:Ingress`,
            good: {
                metadata: inShop("web", {
                    annotations: { [ALB]: "arn:aws:acm:eu-central-1:1:certificate/a" },
                }),
                spec: { rules: [{ host: "shop.example.com" }] },
            },
            breaks: [
                {
                    title: "the load balancer has no certificate",
                    set: [`metadata.annotations["${ALB}"]`, undefined],
                    at: ["spec.rules[0].host"],
                },
            ],
            undecided: `metadata.annotations["${ALB}"]`,
        },
        {
            type: `${NETWORKING}:Ingress`,
            good: {
                metadata: inShop("web", {
                    annotations: { [PORTS]: '[{"HTTP":80},{"HTTPS":443}]' },
                }),
                spec: { ingressClassName: "alb", rules: [{ host: "shop.example.com" }] },
            },
            breaks: [
                {
                    title: "the load balancer listens to HTTP only",
                    set: [`metadata.annotations["${PORTS}"]`, '[{"HTTP":80}]'],
                    at: ["spec.rules[0].host"],
                },
            ],
            undecided: `metadata.annotations["${PORTS}"]`,
        },
    ],
    "k8s-ingress-no-nginx-snippets": [
        ...[`${NETWORKING}:Ingress`, "kubernetes:extensions/v1beta1:Ingress"].flatMap((type) =>
            forms(
                type,
                {
                    metadata: {
                        annotations: { "nginx.ingress.kubernetes.io/proxy-body-size": "10m" },
                    },
                },
                [
                    {
                        title: "it brings a snippet",
                        set: [snippetPath, "deny all;"],
                        at: [snippetPath],
                    },
                    {
                        title: "it brings a snippet for the other nginx",
                        set: ['metadata.annotations["nginx.org/server-snippets"]', "deny all;"],
                        at: ['metadata.annotations["nginx.org/server-snippets"]'],
                    },
                ],
                "metadata.annotations",
            ),
        ),
        ...forms(
            `${NETWORKING}:IngressClass`,
            { spec: { controller: "ingress.k8s.aws/alb" } },
            [
                {
                    title: "it is ingress-nginx's",
                    set: ["spec.controller", "k8s.io/ingress-nginx"],
                    at: ["spec.controller"],
                },
            ],
            "spec.controller",
        ),
        ...["kubernetes:helm.sh/v3:Release", "kubernetes:helm.sh/v4:Chart"].map(
            (type): Example => ({
                type,
                good: { chart: "traefik", version: "39.0.0" },
                breaks: [
                    {
                        title: "the chart is ingress-nginx",
                        set: ["chart", "oci://registry.example.com/charts/ingress-nginx"],
                        at: ["chart"],
                    },
                    ...["allowSnippetAnnotations", "enableSnippets"].map((name): Break => {
                        const path = `values.controller.${name}`;
                        return { title: `${name} is on`, set: [path, true], at: [path] };
                    }),
                ],
                undecided: "chart",
            }),
        ),
        ...imageExamples([
            "registry.k8s.io/ingress-nginx/controller:v1.13.0",
            "quay.io/kubernetes-ingress-controller/nginx-ingress-controller:0.33.0",
        ]),
    ],
};

const host = (name: string, namespace: string, text: string, more = {}) =>
    object(
        name,
        "networking.k8s.io/v1:Ingress",
        { metadata: { name, namespace }, spec: { rules: [{ host: text }] } },
        more,
    );

export const servicesStackExamples: Record<string, readonly StackExample[]> = {
    "k8s-ingress-tls": [
        {
            title: "hosts that one namespace has each",
            good: [
                ...CLUSTER,
                host("web", "shop", "shop.example.com"),
                host("paths", "shop", "shop.example.com"),
                host("blog", "press", "blog.example.com"),
                host("elsewhere", "press", "shop.example.com", { provider: "another" }),
            ],
            breaks: [
                {
                    title: "another namespace claims one",
                    set: ["blog", "spec.rules[0].host", "shop.example.com"],
                    at: [
                        ["web", "spec.rules[0].host"],
                        ["paths", "spec.rules[0].host"],
                        ["blog", "spec.rules[0].host"],
                    ],
                },
                {
                    title: "the other cluster is the same one",
                    traits: ["elsewhere", { provider: "kubernetes" }],
                    at: [
                        ["web", "spec.rules[0].host"],
                        ["paths", "spec.rules[0].host"],
                        ["elsewhere", "spec.rules[0].host"],
                    ],
                },
            ],
            undecided: ["paths", "metadata.namespace"],
        },
    ],
};
