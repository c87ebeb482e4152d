import type { Mutation } from "./mutation.ts";

const LOG_GROUP = "aws:cloudwatch/logGroup:LogGroup";

export const logsMutations: readonly Mutation[] = [
    {
        rule: "logs-retention",
        title: "an audited table keeps its rows for less than its workspace",
        do: [],
        add: [
            {
                type: "azure-native:operationalinsights:Table",
                name: "audit",
                inputs: { tableName: "AKSAudit", totalRetentionInDays: 30 },
            },
        ],
        at: "totalRetentionInDays",
    },
    {
        rule: "logs-cmk",
        title: "a log group is encrypted with the key of AWS",
        do: [{ type: LOG_GROUP, set: { kmsKeyId: undefined } }],
        at: "kmsKeyId",
    },
    {
        rule: "xr-logs-sink-exists",
        title: "the cluster's log group has a name that no cluster writes to",
        do: [
            { type: LOG_GROUP, name: "myapp-prod-aws-cluster", set: { name: "/aws/eks/cluster" } },
        ],
        at: "enabledClusterLogTypes[0]",
    },
    {
        rule: "xr-logs-sink-exists",
        title: "no sink takes the cluster's control plane logs on Google Cloud",
        do: [{ type: "gcp:logging/projectSink:ProjectSink", name: "myapp-prod-gcp-control-plane" }],
        at: "",
    },
    {
        rule: "xr-logs-sink-exists",
        title: "a diagnostic setting sends its logs nowhere",
        do: [
            {
                type: "azure-native:monitor:DiagnosticSetting",
                set: { workspaceId: undefined },
            },
        ],
        at: "workspaceId",
    },
];
