import type { Example, StackExample } from "./example.ts";

export const databaseExamples: Record<string, readonly Example[]> = {
    "db-no-public-access": [
        ...["aws:rds/instance:Instance", "aws:rds/clusterInstance:ClusterInstance"].map(
            (type): Example => ({
                type,
                good: { publiclyAccessible: false, storageEncrypted: true },
                breaks: [
                    {
                        title: "the instance is public",
                        set: ["publiclyAccessible", true],
                        at: ["publiclyAccessible"],
                    },
                    {
                        title: "the instance is public in another spelling",
                        set: ["publiclyAccessible", "TRUE"],
                        at: ["publiclyAccessible"],
                    },
                ],
                undecided: "publiclyAccessible",
            }),
        ),
        {
            type: "azure-native:dbforpostgresql/v20250801:Server",
            good: { network: { publicNetworkAccess: "Disabled" } },
            breaks: [
                {
                    title: "public access is enabled",
                    set: ["network.publicNetworkAccess", "Enabled"],
                    at: ["network.publicNetworkAccess"],
                },
                {
                    title: "nothing is said, and public access is the default",
                    set: ["network", undefined],
                    at: ["network.publicNetworkAccess"],
                },
            ],
            undecided: "network.publicNetworkAccess",
        },
        {
            type: "azure-native:dbforpostgresql:Server",
            good: { network: { delegatedSubnetResourceId: "/subscriptions/1/subnets/database" } },
            breaks: [
                {
                    title: "no subnet is delegated",
                    set: ["network.delegatedSubnetResourceId", undefined],
                    at: ["network.publicNetworkAccess"],
                },
                {
                    title: "the delegated subnet has no name",
                    set: ["network.delegatedSubnetResourceId", ""],
                    at: ["network.publicNetworkAccess"],
                },
            ],
            undecided: "network.delegatedSubnetResourceId",
        },
        {
            type: "gcp:sql/databaseInstance:DatabaseInstance",
            good: { settings: { tier: "db-f1-micro", ipConfiguration: { ipv4Enabled: false } } },
            breaks: [
                {
                    title: "the instance has a public address",
                    set: ["settings.ipConfiguration.ipv4Enabled", true],
                    at: ["settings.ipConfiguration.ipv4Enabled"],
                },
                {
                    title: "nothing is said, and a public address is the default",
                    set: ["settings.ipConfiguration", undefined],
                    at: ["settings.ipConfiguration.ipv4Enabled"],
                },
            ],
            undecided: "settings.ipConfiguration.ipv4Enabled",
        },
    ],
    "db-no-world-firewall": [
        {
            type: "gcp:sql/databaseInstance:DatabaseInstance",
            good: {
                settings: {
                    ipConfiguration: {
                        ipv4Enabled: false,
                        authorizedNetworks: [{ name: "office", value: "203.0.113.0/24" }],
                    },
                },
            },
            breaks: [
                {
                    title: "an authorised network is the whole internet",
                    set: ["settings.ipConfiguration.authorizedNetworks[0].value", "0.0.0.0/0"],
                    at: ["settings.ipConfiguration.authorizedNetworks[0]"],
                },
            ],
            undecided: "settings.ipConfiguration.authorizedNetworks",
        },
        {
            type: "azure-native:dbforpostgresql:FirewallRule",
            good: { startIpAddress: "203.0.113.1", endIpAddress: "203.0.113.9" },
            breaks: [
                {
                    title: "the range is most of the internet",
                    set: ["startIpAddress", "1.0.0.0"],
                    at: ["startIpAddress"],
                },
                {
                    title: "the range is a part of the internet that nobody owns as a whole",
                    set: ["startIpAddress", "201.0.0.0"],
                    at: ["startIpAddress"],
                },
            ],
            undecided: "endIpAddress",
        },
        {
            type: "azure-native:dbforpostgresql/v20250801:FirewallRule",
            good: { startIpAddress: "0.0.0.0", endIpAddress: "0.0.0.1" },
            breaks: [
                {
                    title: "the range means all Azure services",
                    set: ["endIpAddress", "0.0.0.0"],
                    at: ["startIpAddress"],
                },
                {
                    title: "the range is everything",
                    set: ["endIpAddress", "255.255.255.255"],
                    at: ["startIpAddress"],
                },
            ],
            undecided: "endIpAddress",
        },
    ],
    "db-encrypted-at-rest": [
        {
            type: "aws:rds/instance:Instance",
            good: { engine: "postgres", storageEncrypted: true, snapshotIdentifier: "" },
            breaks: [
                {
                    title: "encryption is off",
                    set: ["storageEncrypted", false],
                    at: ["storageEncrypted"],
                },
                {
                    title: "nothing is said, and off is the default",
                    set: ["storageEncrypted", undefined],
                    at: ["storageEncrypted"],
                },
            ],
            undecided: "storageEncrypted",
        },
        {
            type: "aws:rds/cluster:Cluster",
            good: { engine: "postgres", storageEncrypted: true },
            breaks: [
                {
                    title: "nothing is said for a cluster other than Aurora",
                    set: ["storageEncrypted", undefined],
                    at: ["storageEncrypted"],
                },
            ],
            undecided: "storageEncrypted",
        },
        {
            type: "aws:rds/cluster:Cluster",
            good: { engine: "aurora-postgresql" },
            breaks: [
                {
                    title: "encryption is switched off for Aurora",
                    set: ["storageEncrypted", false],
                    at: ["storageEncrypted"],
                },
            ],
            undecided: "storageEncrypted",
        },
        {
            type: "azure-native:dbforpostgresql:Server",
            good: { network: { publicNetworkAccess: "Disabled" } },
            breaks: [],
        },
        {
            type: "gcp:sql/databaseInstance:DatabaseInstance",
            good: { settings: { ipConfiguration: { ipv4Enabled: false } } },
            breaks: [],
        },
    ],
};

export const databaseStackExamples: Record<string, readonly StackExample[]> = {};
