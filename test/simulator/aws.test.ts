import assert from "node:assert/strict";

import { Cloud } from "../../simulator/cloud.ts";
import { diffInputs } from "../../simulator/diff.ts";
import { Store } from "../../simulator/store.ts";
import { UNKNOWN, type Instance, type Properties } from "../../simulator/table.ts";
import { aws } from "../../simulator/types/aws.ts";

const SCOPE = { account: "123456789012", region: "eu-central-1" };
const ARN = `arn:aws:iam::${SCOPE.account}`;

/** The tokens of the types, by their last part. */
const TOKENS = new Map(Object.keys(aws.types).map((token) => [token.split(":")[2], token]));

function token(kind: string): string {
    const found = TOKENS.get(kind);
    assert.ok(found, kind);
    return found;
}

/** An AWS account in which everything is done at once. Types go by the last part of their token. */
class Account {
    readonly #store = Store.open(":memory:", "seed");
    readonly #cloud = new Cloud(aws, this.#store, SCOPE);
    readonly #made = new Map<string, Instance>();

    make(kind: string, name: string, given: Properties): Instance {
        const at = this.#at(kind, name);
        const { inputs, refusals } = this.#cloud.check(at, given, undefined);
        if (refusals.length > 0) throw new Error(refusals.map(({ reason }) => reason).join("; "));
        const { instance } = this.#cloud.create(at, { inputs, secrets: [] });
        this.#cloud.read({ ...at, id: instance.id });
        this.#made.set(`${kind} ${name}`, instance);
        return instance;
    }

    change(kind: string, name: string, change: Properties): Instance {
        const old = this.get(kind, name);
        const at = { ...this.#at(kind, name), id: old.id };
        const given = { ...old.inputs, ...change };
        const { inputs, refusals } = this.#cloud.check(at, given, old.inputs);
        if (refusals.length > 0) throw new Error(refusals.map(({ reason }) => reason).join("; "));
        const { instance } = this.#cloud.update(at, { inputs, secrets: [] }, old);
        this.#made.set(`${kind} ${name}`, instance);
        return instance;
    }

    drop(kind: string, name: string): void {
        const { id } = this.get(kind, name);
        const gone = this.#cloud.delete({ ...this.#at(kind, name), id });
        if (gone) this.#store.vanishAll(gone.until);
    }

    get(kind: string, name: string): Instance {
        const found = this.#made.get(`${kind} ${name}`);
        assert.ok(found, `${kind} ${name}`);
        return found;
    }

    stands(kind: string, name: string): boolean {
        const { id } = this.get(kind, name);
        return this.#cloud.read({ ...this.#at(kind, name), id }) !== undefined;
    }

    id(kind: string, name: string): string {
        return this.get(kind, name).id;
    }

    arn(kind: string, name: string): string {
        return String(this.get(kind, name).outputs["arn"]);
    }

    invoke(name: string, args: Properties = {}): Properties {
        return this.#cloud.invoke(name, args);
    }

    #at(kind: string, name: string) {
        const type = token(kind);
        return { type, urn: `urn:pulumi:s::p::${type}::${name}` };
    }
}

const trust = (service: string, ...actions: string[]): Properties => ({
    assumeRolePolicy: JSON.stringify({
        Statement: [
            {
                Effect: "Allow",
                Principal: { Service: service },
                Action: actions.length > 0 ? actions : "sts:AssumeRole",
            },
        ],
    }),
});

const keyPolicy = (...more: Properties[]): string =>
    JSON.stringify({
        Statement: [
            { Effect: "Allow", Principal: { AWS: `${ARN}:root` }, Action: "kms:*", Resource: "*" },
            ...more,
        ],
    });

/** A VPC with two subnets that lead out, roles, and what else a cluster and a database want. */
function prepared(): Account {
    const account = new Account();
    account.make("Vpc", "net", { cidrBlock: "10.0.0.0/16", enableDnsHostnames: true });
    const vpcId = account.id("Vpc", "net");
    for (const [index, zone] of ["a", "b"].entries()) {
        const availabilityZone = `eu-central-1${zone}`;
        account.make("Subnet", zone, { vpcId, cidrBlock: `10.0.${index}.0/24`, availabilityZone });
    }
    account.make("InternetGateway", "out", { vpcId });
    account.make("RouteTable", "table", { vpcId });
    const routeTableId = account.id("RouteTable", "table");
    const gatewayId = account.id("InternetGateway", "out");
    account.make("Route", "out", { routeTableId, destinationCidrBlock: "0.0.0.0/0", gatewayId });
    for (const zone of ["a", "b"]) {
        account.make("RouteTableAssociation", zone, {
            routeTableId,
            subnetId: account.id("Subnet", zone),
        });
    }
    account.make("Key", "key", { policy: keyPolicy() });
    account.make("Role", "cluster", trust("eks.amazonaws.com"));
    account.make("Role", "nodes", trust("ec2.amazonaws.com"));
    account.make(
        "Role",
        "pods",
        trust("pods.eks.amazonaws.com", "sts:AssumeRole", "sts:TagSession"),
    );
    account.make("Role", "monitoring", trust("monitoring.rds.amazonaws.com"));
    account.make("SecurityGroup", "nodes", { vpcId });
    return account;
}

const subnets = (account: Account) => ["a", "b"].map((zone) => account.id("Subnet", zone));

const clusterInputs = (account: Account): Properties => ({
    name: "c",
    version: "1.36",
    roleArn: account.arn("Role", "cluster"),
    vpcConfig: { subnetIds: subnets(account), endpointPrivateAccess: true },
    accessConfig: { authenticationMode: "API" },
    bootstrapSelfManagedAddons: false,
});

/** With a cluster that has its network plugin. */
function withCluster(): Account {
    const account = prepared();
    account.make("Cluster", "c", clusterInputs(account));
    account.make("Addon", "cni", { clusterName: "c", addonName: "vpc-cni" });
    return account;
}

const groupInputs = (account: Account): Properties => ({
    clusterName: "c",
    nodeRoleArn: account.arn("Role", "nodes"),
    subnetIds: subnets(account),
    scalingConfig: { minSize: 1, maxSize: 3, desiredSize: 1 },
});

const databaseInputs = (account: Account): Properties => ({
    identifier: "db",
    engine: "postgres",
    engineVersion: "17",
    instanceClass: "db.t4g.micro",
    storageType: "gp3",
    allocatedStorage: 20,
    username: "dbadmin",
    password: "a-long-password",
    skipFinalSnapshot: true,
    dbSubnetGroupName: account.id("SubnetGroup", "db"),
    parameterGroupName: account.id("ParameterGroup", "db"),
    vpcSecurityGroupIds: [account.id("SecurityGroup", "nodes")],
});

function withDatabase(change: Properties = {}): Account {
    const account = prepared();
    account.make("SubnetGroup", "db", { subnetIds: subnets(account) });
    account.make("ParameterGroup", "db", { family: "postgres17" });
    account.make("Instance", "db", { ...databaseInputs(account), ...change });
    return account;
}

/** The words for what replaces a resource. */
const replaces = (kind: string, olds: Properties, news: Properties): boolean =>
    diffInputs(aws.types[token(kind)] ?? {}, olds, news).some((change) => change.replaces);

describe("the simulated AWS network", () => {
    it("gives ids, ARNs and a default security group as EC2 does", () => {
        const { id, outputs } = prepared().get("Vpc", "net");
        assert.match(id, /^vpc-0[0-9a-f]{16}$/);
        assert.equal(outputs["arn"], `arn:aws:ec2:eu-central-1:123456789012:vpc/${id}`);
        assert.match(String(outputs["defaultSecurityGroupId"]), /^sg-0[0-9a-f]{16}$/);
    });

    for (const cidrBlock of ["10.0.0.0/15", "10.0.0.0/29", "10.0.0.1/16", "10.0.0.0"]) {
        it(`rejects a VPC of ${cidrBlock}`, () => {
            assert.throws(() => new Account().make("Vpc", "v", { cidrBlock }), {
                message: `api error InvalidVpc.Range: The CIDR '${cidrBlock}' is invalid.`,
            });
        });
    }

    it("rejects a subnet outside its VPC, over another, or in another region's zone", () => {
        const account = prepared();
        const vpcId = account.id("Vpc", "net");
        const make = (change: Properties) => () =>
            account.make("Subnet", "x", { vpcId, ...change });
        assert.throws(
            make({ cidrBlock: "10.1.0.0/24" }),
            /InvalidSubnet\.Range: The CIDR '10\.1\.0\.0\/24'/,
        );
        assert.throws(
            make({ cidrBlock: "10.0.0.0/23" }),
            /InvalidSubnet\.Conflict: The CIDR '10\.0\.0\.0\/23'/,
        );
        assert.throws(
            make({ cidrBlock: "10.0.9.0/24", availabilityZone: "eu-west-1a" }),
            /Value \(eu-west-1a\) for parameter availabilityZone is invalid/,
        );
        assert.match(make({ cidrBlock: "10.0.9.0/24" })().id, /^subnet-0/);
    });

    it("rejects a subnet of a VPC that is not there", () => {
        const given = { vpcId: "vpc-0", cidrBlock: "10.0.0.0/24" };
        assert.throws(() => new Account().make("Subnet", "x", given), {
            message: "api error InvalidvpcID.NotFound: The vpc ID 'vpc-0' does not exist",
        });
    });

    it("rejects a NAT gateway before the Internet gateway, and an address used twice", () => {
        const account = new Account();
        const vpcId = account.make("Vpc", "v", { cidrBlock: "10.0.0.0/16" }).id;
        const subnetId = account.make("Subnet", "s", { vpcId, cidrBlock: "10.0.0.0/24" }).id;
        const allocationId = account.make("Eip", "e", { domain: "vpc" }).id;
        const make = (name: string) => () =>
            account.make("NatGateway", name, { subnetId, allocationId });
        assert.throws(make("one"), /has no Internet gateway attached/);
        account.make("InternetGateway", "i", { vpcId });
        assert.match(make("one")().id, /^nat-0/);
        assert.throws(make("two"), /is already associated/);
        assert.throws(() => account.drop("InternetGateway", "i"), /has some mapped public address/);
        assert.throws(() => account.drop("Eip", "e"), /DependencyViolation/);
    });

    it("rejects a second default route, and a second table for a subnet", () => {
        const account = prepared();
        const { routeTableId, gatewayId } = account.get("Route", "out").inputs;
        const route = { routeTableId, gatewayId, destinationCidrBlock: "0.0.0.0/0" } as Properties;
        assert.throws(() => account.make("Route", "again", route), /RouteAlreadyExists/);
        const bound = { routeTableId: routeTableId ?? "", subnetId: account.id("Subnet", "a") };
        assert.throws(
            () => account.make("RouteTableAssociation", "again", bound),
            /Resource\.AlreadyAssociated/,
        );
    });

    it("rejects private names for an endpoint in a VPC without host names", () => {
        const account = new Account();
        const vpcId = account.make("Vpc", "v", { cidrBlock: "10.0.0.0/16" }).id;
        const given = {
            vpcId,
            serviceName: "com.amazonaws.eu-central-1.sts",
            vpcEndpointType: "Interface",
            privateDnsEnabled: true,
        };
        assert.throws(
            () => account.make("VpcEndpoint", "e", given),
            /requires both enableDnsSupport/,
        );
        const other = { ...given, serviceName: "com.amazonaws.us-east-1.sts" };
        assert.throws(() => account.make("VpcEndpoint", "e", other), /InvalidServiceName/);
    });

    it("refuses to delete a VPC with anything in it, and a group that something names", () => {
        const account = prepared();
        assert.throws(() => account.drop("Vpc", "net"), /DependencyViolation/);
        const vpcId = account.id("Vpc", "net");
        const other = account.make("SecurityGroup", "db", { vpcId }).id;
        account.make("SecurityGroupIngressRule", "r", {
            securityGroupId: other,
            referencedSecurityGroupId: account.id("SecurityGroup", "nodes"),
            ipProtocol: "tcp",
            fromPort: 5432,
            toPort: 5432,
        });
        assert.throws(() => account.drop("SecurityGroup", "nodes"), /DependencyViolation/);
        account.drop("SecurityGroupIngressRule", "r");
        account.drop("SecurityGroup", "nodes");
        assert.equal(account.stands("SecurityGroup", "nodes"), false);
    });

    it("rejects a rule from nowhere, from everywhere at once, and one that stands", () => {
        const account = prepared();
        const rule = {
            securityGroupId: account.id("SecurityGroup", "nodes"),
            ipProtocol: "tcp",
            fromPort: 443,
            toPort: 443,
        };
        const make = (change: Properties) => () =>
            account.make("SecurityGroupIngressRule", "r", { ...rule, ...change });
        assert.throws(make({}), /must be specified, got 0/);
        assert.throws(make({ cidrIpv4: "banana" }), /CIDR block banana is malformed/);
        make({ cidrIpv4: "10.0.0.0/8" })();
        const twin = () =>
            account.make("SecurityGroupIngressRule", "twin", { ...rule, cidrIpv4: "10.0.0.0/8" });
        assert.throws(twin, /InvalidPermission\.Duplicate/);
    });

    it("makes anew what cannot be changed", () => {
        assert.ok(replaces("Vpc", { cidrBlock: "10.0.0.0/16" }, { cidrBlock: "10.1.0.0/16" }));
        assert.ok(!replaces("Vpc", { enableDnsHostnames: true }, { enableDnsHostnames: false }));
        assert.ok(replaces("Subnet", { availabilityZone: "a" }, { availabilityZone: "b" }));
    });

    it("counts a launch template's versions", () => {
        const account = prepared();
        assert.equal(account.make("LaunchTemplate", "t", {}).outputs["latestVersion"], 1);
        assert.equal(account.change("LaunchTemplate", "t", {}).outputs["latestVersion"], 1);
        const changed = account.change("LaunchTemplate", "t", { userData: "eA==" });
        assert.equal(changed.outputs["latestVersion"], 2);
    });
});

describe("the simulated AWS identities, keys and logs", () => {
    it("rejects a trust policy with a resource, or with a role that is not there", () => {
        const policy = (statement: Properties) =>
            JSON.stringify({
                Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", ...statement }],
            });
        const make = (statement: Properties) => () =>
            new Account().make("Role", "r", { assumeRolePolicy: policy(statement) });
        assert.throws(make({ Principal: "*", Resource: "*" }), /Has prohibited field Resource/);
        assert.throws(make({}), /Missing required field Principal/);
        assert.throws(
            make({ Principal: { AWS: `${ARN}:role/ghost` } }),
            /Invalid principal in policy/,
        );
        assert.equal(
            make({ Principal: "*" })().outputs["arn"],
            `${ARN}:role/${make({ Principal: "*" })().id}`,
        );
    });

    it("rejects a policy without resources, and a managed one that does not exist", () => {
        const account = prepared();
        const role = account.id("Role", "nodes");
        const policy = JSON.stringify({ Statement: [{ Effect: "Allow", Action: "s3:*" }] });
        assert.throws(
            () => account.make("RolePolicy", "p", { role, policy }),
            /must contain actions and resources/,
        );
        const policyArn = "arn:aws:iam::aws:policy/AmazonEKSClusterPolice";
        assert.throws(
            () => account.make("RolePolicyAttachment", "p", { role, policyArn }),
            /NoSuchEntity/,
        );
    });

    it("refuses to delete a role with policies", () => {
        const account = prepared();
        const role = account.id("Role", "nodes");
        const policyArn = "arn:aws:iam::aws:policy/AmazonEKSWorkerNodePolicy";
        account.make("RolePolicyAttachment", "p", { role, policyArn });
        assert.throws(() => account.drop("Role", "nodes"), {
            message:
                "api error DeleteConflict: Cannot delete entity, must detach all policies first.",
        });
        account.drop("RolePolicyAttachment", "p");
        account.drop("Role", "nodes");
    });

    it("rejects a key that nobody could manage, and a window of three days", () => {
        const policy = JSON.stringify({ Statement: [] });
        const make = (given: Properties) => () => new Account().make("Key", "k", given);
        assert.throws(make({ policy }), /will not allow you to update the key policy/);
        assert.throws(
            make({ policy: keyPolicy(), deletionWindowInDays: 3 }),
            /range \(7 - 30\), got 3/,
        );
    });

    it("rejects an alias that is taken, or that has no prefix", () => {
        const account = prepared();
        const targetKeyId = account.id("Key", "key");
        account.make("Alias", "a", { name: "alias/a", targetKeyId });
        const make = (name: string) => () => account.make("Alias", "b", { name, targetKeyId });
        assert.throws(make("alias/a"), /An alias with the name alias\/a already exists/);
        assert.throws(make("a"), /name must begin with "alias\/"/);
    });

    it("rejects an encrypted log group whose key does not know CloudWatch Logs", () => {
        const account = prepared();
        const kmsKeyId = account.arn("Key", "key");
        const make = (key: string, name: string) => () =>
            account.make("LogGroup", name, { name, kmsKeyId: key });
        assert.throws(make(kmsKeyId, "/aws/eks/c/cluster"), /is not allowed to be used with Arn/);
        const condition = {
            ArnLike: {
                "kms:EncryptionContext:aws:logs:arn":
                    "arn:aws:logs:eu-central-1:123456789012:log-group:/aws/eks/*",
            },
        };
        const policy = keyPolicy({
            Effect: "Allow",
            Principal: { Service: "logs.eu-central-1.amazonaws.com" },
            Action: "kms:Encrypt",
            Resource: "*",
            Condition: condition,
        });
        account.make("Key", "logs", { policy });
        const good = account.arn("Key", "logs");
        assert.equal(make(good, "/aws/eks/c/cluster")().id, "/aws/eks/c/cluster");
        assert.throws(make(good, "/other"), /is not allowed to be used with Arn/);
    });

    it("rejects a log group that a service had to make itself, and a retention that is none", () => {
        const account = withCluster();
        const name = "/aws/eks/c/cluster";
        assert.throws(
            () => account.make("LogGroup", "g", { name }),
            /ResourceAlreadyExistsException/,
        );
        const given = { name: "/x", retentionInDays: 45 };
        assert.throws(() => account.make("LogGroup", "g", given), /retention_in_days to be one of/);
    });
});

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

describe("the simulated RDS", () => {
    const refused: readonly [string, Properties, RegExp][] = [
        ["storage below 20 GiB", { allocatedStorage: 10 }, /Invalid storage size .*: 10$/],
        ["a ceiling too near", { maxAllocatedStorage: 21 }, /by at least 10%/],
        ["backups beyond 35 days", { backupRetentionPeriod: 36 }, /range \(0 - 35\), got 36/],
        [
            "the reserved name admin (G1.27)",
            { username: "admin" },
            /MasterUsername admin cannot be used/,
        ],
        ["a password with a slash (G1.7)", { password: "pass/word" }, /Only printable ASCII/],
        ["a short password", { password: "short" }, /not between 8 and 128/],
        ["a version it does not have", { engineVersion: "13" }, /Cannot find version 13/],
        [
            "windows that overlap (G1.28)",
            { backupWindow: "03:30-04:30", maintenanceWindow: "Sun:04:00-Sun:05:00" },
            /must not overlap/,
        ],
        [
            "an end without snapshot or word",
            { skipFinalSnapshot: false },
            /final_snapshot_identifier is required/,
        ],
        [
            "monitoring without a role",
            { monitoringInterval: 60 },
            /MonitoringRoleARN value is required/,
        ],
        [
            "another version's parameters",
            { engineVersion: "16" },
            /DBParameterGroupFamily postgres17 can't be used/,
        ],
        ["an identifier in capitals", { identifier: "Db" }, /only lowercase alphanumeric/],
    ];
    for (const [title, change, words] of refused) {
        it(`rejects ${title}`, () => {
            assert.throws(() => withDatabase(change), words);
        });
    }

    it("gives an address, and an id that outlives renaming", () => {
        const { id, outputs } = withDatabase().get("Instance", "db");
        assert.match(id, /^db-[A-Z2-7]{26}$/);
        assert.match(
            String(outputs["address"]),
            /^db\.[a-z0-9]{12}\.eu-central-1\.rds\.amazonaws\.com$/,
        );
    });

    it("rejects a subnet group in one zone, and a security group of another VPC", () => {
        const account = prepared();
        const subnetIds = [account.id("Subnet", "a")];
        assert.throws(() => account.make("SubnetGroup", "db", { subnetIds }), /at least 2 AZs/);
        account.make("SubnetGroup", "db", { subnetIds: subnets(account) });
        account.make("ParameterGroup", "db", { family: "postgres17" });
        const vpcId = account.make("Vpc", "other", { cidrBlock: "10.9.0.0/16" }).id;
        const stray = account.make("SecurityGroup", "stray", { vpcId }).id;
        const given = { ...databaseInputs(account), vpcSecurityGroupIds: [stray] };
        assert.throws(() => account.make("Instance", "db", given), /are in different VPCs/);
    });

    it("grows and upgrades, and never the other way", () => {
        const account = withDatabase();
        const change = (given: Properties) => () => account.change("Instance", "db", given);
        assert.equal(change({ allocatedStorage: 50 })().outputs["allocatedStorage"], 50);
        assert.throws(change({ allocatedStorage: 20 }), /cannot be less than the current 50/);
        const old = account.make("ParameterGroup", "old", { family: "postgres16" }).id;
        const back = { engineVersion: "16", parameterGroupName: old };
        assert.throws(change(back), /Cannot upgrade postgres from 17 to 16/);
    });

    it("refuses to delete a protected server, and the groups under a standing one", () => {
        const account = withDatabase({ deletionProtection: true });
        assert.throws(() => account.drop("Instance", "db"), /Cannot delete protected DB Instance/);
        const words = /InvalidDBSubnetGroupStateFault: .* is still using it/;
        assert.throws(() => account.drop("SubnetGroup", "db"), words);
        assert.throws(() => account.drop("ParameterGroup", "db"), /InvalidDBParameterGroupState/);
        account.change("Instance", "db", { deletionProtection: false });
        account.drop("Instance", "db");
        account.drop("SubnetGroup", "db");
    });

    it("makes a server anew for another user, name or key, and resizes in place", () => {
        for (const key of ["username", "dbName", "kmsKeyId"]) {
            assert.ok(replaces("Instance", { [key]: "a" }, { [key]: "b" }), key);
        }
        assert.ok(!replaces("Instance", { instanceClass: "a" }, { instanceClass: "b" }));
    });
});

describe("the simulated ECR and Secrets Manager", () => {
    it("rejects a repository's name in capitals, and a tag setting that does not exist", () => {
        const make = (given: Properties) => () => new Account().make("Repository", "r", given);
        assert.throws(make({ name: "Web" }), /name/);
        assert.throws(make({ name: "web", imageTagMutability: "FIXED" }), /got FIXED/);
        assert.equal(
            make({ name: "team/web" })().outputs["repositoryUrl"],
            "123456789012.dkr.ecr.eu-central-1.amazonaws.com/team/web",
        );
    });

    it("rejects a rule for any image that does not come last", () => {
        const account = new Account();
        const repository = account.make("Repository", "r", { name: "web" }).id;
        const policy = JSON.stringify({
            rules: [
                { rulePriority: 1, selection: { tagStatus: "any" } },
                { rulePriority: 2, selection: { tagStatus: "untagged" } },
            ],
        });
        const make = () => account.make("LifecyclePolicy", "l", { repository, policy });
        assert.throws(make, /tagStatus ANY must have the highest value/);
    });

    it("gives a secret's ARN six more characters, and takes its versions along", () => {
        const account = new Account();
        const { id } = account.make("Secret", "s", { name: "site/key" });
        assert.match(
            id,
            /^arn:aws:secretsmanager:eu-central-1:123456789012:secret:site\/key-[A-Za-z]{6}$/,
        );
        account.make("SecretVersion", "v", { secretId: id, secretString: "{}" });
        account.drop("Secret", "s");
        assert.equal(account.stands("SecretVersion", "v"), false);
    });

    it("rejects a recovery window of three days, and a name that is taken", () => {
        const account = new Account();
        const make = (change: Properties) => () =>
            account.make("Secret", "s", { name: "a", ...change });
        assert.throws(make({ recoveryWindowInDays: 3 }), /range \(7 - 30\), got 3/);
        make({})();
        assert.throws(() => account.make("Secret", "t", { name: "a" }), /ResourceExistsException/);
    });

    it("refuses to delete a secret whose policy denies it", () => {
        const account = new Account();
        const policy = JSON.stringify({
            Statement: [{ Effect: "Deny", Principal: "*", Action: "secretsmanager:DeleteSecret" }],
        });
        account.make("Secret", "s", { name: "a", policy });
        assert.throws(() => account.drop("Secret", "s"), /with an explicit deny/);
    });
});

describe("the simulated AWS provider", () => {
    it("reads account and region out of its configuration, and asks to move for another", () => {
        const config = { region: "eu-central-1", allowedAccountIds: '["210987654321"]' };
        assert.deepEqual(aws.scope(config), { account: "210987654321", region: "eu-central-1" });
        assert.equal(aws.moves?.(config, { ...config, region: "eu-west-1" }), true);
        assert.equal(aws.moves?.(config, { ...config, region: UNKNOWN }), false);
        assert.equal(aws.moves?.(config, config), false);
    });

    it("rejects a region that is none", () => {
        assert.deepEqual(aws.checkConfig?.({ region: "westeurope" }), [
            { property: "region", reason: "Invalid AWS Region: westeurope" },
        ]);
        assert.deepEqual(aws.checkConfig?.({ region: "eu-central-1" }), []);
    });

    it("tells who calls, and the role behind the session with its path", () => {
        const account = new Account();
        const { arn } = account.invoke("aws:index/getCallerIdentity:getCallerIdentity");
        const context = account.invoke("aws:iam/getSessionContext:getSessionContext", {
            arn: arn ?? "",
        });
        assert.equal(arn, "arn:aws:sts::123456789012:assumed-role/deployer/pulumi");
        assert.equal(context["issuerArn"], `${ARN}:role/platform/deployer`);
        const user = account.invoke("aws:iam/getSessionContext:getSessionContext", {
            arn: `${ARN}:user/me`,
        });
        assert.equal(user["issuerArn"], `${ARN}:user/me`);
    });

    it("knows the region's zones, and leaves out what it is told to", () => {
        const ask = (region: string, args: Properties) =>
            aws.invokes["aws:index/getAvailabilityZones:getAvailabilityZones"]?.(
                args,
                { ...SCOPE, region },
                { all: () => [], find: () => undefined },
            )["names"];
        assert.deepEqual(ask("eu-central-1", {}), [
            "eu-central-1a",
            "eu-central-1b",
            "eu-central-1c",
        ]);
        const some = ask("us-east-1", { excludeZoneIds: ["use1-az3"] }) as string[];
        assert.equal(some.length, 5);
        assert.ok(!some.includes("us-east-1b"));
    });

    it("recommends a version for each add-on, and none for what it does not know", () => {
        const account = new Account();
        const ask = (addonName: string, kubernetesVersion: string) =>
            account.invoke("aws:eks/getAddonVersion:getAddonVersion", {
                addonName,
                kubernetesVersion,
            });
        assert.match(String(ask("vpc-cni", "1.36")["version"]), /^v\d+\.\d+\.\d+-eksbuild\.\d+$/);
        assert.throws(() => ask("nginx", "1.36"), /couldn't find resource/);
        assert.throws(() => ask("vpc-cni", "1.28"), /couldn't find resource/);
    });

    it("lets values through that are not known yet", () => {
        for (const [type, rule] of Object.entries(aws.types)) {
            const inputs = Object.fromEntries(
                [
                    ...(rule.required ?? []),
                    ...(rule.immutable ?? []),
                    "policy",
                    "scalingConfig",
                ].map((path) => [path.split(/[.[]/)[0] ?? "", UNKNOWN]),
            );
            const draft = {
                type,
                urn: "urn",
                logicalName: "x",
                scope: SCOPE,
                inputs: { ...rule.defaults, skipFinalSnapshot: true, cidrIpv4: UNKNOWN, ...inputs },
                random: (length: number) => "0".repeat(length),
            };
            assert.deepEqual(rule.check?.(draft) ?? [], [], type);
        }
    });
});
