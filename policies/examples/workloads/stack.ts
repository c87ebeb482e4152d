import { CLUSTER, inShop, object, SHOP } from "../cluster-objects.ts";
import { UNKNOWN, type Inputs, type StackExample } from "../example.ts";
import { workload } from "./workload.ts";

const BUDGET = "policy/v1:PodDisruptionBudget";

const scaler = (bounds: Inputs, more = {}) =>
    object(
        "scaler",
        "autoscaling/v2:HorizontalPodAutoscaler",
        {
            metadata: inShop("web"),
            spec: { scaleTargetRef: { kind: "Deployment", name: "web" }, ...bounds },
        },
        more,
    );

const keda = object("scaler", "keda.sh/v1alpha1:ScaledObject", {
    metadata: inShop("web"),
    spec: { scaleTargetRef: { name: "web" }, minReplicaCount: 2 },
});

const budget = (spec: Inputs) => object("budget", BUDGET, { metadata: inShop("web"), spec });
const web = object("web", "apps/v1:Deployment", workload("web"));
const selector = { matchLabels: { app: "web" } };

export const workloadsStackExamples: Record<string, readonly StackExample[]> = {
    "k8s-min-replicas-spread": [
        {
            title: "a fixed number of pods",
            good: [...CLUSTER, SHOP, web],
            breaks: [
                {
                    title: "it is one",
                    set: ["web", "spec.replicas", 1],
                    at: [["web", "spec.replicas"]],
                },
                {
                    title: "it is left out, which is one",
                    set: ["web", "spec.replicas", undefined],
                    at: [["web", "spec.replicas"]],
                },
                {
                    title: "an autoscaler may take all but one away",
                    add: scaler({ maxReplicas: 9 }),
                    at: [["web", "spec.replicas"]],
                },
            ],
            undecided: ["web", "spec.replicas"],
        },
        {
            title: "an autoscaler that refers to its workload, whose name is not known yet",
            good: [
                ...CLUSTER,
                SHOP,
                object("web", "apps/v1:Deployment", {
                    ...workload("web", { replicas: 1 }),
                    metadata: { name: UNKNOWN, namespace: "shop" },
                }),
                scaler(
                    {
                        scaleTargetRef: { kind: "Deployment", name: UNKNOWN },
                        minReplicas: 3,
                        maxReplicas: 9,
                    },
                    { references: { spec: ["web"] } },
                ),
            ],
            breaks: [],
            undecided: ["scaler", "spec.scaleTargetRef.name"],
        },
        {
            title: "KEDA with a minimum",
            good: [
                ...CLUSTER,
                SHOP,
                object("web", "apps/v1:Deployment", workload("web", { replicas: 1 })),
                keda,
            ],
            breaks: [
                {
                    title: "its minimum is left out, which is none",
                    set: ["scaler", "spec.minReplicaCount", undefined],
                    at: [["web", "spec.replicas"]],
                },
                {
                    title: "it scales another kind of that name",
                    set: ["scaler", "spec.scaleTargetRef.kind", "StatefulSet"],
                    at: [["web", "spec.replicas"]],
                },
                {
                    title: "it is in another namespace",
                    set: ["scaler", "metadata.namespace", "other"],
                    at: [["web", "spec.replicas"]],
                },
            ],
            undecided: ["scaler", "spec.minReplicaCount"],
        },
        {
            title: "a workload that can have one pod only",
            good: [
                ...CLUSTER,
                SHOP,
                object("one", "apps/v1:StatefulSet", workload("one", { replicas: 1 })),
            ],
            options: { singletons: ["one"] },
            breaks: [
                {
                    title: "no option names it",
                    options: { singletons: ["two"] },
                    at: [["one", "spec.replicas"]],
                },
            ],
            undecided: ["one", "metadata.name"],
        },
    ],
    "k8s-pdb-present-and-sane": [
        {
            title: "a budget by label",
            good: [...CLUSTER, SHOP, web, budget({ selector, minAvailable: 2 })],
            breaks: [
                { title: "there is no budget", remove: "budget", at: [["web", ""]] },
                {
                    title: "it is for other pods",
                    set: ["budget", "spec.selector.matchLabels.app", "other"],
                    at: [["web", ""]],
                },
                {
                    title: "it asks for more labels than the pods have",
                    set: ["budget", "spec.selector.matchLabels.tier", "front"],
                    at: [["web", ""]],
                },
                {
                    title: "it selects nothing",
                    set: ["budget", "spec.selector", undefined],
                    at: [["web", ""]],
                },
                {
                    title: "it is in another namespace",
                    set: ["budget", "metadata.namespace", "other"],
                    at: [["web", ""]],
                },
                {
                    title: "as many have to stay as there are",
                    set: ["budget", "spec.minAvailable", 3],
                    at: [["budget", "spec.minAvailable"]],
                },
                {
                    title: "the share that has to stay rounds up to all",
                    set: ["budget", "spec.minAvailable", "67%"],
                    at: [["budget", "spec.minAvailable"]],
                },
                {
                    title: "an autoscaler may leave no more than have to stay",
                    add: scaler({ minReplicas: 2, maxReplicas: 9 }),
                    at: [["budget", "spec.minAvailable"]],
                },
            ],
            undecided: ["budget", "spec.selector"],
        },
        {
            title: "a budget by expressions, over two workloads",
            good: [
                ...CLUSTER,
                SHOP,
                web,
                object("api", "apps/v1:StatefulSet", workload("api", { replicas: 1 })),
                budget({
                    minAvailable: 3,
                    selector: {
                        matchExpressions: [
                            { key: "app", operator: "In", values: ["web", "api"] },
                            { key: "app", operator: "Exists" },
                            { key: "app", operator: "NotIn", values: ["batch"] },
                            { key: "tier", operator: "DoesNotExist" },
                        ],
                    },
                }),
            ],
            breaks: [
                {
                    title: "the sum is no more than has to stay",
                    set: ["budget", "spec.minAvailable", 4],
                    at: [["budget", "spec.minAvailable"]],
                },
                {
                    title: "one of them is kept out",
                    set: ["budget", "spec.selector.matchExpressions[2].values[0]", "web"],
                    at: [
                        ["budget", "spec.minAvailable"],
                        ["web", ""],
                    ],
                },
                {
                    title: "it selects pods without a label that they have",
                    set: ["budget", "spec.selector.matchExpressions[3].key", "app"],
                    at: [["web", ""]],
                },
                {
                    title: "one of them is not selected",
                    set: ["budget", "spec.selector.matchExpressions[0].values", ["api"]],
                    at: [
                        ["budget", "spec.minAvailable"],
                        ["web", ""],
                    ],
                },
            ],
            undecided: ["budget", "spec.selector.matchExpressions[0].values"],
        },
        {
            title: "a workload of one pod, which needs no budget",
            good: [
                ...CLUSTER,
                SHOP,
                object("web", "apps/v1:Deployment", workload("web", { replicas: 1 })),
                object("other", "core/v1:Namespace", { metadata: { name: "other" } }),
                object("elsewhere", BUDGET, {
                    metadata: { name: "web", namespace: "other" },
                    spec: { selector, minAvailable: 1 },
                }),
            ],
            breaks: [
                {
                    title: "a budget keeps the one",
                    set: ["elsewhere", "metadata.namespace", "shop"],
                    at: [["elsewhere", "spec.minAvailable"]],
                },
            ],
            undecided: ["web", "spec.replicas"],
        },
    ],
};
