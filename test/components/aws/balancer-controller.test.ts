import assert from "node:assert/strict";
import { isChartKey } from "../../../components/kubernetes/charts.ts";
import { inspect } from "../../../tools/offline/mocks.ts";
import { ENVOY, NAME, edge } from "./edge-fixtures.ts";
import { DEV } from "./fixtures.ts";
import { statements, type EdgeFixture } from "./services.ts";

describe("the controller of AWS's balancers", function () {
    this.timeout(60_000);

    it("is a pinned chart that knows its cluster, region and network, and waits for its identity", async () => {
        const site = await edge(ENVOY);
        const { addons } = site.result;
        assert.equal(addons.length, 1);
        const { chart, namespace, values, dependsOn } = addons[0]!;
        assert.ok(isChartKey(chart));
        assert.deepEqual([chart, namespace], ["aws-load-balancer-controller", "kube-system"]);
        const known = (await inspect(values)).value;
        assert.equal(known["clusterName"], DEV.name);
        assert.equal(known["region"], "eu-central-1");
        assert.equal(known["vpcId"], site.one("aws:ec2/vpc:Vpc").id);
        assert.deepEqual(known["controllerConfig"], {
            featureGates: { ALBGatewayAPI: false, NLBGatewayAPI: false },
        });
        assert.equal(known["enableServiceMutatorWebhook"], false);
        const urns = await Promise.all(
            dependsOn.map(async ({ urn }) => (await inspect(urn)).value),
        );
        const binding = site.one(
            "aws:eks/podIdentityAssociation:PodIdentityAssociation",
            `${NAME}-balancers`,
        );
        assert.deepEqual(urns, [binding.urn]);
        assert.equal(binding.inputs["serviceAccount"], "aws-load-balancer-controller");
    });

    it("looks after Gateways where there are any, and takes a firewall off that is switched off", async () => {
        const values = async (change: Partial<EdgeFixture>) =>
            (await inspect((await edge(change)).result.addons[0]!.values)).value;
        const cloud = await values({});
        assert.deepEqual(cloud["controllerConfig"], {
            featureGates: { ALBGatewayAPI: true, NLBGatewayAPI: false },
        });
        assert.equal(cloud["enableWafv2"], true);
        assert.equal((await values({ firewall: false }))["enableWafv2"], true);
        assert.equal((await values(ENVOY))["enableWafv2"], false);
    });

    it("changes only what carries its cluster's tag, and gives the tag only to what it makes", async () => {
        const site = await edge(ENVOY);
        const policy = site.one("aws:iam/rolePolicy:RolePolicy", `${NAME}-balancers`);
        const all = statements(policy.inputs["policy"]) as {
            Action: string | string[];
            Resource: string | string[];
            Condition?: { StringEquals: Record<string, unknown> };
        }[];
        const changing = all.filter(({ Resource }) => Resource !== "*");
        const conditions = changing.map(({ Action, Condition }) => [
            [Action].flat()[0],
            Object.entries(Condition?.StringEquals ?? {}),
        ]);
        const tag = "elbv2.k8s.aws/cluster";
        assert.deepEqual(conditions, [
            [
                "iam:CreateServiceLinkedRole",
                [["iam:AWSServiceName", "elasticloadbalancing.amazonaws.com"]],
            ],
            ["ec2:CreateSecurityGroup", [[`aws:RequestTag/${tag}`, DEV.name]]],
            ["ec2:CreateSecurityGroup", []],
            [
                "ec2:CreateTags",
                [
                    [`aws:RequestTag/${tag}`, DEV.name],
                    ["ec2:CreateAction", "CreateSecurityGroup"],
                ],
            ],
            ["ec2:AuthorizeSecurityGroupIngress", [[`aws:ResourceTag/${tag}`, DEV.name]]],
            [
                "ec2:AuthorizeSecurityGroupIngress",
                [[`aws:ResourceTag/kubernetes.io/cluster/${DEV.name}`, "owned"]],
            ],
            ["elasticloadbalancing:CreateLoadBalancer", [[`aws:RequestTag/${tag}`, DEV.name]]],
            [
                "elasticloadbalancing:AddTags",
                [
                    [`aws:RequestTag/${tag}`, DEV.name],
                    [
                        "elasticloadbalancing:CreateAction",
                        ["CreateLoadBalancer", "CreateTargetGroup", "CreateListener", "CreateRule"],
                    ],
                ],
            ],
            [
                "elasticloadbalancing:AddListenerCertificates",
                [[`aws:ResourceTag/${tag}`, DEV.name]],
            ],
        ]);
        const reads = all
            .filter(({ Resource }) => Resource === "*")
            .flatMap(({ Action }) => Action);
        assert.ok(
            reads.every((action) => /:(Describe|Get)/.test(action)),
            reads.join(" "),
        );
    });

    it("has a policy that a role takes, which ends at 10,240 characters", async () => {
        const policy = (await edge()).one("aws:iam/rolePolicy:RolePolicy", `${NAME}-balancers`);
        assert.ok(String(policy.inputs["policy"]).length < 10_240);
    });
});
