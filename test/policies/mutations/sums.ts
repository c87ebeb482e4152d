import type { Mutation } from "./mutation.ts";

const AWS = "myapp-prod-aws-podinfo";
const CLUSTER =
    "urn:pulumi:prod::platform::platform:aws:Site$platform:aws:Cluster$pulumi:providers:kubernetes::myapp-prod-aws";
const CPU = 'spec.hard["limits.cpu"]';

export const sumsMutations: readonly Mutation[] = [
    {
        rule: "k8s-quota-holds-maximum",
        title: "the application may grow to more CPU than its namespace's quota has",
        do: [
            {
                type: "kubernetes:core/v1:ResourceQuota",
                name: AWS,
                set: { [CPU]: "2" },
                keepReferences: true,
            },
        ],
        at: CPU,
    },
    {
        rule: "k8s-storage-within-quota",
        title: "a volume is larger than its namespace's quota for storage",
        do: [
            {
                type: "kubernetes:core/v1:ResourceQuota",
                name: AWS,
                set: { 'spec.hard["requests.storage"]': "10Gi" },
                keepReferences: true,
            },
        ],
        add: [
            {
                type: "kubernetes:core/v1:PersistentVolumeClaim",
                name: "data",
                provider: CLUSTER,
                inputs: {
                    metadata: { name: "data", namespace: "podinfo" },
                    spec: { resources: { requests: { storage: "20Gi" } } },
                },
            },
        ],
        at: 'spec.hard["requests.storage"]',
    },
    {
        rule: "k8s-pod-fits-node",
        title: "the application asks for more memory than an m6i.xlarge leaves",
        do: [
            {
                type: "kubernetes:apps/v1:Deployment",
                name: AWS,
                set: {
                    "spec.template.spec.containers[0].resources.requests.memory": "15800Mi",
                    "spec.template.spec.containers[0].resources.limits.memory": "15800Mi",
                },
                keepReferences: true,
            },
        ],
        also: ["k8s-quota-holds-maximum"],
        at: "spec.template.spec.containers",
    },
    {
        rule: "cluster-addresses-hold-maximum",
        title: "the workers on AWS may outgrow their subnets",
        do: [
            {
                type: "aws:eks/nodeGroup:NodeGroup",
                name: "myapp-prod-aws-workers",
                set: { "scalingConfig.maxSize": 400 },
            },
        ],
        at: "scalingConfig.maxSize",
    },
    {
        rule: "cluster-addresses-hold-maximum",
        title: "the workers on Google Cloud may outgrow the range of their pods",
        do: [
            {
                type: "gcp:container/nodePool:NodePool",
                name: "myapp-prod-gcp-workers",
                set: { "autoscaling.totalMaxNodeCount": 200 },
            },
        ],
        at: "autoscaling.totalMaxNodeCount",
    },
];
