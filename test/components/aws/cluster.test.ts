import assert from "node:assert/strict";
import { checkCluster } from "../../../components/aws/cluster-checks.ts";
import { nodeConfig } from "../../../components/aws/node-pools.ts";
import { MACHINES, addressesPerNode, instanceTypes } from "../../../components/aws/sizes.ts";
import { describeProblem } from "../../../components/lib/problem.ts";
import { NODE_SIZES } from "../../../components/contracts/cluster.ts";
import { inspect, run } from "../../support/mocks.ts";
import type { SiteArgs } from "./fixtures.ts";
import { ACCOUNT, DEV, PROD, SYSTEM, makeSite, runSite } from "./fixtures.ts";

const CLUSTER = "aws:eks/cluster:Cluster";
const NODE_GROUP = "aws:eks/nodeGroup:NodeGroup";
const ENTRY = "aws:eks/accessEntry:AccessEntry";
/** Who the simulated cloud takes the caller for. */
const DEPLOYER = `arn:aws:iam::${ACCOUNT}:role/platform/deployer`;

/** What is refused about a cluster, in words. */
const refused = (change: Partial<SiteArgs["cluster"]>, name = DEV.name, network = DEV.network) =>
    checkCluster(name, { ...DEV.cluster, ...change, network }).map(describeProblem);

/** A site with another cluster. */
const withCluster = (change: Partial<SiteArgs["cluster"]>): SiteArgs => ({
    ...DEV,
    cluster: { ...DEV.cluster, ...change },
});

describe("an AWS cluster", function () {
    this.timeout(60_000);

    it("opens its API to the configured addresses only (G1.19)", async () => {
        const site = await runSite(DEV);
        const vpc = site.one(CLUSTER).inputs["vpcConfig"] as Record<string, unknown>;
        assert.equal(vpc["endpointPrivateAccess"], true);
        assert.equal(vpc["endpointPublicAccess"], true);
        assert.deepEqual(vpc["publicAccessCidrs"], ["203.0.113.0/24"]);
        assert.equal(
            site.result.cluster.reach,
            "The Kubernetes API of myapp-dev-aws answers inside the VPC (10.0.0.0/16), and over the Internet from 203.0.113.0/24: run the stack from there.",
        );
    });

    it("closes the public endpoint where nobody is named, and says from where to run", async () => {
        const site = await runSite(PROD);
        const vpc = site.one(CLUSTER).inputs["vpcConfig"] as Record<string, unknown>;
        assert.equal(vpc["endpointPublicAccess"], false);
        assert.equal("publicAccessCidrs" in vpc, false);
        assert.equal(
            site.result.cluster.reach,
            "The Kubernetes API of myapp-prod-aws answers only inside the VPC (10.32.0.0/16): run the stack from there.",
        );
    });

    it("opens its private address to the network, and to private blocks behind a VPN", async () => {
        const site = await runSite(withCluster({ apiCidrs: ["10.9.0.0/16"] }));
        const vpc = site.one(CLUSTER).inputs["vpcConfig"] as Record<string, unknown>;
        assert.equal(vpc["endpointPublicAccess"], false);
        const group = site.one(CLUSTER).outputs["vpcConfig"] as Record<string, unknown>;
        const rules = site
            .all("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule")
            .filter(({ inputs }) => inputs["securityGroupId"] === group["clusterSecurityGroupId"])
            .map(({ inputs }) => [inputs["cidrIpv4"], inputs["fromPort"], inputs["toPort"]]);
        assert.deepEqual(rules.sort(), [
            ["10.0.0.0/16", 443, 443],
            ["10.9.0.0/16", 443, 443],
        ]);
        assert.equal(
            site.result.cluster.reach,
            "The Kubernetes API of myapp-dev-aws answers only inside the VPC (10.0.0.0/16), and over a VPN or a peering from 10.9.0.0/16: run the stack from there.",
        );
    });

    it("stands in the private subnets and is encrypted with its own key", async () => {
        const site = await runSite(DEV);
        const { inputs } = site.one(CLUSTER);
        const vpc = inputs["vpcConfig"] as Record<string, unknown>;
        const place = ["a", "b", "c"].map(
            (zone) => site.one("aws:ec2/subnet:Subnet", `${DEV.name}-private-${zone}`).id,
        );
        assert.deepEqual(vpc["subnetIds"], place);
        const key = site.one("aws:kms/key:Key", `${DEV.name}-cluster`).outputs["arn"];
        assert.deepEqual(inputs["encryptionConfig"], {
            provider: { keyArn: key },
            resources: ["secrets"],
        });
    });

    it("keeps all five logs, in a group that is there first (G1.21)", async () => {
        const site = await runSite(PROD);
        const group = site.one("aws:cloudwatch/logGroup:LogGroup", `${PROD.name}-cluster`);
        const { inputs, options } = site.one(CLUSTER);
        assert.deepEqual(inputs["enabledClusterLogTypes"], [
            "api",
            "audit",
            "authenticator",
            "controllerManager",
            "scheduler",
        ]);
        assert.equal(group.inputs["name"], "/aws/eks/myapp-prod-aws/cluster");
        assert.equal(group.inputs["retentionInDays"], 365);
        assert.equal(
            group.inputs["kmsKeyId"],
            site.one("aws:kms/key:Key", `${PROD.name}-logs`).outputs["arn"],
        );
        assert.ok(options.dependencies.includes(group.urn));
    });

    it("has its role's permissions before it stands and until it is gone (G11.6)", async () => {
        const site = await runSite(DEV);
        const policies = [
            site.one("aws:iam/rolePolicy:RolePolicy", `${DEV.name}-cluster`),
            site.one(
                "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
                `${DEV.name}-cluster-AmazonEKSClusterPolicy`,
            ),
        ];
        for (const { urn } of policies) {
            assert.ok(site.one(CLUSTER).options.dependencies.includes(urn), urn);
        }
    });

    it("lends its role to EKS on behalf of its own account only", async () => {
        const role = (await runSite(DEV)).one("aws:iam/role:Role", `${DEV.name}-cluster`);
        const trust = JSON.parse(String(role.inputs["assumeRolePolicy"])) as {
            Statement: { Principal: unknown; Condition: unknown }[];
        };
        assert.deepEqual(
            trust.Statement.map(({ Principal, Condition }) => [Principal, Condition]),
            [
                [
                    { Service: "eks.amazonaws.com" },
                    { StringEquals: { "aws:SourceAccount": ACCOUNT } },
                ],
            ],
        );
    });

    it("stays in standard support, and asks for the version of the settings (G1.18)", async () => {
        const { inputs } = (await runSite(DEV)).one(CLUSTER);
        assert.equal(inputs["version"], "1.36");
        assert.deepEqual(inputs["upgradePolicy"], { supportType: "STANDARD" });
        assert.equal(inputs["bootstrapSelfManagedAddons"], false);
    });

    it("honours high availability and deletion protection", async () => {
        const [dev, prod] = [(await runSite(DEV)).one(CLUSTER), (await runSite(PROD)).one(CLUSTER)];
        assert.deepEqual(dev.inputs["zonalShiftConfig"], { enabled: false });
        assert.deepEqual(prod.inputs["zonalShiftConfig"], { enabled: true });
        assert.deepEqual(
            [dev, prod].map(({ inputs }) => inputs["deletionProtection"]),
            [false, true],
        );
    });

    it("uses access entries only, and makes nobody administrator for having made it", async () => {
        const { inputs } = (await runSite(DEV)).one(CLUSTER);
        assert.deepEqual(inputs["accessConfig"], {
            authenticationMode: "API",
            bootstrapClusterCreatorAdminPermissions: false,
        });
    });

    it("resolves the deploying session to its role, path included", async () => {
        const site = await runSite(DEV);
        assert.equal(site.one(ENTRY).inputs["principalArn"], DEPLOYER);
        const { inputs } = site.one("aws:eks/accessPolicyAssociation:AccessPolicyAssociation");
        assert.equal(
            inputs["policyArn"],
            "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy",
        );
        assert.deepEqual(inputs["accessScope"], { type: "cluster" });
    });

    it("gives each administrator one entry, named twice or running the stack itself", async () => {
        const admin = `arn:aws:iam::${ACCOUNT}:role/platform-admin`;
        const site = await runSite(withCluster({ administrators: [admin, DEPLOYER, admin] }));
        assert.deepEqual(
            site
                .all(ENTRY)
                .map(({ inputs }) => inputs["principalArn"])
                .sort(),
            [admin, DEPLOYER].sort(),
        );
    });

    it("keeps the entry of somebody who moves from running the stack to being named", async () => {
        const before = await runSite(DEV);
        const after = await runSite(withCluster({ administrators: [DEPLOYER] }));
        assert.deepEqual(after.names(ENTRY), before.names(ENTRY));
    });

    it("has a kubeconfig without a token, and keeps it secret (G1.9)", async () => {
        const { cluster } = (await runSite(DEV)).result;
        const { value, secret } = await inspect(cluster.kubeconfig);
        assert.equal(secret, true);
        const { users, clusters } = JSON.parse(value) as {
            users: { user: { exec: { command: string; args: string[] }; token?: string } }[];
            clusters: { cluster: { server: string } }[];
        };
        assert.deepEqual(users[0]?.user.exec.args, [
            "--region",
            "eu-central-1",
            "eks",
            "get-token",
            "--cluster-name",
            "myapp-dev-aws",
            "--output",
            "json",
        ]);
        assert.equal(users[0]?.user.exec.command, "aws");
        assert.equal(users[0]?.user.token, undefined);
        assert.match(
            clusters[0]?.cluster.server ?? "",
            /^https:\/\/[0-9A-F]{32}\.gr7\.eu-central-1\.eks\.amazonaws\.com$/,
        );
    });

    it("names its Kubernetes provider after the cluster, known in the first preview", async () => {
        const site = await runSite(DEV, { preview: true });
        assert.equal(
            site.one("pulumi:providers:kubernetes").inputs["clusterIdentifier"],
            `arn:aws:eks:eu-central-1:${ACCOUNT}:cluster/myapp-dev-aws/10.0.0.0/16`,
        );
        assert.ok(site.one("pulumi:providers:kubernetes").isSecret("kubeconfig"));
    });

    it("gives its Kubernetes provider to nobody before the API lets the deployer in", async () => {
        const site = await runSite(DEV);
        const { dependencies } = site.one("pulumi:providers:kubernetes").options;
        const access = site.one("aws:eks/accessPolicyAssociation:AccessPolicyAssociation");
        const door = site.one(
            "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
            `${DEV.name}-api-10.0.0.0/16`,
        );
        for (const { urn } of [access, door]) assert.ok(dependencies.includes(urn), urn);
    });

    it("marks what dies with the cluster, and no node group", async () => {
        const site = await runSite(DEV);
        const { urn } = site.one(CLUSTER);
        const along = site.resources.filter(({ options }) => options.deletedWith === urn);
        assert.deepEqual([...new Set(along.map(({ type }) => type.split(":")[2]))].sort(), [
            "AccessEntry",
            "AccessPolicyAssociation",
            "Addon",
            "PodIdentityAssociation",
            "SecurityGroupIngressRule",
        ]);
    });

    it("rejects a name that would not fit what is named after it", () => {
        const name = "a-project-with-a-rather-long-name-prod-aws";
        assert.match(refused({}, name).join(), /^name: a-project-.* cannot name an EKS cluster/);
        assert.deepEqual(refused({}), []);
    });

    it("rejects an administrator that is no role or user", async () => {
        const session = `arn:aws:sts::${ACCOUNT}:assumed-role/admin/me`;
        await assert.rejects(runSite(withCluster({ administrators: [session] })), {
            message: `${DEV.name}: administrators: ${session} is not the ARN of an IAM role or user. Write an ARN such as arn:aws:iam::123456789012:role/platform-admin.`,
        });
    });
});

describe("the add-ons of an AWS cluster", function () {
    this.timeout(60_000);
    const ADDON = "aws:eks/addon:Addon";

    it("come with the network plugin before the nodes, and CoreDNS after them", async () => {
        const site = await runSite(DEV);
        const nodes = site.one(NODE_GROUP);
        const addon = (name: string) => site.one(ADDON, `${DEV.name}-${name}`);
        for (const name of ["vpc-cni", "kube-proxy", "eks-pod-identity-agent"]) {
            assert.ok(nodes.options.dependencies.includes(addon(name).urn), name);
        }
        for (const name of ["coredns", "aws-ebs-csi-driver", "metrics-server"]) {
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
        });
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
        assert.equal(asked.length, 6);
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

describe("an identity on AWS", function () {
    this.timeout(60_000);

    it("is a role for one service account, and nothing to write on it", async () => {
        const site = await run(() => {
            const { cluster } = makeSite(DEV);
            const pods = { namespace: "shop", serviceAccount: "web" };
            return cluster.identity(`${DEV.name}-web`, pods);
        });
        const role = site.one("aws:iam/role:Role", `${DEV.name}-web`);
        const { inputs } = site.one(
            "aws:eks/podIdentityAssociation:PodIdentityAssociation",
            `${DEV.name}-web`,
        );
        assert.deepEqual(
            [inputs["namespace"], inputs["serviceAccount"], inputs["roleArn"]],
            ["shop", "web", role.outputs["arn"]],
        );
        assert.equal((await inspect(site.result.principal)).value, role.outputs["arn"]);
        assert.deepEqual(site.result.annotations, {});
        assert.equal(
            site.all("aws:iam/rolePolicy:RolePolicy").some(({ name }) => name === role.name),
            false,
        );
    });
});
