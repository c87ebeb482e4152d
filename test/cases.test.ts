import assert from "node:assert/strict";
import type { Recorded } from "../tools/offline/mocks.ts";
import { runStack } from "../tools/offline/stack.ts";

/** A stack's configuration with one site and what a case asks for. */
function config(site: Record<string, unknown>, settings: Record<string, unknown>) {
    const platform = { owner: "team", costCentre: "cc-1", sites: { main: site }, ...settings };
    return {
        "pulumi:disable-default-providers": ["*"],
        ...Object.fromEntries(
            Object.entries(platform).map(([key, value]) => [`platform:${key}`, value]),
        ),
    };
}

/** Some inputs of the one resource of a type, by path. */
function inputs(recorded: Recorded, type: string, ...paths: readonly string[]): unknown[] {
    const resource = recorded.all(type)[0];
    assert.ok(resource, `there is no ${type}`);
    return paths.map((path) =>
        path
            .split(".")
            .reduce<unknown>(
                (value, key) => (value as Record<string, unknown> | undefined)?.[key],
                resource.inputs,
            ),
    );
}

const AWS = { cloud: "aws", region: "eu-central-1", account: "123456789012" };
const AZURE = {
    cloud: "azure",
    region: "westeurope",
    subscription: "00000000-0000-4000-8000-000000000000",
};
const GCP = { cloud: "gcp", region: "europe-west3", project: "my-project-id" };

describe("the reference cases", () => {
    it("can say a small web application on AWS with its figures (D1, D4, D10-D12, D16, D19-D22, D27-D31)", async () => {
        const recorded = await runStack("dev", {
            config: config(AWS, {
                environment: "dev",
                network: { cidr: "10.0.0.0/16" },
                cluster: { nodePools: { web: { size: "small", min: 1, max: 3 } } },
                databases: {
                    main: {
                        size: "micro",
                        storage: "20 GiB",
                        maxStorage: "100 GiB",
                        highAvailability: true,
                        backupRetention: "7 days",
                    },
                },
                registries: { images: { repositories: ["web"], replicateTo: ["eu-west-1"] } },
            }),
        });
        assert.deepEqual(
            inputs(
                recorded,
                "aws:ecr/replicationConfiguration:ReplicationConfiguration",
                "replicationConfiguration.rules.0.destinations.0.region",
            ),
            ["eu-west-1"],
        );
        assert.deepEqual(inputs(recorded, "aws:ec2/vpc:Vpc", "cidrBlock"), ["10.0.0.0/16"]);
        const zones = recorded.all("aws:ec2/subnet:Subnet").map((one) => one.inputs);
        assert.equal(zones.length, 9);
        assert.equal(new Set(zones.map((one) => one["availabilityZone"])).size, 3);
        assert.deepEqual(inputs(recorded, "aws:eks/cluster:Cluster", "version"), ["1.36"]);
        assert.deepEqual(
            inputs(
                recorded,
                "aws:eks/nodeGroup:NodeGroup",
                "instanceTypes.0",
                "scalingConfig.minSize",
                "scalingConfig.maxSize",
                "subnetIds.length",
            ),
            ["t3.medium", 1, 3, 3],
        );
        assert.deepEqual(
            inputs(
                recorded,
                "aws:rds/instance:Instance",
                "instanceClass",
                "storageType",
                "allocatedStorage",
                "maxAllocatedStorage",
                "multiAz",
                "backupRetentionPeriod",
            ),
            ["db.t4g.micro", "gp3", 20, 100, true, 7],
        );
        assert.deepEqual(
            inputs(
                recorded,
                "aws:ecr/repository:Repository",
                "imageTagMutability",
                "imageScanningConfiguration.scanOnPush",
            ),
            ["MUTABLE", true],
        );
    });

    it("can say the guide's production on AWS (G1.23, G1.26, G1.28, G1.29, G1.31, G1.32)", async () => {
        const recorded = await runStack("prod", {
            config: config(AWS, {
                environment: "production",
                network: { cidr: "10.0.0.0/16" },
                cluster: { nodePools: { main: { size: "small", min: 3, max: 10 } } },
                databases: { main: {} },
            }),
        });
        assert.deepEqual(
            inputs(
                recorded,
                "aws:rds/instance:Instance",
                "allocatedStorage",
                "maxAllocatedStorage",
                "backupWindow",
                "maintenanceWindow",
                "skipFinalSnapshot",
                "deletionProtection",
                "multiAz",
            ),
            [100, 1000, "03:00-04:00", "Sun:04:00-Sun:05:00", false, true, true],
        );
        assert.equal(recorded.all("aws:ec2/natGateway:NatGateway").length, 3);
        assert.deepEqual(
            inputs(recorded, "aws:secretsmanager/secret:Secret", "recoveryWindowInDays"),
            [30],
        );
    });

    it("can say the guide's production on Azure (G1.39, G1.43, G1.44, G1.46)", async () => {
        const recorded = await runStack("prod", {
            config: config(AZURE, {
                environment: "prod",
                network: { cidr: "10.0.0.0/16" },
                cluster: { nodePools: { main: { size: "medium", min: 3, max: 10 } } },
                databases: { main: { storage: "32 GiB", username: "adminuser" } },
                registries: { images: { repositories: ["web"] } },
            }),
        });
        const pools = recorded
            .all("azure-native:containerservice:AgentPool")
            .filter(({ inputs: pool }) => pool["mode"] === "User")
            .map(({ inputs: pool }) => pool);
        const sum = (key: string) => pools.reduce((total, pool) => total + Number(pool[key]), 0);
        assert.deepEqual([sum("minCount"), sum("maxCount")], [3, 10]);
        assert.deepEqual(
            new Set(pools.map((pool) => pool["vmSize"])),
            new Set(["Standard_D2s_v5"]),
        );
        assert.deepEqual(
            inputs(
                recorded,
                "azure-native:dbforpostgresql:Server",
                "storage.storageSizeGB",
                "administratorLogin",
                "highAvailability.mode",
                "highAvailability.standbyAvailabilityZone",
                "backup.geoRedundantBackup",
                "backup.backupRetentionDays",
            ),
            [32, "adminuser", "ZoneRedundant", "2", "Enabled", 7],
        );
        assert.deepEqual(
            inputs(
                recorded,
                "azure-native:containerregistry:Registry",
                "sku.name",
                "adminUserEnabled",
                "publicNetworkAccess",
            ),
            ["Premium", false, "Disabled"],
        );
    });

    it("can say the guide's staging on Google Cloud (G1.54, G1.55, G1.56)", async () => {
        const recorded = await runStack("staging", {
            config: config(GCP, {
                environment: "staging",
                network: { cidr: "10.0.0.0/16" },
                cluster: {
                    nodePools: { main: { size: "small", min: 1, max: 10 }, spare: { spot: true } },
                },
                databases: { main: { size: "micro", storage: "20 GiB" } },
            }),
        });
        const main = recorded.one("gcp:container/nodePool:NodePool", "myapp-staging-main-main");
        assert.deepEqual(
            [main.inputs["autoscaling"], main.inputs["nodeCount"]],
            [
                {
                    totalMinNodeCount: 1,
                    totalMaxNodeCount: 10,
                    locationPolicy: "BALANCED",
                },
                undefined,
            ],
        );
        assert.deepEqual(
            inputs(
                recorded,
                "gcp:sql/databaseInstance:DatabaseInstance",
                "settings.diskType",
                "settings.diskSize",
                "settings.availabilityType",
                "settings.ipConfiguration.ipv4Enabled",
                "settings.ipConfiguration.sslMode",
                "settings.backupConfiguration.startTime",
            ),
            ["PD_SSD", 20, "ZONAL", false, "ENCRYPTED_ONLY", "03:00"],
        );
    });
});
