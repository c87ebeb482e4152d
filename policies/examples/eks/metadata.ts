import { UNKNOWN, type ExampleResource, type Json, type StackExample } from "../example.ts";

const NODE_GROUP = "aws:eks/nodeGroup:NodeGroup";
const TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate";

const template = (name: string, metadataOptions: Json): ExampleResource => ({
    name,
    type: TEMPLATE,
    inputs: { metadataOptions },
});

const STRICT = { httpTokens: "required", httpPutResponseHopLimit: 1 };

/** Examples of what keeps pods from the metadata service. */
export const eksMetadataStackExamples: Record<string, readonly StackExample[]> = {
    "aws-eks-node-imdsv2-hop1": [
        {
            title: "a node group whose template keeps pods out, and a template of other machines",
            good: [
                template("nodes", STRICT),
                template("jumphost", { httpTokens: "optional" }),
                {
                    name: "workers",
                    type: NODE_GROUP,
                    inputs: { launchTemplate: { id: UNKNOWN, version: "1" } },
                    references: { launchTemplate: ["nodes"] },
                },
            ],
            breaks: [
                {
                    title: "tokens are optional",
                    set: ["nodes", "metadataOptions.httpTokens", "optional"],
                    at: [["nodes", "metadataOptions.httpTokens"]],
                },
                {
                    title: "nothing is said of tokens, and optional is the default",
                    set: ["nodes", "metadataOptions.httpTokens", undefined],
                    at: [["nodes", "metadataOptions.httpTokens"]],
                },
                {
                    title: "the answer travels one hop further, into pods",
                    set: ["nodes", "metadataOptions.httpPutResponseHopLimit", 2],
                    at: [["nodes", "metadataOptions.httpPutResponseHopLimit"]],
                },
                {
                    title: "the group names the other template",
                    set: ["workers", "launchTemplate", { name: "jumphost" }],
                    add: {
                        name: "named",
                        type: TEMPLATE,
                        inputs: {
                            name: "jumphost",
                            metadataOptions: { ...STRICT, httpTokens: "optional" },
                        },
                    },
                    at: [["named", "metadataOptions.httpTokens"]],
                },
            ],
            undecided: ["nodes", "metadataOptions.httpPutResponseHopLimit"],
        },
        {
            title: "a template without a metadata service",
            good: [
                template("nodes", { httpEndpoint: "disabled" }),
                {
                    name: "workers",
                    type: NODE_GROUP,
                    inputs: { launchTemplate: { id: UNKNOWN } },
                    references: { launchTemplate: ["nodes"] },
                },
            ],
            breaks: [],
        },
        {
            title: "a self-managed group of nodes",
            good: [
                template("nodes", STRICT),
                {
                    name: "workers",
                    type: "aws:autoscaling/group:Group",
                    inputs: {
                        tags: [{ key: "kubernetes.io/cluster/main", value: "owned" }],
                        mixedInstancesPolicy: { launchTemplate: {} },
                    },
                    references: { mixedInstancesPolicy: ["nodes"] },
                },
            ],
            breaks: [
                {
                    title: "tokens are optional",
                    set: ["nodes", "metadataOptions.httpTokens", "optional"],
                    at: [["nodes", "metadataOptions.httpTokens"]],
                },
            ],
            undecided: ["nodes", "metadataOptions.httpTokens"],
        },
        {
            title: "a self-managed group that writes its template's name",
            good: [
                {
                    ...template("nodes", STRICT),
                    inputs: { name: "nodes", metadataOptions: STRICT },
                },
                {
                    name: "workers",
                    type: "aws:autoscaling/group:Group",
                    inputs: {
                        tags: [{ key: "kubernetes.io/cluster/main", value: "owned" }],
                        mixedInstancesPolicy: {
                            launchTemplate: {
                                launchTemplateSpecification: { launchTemplateName: "nodes" },
                            },
                        },
                    },
                },
            ],
            breaks: [
                {
                    title: "tokens are optional",
                    set: ["nodes", "metadataOptions.httpTokens", "optional"],
                    at: [["nodes", "metadataOptions.httpTokens"]],
                },
            ],
        },
    ],
};
