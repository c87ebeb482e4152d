import assert from "node:assert/strict";

import type { Properties } from "../../simulator/table.ts";
import { aws } from "../../simulator/types/aws.ts";
import type { Account } from "./support/aws.ts";
import {
    ARN,
    SCOPE,
    prepared,
    subnets,
    clusterInputs,
    withCluster,
    groupInputs,
    replaces,
} from "./support/aws.ts";

describe("the simulated EKS", () => {
    const refused: readonly [string, Properties | ((account: Account) => Properties), RegExp][] = [
        ["a version out of support", { version: "1.28" }, /unsupported Kubernetes version 1\.28/],
        [
            "a cluster that nobody reaches",
            (account) => ({
                vpcConfig: { subnetIds: subnets(account), endpointPublicAccess: false },
            }),
            /Private and public endpoint access cannot be false/,
        ],
        [
            "subnets in one zone",
            (account) => ({ vpcConfig: { subnetIds: [account.id("Subnet", "a")] } }),
            /must be in at least two different AZs/,
        ],
        [
            "a role that does not trust EKS",
            (account) => ({ roleArn: account.arn("Role", "nodes") }),
            /could not be assumed because it does not exist or the trusted entity is not correct/,
        ],
        [
            "a private block for the public endpoint",
            (account) => ({
                vpcConfig: { subnetIds: subnets(account), publicAccessCidrs: ["10.0.0.0/8"] },
            }),
            /Reserved addresses are not allowed/,
        ],
        ["a log type of its own", { enabledClusterLogTypes: ["all"] }, /got all$/],
        ["a name with a dot", { name: "my.cluster" }, /name/],
        [
            "a key that is not there",
            { encryptionConfig: { provider: { keyArn: "arn:x" }, resources: ["secrets"] } },
            /Key arn:x is not found/,
        ],
    ];
    for (const [title, change, words] of refused) {
        it(`rejects ${title}`, () => {
            const account = prepared();
            const given = typeof change === "function" ? change(account) : change;
            const make = () =>
                account.make("Cluster", "c", { ...clusterInputs(account), ...given });
            assert.throws(make, words);
        });
    }

    it("has an endpoint, a group of its own, and the VPC's id", () => {
        const account = withCluster();
        const { outputs } = account.get("Cluster", "c");
        assert.match(
            String(outputs["endpoint"]),
            /^https:\/\/[0-9A-F]{32}\.gr7\.eu-central-1\.eks\.amazonaws\.com$/,
        );
        const vpc = outputs["vpcConfig"] as Properties;
        assert.match(String(vpc["clusterSecurityGroupId"]), /^sg-0[0-9a-f]{16}$/);
        assert.equal(vpc["vpcId"], account.id("Vpc", "net"));
    });

    it("rejects an upgrade by two minor versions, and every downgrade", () => {
        const account = withCluster();
        assert.throws(
            () => account.change("Cluster", "c", { version: "1.35" }),
            /from 1\.36 to 1\.35/,
        );
        assert.equal(
            account.change("Cluster", "c", { version: "1.37" }).outputs["version"],
            "1.37",
        );
        const old = prepared();
        old.make("Cluster", "c", { ...clusterInputs(old), version: "1.35" });
        assert.throws(() => old.change("Cluster", "c", { version: "1.37" }), /from 1\.35 to 1\.37/);
    });

    it("refuses to delete a protected cluster, and one with nodes", () => {
        const account = withCluster();
        account.make("NodeGroup", "g", groupInputs(account));
        assert.throws(() => account.drop("Cluster", "c"), /Cluster has nodegroups attached/);
        account.drop("NodeGroup", "g");
        account.change("Cluster", "c", { deletionProtection: true });
        assert.throws(() => account.drop("Cluster", "c"), /deletion protection is enabled/);
    });

    it("takes add-ons, access and bindings along when a cluster goes", () => {
        const account = withCluster();
        account.make("AccessEntry", "e", { clusterName: "c", principalArn: `${ARN}:role/x` });
        account.drop("Cluster", "c");
        assert.deepEqual(
            [account.stands("Addon", "cni"), account.stands("AccessEntry", "e")],
            [false, false],
        );
    });

    it("rejects nodes without a network plugin or a way out", () => {
        const account = prepared();
        account.make("Cluster", "c", clusterInputs(account));
        const make = () => account.make("NodeGroup", "g", groupInputs(account));
        assert.throws(make, /NodeCreationFailure: Instances failed to join/);
        account.make("Addon", "cni", { clusterName: "c", addonName: "vpc-cni" });
        account.drop("Route", "out");
        assert.throws(make, /NodeCreationFailure: Instances failed to join/);
    });

    it("rejects nodes whose template names groups, but not the cluster's own", () => {
        const account = withCluster();
        const nodes = account.id("SecurityGroup", "nodes");
        const vpc = account.get("Cluster", "c").outputs["vpcConfig"] as Properties;
        const own = String(vpc["clusterSecurityGroupId"]);
        const make = (name: string, ...securityGroups: string[]) => {
            const template = account.make("LaunchTemplate", name, {
                networkInterfaces: [{ deviceIndex: 0, securityGroups }],
            });
            const launchTemplate = { id: template.id, version: "1" };
            return account.make("NodeGroup", name, { ...groupInputs(account), launchTemplate });
        };
        assert.throws(() => make("strangers", nodes), /Instances failed to join/);
        assert.match(make("members", nodes, own).id, /^c:members/);
    });

    for (const [sizes, words] of [
        [[3, 2, 2], /Minimum capacity 3 can't be greater than maximum capacity 2/],
        [[2, 3, 1], /Minimum capacity 2 can't be greater than desired size 1/],
        [[0, 2, 3], /Desired capacity 3 can't be greater than max size 2/],
        [[0, 0, 0], /maxSize must be at least 1/],
    ] as const) {
        it(`rejects a group of minimum, maximum, desired ${sizes.join(", ")}`, () => {
            const account = withCluster();
            const [minSize, maxSize, desiredSize] = sizes;
            const given = {
                ...groupInputs(account),
                scalingConfig: { minSize, maxSize, desiredSize },
            };
            assert.throws(() => account.make("NodeGroup", "g", given), words);
        });
    }

    it("rejects a taint in Kubernetes' own spelling", () => {
        const account = withCluster();
        const taints = [{ key: "a", value: "b", effect: "NoSchedule" }];
        const given = { ...groupInputs(account), taints };
        assert.throws(() => account.make("NodeGroup", "g", given), /got NoSchedule/);
    });

    it("rejects a type of machine that the region lacks", () => {
        const rule = aws.types["aws:eks/nodeGroup:NodeGroup"];
        const account = withCluster();
        const said = (region: string) =>
            rule?.check?.({
                type: "aws:eks/nodeGroup:NodeGroup",
                urn: "",
                logicalName: "g",
                scope: { ...SCOPE, region },
                inputs: { ...groupInputs(account), instanceTypes: ["m6i.large", "m7i.large"] },
                random: () => "",
            });
        assert.match(said("ca-west-1")?.[0]?.reason ?? "", /type \(m7i\.large\) is not supported/);
        assert.deepEqual(said("eu-central-1"), []);
    });

    it("scales a group in place, and makes it anew for another machine", () => {
        const size = (maxSize: number) => ({ scalingConfig: { maxSize } });
        assert.ok(!replaces("NodeGroup", size(3), size(5)));
        assert.ok(replaces("NodeGroup", { instanceTypes: ["a"] }, { instanceTypes: ["b"] }));
        assert.ok(replaces("NodeGroup", { capacityType: "SPOT" }, { capacityType: "ON_DEMAND" }));
    });

    it("finds CoreDNS unhealthy without nodes, and an add-on it does not have", () => {
        const account = withCluster();
        const make = (addonName: string) => () =>
            account.make("Addon", "x", { clusterName: "c", addonName });
        assert.throws(make("coredns"), /DEGRADED/);
        assert.throws(make("nginx"), /Addon nginx specified is not supported/);
        account.make("NodeGroup", "g", groupInputs(account));
        assert.equal(make("coredns")().id, "c:coredns");
    });

    it("rejects a second access entry for a principal, and a session in place of a role", () => {
        const account = withCluster();
        const make = (name: string, principalArn: string) => () =>
            account.make("AccessEntry", name, { clusterName: "c", principalArn });
        make("one", `${ARN}:role/x`)();
        assert.throws(make("two", `${ARN}:role/x`), /already in use on this cluster/);
        const session = "arn:aws:sts::123456789012:assumed-role/x/me";
        assert.throws(make("two", session), /principalArn parameter format is not valid/);
    });

    it("rejects groups in an access entry that EKS keeps for itself (G9.11)", () => {
        const account = withCluster();
        const make = (name: string, kubernetesGroups: string[]) => () =>
            account.make("AccessEntry", name, {
                clusterName: "c",
                principalArn: `${ARN}:role/${name}`,
                kubernetesGroups,
            });
        for (const prefix of ["system", "eks", "aws", "amazon", "iam"]) {
            const group = `${prefix}:masters`;
            assert.throws(make(prefix, ["viewers:web", group]), /group name is invalid/, group);
        }
        assert.equal(make("right", ["viewers:web"])().id, `c:${ARN}:role/right`);
    });

    it("rejects a policy for a principal without entry", () => {
        const given = {
            clusterName: "c",
            principalArn: `${ARN}:role/x`,
            policyArn: "arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy",
            accessScope: { type: "cluster" },
        };
        const make = () => withCluster().make("AccessPolicyAssociation", "a", given);
        assert.throws(make, /The specified principalArn could not be found/);
    });

    it("binds a service account once, to a role that pods can take on", () => {
        const account = withCluster();
        const make = (name: string, role: string) => () =>
            account.make("PodIdentityAssociation", name, {
                clusterName: "c",
                namespace: "n",
                serviceAccount: "s",
                roleArn: account.arn("Role", role),
            });
        assert.throws(make("a", "nodes"), /does not allow pods\.eks\.amazonaws\.com/);
        assert.match(make("a", "pods")().id, /^a-[a-z0-9]{17}$/);
        assert.throws(make("b", "pods"), /Association already exists/);
    });
});
