import type { Mutation } from "./mutation.ts";

const DEPLOYMENT = "kubernetes:apps/v1:Deployment";
const BUDGET = "kubernetes:policy/v1:PodDisruptionBudget";
const SCALER = "kubernetes:autoscaling/v2:HorizontalPodAutoscaler";
const AWS = "myapp-prod-aws-podinfo";

/** A pod that lacks nothing but a controller. */
const POD = {
    metadata: {
        name: "once",
        namespace: "podinfo",
        labels: {
            "app.kubernetes.io/name": "once",
            "app.kubernetes.io/part-of": "myapp",
            "app.kubernetes.io/managed-by": "pulumi",
            "app.kubernetes.io/version": "6.9.2",
            "cost-centre": "cc-2000",
            environment: "prod",
            "managed-by": "pulumi",
            owner: "platform-team",
            project: "myapp",
            site: "aws",
        },
    },
    spec: {
        automountServiceAccountToken: false,
        enableServiceLinks: false,
        serviceAccountName: "podinfo",
        securityContext: {
            runAsNonRoot: true,
            runAsUser: 10001,
            runAsGroup: 10001,
            fsGroup: 10001,
            seccompProfile: { type: "RuntimeDefault" },
        },
        containers: [
            {
                name: "once",
                image: `ghcr.io/stefanprodan/podinfo:6.9.2@sha256:${"5".repeat(64)}`,
                imagePullPolicy: "IfNotPresent",
                ports: [{ name: "http", containerPort: 9898, protocol: "TCP" }],
                livenessProbe: { httpGet: { path: "/healthz", port: "http" } },
                readinessProbe: { httpGet: { path: "/readyz", port: "http" } },
                startupProbe: { httpGet: { path: "/healthz", port: "http" } },
                resources: {
                    requests: { cpu: "100m", memory: "128Mi", "ephemeral-storage": "512Mi" },
                    limits: { cpu: "200m", memory: "128Mi", "ephemeral-storage": "1Gi" },
                },
                securityContext: {
                    allowPrivilegeEscalation: false,
                    capabilities: { drop: ["ALL"] },
                    privileged: false,
                    readOnlyRootFilesystem: true,
                },
            },
        ],
    },
};

export const workloadsMutations: readonly Mutation[] = [
    {
        rule: "k8s-no-bare-pod",
        title: "a pod stands in the application's namespace that nothing starts again",
        do: [],
        add: [{ type: "kubernetes:core/v1:Pod", name: "once", inputs: POD }],
        at: "",
    },
    {
        rule: "k8s-min-replicas-spread",
        title: "the application's pods may all stand on one node",
        do: [
            {
                type: DEPLOYMENT,
                name: AWS,
                set: { "spec.template.spec.topologySpreadConstraints": [] },
                keepReferences: true,
            },
        ],
        at: "spec.template.spec.topologySpreadConstraints",
    },
    {
        rule: "k8s-min-replicas-spread",
        title: "the autoscaler may leave one pod",
        do: [{ type: SCALER, name: AWS, set: { "spec.minReplicas": 1 }, keepReferences: true }],
        at: "spec.replicas",
    },
    {
        rule: "k8s-pdb-present-and-sane",
        title: "the application's budget is gone",
        do: [{ type: BUDGET, name: AWS }],
        at: "",
    },
    {
        rule: "k8s-pdb-present-and-sane",
        title: "the budget keeps as many pods as the autoscaler leaves",
        do: [
            {
                type: BUDGET,
                name: AWS,
                set: { "spec.maxUnavailable": undefined, "spec.minAvailable": 3 },
                keepReferences: true,
            },
        ],
        at: "spec.minAvailable",
    },
];
