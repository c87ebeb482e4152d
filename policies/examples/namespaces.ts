import { inShop } from "./cluster-objects.ts";
import type { Break, Example } from "./example.ts";

export { namespacesStackExamples } from "./namespaces/stack.ts";

const ENFORCE = 'metadata.labels["pod-security.kubernetes.io/enforce"]';
const VERSION = 'metadata.labels["pod-security.kubernetes.io/enforce-version"]';

const labelled = {
    metadata: {
        name: "shop",
        labels: {
            "pod-security.kubernetes.io/enforce": "restricted",
            "pod-security.kubernetes.io/enforce-version": "v1.36",
        },
    },
};

const labelBreaks: readonly Break[] = [
    { title: "everything is allowed", set: [ENFORCE, "privileged"], at: [ENFORCE] },
    { title: "the version follows the cluster", set: [VERSION, "latest"], at: [VERSION] },
];

const denial = { podSelector: {}, policyTypes: ["Ingress", "Egress"] };
const openings: readonly Break[] = [
    { title: "all traffic is let in", set: ["spec.ingress", [{}]], at: ["spec.ingress[0]"] },
    {
        title: "all traffic is let out",
        set: ["spec.egress", [{ to: [{ podSelector: {} }] }, { to: [], ports: [] }]],
        at: ["spec.egress[1]"],
    },
];

export const namespacesExamples: Record<string, readonly Example[]> = {
    "k8s-namespace-default-deny": [
        {
            type: "kubernetes:networking.k8s.io/v1:NetworkPolicy",
            good: {
                metadata: inShop("default-deny"),
                spec: { ...denial, ingress: [{ from: [{ podSelector: {} }] }] },
            },
            breaks: openings,
            undecided: "spec.ingress[0]",
        },
        {
            type: "kubernetes:networking.k8s.io/v1:NetworkPolicy",
            good: { spec: { podSelector: { matchLabels: { app: "web" } }, ingress: [{}] } },
            breaks: [
                {
                    title: "it is for all pods",
                    set: ["spec.podSelector", {}],
                    at: ["spec.ingress[0]"],
                },
            ],
            undecided: "spec.podSelector",
        },
        {
            type: "kubernetes:networking.k8s.io/v1:NetworkPolicyList",
            good: { items: [{ spec: denial }] },
            breaks: [
                {
                    title: "one lets all traffic in",
                    set: ["items[0].spec.ingress", [{}]],
                    at: ["items[0].spec.ingress[0]"],
                },
            ],
            undecided: "items",
        },
    ],
    "k8s-namespace-psa-labels": [
        {
            type: "kubernetes:core/v1:Namespace",
            good: labelled,
            breaks: [
                ...labelBreaks,
                { title: "it has no label", set: [ENFORCE, undefined], at: [ENFORCE] },
                { title: "it has no version", set: [VERSION, undefined], at: [VERSION] },
                { title: "the version is too wide", set: [VERSION, "v1"], at: [VERSION] },
            ],
            undecided: "metadata.labels",
        },
        {
            type: "kubernetes:core/v1:NamespacePatch",
            good: labelled,
            breaks: labelBreaks,
            undecided: "metadata.labels",
        },
        {
            type: "kubernetes:core/v1:NamespaceList",
            good: { items: [labelled] },
            breaks: [
                {
                    title: "it has no labels",
                    set: ["items[0].metadata.labels", undefined],
                    at: [`items[0].${ENFORCE}`, `items[0].${VERSION}`],
                },
            ],
            undecided: "items",
        },
        {
            type: "kubernetes:core/v1:Namespace",
            good: labelled,
            options: { level: "restricted" },
            breaks: [
                {
                    title: "it enforces less than is asked for",
                    set: [ENFORCE, "baseline"],
                    at: [ENFORCE],
                },
            ],
            undecided: ENFORCE,
        },
        {
            type: "kubernetes:core/v1:Namespace",
            good: { metadata: { name: "system-logs" } },
            options: { exempt: ["system-*"] },
            breaks: [
                {
                    title: "it is not exempt",
                    set: ["metadata.name", "logs"],
                    at: [ENFORCE, VERSION],
                },
            ],
            undecided: "metadata.name",
        },
    ],
    "k8s-namespace-quota-limits": [],
};
