import assert from "node:assert/strict";
import { inspect } from "../../../tools/offline/mocks.ts";
import { CLUSTER, refused, withCluster } from "./cluster-fixtures.ts";
import { ACCOUNT, DEV, PROD, runSite } from "./fixtures.ts";

const ENTRY = "aws:eks/accessEntry:AccessEntry";
/** Who the simulated cloud takes the caller for. */
const DEPLOYER = `arn:aws:iam::${ACCOUNT}:role/platform/deployer`;

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
