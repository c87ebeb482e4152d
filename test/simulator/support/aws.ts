import assert from "node:assert/strict";

import { Cloud } from "../../../simulator/cloud.ts";
import { diffInputs } from "../../../simulator/diff.ts";
import { Store } from "../../../simulator/store.ts";
import type { Instance, Properties } from "../../../simulator/table.ts";
import { aws } from "../../../simulator/types/aws.ts";

export const SCOPE = { account: "123456789012", region: "eu-central-1" };
export const ARN = `arn:aws:iam::${SCOPE.account}`;

/** The tokens of the types, by their last part; the first in the table where several services have one of that name. */
export const TOKENS = new Map(
    Object.keys(aws.types)
        .map((token) => [token.split(":")[2], token] as const)
        .reverse(),
);

/** A type's token, by its last part or by itself. */
export function token(kind: string): string {
    const found = kind in aws.types ? kind : TOKENS.get(kind);
    assert.ok(found, kind);
    return found;
}

/** An AWS account in which everything is done at once. Types go by the last part of their token. */
export class Account {
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

export const trust = (service: string, ...actions: string[]): Properties => ({
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

export const keyPolicy = (...more: Properties[]): string =>
    JSON.stringify({
        Statement: [
            { Effect: "Allow", Principal: { AWS: `${ARN}:root` }, Action: "kms:*", Resource: "*" },
            ...more,
        ],
    });

/** A VPC with two subnets that lead out, roles, and what else a cluster and a database want. */
export function prepared(): Account {
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

export const subnets = (account: Account) => ["a", "b"].map((zone) => account.id("Subnet", zone));

export const clusterInputs = (account: Account): Properties => ({
    name: "c",
    version: "1.36",
    roleArn: account.arn("Role", "cluster"),
    vpcConfig: { subnetIds: subnets(account), endpointPrivateAccess: true },
    accessConfig: { authenticationMode: "API" },
    bootstrapSelfManagedAddons: false,
});

/** With a cluster that has its network plugin. */
export function withCluster(): Account {
    const account = prepared();
    account.make("Cluster", "c", clusterInputs(account));
    account.make("Addon", "cni", { clusterName: "c", addonName: "vpc-cni" });
    return account;
}

export const groupInputs = (account: Account): Properties => ({
    clusterName: "c",
    nodeRoleArn: account.arn("Role", "nodes"),
    subnetIds: subnets(account),
    scalingConfig: { minSize: 1, maxSize: 3, desiredSize: 1 },
});

export const databaseInputs = (account: Account): Properties => ({
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

export function withDatabase(change: Properties = {}): Account {
    const account = prepared();
    account.make("SubnetGroup", "db", { subnetIds: subnets(account) });
    account.make("ParameterGroup", "db", { family: "postgres17" });
    account.make("Instance", "db", { ...databaseInputs(account), ...change });
    return account;
}

/** The words for what replaces a resource. */
export const replaces = (kind: string, olds: Properties, news: Properties): boolean =>
    diffInputs(aws.types[token(kind)] ?? {}, olds, news).some((change) => change.replaces);
