import type { Mutation } from "./mutation.ts";

export const databasesMutations: readonly Mutation[] = [
    {
        rule: "db-no-public-access",
        title: "Instance has publiclyAccessible wrong",
        do: [
            {
                type: "aws:rds/instance:Instance",
                set: {
                    publiclyAccessible: true,
                },
            },
        ],
        at: "publiclyAccessible",
    },
    {
        rule: "db-no-public-access",
        title: "Server has network wrong",
        do: [
            {
                type: "azure-native:dbforpostgresql:Server",
                set: {
                    network: {},
                },
            },
        ],
        at: "network.publicNetworkAccess",
    },
    {
        rule: "db-no-public-access",
        title: "DatabaseInstance has ipv4Enabled wrong",
        do: [
            {
                type: "gcp:sql/databaseInstance:DatabaseInstance",
                set: {
                    "settings.ipConfiguration.ipv4Enabled": true,
                },
            },
        ],
        at: "settings.ipConfiguration.ipv4Enabled",
    },
    {
        rule: "db-no-world-firewall",
        title: "DatabaseInstance has authorizedNetworks wrong",
        do: [
            {
                type: "gcp:sql/databaseInstance:DatabaseInstance",
                set: {
                    "settings.ipConfiguration.authorizedNetworks": [
                        {
                            value: "0.0.0.0/0",
                        },
                    ],
                },
            },
        ],
        at: "settings.ipConfiguration.authorizedNetworks[0]",
    },
    {
        rule: "db-encrypted-at-rest",
        title: "Instance has storageEncrypted wrong",
        do: [
            {
                type: "aws:rds/instance:Instance",
                set: {
                    storageEncrypted: false,
                },
            },
        ],
        at: "storageEncrypted",
    },
];
