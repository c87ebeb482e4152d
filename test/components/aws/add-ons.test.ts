import assert from "node:assert/strict";
import { NODE_GROUP, withCluster } from "./cluster-fixtures.ts";
import { DEV, runSite } from "./fixtures.ts";

describe("the add-ons of an AWS cluster", function () {
    this.timeout(60_000);
    const ADDON = "aws:eks/addon:Addon";

    it("come with the network plugin before the nodes, and CoreDNS and metrics-server after them (G3.17)", async () => {
        const site = await runSite(DEV);
        const nodes = site.one(NODE_GROUP);
        const addon = (name: string) => site.one(ADDON, `${DEV.name}-${name}`);
        for (const name of ["vpc-cni", "kube-proxy", "eks-pod-identity-agent"]) {
            assert.ok(nodes.options.dependencies.includes(addon(name).urn), name);
        }
        for (const name of [
            "coredns",
            "aws-ebs-csi-driver",
            "metrics-server",
            "snapshot-controller",
        ]) {
            assert.ok(addon(name).options.dependencies.includes(nodes.urn), name);
        }
    });

    it("enforce network policies and hand out addresses in prefixes (G1.24)", async () => {
        const { inputs } = (await runSite(DEV)).one(ADDON, `${DEV.name}-vpc-cni`);
        assert.deepEqual(JSON.parse(String(inputs["configurationValues"])), {
            enableNetworkPolicy: "true",
            env: { ENABLE_PREFIX_DELEGATION: "true", WARM_PREFIX_TARGET: "1" },
        });
    });

    it("tag the volumes that they make for pods, which the provider's default tags do not reach (G1.4)", async () => {
        const site = await runSite(DEV);
        const { inputs } = site.one(ADDON, `${DEV.name}-aws-ebs-csi-driver`);
        assert.deepEqual(JSON.parse(String(inputs["configurationValues"])), {
            controller: { extraVolumeTags: { ...site.result.foundation.tags } },
            sidecars: { snapshotter: { forceEnable: true } },
        });
    });

    it("bring snapshots of volumes, which the driver's own policy lets it make", async () => {
        const site = await runSite(DEV);
        const { inputs } = site.one(ADDON, `${DEV.name}-snapshot-controller`);
        assert.equal(inputs["addonName"], "snapshot-controller");
        assert.equal(inputs["podIdentityAssociations"], undefined);
        const { inputs: policy } = site.one(
            "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
            `${DEV.name}-aws-ebs-csi-driver-AmazonEBSCSIDriverPolicy`,
        );
        assert.equal(
            policy["policyArn"],
            "arn:aws:iam::aws:policy/service-role/AmazonEBSCSIDriverPolicy",
        );
    });

    it("have a role each where they call AWS, which only their own pods can take on", async () => {
        const site = await runSite(DEV);
        const pods = { "vpc-cni": "aws-node", "aws-ebs-csi-driver": "ebs-csi-controller-sa" };
        for (const [name, serviceAccount] of Object.entries(pods)) {
            const role = site.one("aws:iam/role:Role", `${DEV.name}-${name}`);
            assert.deepEqual(site.one(ADDON, role.name).inputs["podIdentityAssociations"], [
                { roleArn: role.outputs["arn"], serviceAccount },
            ]);
            assert.deepEqual(JSON.parse(String(role.inputs["assumeRolePolicy"])), {
                Version: "2012-10-17",
                Statement: [
                    {
                        Effect: "Allow",
                        Principal: { Service: "pods.eks.amazonaws.com" },
                        Action: ["sts:AssumeRole", "sts:TagSession"],
                        Condition: {
                            StringEquals: {
                                "aws:RequestTag/eks-cluster-name": "myapp-dev-aws",
                                "aws:RequestTag/kubernetes-namespace": "kube-system",
                                "aws:RequestTag/kubernetes-service-account": serviceAccount,
                            },
                        },
                    },
                ],
            });
        }
        const bound = site.all(ADDON).filter(({ inputs }) => inputs["podIdentityAssociations"]);
        assert.equal(bound.length, 2);
    });

    it("stand in the version that AWS recommends for the cluster's", async () => {
        const site = await runSite(withCluster({ version: "1.35" }));
        const asked = site.calls.filter(({ token }) => token.includes("getAddonVersion"));
        assert.equal(asked.length, 7);
        for (const { inputs } of asked) assert.equal(inputs["kubernetesVersion"], "1.35");
    });

    it("include an autoscaler that may change only this cluster's groups", async () => {
        const site = await runSite(DEV);
        const [chart] = site.result.cluster.addons;
        assert.equal(chart?.chart, "cluster-autoscaler");
        assert.deepEqual(chart?.values["autoDiscovery"], { clusterName: "myapp-dev-aws" });
        assert.equal(chart?.values["awsRegion"], "eu-central-1");
        const { inputs } = site.one(
            "aws:iam/rolePolicy:RolePolicy",
            `${DEV.name}-cluster-autoscaler`,
        );
        const { Statement } = JSON.parse(String(inputs["policy"])) as {
            Statement: { Action: string | string[]; Condition?: unknown }[];
        };
        const change = Statement.find(({ Action }) =>
            Action.includes("autoscaling:SetDesiredCapacity"),
        );
        assert.deepEqual(change?.Condition, {
            StringEquals: { "aws:ResourceTag/k8s.io/cluster-autoscaler/myapp-dev-aws": "owned" },
        });
    });
});
