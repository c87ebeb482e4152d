import { UNKNOWN, type StackExample } from "../example.ts";

const SUBNET = {
    name: "subnet",
    type: "gcp:compute/subnetwork:Subnetwork",
    inputs: { network: UNKNOWN },
    references: { network: ["net"] },
};
const NETWORK = { name: "net", type: "gcp:compute/network:Network", inputs: {} };

/** A log that is a resource of its own, for a subnet or for its whole network. */
function configured(input: "subnet" | "network", target: string): StackExample {
    return {
        title: `a log for the ${input} on Google Cloud`,
        good: [
            NETWORK,
            SUBNET,
            {
                name: "log",
                type: "gcp:networkmanagement/vpcFlowLogsConfig:VpcFlowLogsConfig",
                inputs: { [input]: UNKNOWN, state: "ENABLED" },
                references: { [input]: [target] },
            },
        ],
        breaks: [
            {
                title: "it is switched off",
                set: ["log", "state", "DISABLED"],
                at: [["subnet", "logConfig"]],
            },
            { title: "it is missing", remove: "log", at: [["subnet", "logConfig"]] },
        ],
        undecided: ["log", input],
    };
}

export const flowLogStackExamples: Record<string, readonly StackExample[]> = {
    "net-flow-logs": [
        ...["aws:ec2/vpc:Vpc", "aws:ec2/defaultVpc:DefaultVpc"].map((type): StackExample => ({
            title: `${type} with its log`,
            good: [
                { name: "net", type, inputs: {} },
                {
                    name: "log",
                    type: "aws:ec2/flowLog:FlowLog",
                    inputs: { vpcId: UNKNOWN, trafficType: "ALL" },
                    references: { vpcId: ["net"] },
                },
            ],
            breaks: [
                { title: "there is no log", remove: "log", at: [["net", ""]] },
                {
                    title: "the log is of a subnet only",
                    set: ["log", "vpcId", undefined],
                    at: [["net", ""]],
                },
            ],
            undecided: ["log", "vpcId"],
        })),
        {
            title: "a virtual network with its log",
            good: [
                { name: "net", type: "azure-native:network:VirtualNetwork", inputs: {} },
                {
                    name: "log",
                    type: "azure-native:network/v20240501:FlowLog",
                    inputs: { targetResourceId: UNKNOWN, enabled: true },
                    references: { targetResourceId: ["net"] },
                },
            ],
            breaks: [
                {
                    title: "the log is switched off",
                    set: ["log", "enabled", false],
                    at: [["net", ""]],
                },
                { title: "there is no log", remove: "log", at: [["net", ""]] },
            ],
            undecided: ["log", "enabled"],
        },
        {
            title: "a subnet on Google Cloud with its own log, and one of load balancers",
            good: [
                NETWORK,
                { ...SUBNET, inputs: { network: UNKNOWN, logConfig: { flowSampling: 0.5 } } },
                {
                    name: "proxies",
                    type: "gcp:compute/subnetwork:Subnetwork",
                    inputs: { purpose: "REGIONAL_MANAGED_PROXY" },
                },
                {
                    name: "endpoints",
                    type: "gcp:compute/subnetwork:Subnetwork",
                    inputs: { purpose: "PRIVATE_SERVICE_CONNECT" },
                },
            ],
            breaks: [
                {
                    title: "the log is left out",
                    set: ["subnet", "logConfig", undefined],
                    at: [["subnet", "logConfig"]],
                },
                {
                    title: "it samples nothing",
                    set: ["subnet", "logConfig.flowSampling", 0],
                    at: [["subnet", "logConfig"]],
                },
                {
                    title: "its filter lets nothing through",
                    set: ["subnet", "logConfig.filterExpr", "false"],
                    at: [["subnet", "logConfig"]],
                },
                {
                    title: "the other subnet is for machines",
                    set: ["proxies", "purpose", "PRIVATE"],
                    at: [["proxies", "logConfig"]],
                },
            ],
            undecided: ["subnet", "logConfig"],
        },
        configured("subnet", "subnet"),
        configured("network", "net"),
    ],
};
