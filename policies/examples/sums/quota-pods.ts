import { CLUSTER, SHOP } from "../cluster-objects.ts";
import type { StackExample } from "../example.ts";
import { deployment, HARD, job, limits, quota, scaler } from "./quota-parts.ts";

/** What the pods of one Deployment come to. */
export const podSums: readonly StackExample[] = [
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
                    ["quota", HARD("count/pods")],
                    ["quota", HARD("limits.cpu")],
                    ["quota", HARD("limits.memory")],
                    ["quota", "spec.hard.memory"],
                    ["quota", "spec.hard.pods"],
                    ["quota", HARD("requests.cpu")],
                ],
            },
            {
                title: "the surge is a quarter of the pods, as is usual",
                set: ["web", "spec.strategy", undefined],
                at: [
                    ["quota", HARD("count/pods")],
                    ["quota", HARD("limits.cpu")],
                    ["quota", HARD("limits.memory")],
                    ["quota", "spec.hard.memory"],
                    ["quota", "spec.hard.pods"],
                    ["quota", HARD("requests.cpu")],
                ],
            },
            {
                title: "another workload is there too",
                add: job({ parallelism: 4, completions: 1 }),
                at: [
                    ["quota", HARD("count/pods")],
                    ["quota", HARD("limits.cpu")],
                    ["quota", HARD("limits.memory")],
                    ["quota", "spec.hard.memory"],
                    ["quota", "spec.hard.pods"],
                    ["quota", HARD("requests.cpu")],
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
                    ["quota", HARD("limits.cpu")],
                    ["quota", HARD("requests.cpu")],
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
                    ["quota", HARD("limits.cpu")],
                    ["quota", HARD("requests.cpu")],
                ],
            },
        ],
        undecided: ["limits", "spec.limits"],
    },
];
