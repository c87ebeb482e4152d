import assert from "node:assert/strict";
import { DEV, PROD, makeSite, runSite } from "./fixtures.ts";
import { inspect, run } from "../../../tools/offline/mocks.ts";

/** Names after the site's own, by type. */
const EXPECTED: Readonly<Record<string, readonly string[]>> = {
    "aws:cloudwatch/logGroup:LogGroup": [
        "-cluster",
        "-flow-logs",
        "-main-postgresql",
        "-main-upgrade",
    ],
    "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": [""],
    "aws:ec2/eip:Eip": ["-a-nat"],
    "aws:ec2/flowLog:FlowLog": [""],
    "aws:ec2/internetGateway:InternetGateway": [""],
    "aws:ec2/launchTemplate:LaunchTemplate": ["-system"],
    "aws:ec2/natGateway:NatGateway": ["-a-nat"],
    "aws:ec2/networkAcl:NetworkAcl": ["-database"],
    "aws:ec2/route:Route": ["-private-a", "-private-b", "-private-c", "-public"],
    "aws:ec2/routeTable:RouteTable": [
        "-database",
        "-private-a",
        "-private-b",
        "-private-c",
        "-public",
    ],
    "aws:ec2/routeTableAssociation:RouteTableAssociation": [
        "-database-a",
        "-database-b",
        "-database-c",
        "-private-a",
        "-private-b",
        "-private-c",
        "-public-a",
        "-public-b",
        "-public-c",
    ],
    "aws:ec2/securityGroup:SecurityGroup": ["-main", "-nodes"],
    "aws:ec2/subnet:Subnet": [
        "-database-a",
        "-database-b",
        "-database-c",
        "-private-a",
        "-private-b",
        "-private-c",
        "-public-a",
        "-public-b",
        "-public-c",
    ],
    "aws:ec2/vpc:Vpc": [""],
    "aws:ec2/vpcEndpoint:VpcEndpoint": ["-s3"],
    "aws:ecr/lifecyclePolicy:LifecyclePolicy": ["-apps-web"],
    "aws:ecr/repository:Repository": ["-apps-web"],
    "aws:ecr/repositoryPolicy:RepositoryPolicy": ["-apps-web"],
    "aws:eks/accessEntry:AccessEntry": ["-admin-aa9735"],
    "aws:eks/accessPolicyAssociation:AccessPolicyAssociation": ["-admin-aa9735"],
    "aws:eks/addon:Addon": [
        "-aws-ebs-csi-driver",
        "-coredns",
        "-eks-pod-identity-agent",
        "-kube-proxy",
        "-metrics-server",
        "-snapshot-controller",
        "-vpc-cni",
    ],
    "aws:eks/cluster:Cluster": [""],
    "aws:eks/nodeGroup:NodeGroup": ["-system"],
    "aws:eks/podIdentityAssociation:PodIdentityAssociation": [
        "-cluster-autoscaler",
        "-secrets-operator",
    ],
    "aws:iam/role:Role": [
        "-aws-ebs-csi-driver",
        "-cluster",
        "-cluster-autoscaler",
        "-flow-logs",
        "-main-monitoring",
        "-nodes",
        "-secrets-operator",
        "-shop-secrets",
        "-vpc-cni",
    ],
    "aws:iam/rolePolicy:RolePolicy": [
        "-cluster",
        "-cluster-autoscaler",
        "-flow-logs",
        "-secrets-operator",
        "-shop-secrets",
    ],
    "aws:iam/rolePolicyAttachment:RolePolicyAttachment": [
        "-aws-ebs-csi-driver-AmazonEBSCSIDriverPolicy",
        "-cluster-AmazonEKSClusterPolicy",
        "-main-monitoring-AmazonRDSEnhancedMonitoringRole",
        "-nodes-AmazonEC2ContainerRegistryPullOnly",
        "-nodes-AmazonEKSWorkerNodePolicy",
        "-nodes-AmazonSSMManagedInstanceCore",
        "-vpc-cni-AmazonEKS_CNI_Policy",
    ],
    "aws:kms/alias:Alias": ["-apps", "-cluster", "-logs", "-main", "-secrets", "-volumes"],
    "aws:kms/key:Key": ["-apps", "-cluster", "-logs", "-main", "-secrets", "-volumes"],
    "aws:rds/instance:Instance": ["-main"],
    "aws:rds/parameterGroup:ParameterGroup": ["-main"],
    "aws:rds/subnetGroup:SubnetGroup": ["-main"],
    "aws:secretsmanager/secret:Secret": ["-main-credentials"],
    "aws:secretsmanager/secretVersion:SecretVersion": ["-main-credentials"],
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": ["-main"],
};

/** The API's private address, open to the site's own network. */
const inside = (cidr: string): typeof EXPECTED => ({
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": [`-api-${cidr}`],
});

/** What production has beyond it. */
const PROD_ADDS: typeof EXPECTED = {
    "aws:ec2/eip:Eip": ["-b-nat", "-c-nat"],
    "aws:ec2/launchTemplate:LaunchTemplate": ["-batch"],
    "aws:ec2/natGateway:NatGateway": ["-b-nat", "-c-nat"],
    "aws:ec2/securityGroup:SecurityGroup": ["-endpoints"],
    "aws:ec2/vpcEndpoint:VpcEndpoint": [
        "-autoscaling",
        "-ec2",
        "-ecr-api",
        "-ecr-dkr",
        "-eks",
        "-eks-auth",
        "-elasticloadbalancing",
        "-kms",
        "-logs",
        "-secretsmanager",
        "-ssm",
        "-ssmmessages",
        "-sts",
    ],
    "aws:ecr/lifecyclePolicy:LifecyclePolicy": ["-apps-jobs/mail"],
    "aws:ecr/repository:Repository": ["-apps-jobs/mail"],
    "aws:ecr/repositoryPolicy:RepositoryPolicy": ["-apps-jobs/mail"],
    "aws:eks/accessEntry:AccessEntry": ["-admin-ce910a"],
    "aws:eks/accessPolicyAssociation:AccessPolicyAssociation": ["-admin-ce910a"],
    "aws:eks/nodeGroup:NodeGroup": ["-batch"],
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": ["-endpoints"],
};

const lines = (name: string, ...tables: (typeof EXPECTED)[]): string[] =>
    tables
        .flatMap((table) => Object.entries(table))
        .flatMap(([type, tails]) => tails.map((tail) => `${type} ${name}${tail}`))
        .sort();

/** The types of a URN from the outside in: `platform:aws:Cluster$aws:eks/cluster:Cluster`. */
const chain = (urn: string): string => urn.split("::")[2] ?? "";

describe("a site on AWS", function () {
    this.timeout(60_000);

    it("makes exactly these resources in development", async () => {
        const site = await runSite(DEV);
        assert.deepEqual(site.list("aws"), lines(DEV.name, EXPECTED, inside(DEV.network.cidr)));
    });

    it("adds exactly these in production", async () => {
        const site = await runSite(PROD);
        assert.deepEqual(
            site.list("aws"),
            lines(PROD.name, EXPECTED, PROD_ADDS, inside(PROD.network.cidr)),
        );
    });

    for (const [kind, args] of Object.entries({ development: DEV, production: PROD })) {
        it(`has the same URNs in a first preview of ${kind}, with nothing known yet`, async () => {
            const [done, planned] = [await runSite(args), await runSite(args, { preview: true })];
            assert.deepEqual(planned.urns(), done.urns());
        });
    }

    it("hangs every resource under a component and gives it an explicit provider", async () => {
        const site = await runSite(PROD);
        for (const { custom, urn, type, options } of site.resources) {
            if (!custom || type.startsWith("pulumi:providers:")) continue;
            assert.match(chain(urn), /^platform:aws:\w+\$/);
            assert.match(options.provider, /pulumi:providers:(aws|random)/, urn);
        }
    });

    it("begins every name with the site's, and never with an index", async () => {
        const site = await runSite(PROD);
        for (const { name, type } of site.resources) {
            if (type === "pulumi:pulumi:Stack") continue;
            assert.ok(name.startsWith(PROD.name), name);
            assert.doesNotMatch(name, /-\d+$/);
        }
    });

    it("binds the provider to account and region and gives it the tags (G1.4)", async () => {
        const provider = (await runSite(DEV)).one("pulumi:providers:aws");
        assert.equal(provider.inputs["region"], "eu-central-1");
        assert.deepEqual(JSON.parse(String(provider.inputs["allowedAccountIds"])), [
            "123456789012",
        ]);
        assert.deepEqual(JSON.parse(String(provider.inputs["defaultTags"])), {
            tags: {
                Environment: "dev",
                Project: "myapp",
                ManagedBy: "pulumi",
                Owner: "web",
                CostCentre: "1234",
                Site: "aws",
            },
        });
    });

    it("protects in production what cannot be made again", async () => {
        const site = await runSite(PROD);
        const kept = site.resources
            .filter(({ options }) => options.protect)
            .map(({ type, name }) => `${type.split(":")[2]} ${name.slice(PROD.name.length)}`)
            .sort();
        assert.deepEqual(kept, [
            "Cluster ",
            "Instance -main",
            "Key -apps",
            "Key -cluster",
            "Key -main",
            "Key -secrets",
            "Key -volumes",
            "Repository -apps-jobs/mail",
            "Repository -apps-web",
            "Secret -main-credentials",
        ]);
        const dev = await runSite(DEV);
        assert.deepEqual(
            dev.resources.filter(({ options }) => options.protect),
            [],
        );
    });

    it("never lets a database wait for the cluster", async () => {
        const site = await runSite(PROD);
        const urns = new Map(site.resources.map((resource) => [resource.urn, resource]));
        const waits = (urn: string, seen = new Set<string>()): Set<string> => {
            if (seen.has(urn)) return seen;
            seen.add(urn);
            for (const next of urns.get(urn)?.options.dependencies ?? []) waits(next, seen);
            return seen;
        };
        const reached = waits(site.one("aws:rds/instance:Instance").urn);
        assert.ok(reached.size > 5);
        assert.deepEqual(
            [...reached].filter((urn) => urn.includes(":eks/") || urn.includes("natGateway")),
            [],
        );
    });

    it("shows no secret in what a site tells the outside", async () => {
        const { cluster, database, registry } = (await run(() => makeSite(DEV))).result;
        assert.equal((await inspect(cluster.kubeconfig)).secret, true);
        for (const output of [cluster.clusterName, database.host, registry.url]) {
            assert.equal((await inspect(output)).secret, false);
        }
    });

    it("turns on rotation for every key, and gives each an alias (G1.20)", async () => {
        const site = await runSite(PROD);
        for (const { inputs, name } of site.all("aws:kms/key:Key")) {
            assert.equal(inputs["enableKeyRotation"], true, name);
            assert.equal(inputs["deletionWindowInDays"], 30, name);
        }
        assert.deepEqual(
            site
                .all("aws:kms/alias:Alias")
                .map(({ inputs }) => inputs["name"])
                .sort(),
            [
                "alias/myapp-prod-aws-apps/images",
                "alias/myapp-prod-aws-main/database",
                "alias/myapp-prod-aws/cluster",
                "alias/myapp-prod-aws/logs",
                "alias/myapp-prod-aws/secrets",
                "alias/myapp-prod-aws/volumes",
            ],
        );
    });

    it("allows `*` only where an action or a key's own policy knows nothing narrower", async () => {
        const site = await runSite(PROD);
        const wide = site
            .all("aws:iam/rolePolicy:RolePolicy")
            .flatMap(({ name, inputs }) =>
                statementsOf(inputs["policy"]).map((statement) => ({ name, statement })),
            )
            .filter(({ statement }) => [statement.Resource].flat().includes("*"));
        assert.equal(wide.length, 1);
        assert.equal(wide[0]?.name, `${PROD.name}-cluster-autoscaler`);
        const actions = [wide[0]?.statement.Action].flat();
        assert.ok(actions.every((action) => /:(Describe|Get)[A-Z]/.test(String(action))));
    });

    it("names no wildcard action outside keys' own policies", async () => {
        const site = await runSite(PROD);
        for (const { name, inputs } of site.all("aws:iam/rolePolicy:RolePolicy")) {
            for (const { Action } of statementsOf(inputs["policy"])) {
                assert.ok(![Action].flat().some((action) => action.includes("*")), name);
            }
        }
    });

    it("keeps a name that is too long for IAM apart from its neighbours", async () => {
        const store = (name: string) => `${DEV.name}-${"x".repeat(50)}-${name}`;
        const recorded = await run(() => {
            const { secretStore, cluster, database } = makeSite(DEV);
            const reader = { cluster, namespace: "shop", secrets: [database.credentials] };
            secretStore.reader(store("one"), reader);
            secretStore.reader(store("two"), reader);
        });
        const names = recorded
            .all("aws:iam/role:Role")
            .filter(({ name }) => name.includes("xxx"))
            .map(({ inputs }) => String(inputs["name"]));
        assert.equal(new Set(names).size, 2);
        for (const name of names) assert.equal(name.length, 64);
    });
});

interface ReadStatement {
    readonly Action: string | string[];
    readonly Resource: string | string[];
}

function statementsOf(policy: unknown): ReadStatement[] {
    return (JSON.parse(String(policy)) as { Statement: ReadStatement[] }).Statement;
}
