import { UNKNOWN, type ExampleResource, type StackExample } from "../example.ts";

const CLUSTER: ExampleResource = {
    name: "main",
    type: "aws:eks/cluster:Cluster",
    inputs: { name: "main" },
};

const CNI: ExampleResource = {
    name: "cni",
    type: "aws:eks/addon:Addon",
    inputs: {
        addonName: "vpc-cni",
        clusterName: UNKNOWN,
        configurationValues: '{"enableNetworkPolicy": "true"}',
    },
    references: { clusterName: ["main"] },
};

const engine = (name: string, type: string, inputs: ExampleResource["inputs"]): StackExample => ({
    title: `the engine ${name}`,
    good: [CLUSTER, { name, type, inputs }],
    breaks: [{ title: "it is missing", remove: name, at: [["main", ""]] }],
});

/** Examples of what enforces the network policies of EKS clusters. */
export const eksNetworkPolicyStackExamples: Record<string, readonly StackExample[]> = {
    "aws-eks-network-policy-on": [
        {
            title: "the add-on of the VPC CNI, which enforces policies",
            good: [CLUSTER, CNI],
            breaks: [
                {
                    title: "enforcement is off",
                    set: ["cni", "configurationValues", '{"enableNetworkPolicy": false}'],
                    at: [["cni", "configurationValues"]],
                },
                {
                    title: "the add-on is not configured, and off is the default",
                    set: ["cni", "configurationValues", undefined],
                    at: [["cni", "configurationValues"]],
                },
                {
                    title: "the add-on is missing",
                    remove: "cni",
                    at: [["main", ""]],
                },
                {
                    title: "the add-on is another",
                    set: ["cni", "addonName", "coredns"],
                    at: [["main", ""]],
                },
                {
                    title: "the add-on is another cluster's",
                    set: ["cni", "clusterName", "another"],
                    at: [["main", ""]],
                },
            ],
            undecided: ["cni", "configurationValues"],
        },
        {
            title: "an add-on that names the cluster in writing",
            good: [
                CLUSTER,
                { ...CNI, inputs: { ...CNI.inputs, clusterName: "main" }, references: {} },
            ],
            breaks: [],
            undecided: ["cni", "clusterName"],
        },
        engine("cilium", "kubernetes:helm.sh/v3:Release", {
            chart: "oci://quay.io/cilium/charts/cilium",
        }),
        engine("calico", "kubernetes:operator.tigera.io/v1:Installation", {}),
        engine("calico-node", "kubernetes:apps/v1:DaemonSet", {
            metadata: { name: "calico-node" },
        }),
        {
            title: "a chart of the VPC CNI",
            good: [
                CLUSTER,
                {
                    name: "cni",
                    type: "kubernetes:helm.sh/v3:Release",
                    inputs: { chart: "aws-vpc-cni", values: { enableNetworkPolicy: true } },
                },
            ],
            breaks: [
                {
                    title: "enforcement is off",
                    set: ["cni", "values.enableNetworkPolicy", false],
                    at: [["main", ""]],
                },
                {
                    title: "enforcement is left to its default, which is off",
                    set: ["cni", "values", {}],
                    at: [["main", ""]],
                },
                {
                    title: "it is another chart",
                    set: ["cni", "chart", "podinfo"],
                    at: [["main", ""]],
                },
            ],
            undecided: ["cni", "values.enableNetworkPolicy"],
        },
    ],
};
