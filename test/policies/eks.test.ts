import assert from "node:assert/strict";
import type { ExampleResource, Inputs } from "../../policies/examples/example.ts";
import { changesOf, findings, judge, judgeStack, ruleOf, UNKNOWN } from "./judge.ts";

const resource = (
    name: string,
    type: string,
    inputs: Inputs,
    references: ExampleResource["references"] = {},
): ExampleResource => ({ name, type, inputs, references });

const cluster = (inputs: Inputs) => resource("main", "aws:eks/cluster:Cluster", inputs);

const nodes = (inputs: Inputs, references?: ExampleResource["references"]) =>
    resource("workers", "aws:eks/nodeGroup:NodeGroup", inputs, references);

const subnet = (name: string, inputs: Inputs) => resource(name, "aws:ec2/subnet:Subnet", inputs);

const template = (metadataOptions: Inputs) =>
    resource("template", "aws:ec2/launchTemplate:LaunchTemplate", { metadataOptions });

const addon = (inputs: Inputs) => resource("addon", "aws:eks/addon:Addon", inputs);

describe("the rules of EKS say unknown", () => {
    const PUBLIC = subnet("public", { mapPublicIpOnLaunch: true });
    const cases: readonly [id: string, title: string, resources: readonly ExampleResource[]][] = [
        [
            "aws-eks-node-imdsv2-hop1",
            "of a template that leaves the hop limit to the image",
            [
                template({ httpTokens: "required" }),
                nodes({ launchTemplate: { id: UNKNOWN } }, { launchTemplate: ["template"] }),
            ],
        ],
        ["aws-eks-node-imdsv2-hop1", "of nodes without a template of their own", [nodes({})]],
        [
            "aws-eks-nodes-private",
            "of subnets that are not in the stack",
            [PUBLIC, nodes({ subnetIds: ["subnet-1"] })],
        ],
        [
            "aws-eks-nodes-private",
            "of a component's subnets, of which it may hold the private ones only",
            [
                PUBLIC,
                subnet("private", {}),
                nodes({ subnetIds: [UNKNOWN] }, { subnetIds: ["public", "private"] }),
            ],
        ],
        [
            "aws-eks-nodes-private",
            "of a subnet with the route table of the VPC",
            [subnet("a", {}), nodes({ subnetIds: [UNKNOWN] }, { subnetIds: ["a"] })],
        ],
        [
            "aws-eks-nodes-private",
            "of a route to a gateway that is not in the stack",
            [
                subnet("a", {}),
                resource("table", "aws:ec2/routeTable:RouteTable", {
                    routes: [{ cidrBlock: "0.0.0.0/0", gatewayId: UNKNOWN }],
                }),
                resource(
                    "association",
                    "aws:ec2/routeTableAssociation:RouteTableAssociation",
                    { subnetId: UNKNOWN, routeTableId: UNKNOWN },
                    { subnetId: ["a"], routeTableId: ["table"] },
                ),
                nodes({ subnetIds: [UNKNOWN] }, { subnetIds: ["a"] }),
            ],
        ],
        [
            "aws-eks-network-policy-on",
            "of Auto Mode, which is switched on inside the cluster",
            [cluster({ computeConfig: { enabled: true } })],
        ],
        [
            "aws-eks-network-policy-on",
            "of a cluster whose name the cloud makes, which an add-on may mean",
            [
                cluster({ name: UNKNOWN }),
                addon({
                    clusterName: "main",
                    addonName: "vpc-cni",
                    configurationValues: '{"enableNetworkPolicy": "true"}',
                }),
            ],
        ],
        [
            "aws-eks-network-policy-on",
            "of configuration that is not JSON",
            [
                cluster({ name: "main" }),
                addon({
                    clusterName: "main",
                    addonName: "vpc-cni",
                    configurationValues: "enableNetworkPolicy: 'true'",
                }),
            ],
        ],
    ];
    for (const [id, title, resources] of cases) {
        it(`by ${id} ${title}`, () => {
            const verdicts = judgeStack(ruleOf(id), resources);
            assert.deepEqual(
                verdicts.map(({ state }) => state),
                ["unknown"],
            );
        });
    }
});

describe("the rules of EKS", () => {
    it("do not take a cluster's own autoscaling groups for those of other machines", () => {
        const group = (key: string) =>
            resource(
                "machines",
                "aws:autoscaling/group:Group",
                { tags: [{ key }, {}], launchTemplate: { id: UNKNOWN } },
                { launchTemplate: ["template"] },
            );
        const open = template({ httpTokens: "optional", httpPutResponseHopLimit: 1 });
        const found = (key: string) =>
            judgeStack(ruleOf("aws-eks-node-imdsv2-hop1"), [open, group(key)]).length;
        assert.equal(found("kubernetes.io/cluster/main"), 1);
        assert.equal(found("Name"), 0);
    });

    it("repair a cluster that says nothing as one that says no", () => {
        for (const id of ["aws-eks-private-endpoint-enabled", "aws-eks-deletion-protection"]) {
            const rule = ruleOf(id);
            const [type] = Object.keys(rule.checks);
            assert.ok(type !== undefined);
            assert.equal(findings(judge(rule, type, {})).length, 1);
            assert.equal(changesOf(rule, type, {}, {}).length, 1);
        }
    });
});
