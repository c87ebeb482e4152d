import { CLUSTER, inShop, object, SHOP } from "../cluster-objects.ts";
import { UNKNOWN, type StackExample } from "../example.ts";
import { container, HARD, job, quota } from "./quota-parts.ts";
import { podSums } from "./quota-pods.ts";

export const quotaExamples: readonly StackExample[] = [
    ...podSums,
    {
        title: "KEDA, a StatefulSet, jobs, a pod and a blue-green Rollout",
        good: [
            ...CLUSTER,
            SHOP,
            object("set", "apps/v1:StatefulSet", {
                metadata: inShop("set"),
                spec: { replicas: 1, template: { spec: { containers: [container] } } },
            }),
            object("scaled", "keda.sh/v1alpha1:ScaledObject", {
                metadata: inShop("set"),
                spec: { scaleTargetRef: { kind: "StatefulSet", name: "set" }, maxReplicaCount: 3 },
            }),
            object("nightly", "batch/v1:CronJob", {
                metadata: inShop("nightly"),
                spec: {
                    jobTemplate: {
                        spec: { parallelism: 2, template: { spec: { containers: [container] } } },
                    },
                },
            }),
            object("once", "core/v1:Pod", {
                metadata: inShop("once"),
                spec: { containers: [container] },
            }),
            object("rollout", "argoproj.io/v1alpha1:Rollout", {
                metadata: inShop("rollout"),
                spec: {
                    replicas: 2,
                    strategy: { blueGreen: { activeService: "rollout" } },
                    template: { spec: { containers: [container] } },
                },
            }),
            job({ parallelism: 4, completions: 1 }),
            quota({ pods: "11", "requests.cpu": "5500m" }),
        ],
        breaks: [
            {
                title: "KEDA goes as far as it does by itself",
                set: ["scaled", "spec.maxReplicaCount", undefined],
                at: [
                    ["quota", "spec.hard.pods"],
                    ["quota", HARD("requests.cpu")],
                ],
            },
            {
                title: "the CronJob's run is wider",
                set: ["nightly", "spec.jobTemplate.spec.parallelism", 3],
                at: [
                    ["quota", "spec.hard.pods"],
                    ["quota", HARD("requests.cpu")],
                ],
            },
            {
                title: "the Rollout is a canary whose surge is larger",
                set: ["rollout", "spec.strategy", { canary: { maxSurge: "150%" } }],
                at: [
                    ["quota", "spec.hard.pods"],
                    ["quota", HARD("requests.cpu")],
                ],
            },
        ],
        undecided: ["scaled", "spec.scaleTargetRef.name"],
    },
    {
        title: "workloads of other namespaces and clusters",
        good: [
            ...CLUSTER,
            SHOP,
            object("other", "apps/v1:Deployment", {
                metadata: { name: "web", namespace: "other" },
                spec: { replicas: 90, template: { spec: { containers: [container] } } },
            }),
            object(
                "elsewhere",
                "apps/v1:Deployment",
                {
                    metadata: inShop("web"),
                    spec: { replicas: 90, template: { spec: { containers: [container] } } },
                },
                { provider: "another" },
            ),
            quota({ pods: "1" }),
        ],
        breaks: [
            {
                title: "it is in the quota's namespace",
                set: ["other", "metadata.namespace", "shop"],
                at: [["quota", "spec.hard.pods"]],
            },
        ],
        undecided: ["other", "metadata.namespace"],
    },
    {
        title: "a namespace by reference, whose name is not known yet",
        good: [
            ...CLUSTER,
            object("shop", "core/v1:Namespace", { metadata: { name: UNKNOWN } }),
            object(
                "web",
                "apps/v1:Deployment",
                {
                    metadata: { name: "web", namespace: UNKNOWN },
                    spec: {
                        replicas: 1,
                        strategy: { type: "Recreate" },
                        template: { spec: { containers: [container] } },
                    },
                },
                { references: { metadata: ["shop"] } },
            ),
            object(
                "quota",
                "core/v1:ResourceQuota",
                { metadata: { namespace: UNKNOWN }, spec: { hard: { pods: "1" } } },
                { references: { metadata: ["shop"] } },
            ),
        ],
        breaks: [
            {
                title: "it has a pod more",
                set: ["web", "spec.replicas", 2],
                at: [["quota", "spec.hard.pods"]],
            },
        ],
        undecided: ["quota", "metadata"],
    },
];
