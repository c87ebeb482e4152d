import assert from "node:assert/strict";
import { nodeConfig } from "../../../components/aws/node-pools.ts";
import { MACHINES, addressesPerNode, instanceTypes } from "../../../components/aws/sizes.ts";
import { NODE_SIZES } from "../../../components/contracts/cluster.ts";
import { CLUSTER, NODE_GROUP, refused, withCluster } from "./cluster-fixtures.ts";
import { DEV, PROD, SYSTEM, runSite } from "./fixtures.ts";

describe("a node pool on AWS", function () {
    this.timeout(60_000);

    it("keeps the settings' labels, taints, sizes and spot", async () => {
        const site = await runSite(PROD);
        const { inputs } = site.one(NODE_GROUP, `${PROD.name}-batch`);
        assert.deepEqual(inputs["labels"], { tier: "batch" });
        assert.deepEqual(inputs["taints"], [
            { key: "batch", value: "true", effect: "NO_SCHEDULE" },
        ]);
        assert.deepEqual(inputs["scalingConfig"], { minSize: 0, maxSize: 10, desiredSize: 0 });
        assert.equal(inputs["capacityType"], "SPOT");
        assert.deepEqual(inputs["instanceTypes"], MACHINES.large.spot);
        assert.deepEqual(inputs["updateConfig"], { maxUnavailable: 1 });
        const system = site.one(NODE_GROUP, `${PROD.name}-system`).inputs;
        assert.equal(system["capacityType"], "ON_DEMAND");
        assert.deepEqual(system["instanceTypes"], [MACHINES.medium.onDemand]);
    });

    it("translates every effect of a taint into EKS's words", async () => {
        const effects = ["NoSchedule", "PreferNoSchedule", "NoExecute"] as const;
        const taints = effects.map((effect, index) => ({ key: `k${index}`, value: "v", effect }));
        const nodePools = { system: SYSTEM, other: { ...SYSTEM, taints } };
        const site = await runSite(withCluster({ nodePools }));
        const { inputs } = site.one(NODE_GROUP, `${DEV.name}-other`);
        assert.deepEqual(
            (inputs["taints"] as { effect: string }[]).map(({ effect }) => effect),
            ["NO_SCHEDULE", "PREFER_NO_SCHEDULE", "NO_EXECUTE"],
        );
    });

    it("leaves the desired size to the autoscaler", async () => {
        const { options } = (await runSite(DEV)).one(NODE_GROUP);
        assert.deepEqual(options.ignoreChanges, ["scalingConfig.desiredSize"]);
    });

    it("launches nodes with metadata by token for the host only, no public address, an encrypted disk", async () => {
        const site = await runSite(DEV);
        const { inputs } = site.one("aws:ec2/launchTemplate:LaunchTemplate");
        assert.deepEqual(inputs["metadataOptions"], {
            httpEndpoint: "enabled",
            httpTokens: "required",
            httpPutResponseHopLimit: 1,
        });
        const [card] = inputs["networkInterfaces"] as Record<string, unknown>[];
        assert.equal(card?.["associatePublicIpAddress"], "false");
        assert.deepEqual(inputs["blockDeviceMappings"], [
            {
                deviceName: "/dev/xvda",
                ebs: {
                    volumeType: "gp3",
                    volumeSize: 30,
                    encrypted: "true",
                    kmsKeyId: site.one("aws:kms/key:Key", `${DEV.name}-volumes`).outputs["arn"],
                    deleteOnTermination: "true",
                },
            },
        ]);
        assert.equal(inputs["keyName"], undefined);
    });

    it("puts its nodes into the cluster's group and the one that databases know", async () => {
        const site = await runSite(DEV);
        const { inputs } = site.one("aws:ec2/launchTemplate:LaunchTemplate");
        const [card] = inputs["networkInterfaces"] as Record<string, unknown>[];
        const vpc = site.one(CLUSTER).outputs["vpcConfig"] as Record<string, unknown>;
        const nodes = site.one("aws:ec2/securityGroup:SecurityGroup", `${DEV.name}-nodes`);
        assert.deepEqual(card?.["securityGroups"], [vpc["clusterSecurityGroupId"], nodes.id]);
    });

    it("tags what is launched, which the provider's default tags do not reach (G1.4)", async () => {
        const { inputs } = (await runSite(DEV)).one("aws:ec2/launchTemplate:LaunchTemplate");
        const specifications = inputs["tagSpecifications"] as {
            resourceType: string;
            tags: Record<string, string>;
        }[];
        assert.deepEqual(
            specifications.map(({ resourceType }) => resourceType),
            ["instance", "volume", "network-interface"],
        );
        for (const { tags } of specifications) {
            assert.equal(tags["CostCentre"], "1234");
            assert.equal(tags["Name"], `${DEV.name}-system`);
        }
    });

    it("starts after the routes, the endpoints and the role's policies", async () => {
        const site = await runSite(PROD);
        const before = new Set(site.one(NODE_GROUP, `${PROD.name}-system`).options.dependencies);
        const wanted = [
            ...site.all("aws:ec2/route:Route"),
            ...site
                .all("aws:ec2/vpcEndpoint:VpcEndpoint")
                .filter(({ inputs }) => inputs["vpcEndpointType"] === "Interface"),
            ...site
                .all("aws:iam/rolePolicyAttachment:RolePolicyAttachment")
                .filter(({ name }) => name.includes("-nodes-")),
        ];
        assert.equal(wanted.length, 4 + 13 + 3);
        for (const { urn, name } of wanted) assert.ok(before.has(urn), name);
    });

    it("tells the kubelet how many pods it takes, more than the 17 of a plain t3.medium (G1.24)", () => {
        for (const size of NODE_SIZES) assert.ok(MACHINES[size].maxPods > 17, size);
        const text = Buffer.from(nodeConfig(58), "base64").toString();
        assert.match(
            text,
            /^MIME-Version: 1\.0\nContent-Type: multipart\/mixed; boundary="NODE"\n/,
        );
        assert.match(text, /\n--NODE\nContent-Type: application\/node\.eks\.aws\n\napiVersion: /);
        assert.match(text, /\n {6}maxPods: 58\n\n--NODE--\n$/);
    });

    it("offers spot capacity from several types of one shape", () => {
        for (const size of NODE_SIZES) {
            const { spot, onDemand } = MACHINES[size];
            assert.ok(spot.length >= 2, size);
            assert.ok(spot.includes(onDemand), size);
            assert.equal(new Set(spot.map((type) => type.split(".")[1])).size, 1, size);
        }
    });

    it("asks every region only for types that it has", () => {
        assert.deepEqual(instanceTypes("large", true, "us-east-1"), MACHINES.large.spot);
        for (const size of NODE_SIZES) {
            const { onDemand } = MACHINES[size];
            assert.deepEqual(instanceTypes(size, true, "ca-west-1"), [onDemand], size);
            assert.deepEqual(instanceTypes(size, false, "us-east-1"), [onDemand], size);
        }
    });

    it("counts whole prefixes for a node's pods (G12.9)", () => {
        assert.equal(addressesPerNode("small"), (4 + 2) * 16);
        assert.equal(addressesPerNode("large"), (7 + 2) * 16);
    });

    it("rejects more nodes than the private subnets have addresses for (G12.9)", () => {
        const nodePools = { system: { ...SYSTEM, max: 32 } };
        const network = { ...DEV.network, cidr: "10.0.0.0/20" } as const;
        assert.deepEqual(refused({ nodePools }, DEV.name, network), [
            "nodePools: up to 3072 addresses is more than the 3057 that the private subnets of 10.0.0.0/20 have. Lower the pools' max or choose a larger network.",
        ]);
    });

    it("rejects a minimum above the maximum", () => {
        assert.deepEqual(refused({ nodePools: { system: { ...SYSTEM, min: 3, max: 2 } } }), [
            "nodePools.system: min 3, max 2 is no range of whole numbers from 0 up, with at least one node at most. Raise max or lower min.",
        ]);
    });

    it("rejects a disk that the image does not fit on", () => {
        assert.deepEqual(refused({ nodePools: { system: { ...SYSTEM, disk: "10 GiB" } } }), [
            "nodePools.system.disk: 10 GiB is not between 20 and 16384 GiB. Choose such a size.",
        ]);
    });

    it("rejects pools that leave the cluster's own add-ons no node", () => {
        const taints = [{ key: "a", value: "b", effect: "NoSchedule" }] as const;
        for (const pool of [
            { ...SYSTEM, taints },
            { ...SYSTEM, min: 0 },
        ]) {
            assert.match(
                refused({ nodePools: { system: pool } }).join(),
                /has no pool without taints/,
            );
        }
    });
});
