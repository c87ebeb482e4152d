import type { Break, Example, Inputs } from "../example.ts";

const EUROPE = { regions: ["eu-central-1", "West Europe", "europe-*", "EU"] };

/** A resource that says where it lies, moved to where it may not be. */
function placed(type: string, path: string, good: string, ...bad: readonly string[]): Example {
    return {
        type,
        options: EUROPE,
        good: { [path]: good },
        breaks: bad.map((place): Break => ({
            title: `it is moved to ${place}`,
            set: [path, place],
            at: [path],
        })),
        undecided: path,
    };
}

/** A resource that keeps copies. */
function copied(type: string, good: Inputs, path: string, bad: string): Example {
    return {
        type,
        options: EUROPE,
        good,
        breaks: [{ title: `a copy goes to ${bad}`, set: [path, bad], at: [path] }],
        undecided: path,
    };
}

export const residencyExamples: Record<string, readonly Example[]> = {
    "data-residency": [
        placed("pulumi:providers:aws", "region", "eu-central-1", "us-east-1"),
        placed("pulumi:providers:azure-native", "location", "westeurope", "eastus"),
        placed("pulumi:providers:gcp", "region", "europe-west3", "us-central1"),
        placed("aws:rds/instance:Instance", "region", "eu-central-1", "eu-west-1"),
        placed("aws:ec2/subnet:Subnet", "availabilityZone", "eu-central-1a", "us-east-1a"),
        placed(
            "azure-native:storage/v20240101:StorageAccount",
            "location",
            "West Europe",
            "North Europe",
            "eastus2",
        ),
        placed("azure-native:privatedns:PrivateZone", "location", "Global", "uksouth"),
        placed("gcp:storage/bucket:Bucket", "location", "EU", "US", "ASIA", "NAM4"),
        placed("gcp:container/cluster:Cluster", "location", "europe-west3-b", "us-central1-b"),
        placed("gcp:kms/keyRing:KeyRing", "location", "europe-west3", "global"),
        placed(
            "gcp:compute/subnetwork:Subnetwork",
            "region",
            "https://www.googleapis.com/compute/v1/projects/p/regions/europe-west3",
            "https://www.googleapis.com/compute/v1/projects/p/regions/us-east1",
        ),
        {
            type: "aws:rds/instance:Instance",
            good: { region: "us-east-1" },
            breaks: [
                {
                    title: "the options allow another region only",
                    options: EUROPE,
                    at: ["region"],
                },
            ],
        },
        copied(
            "aws:dynamodb/table:Table",
            { replicas: [{ regionName: "eu-central-1" }] },
            "replicas[0].regionName",
            "us-east-1",
        ),
        copied(
            "aws:secretsmanager/secret:Secret",
            { replicas: [{ region: "eu-central-1" }] },
            "replicas[0].region",
            "us-east-1",
        ),
        copied(
            "aws:ecr/replicationConfiguration:ReplicationConfiguration",
            {
                replicationConfiguration: {
                    rules: [{ destinations: [{ region: "eu-central-1" }] }],
                },
            },
            "replicationConfiguration.rules[0].destinations[0].region",
            "us-east-1",
        ),
        ...["azure-native:cosmosdb:DatabaseAccount", "azure-native:documentdb:DatabaseAccount"].map(
            (type) =>
                copied(
                    type,
                    { location: "westeurope", locations: [{ locationName: "West Europe" }] },
                    "locations[0].locationName",
                    "East US",
                ),
        ),
        {
            type: "gcp:secretmanager/secret:Secret",
            options: EUROPE,
            good: {
                replication: { userManaged: { replicas: [{ location: "europe-west3" }] } },
            },
            breaks: [
                {
                    title: "a copy goes elsewhere",
                    set: ["replication.userManaged.replicas[0].location", "us-east1"],
                    at: ["replication.userManaged.replicas[0].location"],
                },
                {
                    title: "Google chooses",
                    set: ["replication", { auto: {} }],
                    at: ["replication.auto"],
                },
            ],
            undecided: "replication",
        },
        {
            type: "gcp:storage/bucket:Bucket",
            options: EUROPE,
            good: {
                location: "EU",
                customPlacementConfig: { dataLocations: ["EUROPE-WEST1", "EUROPE-WEST4"] },
            },
            breaks: [
                {
                    title: "one of two places is elsewhere",
                    set: ["customPlacementConfig.dataLocations[1]", "US-EAST1"],
                    at: ["customPlacementConfig.dataLocations[1]"],
                },
            ],
            undecided: "customPlacementConfig.dataLocations",
        },
        {
            type: "gcp:bigquery/dataset:Dataset",
            options: EUROPE,
            good: { location: "EU" },
            breaks: [
                {
                    title: "no place is named, and the US is the default",
                    set: ["location", undefined],
                    at: ["location"],
                },
            ],
            undecided: "location",
        },
        {
            type: "gcp:sql/databaseInstance:DatabaseInstance",
            options: { regions: ["europe-west3"] },
            good: {
                region: "europe-west3",
                settings: { backupConfiguration: { enabled: true, location: "europe-west3" } },
            },
            breaks: [
                {
                    title: "backups go to the multi-region",
                    set: ["settings.backupConfiguration.location", "eu"],
                    at: ["settings.backupConfiguration.location"],
                },
                {
                    title: "nothing is said, and the multi-region is the default",
                    set: ["settings.backupConfiguration.location", undefined],
                    at: ["settings.backupConfiguration.location"],
                },
            ],
            undecided: "settings.backupConfiguration",
        },
        {
            type: "gcp:sql/databaseInstance:DatabaseInstance",
            options: { regions: ["europe-west3"] },
            good: { region: "europe-west3", settings: { tier: "db-g1-small" } },
            breaks: [
                {
                    title: "backups are made, and go to the multi-region by default",
                    set: ["settings.backupConfiguration", { enabled: true }],
                    at: ["settings.backupConfiguration.location"],
                },
            ],
            undecided: "settings",
        },
    ],
};
