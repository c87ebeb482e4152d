import { UNKNOWN, type ExampleResource, type Inputs, type StackExample } from "../example.ts";

const LOG_GROUP = "aws:cloudwatch/logGroup:LogGroup";
const SINK = "gcp:logging/projectSink:ProjectSink";

/** A service that writes to log groups which are named after it. */
function writer(
    type: string,
    inputs: Inputs,
    groups: readonly string[],
    logs: string,
): StackExample {
    return {
        title: `${type} with its log groups`,
        good: [
            { name: "source", type, inputs },
            ...groups.map((name): ExampleResource => ({ name, type: LOG_GROUP, inputs: { name } })),
        ],
        breaks: [
            {
                title: "a group is missing",
                remove: groups.at(-1)!,
                at: [["source", `${logs}[${groups.length - 1}]`]],
            },
            {
                title: "a group has another name",
                set: [groups[0]!, "name", "/another"],
                at: [["source", `${logs}[0]`]],
            },
        ],
        undecided: [groups[0]!, "name"],
    };
}

/** A service of Google Cloud whose logs a sink takes to a bucket of the stack. */
function taken(type: string, inputs: Inputs, filter: string): StackExample {
    return {
        title: `${type} with a sink`,
        good: [
            { name: "source", type, inputs },
            {
                name: "bucket",
                type: `gcp:logging/projectBucketConfig:ProjectBucketConfig`,
                inputs: { bucketId: "kept" },
            },
            {
                name: "sink",
                type: SINK,
                inputs: { destination: UNKNOWN, filter },
                references: { destination: ["bucket"] },
            },
        ],
        breaks: [
            { title: "there is no sink", remove: "sink", at: [["source", ""]] },
            {
                title: "the sink takes something else",
                set: ["sink", "filter", 'resource.type="pubsub_topic"'],
                at: [["source", ""]],
            },
            { title: "the sink is off", set: ["sink", "disabled", true], at: [["source", ""]] },
        ],
        undecided: ["sink", "destination"],
    };
}

export const sinkStackExamples: Record<string, readonly StackExample[]> = {
    "xr-logs-sink-exists": [
        writer(
            "aws:eks/cluster:Cluster",
            { name: "shop", enabledClusterLogTypes: ["audit", "api"] },
            ["/aws/eks/shop/cluster"],
            "enabledClusterLogTypes",
        ),
        writer(
            "aws:rds/instance:Instance",
            { identifier: "db", enabledCloudwatchLogsExports: ["postgresql", "upgrade"] },
            ["/aws/rds/instance/db/postgresql", "/aws/rds/instance/db/upgrade"],
            "enabledCloudwatchLogsExports",
        ),
        writer(
            "aws:rds/cluster:Cluster",
            { clusterIdentifier: "db", enabledCloudwatchLogsExports: ["postgresql"] },
            ["/aws/rds/cluster/db/postgresql"],
            "enabledCloudwatchLogsExports",
        ),
        {
            title: "a flow log",
            good: [
                { name: "group", type: LOG_GROUP, inputs: { name: "/flows" } },
                {
                    name: "flows",
                    type: "aws:ec2/flowLog:FlowLog",
                    inputs: { logDestination: UNKNOWN },
                    references: { logDestination: ["group"] },
                },
            ],
            breaks: [],
            undecided: ["flows", "logDestination"],
        },
        {
            title: "a diagnostic setting",
            good: [
                {
                    name: "workspace",
                    type: "azure-native:operationalinsights:Workspace",
                    inputs: { retentionInDays: 365 },
                },
                {
                    name: "setting",
                    type: "azure-native:monitor:DiagnosticSetting",
                    inputs: { workspaceId: UNKNOWN, logs: [{ category: "audit", enabled: true }] },
                    references: { workspaceId: ["workspace"] },
                },
            ],
            breaks: [
                {
                    title: "it goes nowhere",
                    set: ["setting", "workspaceId", undefined],
                    at: [["setting", "workspaceId"]],
                },
            ],
            undecided: ["setting", "workspaceId"],
        },
        taken("gcp:container/cluster:Cluster", { name: "shop" }, 'resource.type="k8s_cluster"'),
        taken("gcp:sql/databaseInstance:DatabaseInstance", {}, 'resource.type="cloudsql_database"'),
        taken(
            "gcp:compute/subnetwork:Subnetwork",
            { logConfig: { flowSampling: 0.5 } },
            'resource.type="gce_subnetwork"',
        ),
        {
            title: "a default bucket that is set up",
            good: [
                { name: "db", type: "gcp:sql/databaseInstance:DatabaseInstance", inputs: {} },
                {
                    name: "default",
                    type: "gcp:logging/projectBucketConfig:ProjectBucketConfig",
                    inputs: { bucketId: "_Default", retentionDays: 365 },
                },
            ],
            breaks: [
                {
                    title: "another bucket is set up",
                    set: ["default", "bucketId", "audit"],
                    at: [["db", ""]],
                },
            ],
            undecided: ["default", "bucketId"],
        },
        {
            title: "a cluster that logs nothing, and a subnet that does not either",
            good: [
                {
                    name: "cluster",
                    type: "gcp:container/cluster:Cluster",
                    inputs: { loggingConfig: { enableComponents: [] } },
                },
                { name: "subnet", type: "gcp:compute/subnetwork:Subnetwork", inputs: {} },
            ],
            breaks: [
                {
                    title: "the subnet does",
                    set: ["subnet", "logConfig", { flowSampling: 0.5 }],
                    at: [["subnet", ""]],
                },
            ],
            undecided: ["subnet", "logConfig"],
        },
    ],
};
