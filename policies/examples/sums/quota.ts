import { CLUSTER, inShop, object, SHOP } from "../cluster-objects.ts";
import { UNKNOWN, type ExampleResource, type Inputs, type StackExample } from "../example.ts";

const HARD = (name: string) => `spec.hard["${name}"]`;

/** A container that asks for half a core and a gibibyte, with a limit of twice that. */
const container = {
    name: "main",
    resources: {
        requests: { cpu: "500m", memory: "1Gi" },
        limits: { cpu: "1", memory: "2Gi" },
    },
};

const deployment = (spec: Inputs = {}, pod: Inputs = {}): ExampleResource =>
    object("web", "apps/v1:Deployment", {
        metadata: inShop("web"),
        spec: {
            replicas: 10,
            strategy: { rollingUpdate: { maxSurge: 1 } },
            template: { spec: { containers: [container], ...pod } },
            ...spec,
        },
    });

const quota = (hard: Inputs, more: Inputs = {}) =>
    object("quota", "core/v1:ResourceQuota", {
        metadata: inShop("quota"),
        spec: { hard, ...more },
    });

const scaler = (max: number) =>
    object("scaler", "autoscaling/v2:HorizontalPodAutoscaler", {
        metadata: inShop("web"),
        spec: { scaleTargetRef: { kind: "Deployment", name: "web" }, maxReplicas: max },
    });

const limits = object("limits", "core/v1:LimitRange", {
    metadata: inShop("limits"),
    spec: {
        limits: [
            { type: "Pod", max: { cpu: "8" } },
            { type: "Container", default: { cpu: "1" }, defaultRequest: { cpu: "250m" } },
        ],
    },
});

const job = (spec: Inputs) =>
    object("job", "batch/v1:Job", {
        metadata: inShop("job"),
        spec: { template: { spec: { containers: [container] } }, ...spec },
    });

export const quotaExamples: readonly StackExample[] = [
    {
        title: "ten pods and a surge in exactly what they ask for",
        good: [
            ...CLUSTER,
            SHOP,
            deployment(),
            quota({
                "requests.cpu": "5500m",
                memory: "11Gi",
                "limits.cpu": 11,
                "limits.memory": "22528Mi",
                pods: "11",
                "count/pods": 11,
                "requests.nvidia.com/gpu": "0",
                "services.nodeports": "0",
                "requests.storage": "1",
            }),
        ],
        breaks: [
            {
                title: "the CPU is a thousandth too little",
                set: ["quota", HARD("requests.cpu"), "5499m"],
                at: [["quota", HARD("requests.cpu")]],
            },
            {
                title: "the memory is for the pods without surge",
                set: ["quota", "spec.hard.memory", "10Gi"],
                at: [["quota", "spec.hard.memory"]],
            },
            {
                title: "the limits are over it",
                set: ["quota", HARD("limits.cpu"), "8"],
                at: [["quota", HARD("limits.cpu")]],
            },
            {
                title: "there is a pod too many",
                set: ["quota", "spec.hard.pods", 10],
                at: [["quota", "spec.hard.pods"]],
            },
            {
                title: "an autoscaler goes further",
                add: scaler(11),
                at: [
                    ["quota", HARD("requests.cpu")],
                    ["quota", "spec.hard.memory"],
                    ["quota", HARD("limits.cpu")],
                    ["quota", HARD("limits.memory")],
                    ["quota", "spec.hard.pods"],
                    ["quota", HARD("count/pods")],
                ],
            },
            {
                title: "the surge is a quarter of the pods, as is usual",
                set: ["web", "spec.strategy", undefined],
                at: [
                    ["quota", HARD("requests.cpu")],
                    ["quota", "spec.hard.memory"],
                    ["quota", HARD("limits.cpu")],
                    ["quota", HARD("limits.memory")],
                    ["quota", "spec.hard.pods"],
                    ["quota", HARD("count/pods")],
                ],
            },
            {
                title: "another workload is there too",
                add: job({ parallelism: 4, completions: 1 }),
                at: [
                    ["quota", HARD("requests.cpu")],
                    ["quota", "spec.hard.memory"],
                    ["quota", HARD("limits.cpu")],
                    ["quota", HARD("limits.memory")],
                    ["quota", "spec.hard.pods"],
                    ["quota", HARD("count/pods")],
                ],
            },
            {
                title: "a container states no limit of CPU, which the quota refuses",
                set: ["web", "spec.template.spec.containers[0].resources.limits.cpu", undefined],
                at: [["quota", HARD("limits.cpu")]],
            },
        ],
        undecided: ["web", "spec.template.spec.containers[0].resources"],
    },
    {
        title: "init containers, a sidecar and overhead, of which the larger sum counts",
        good: [
            ...CLUSTER,
            SHOP,
            deployment(
                { replicas: 2, strategy: { type: "Recreate" } },
                {
                    overhead: { cpu: "100m" },
                    initContainers: [
                        { name: "first", resources: { requests: { cpu: "600m" } } },
                        {
                            name: "proxy",
                            restartPolicy: "Always",
                            resources: { requests: { cpu: "200m" } },
                        },
                        { name: "second", resources: { limits: { cpu: "550m" } } },
                    ],
                },
            ),
            // While it starts: 200m + 550m + 100m. Once it runs: 500m + 200m + 100m.
            quota({ "requests.cpu": "1700m" }),
        ],
        breaks: [
            {
                title: "the last init container asks for more beside the sidecar",
                set: ["web", "spec.template.spec.initContainers[2].resources.limits.cpu", "551m"],
                at: [["quota", HARD("requests.cpu")]],
            },
            {
                title: "the first init container asks for more alone",
                set: ["web", "spec.template.spec.initContainers[0].resources.requests.cpu", "751m"],
                at: [["quota", HARD("requests.cpu")]],
            },
            {
                title: "the pod as a whole asks for more than its containers",
                set: ["web", "spec.template.spec.resources", { requests: { cpu: "1" } }],
                at: [["quota", HARD("requests.cpu")]],
            },
        ],
        undecided: ["web", "spec.template.spec.initContainers[1].restartPolicy"],
    },
    {
        title: "containers that a LimitRange gives amounts to",
        good: [
            ...CLUSTER,
            SHOP,
            deployment(
                { replicas: 4, strategy: { type: "Recreate" } },
                { containers: [{ name: "main" }] },
            ),
            limits,
            quota({ "requests.cpu": "1", "limits.cpu": "4", "requests.ephemeral-storage": "1Gi" }),
        ],
        breaks: [
            {
                title: "there is no LimitRange, and the quota refuses the pods",
                remove: "limits",
                at: [
                    ["quota", HARD("requests.cpu")],
                    ["quota", HARD("limits.cpu")],
                ],
            },
            {
                title: "the default is more",
                set: ["limits", "spec.limits[1].defaultRequest.cpu", "251m"],
                at: [["quota", HARD("requests.cpu")]],
            },
            {
                title: "only the maximum is given, which then is the default",
                set: ["limits", "spec.limits[1]", { type: "Container", max: { cpu: "2" } }],
                at: [
                    ["quota", HARD("requests.cpu")],
                    ["quota", HARD("limits.cpu")],
                ],
            },
        ],
        undecided: ["limits", "spec.limits"],
    },
    {
        title: "KEDA, a StatefulSet, a CronJob, a pod and a blue-green Rollout",
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
            quota({ pods: "10", "requests.cpu": "5" }),
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
