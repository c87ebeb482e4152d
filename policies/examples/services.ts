import { CLUSTER, inShop, object } from "./cluster-objects.ts";
import type { Break, Example, Inputs, StackExample } from "./example.ts";

const NETWORKING = "kubernetes:networking.k8s.io/v1";

/** The same object alone, as a patch, and in a list. */
function forms(
    type: string,
    good: Inputs,
    breaks: readonly Break[],
    undecided: string,
): readonly Example[] {
    const listed = (path: string) => (path === "" ? "items[0]" : `items[0].${path}`);
    return [
        { type, good, breaks, undecided },
        {
            type: `${type}List`,
            good: { items: [good] },
            breaks: breaks.map((one) => ({
                ...one,
                ...(one.set && { set: [listed(one.set[0]), one.set[1]] }),
                at: one.at.map(listed),
            })),
            undecided: listed(undecided),
        },
    ];
}

const SCHEME = "service.beta.kubernetes.io/aws-load-balancer-scheme";
const ALB = "alb.ingress.kubernetes.io/certificate-arn";

const internal = (annotations: Inputs, spec: Inputs = {}) => ({
    metadata: inShop("web", { annotations }),
    spec: { type: "LoadBalancer", ...spec },
});

const INTERNAL_MARKS: readonly (readonly [name: string, word: string, other: string])[] = [
    [SCHEME, "internal", "internet-facing"],
    ["service.beta.kubernetes.io/aws-load-balancer-internal", "true", "false"],
    ["service.beta.kubernetes.io/azure-load-balancer-internal", "true", "false"],
    ["networking.gke.io/load-balancer-type", "Internal", "External"],
    ["cloud.google.com/load-balancer-type", "Internal", "External"],
];

const services: readonly Example[] = [
    ...forms(
        "kubernetes:core/v1:Service",
        { metadata: inShop("web"), spec: { type: "ClusterIP", selector: { app: "web" } } },
        [
            {
                title: "a port is opened on every node",
                set: ["spec.type", "NodePort"],
                at: ["spec.type"],
            },
            {
                title: "the load balancer is public",
                set: ["spec.type", "LoadBalancer"],
                at: ["spec.type"],
            },
            {
                title: "it takes over an address",
                set: ["spec.externalIPs", ["203.0.113.7"]],
                at: ["spec.externalIPs[0]"],
            },
        ],
        "spec.type",
    ),
    ...INTERNAL_MARKS.map(([name, word, other]): Example => ({
        type: "kubernetes:core/v1:Service",
        good: internal({ [name]: word }),
        breaks: [
            {
                title: "the annotation says otherwise",
                set: [`metadata.annotations["${name}"]`, other],
                at: ["spec.type"],
            },
        ],
        undecided: `metadata.annotations["${name}"]`,
    })),
    {
        type: "kubernetes:core/v1:Service",
        good: internal({}, { loadBalancerClass: "service.k8s.aws/nlb" }),
        breaks: [
            {
                title: "the scheme faces the internet",
                set: [`metadata.annotations["${SCHEME}"]`, "internet-facing"],
                at: ["spec.type"],
            },
            {
                title: "the class is of somebody else",
                set: ["spec.loadBalancerClass", "example.com/public"],
                at: ["spec.type"],
            },
        ],
        undecided: "spec.loadBalancerClass",
    },
    {
        type: "kubernetes:core/v1:Service",
        good: { metadata: { name: "gateway-public" }, spec: { type: "LoadBalancer" } },
        options: { allowed: ["gateway-*"] },
        breaks: [
            {
                title: "no option names it",
                set: ["metadata.name", "web"],
                at: ["spec.type"],
            },
        ],
        undecided: "metadata.name",
    },
];

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

const PODS: Readonly<Record<string, (pod: Inputs) => Inputs>> = {
    "kubernetes:core/v1:Pod": (pod) => pod,
    "kubernetes:core/v1:PodTemplate": (pod) => ({ template: pod }),
    "kubernetes:batch/v1:CronJob": (pod) => ({
        spec: { jobTemplate: { spec: { template: pod } } },
    }),
    ...Object.fromEntries(
        [
            "core/v1:ReplicationController",
            "apps/v1:Deployment",
            "apps/v1:ReplicaSet",
            "apps/v1:StatefulSet",
            "apps/v1:DaemonSet",
            "batch/v1:Job",
            "argoproj.io/v1alpha1:Rollout",
        ].map((type) => [`kubernetes:${type}`, (pod: Inputs) => ({ spec: { template: pod } })]),
    ),
};

/** Where the pod stands in each of them. */
function podPath(inputs: Inputs, path = ""): string {
    const [entry] = Object.entries(inputs);
    return entry === undefined
        ? path
        : podPath(entry[1] as Inputs, path === "" ? entry[0] : `${path}.${entry[0]}`);
}

/** A pod of every kind, with an image that breaks a rule in place of one that keeps it. */
export function imageExamples(images: readonly string[]): readonly Example[] {
    const pod = { spec: { containers: [{ image: "registry.example.com/shop/web:1.2.3" }] } };
    return Object.entries(PODS).flatMap(([type, wrap]) => {
        const inner = podPath(wrap({}));
        const path = `${inner === "" ? "" : `${inner}.`}spec.containers[0].image`;
        return forms(
            type,
            wrap(pod),
            images.map((image) => ({
                title: `its image is ${image}`,
                set: [path, image],
                at: [path],
            })),
            path,
        );
    });
}

export const servicesExamples: Record<string, readonly Example[]> = {
    "k8s-no-nodeport-or-public-lb": services,
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
                    {
                        title: "snippets are allowed",
                        set: ["values.controller.allowSnippetAnnotations", true],
                        at: ["values.controller.allowSnippetAnnotations"],
                    },
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
