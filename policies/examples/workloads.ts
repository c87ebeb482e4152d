import type { Example } from "./example.ts";
import { spread, workload } from "./workloads/workload.ts";

export { workloadsStackExamples } from "./workloads/stack.ts";

const BUDGET = "policy/v1:PodDisruptionBudget";

const TEMPLATE = "spec.template.spec";
const CONSTRAINTS = `${TEMPLATE}.topologySpreadConstraints`;

const SCALED = [
    "apps/v1:Deployment",
    "apps/v1:StatefulSet",
    "apps/v1:ReplicaSet",
    "core/v1:ReplicationController",
    "argoproj.io/v1alpha1:Rollout",
];

const spreadExamples = SCALED.flatMap((kind): readonly Example[] => [
    {
        type: `kubernetes:${kind}`,
        good: workload("web"),
        breaks: [
            { title: "nothing spreads its pods", set: [CONSTRAINTS, []], at: [CONSTRAINTS] },
            { title: "spread is left out", set: [CONSTRAINTS, undefined], at: [CONSTRAINTS] },
        ],
        undecided: CONSTRAINTS,
    },
    {
        type: `kubernetes:${kind}List`,
        good: { items: [workload("web")] },
        breaks: [
            {
                title: "nothing spreads the pods of one",
                set: [`items[0].${CONSTRAINTS}`, undefined],
                at: [`items[0].${CONSTRAINTS}`],
            },
        ],
        undecided: `items[0].${CONSTRAINTS}`,
    },
]);

const AFFINITY = `${TEMPLATE}.affinity.podAntiAffinity`;

export const workloadsExamples: Record<string, readonly Example[]> = {
    "k8s-no-bare-pod": [
        {
            type: "kubernetes:core/v1:Pod",
            good: { metadata: { ownerReferences: [{ kind: "ReplicaSet", name: "web" }] } },
            breaks: [
                { title: "nothing owns it", set: ["metadata.ownerReferences", []], at: [""] },
                { title: "nothing is said", set: ["metadata", undefined], at: [""] },
            ],
            undecided: "metadata.ownerReferences",
        },
        {
            type: "kubernetes:core/v1:PodList",
            good: { items: [{ metadata: { ownerReferences: [{ name: "web" }] } }] },
            breaks: [
                {
                    title: "nothing owns one",
                    set: ["items[0].metadata.ownerReferences", []],
                    at: ["items[0]"],
                },
            ],
            undecided: "items",
        },
        { type: "kubernetes:core/v1:PodPatch", good: { metadata: { name: "web" } }, breaks: [] },
    ],
    "k8s-min-replicas-spread": [
        ...spreadExamples,
        {
            type: "kubernetes:apps/v1:Deployment",
            good: {
                spec: {
                    template: {
                        spec: {
                            affinity: {
                                podAntiAffinity: {
                                    preferredDuringSchedulingIgnoredDuringExecution: [
                                        { weight: 100 },
                                    ],
                                },
                            },
                        },
                    },
                },
            },
            breaks: [{ title: "affinity says nothing", set: [AFFINITY, {}], at: [CONSTRAINTS] }],
            undecided: AFFINITY,
        },
        {
            type: "kubernetes:apps/v1:DeploymentPatch",
            good: { spec: { template: { spec: { topologySpreadConstraints: spread } } } },
            breaks: [],
            undecided: CONSTRAINTS,
        },
        {
            type: "kubernetes:apps/v1:StatefulSet",
            good: { metadata: { name: "queue-1" } },
            options: { singletons: ["queue-*"] },
            breaks: [
                { title: "no option names it", options: { singletons: [] }, at: [CONSTRAINTS] },
            ],
        },
    ],
    "k8s-pdb-present-and-sane": [
        ...["", "Patch"].map((suffix): Example => ({
            type: `kubernetes:${BUDGET}${suffix}`,
            good: { spec: { maxUnavailable: 1 } },
            breaks: [
                {
                    title: "it lets none go",
                    set: ["spec.maxUnavailable", 0],
                    at: ["spec.maxUnavailable"],
                },
                {
                    title: "it lets no share go",
                    set: ["spec.maxUnavailable", "0%"],
                    at: ["spec.maxUnavailable"],
                },
                {
                    title: "all have to stay",
                    set: ["spec.minAvailable", "100%"],
                    at: ["spec.minAvailable"],
                },
            ],
            undecided: "spec.maxUnavailable",
        })),
        {
            type: `kubernetes:${BUDGET}List`,
            good: { items: [{ spec: { minAvailable: "50%" } }] },
            breaks: [
                {
                    title: "one lets none go",
                    set: ["items[0].spec.maxUnavailable", 0],
                    at: ["items[0].spec.maxUnavailable"],
                },
            ],
            undecided: "items[0].spec.minAvailable",
        },
    ],
};
