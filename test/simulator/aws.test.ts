import assert from "node:assert/strict";

import { UNKNOWN, type Properties } from "../../simulator/table.ts";
import { aws } from "../../simulator/types/aws.ts";
import { SCOPE, ARN, Account, keyPolicy, prepared, withCluster, replaces } from "./support/aws.ts";

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
                inputs: {
                    ...rule.defaults,
                    ...{ skipFinalSnapshot: true, cidrIpv4: UNKNOWN },
                    ...{ records: UNKNOWN, ttl: UNKNOWN },
                    ...inputs,
                },
                random: (length: number) => "0".repeat(length),
            };
            assert.deepEqual(rule.check?.(draft) ?? [], [], type);
        }
    });
});

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
