import { CLUSTER, inShop, object, SHOP } from "../cluster-objects.ts";
import { UNKNOWN, type ExampleResource, type Inputs, type StackExample } from "../example.ts";

const MAX = "scalingConfig.maxSize";

const group = (name: string, type: string, maxSize: number, subnets: readonly string[]) => ({
    name,
    type: "aws:eks/nodeGroup:NodeGroup",
    inputs: {
        clusterName: UNKNOWN,
        instanceTypes: [type],
        scalingConfig: { maxSize },
        subnetIds: subnets.map(() => UNKNOWN),
    },
    references: { clusterName: ["cluster"], subnetIds: subnets },
});

const subnet = (name: string, cidrBlock: string): ExampleResource => ({
    name,
    type: "aws:ec2/subnet:Subnet",
    inputs: { cidrBlock },
});

/** The settings of the VPC CNI, as an add-on has them. */
const cni = (env: Inputs): ExampleResource => ({
    name: "cni",
    type: "aws:eks/addon:Addon",
    inputs: {
        clusterName: UNKNOWN,
        addonName: "vpc-cni",
        configurationValues: JSON.stringify({ env }),
    },
    references: { clusterName: ["cluster"] },
});

/** A node that is told how many pods it takes. */
const template: ExampleResource = {
    name: "template",
    type: "aws:ec2/launchTemplate:LaunchTemplate",
    inputs: {
        userData: Buffer.from("spec:\n  kubelet:\n    config:\n      maxPods: 30\n").toString(
            "base64",
        ),
    },
};

const pods = (replicas: number) =>
    object("web", "apps/v1:Deployment", {
        metadata: inShop("web"),
        spec: { replicas, template: { spec: { containers: [{ name: "web" }] } } },
    });

export const eksAddressesExamples: readonly StackExample[] = [
    {
        title: "node groups on EKS that share two subnets",
        good: [
            ...CLUSTER,
            // 2 x (128 - 5) addresses for 8 x 18 and 3 x 30.
            subnet("a", "10.0.0.0/25"),
            subnet("b", "10.0.1.0/25"),
            group("burst", "t3.medium", 8, ["a", "b"]),
            group("base", "m6i.large", 3, ["b", "a"]),
        ],
        breaks: [
            {
                title: "one grows further",
                set: ["burst", MAX, 9],
                at: [["burst", MAX]],
            },
            {
                title: "a subnet is smaller",
                set: ["a", "cidrBlock", "10.0.0.0/26"],
                at: [["burst", MAX]],
            },
            {
                title: "the machines have more interfaces",
                set: ["base", "instanceTypes", ["m6i.4xlarge"]],
                at: [["base", MAX]],
            },
        ],
        undecided: ["burst", "subnetIds"],
    },
    {
        title: "nodes with prefixes, which are told how many pods to take",
        good: [
            ...CLUSTER,
            subnet("a", "10.0.0.0/23"),
            cni({ ENABLE_PREFIX_DELEGATION: "true" }),
            template,
            {
                ...group("base", "m6i.large", 10, ["a"]),
                inputs: {
                    ...group("base", "m6i.large", 10, ["a"]).inputs,
                    launchTemplate: { id: UNKNOWN },
                },
                references: {
                    clusterName: ["cluster"],
                    subnetIds: ["a"],
                    launchTemplate: ["template"],
                },
            },
        ],
        breaks: [
            {
                title: "they take as many pods as prefixes allow",
                set: ["template", "userData", undefined],
                at: [["base", MAX]],
            },
            { title: "there is one more", set: ["base", MAX, 11], at: [["base", MAX]] },
        ],
        undecided: ["cni", "configurationValues"],
    },
    {
        title: "as many pods as the nodes take",
        good: [
            ...CLUSTER,
            SHOP,
            subnet("a", "10.0.0.0/24"),
            group("burst", "t3.medium", 2, ["a"]),
            pods(34),
        ],
        breaks: [
            {
                title: "there is one more",
                set: ["web", "spec.replicas", 35],
                at: [["cluster", ""]],
            },
        ],
    },
];
