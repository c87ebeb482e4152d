import { CLUSTER, inShop, object, SHOP } from "../cluster-objects.ts";
import type { Inputs, StackExample } from "../example.ts";

const STORAGE = 'spec.hard["requests.storage"]';
const FAST = "fast.storageclass.storage.k8s.io/requests.storage";
const SIZE = "resources.requests.storage";

const claimed = (storage: string, more: Inputs = {}) => ({
    resources: { requests: { storage } },
    ...more,
});

const kafka = object("kafka", "apps/v1:StatefulSet", {
    metadata: inShop("kafka"),
    spec: {
        replicas: 3,
        template: { spec: { containers: [{ name: "kafka" }] } },
        volumeClaimTemplates: [
            { metadata: { name: "data" }, spec: claimed("100Gi", { storageClassName: "fast" }) },
        ],
    },
});

const backup = object("backup", "core/v1:PersistentVolumeClaim", {
    metadata: inShop("backup"),
    spec: claimed("50Gi", { storageClassName: "slow" }),
});

const scratch = object("scratch", "apps/v1:Deployment", {
    metadata: inShop("scratch"),
    spec: {
        replicas: 1,
        strategy: { type: "Recreate" },
        template: {
            spec: {
                containers: [{ name: "scratch" }],
                volumes: [
                    { name: "config", configMap: { name: "config" } },
                    {
                        name: "tmp",
                        ephemeral: {
                            volumeClaimTemplate: {
                                spec: claimed("10Gi", { storageClassName: "slow" }),
                            },
                        },
                    },
                ],
            },
        },
    },
});

const quota = (hard: Inputs) =>
    object("quota", "core/v1:ResourceQuota", { metadata: inShop("quota"), spec: { hard } });

export const storageExamples: readonly StackExample[] = [
    {
        title: "volumes that fit exactly, by size, number and class",
        good: [
            ...CLUSTER,
            SHOP,
            kafka,
            backup,
            scratch,
            quota({
                "requests.storage": "360Gi",
                persistentvolumeclaims: "5",
                [FAST]: "300Gi",
                "slow.storageclass.storage.k8s.io/persistentvolumeclaims": 2,
                "requests.cpu": "1m",
            }),
        ],
        breaks: [
            {
                title: "the quota is a gibibyte too small",
                set: ["quota", STORAGE, "359Gi"],
                at: [["quota", STORAGE]],
            },
            {
                title: "there is a claim too many",
                set: ["quota", "spec.hard.persistentvolumeclaims", "4"],
                at: [["quota", "spec.hard.persistentvolumeclaims"]],
            },
            {
                title: "there is too much of one class",
                set: ["quota", `spec.hard["${FAST}"]`, "100Gi"],
                at: [["quota", `spec.hard["${FAST}"]`]],
            },
            {
                title: "there is one more of the set",
                set: ["kafka", "spec.replicas", 4],
                at: [
                    ["quota", `spec.hard["${FAST}"]`],
                    ["quota", "spec.hard.persistentvolumeclaims"],
                    ["quota", STORAGE],
                ],
            },
            {
                title: "an update keeps two of a pod's own volumes for a while",
                set: ["scratch", "spec.strategy", { rollingUpdate: { maxSurge: 1 } }],
                at: [
                    ["quota", "spec.hard.persistentvolumeclaims"],
                    ["quota", STORAGE],
                    [
                        "quota",
                        'spec.hard["slow.storageclass.storage.k8s.io/persistentvolumeclaims"]',
                    ],
                ],
            },
        ],
        undecided: ["backup", `spec.${SIZE}`],
    },
    {
        title: "a cap for each namespace",
        good: [...CLUSTER, SHOP, kafka, backup],
        options: { maximum: "350Gi" },
        breaks: [
            {
                title: "the cap is lower than the sum",
                options: { maximum: "100Gi" },
                at: [["kafka", `spec.volumeClaimTemplates[0].spec.${SIZE}`]],
            },
            {
                title: "the largest claim is another",
                set: ["backup", `spec.${SIZE}`, "400Gi"],
                at: [["backup", `spec.${SIZE}`]],
            },
        ],
    },
];
