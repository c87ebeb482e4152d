import { inShop } from "../cluster-objects.ts";
import type { Example, Inputs } from "../example.ts";
import { forms } from "../forms.ts";

const SCHEME = "service.beta.kubernetes.io/aws-load-balancer-scheme";
const AWS_TYPE = "service.beta.kubernetes.io/aws-load-balancer-type";

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

export const exposureExamples: readonly Example[] = [
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
        good: internal({}, { loadBalancerClass: "networking.gke.io/l4-regional-internal" }),
        breaks: [
            {
                title: "the class is GKE's for external load balancers",
                set: ["spec.loadBalancerClass", "networking.gke.io/l4-regional-external"],
                at: ["spec.type"],
            },
        ],
        undecided: "spec.loadBalancerClass",
    },
    ...["external", "nlb-ip"].map((word): Example => ({
        type: "kubernetes:core/v1:Service",
        good: internal({ [AWS_TYPE]: word }),
        breaks: [
            {
                title: "the scheme faces the internet",
                set: [`metadata.annotations["${SCHEME}"]`, "internet-facing"],
                at: ["spec.type"],
            },
            {
                title: "the older annotation says that it is not internal",
                set: [
                    'metadata.annotations["service.beta.kubernetes.io/aws-load-balancer-internal"]',
                    "false",
                ],
                at: ["spec.type"],
            },
            {
                title: "Kubernetes itself makes the load balancer",
                set: [`metadata.annotations["${AWS_TYPE}"]`, "nlb"],
                at: ["spec.type"],
            },
        ],
        undecided: `metadata.annotations["${AWS_TYPE}"]`,
    })),
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
