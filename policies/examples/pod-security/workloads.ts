import type { Example, Inputs } from "../example.ts";
import { inAllKinds, type PodBreak } from "../pods.ts";
import { SMALL_PATCH } from "./containers.ts";

const resources = {
    requests: { cpu: "100m", memory: "128Mi" },
    limits: { memory: "128Mi" },
};

const unset = (path: string): PodBreak => ({
    title: `${path} is not set`,
    set: [`spec.containers[0].resources.${path}`, undefined],
});

const resourceExamples: readonly Example[] = [
    ...inAllKinds({
        good: {
            spec: {
                containers: [{ name: "one", resources }],
                initContainers: [{ name: "two", resources }],
                ephemeralContainers: [{ name: "three" }],
            },
        },
        breaks: [
            unset("requests.cpu"),
            {
                title: "requests.cpu is nought",
                set: ["spec.containers[0].resources.requests.cpu", 0],
            },
            {
                title: "requests.cpu is nought of a unit",
                set: ["spec.containers[0].resources.requests.cpu", "0m"],
            },
            unset("limits.memory"),
            {
                title: "requests.memory is nought, whatever the limit is",
                set: ["spec.containers[0].resources.requests.memory", "0"],
            },
            {
                title: "an init container has none",
                set: ["spec.initContainers[0].resources", {}],
                at: ["requests.cpu", "requests.memory", "limits.memory"].map(
                    (path) => `spec.initContainers[0].resources.${path}`,
                ),
            },
        ],
        undecided: "spec.containers[0].resources",
    }),
    {
        type: "kubernetes:core/v1:Pod",
        good: { spec: { resources, containers: [{ name: "one" }] } },
        breaks: [
            {
                title: "what the pod has as a whole has no limit",
                set: ["spec.resources.limits", undefined],
                at: ["spec.containers[0].resources.limits.memory"],
            },
        ],
        undecided: "spec.resources",
    },
    {
        type: "kubernetes:core/v1:Pod",
        good: {
            spec: {
                containers: [{ name: "one", resources: { limits: { cpu: 1, memory: "1Gi" } } }],
            },
        },
        options: { cpuLimit: true },
        breaks: [
            {
                title: "a limit on CPU is asked for, and missing",
                set: ["spec.containers[0].resources", resources],
                at: ["spec.containers[0].resources.limits.cpu"],
            },
        ],
        undecided: "spec.containers[0].resources.limits.cpu",
    },
];

const probe = { httpGet: { path: "/", port: 80 } };

const probeExamples: readonly Example[] = [
    ...inAllKinds({
        kinds: (type) => !type.startsWith("kubernetes:batch/"),
        good: {
            spec: {
                containers: [{ name: "one", readinessProbe: probe, livenessProbe: probe }],
                initContainers: [{ name: "two" }],
            },
        },
        breaks: ["readinessProbe", "livenessProbe"].map((name) => ({
            title: `${name} is missing`,
            set: [`spec.containers[0].${name}`, undefined],
        })),
        undecided: "spec.containers[0].livenessProbe",
    }),
    {
        type: "kubernetes:core/v1:Pod",
        good: { spec: { restartPolicy: "Never", containers: [{ name: "one" }] } },
        breaks: [
            {
                title: "the pod is to run on",
                set: ["spec.restartPolicy", "Always"],
                at: ["readinessProbe", "livenessProbe"].map((it) => `spec.containers[0].${it}`),
            },
        ],
        undecided: "spec.restartPolicy",
    },
];

const SAMPLE = "Sample-Value-0123";

const environmentExamples: readonly Example[] = [
    ...inAllKinds({
        good: {
            spec: {
                containers: [
                    {
                        name: "one",
                        env: [
                            {
                                name: "DB_PASSWORD",
                                valueFrom: { secretKeyRef: { name: "db", key: "p" } },
                            },
                            { name: "LOG_LEVEL", value: "info" },
                        ],
                        envFrom: [{ secretRef: { name: "db" } }],
                    },
                ],
                initContainers: [{ name: "two", env: [{ name: "API_TOKEN", value: "" }] }],
            },
        },
        breaks: [
            {
                title: "a password is written out",
                set: ["spec.containers[0].env[0]", { name: "DB_PASSWORD", value: SAMPLE }],
                at: ["spec.containers[0].env[0].value"],
            },
            {
                title: "an address holds a password",
                set: ["spec.containers[0].env[1].value", `postgres://app:${SAMPLE}@db/app`],
            },
        ],
        undecided: "spec.initContainers[0].env[0].value",
    }),
    {
        type: "kubernetes:core/v1:Pod",
        good: { spec: { containers: [{ env: [{ name: "LOG_LEVEL", value: "info" }] }] } },
        options: { files: true },
        breaks: [
            {
                title: "files are asked for, and a variable refers to a Secret",
                set: ["spec.containers[0].env[0].valueFrom", { secretKeyRef: { name: "db" } }],
                at: ["spec.containers[0].env[0].valueFrom.secretKeyRef"],
            },
            {
                title: "files are asked for, and all of a Secret becomes variables",
                set: ["spec.containers[0].envFrom", [{ secretRef: { name: "db" } }]],
                at: ["spec.containers[0].envFrom[0].secretRef"],
            },
        ],
    },
];

const account: Inputs = { spec: { serviceAccountName: "web", automountServiceAccountToken: true } };

const accountExamples: readonly Example[] = [
    ...inAllKinds({
        good: account,
        breaks: [
            { title: "it is the default account", set: ["spec.serviceAccountName", "default"] },
            { title: "the name is empty", set: ["spec.serviceAccountName", ""] },
            { title: "none is named", set: ["spec.serviceAccountName", undefined] },
        ],
        undecided: "spec.serviceAccountName",
    }),
    {
        type: "kubernetes:core/v1:Pod",
        good: { spec: { serviceAccount: "web" } },
        breaks: [
            {
                title: "it is the default account, by the field's old name",
                set: ["spec.serviceAccount", "default"],
                at: ["spec.serviceAccount"],
            },
        ],
        undecided: "spec.serviceAccount",
    },
    SMALL_PATCH,
];

const tokenExamples: readonly Example[] = inAllKinds({
    good: account,
    breaks: [
        {
            title: "the token is everybody's",
            set: ["spec.serviceAccountName", "default"],
            at: ["spec.automountServiceAccountToken"],
        },
    ],
    undecided: "spec",
});

/** What pods are made of, and what they need. */
export const workloadPodExamples: Record<string, readonly Example[]> = {
    "k8s-resources-set": resourceExamples,
    "k8s-probes": probeExamples,
    "k8s-no-secret-env": environmentExamples,
    "k8s-no-default-sa": accountExamples,
    "k8s-sa-token-not-automounted": tokenExamples,
};
