import * as pulumi from "@pulumi/pulumi";
import { LogGroup } from "@pulumi/aws/cloudwatch/logGroup.js";
import type { ReplicationGroupArgs } from "@pulumi/aws/elasticache/replicationGroup.js";
import { ReplicationGroup } from "@pulumi/aws/elasticache/replicationGroup.js";
import { SubnetGroup } from "@pulumi/aws/elasticache/subnetGroup.js";
import { RandomId } from "@pulumi/random/randomId.js";
import { RandomPassword } from "@pulumi/random/randomPassword.js";
import type { Cache, CacheArgs } from "../contracts/cache.ts";
import { PASSWORD_FORM } from "../contracts/database.ts";
import type { Destination } from "../contracts/destination.ts";
import type { SecretReference } from "../contracts/secret-store.ts";
import { refuse } from "../lib/errors.ts";
import { ENGINE, cacheParameters } from "./cache-parameters.ts";
import { EncryptionKey } from "./encryption-key.ts";
import type { AwsFoundation } from "./foundation.ts";
import { AWS_SERVICE_LIMITS } from "./limits.ts";
import { nameProblems } from "./name-problems.ts";
import type { AwsNetwork } from "./network.ts";
import type { AwsSecretStore } from "./secret-store.ts";
import { CACHE_CLASSES } from "./sizes.ts";
import { storeGroup, storeSubnets } from "./store-network.ts";
import { CACHE_PORT } from "./subnets.ts";

/** A cache's arguments on AWS. */
export interface AwsCacheArgs extends CacheArgs {
    readonly foundation: AwsFoundation;
    readonly network: AwsNetwork;
    readonly secretStore: AwsSecretStore;
}

/** Valkey from the nodes. */
const VALKEY = { kind: "Cache", protocol: "Valkey", port: CACHE_PORT } as const;

/** 03:00 UTC, before maintenance, as for databases (G1.28). */
const SNAPSHOT_WINDOW = "03:00-04:00";

/** Sunday 04:00 UTC, as for databases, in ElastiCache's words. */
const MAINTENANCE_WINDOW = "sun:04:00-sun:05:00";

/** How many days snapshots are kept of what holds more than copies. */
const SNAPSHOT_DAYS = 7;

/** The logs that Valkey can send to CloudWatch. */
const LOGS = ["engine-log", "slow-log"] as const;

/**
 * A Valkey 8 on ElastiCache in the subnets without any route out, reachable from the site's nodes only, over TLS and with a
 * password.
 *
 * It is encrypted with its own key, and its logs are kept as long as the network's flow logs. With `eviction: none` it is
 * a store rather than a cache: snapshots are then taken every day and kept for 7 days, and a deleted one leaves a last
 * snapshot, for which its key can be brought back for 30 days. Under deletion protection, changes that restart it wait for
 * the maintenance window; else they happen at once.
 *
 * Costs about 22 USD a month for each small node, 120 for a medium and 240 for a large one (two nodes with
 * `highAvailability`), and 1 USD for the key.
 */
export class AwsCache extends pulumi.ComponentResource implements Cache {
    readonly credentials: SecretReference;
    readonly destinations: readonly Destination[];

    constructor(name: string, args: AwsCacheArgs, opts?: pulumi.ComponentResourceOptions) {
        super("platform:aws:Cache", name, {}, opts);
        refuse(this, name, nameProblems(AWS_SERVICE_LIMITS.names.cache, name));
        const { network } = args;
        const within = { parent: this };
        const password = new RandomPassword(`${name}-password`, TOKEN_FORM, within).result;
        const group = new ReplicationGroup(
            name,
            {
                ...settings(name, args),
                ...encryption(name, args, this),
                ...snapshots(name, args, this),
                authToken: password,
                logDeliveryConfigurations: logDeliveries(name, network, this),
                subnetGroupName: new SubnetGroup(name, storeSubnets(name, network), within).name,
                parameterGroupName: cacheParameters(name, args.eviction, this).name,
                securityGroupIds: [storeGroup(name, network, VALKEY, this).id],
            },
            { ...within, protect: args.deletionProtection },
        );
        const cidrs = Object.values(network.plan.database);
        this.destinations = [{ cidrs, ports: [CACHE_PORT] }];
        const host = group.primaryEndpointAddress;
        this.credentials = args.secretStore.put(`${name}-credentials`, document(host, password));
        this.registerOutputs({ host });
    }
}

/**
 * What the password is made of: ElastiCache takes few symbols, of which only the hyphen means nothing in a URL.
 *
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/auth.html
 */
const TOKEN_FORM = { ...PASSWORD_FORM, overrideSpecial: "-" } as const;

/** What goes into the secret store. Amazon's certificate authority is one that every image trusts, so none is in it. */
function document(host: pulumi.Output<string>, password: pulumi.Output<string>) {
    const port = String(CACHE_PORT);
    const url = pulumi.interpolate`rediss://:${password}@${host}:${port}`;
    return { host, port, password, url };
}

/** What the cache is set to. */
function settings(name: string, args: AwsCacheArgs): ReplicationGroupArgs {
    const { highAvailability } = args;
    return {
        replicationGroupId: name,
        description: `Cache ${name}`,
        ...ENGINE,
        autoMinorVersionUpgrade: true,
        applyImmediately: !args.deletionProtection,
        nodeType: CACHE_CLASSES[args.size],
        numCacheClusters: highAvailability ? 2 : 1,
        automaticFailoverEnabled: highAvailability,
        multiAzEnabled: highAvailability,
        port: CACHE_PORT,
        transitEncryptionEnabled: true,
        transitEncryptionMode: "required",
        maintenanceWindow: MAINTENANCE_WINDOW,
        tags: { Name: name },
    };
}

/** True if what it holds cannot be had again from elsewhere. */
function isStore({ eviction }: Pick<CacheArgs, "eviction">): boolean {
    return eviction === "none";
}

/** Encrypts memory that is written to disk, and snapshots, with one key of the cache's own. */
function encryption(
    name: string,
    args: AwsCacheArgs,
    parent: pulumi.Resource,
): Pick<ReplicationGroupArgs, "atRestEncryptionEnabled" | "kmsKeyId"> {
    const { arn } = new EncryptionKey(
        name,
        {
            account: args.foundation.account,
            description: `Cache ${name}`,
            alias: `${name}/cache`,
            deletionProtection: args.deletionProtection,
            recoverable: isStore(args),
        },
        { parent },
    );
    return { atRestEncryptionEnabled: true, kmsKeyId: arn };
}

/** Snapshots of a store, with a last one whose name has a random tail that stays for its life, like a database's. */
function snapshots(
    name: string,
    args: AwsCacheArgs,
    parent: pulumi.Resource,
): Pick<
    ReplicationGroupArgs,
    "snapshotRetentionLimit" | "snapshotWindow" | "finalSnapshotIdentifier"
> {
    if (!isStore(args)) return { snapshotRetentionLimit: 0 };
    const tail = new RandomId(`${name}-final`, { byteLength: 4 }, { parent });
    return {
        snapshotRetentionLimit: SNAPSHOT_DAYS,
        snapshotWindow: SNAPSHOT_WINDOW,
        finalSnapshotIdentifier: pulumi.interpolate`${name}-final-${tail.hex}`,
    };
}

/**
 * Where the logs go. The slow one holds the arguments of commands, so it is encrypted and ends like the others.
 *
 * Under `/aws/vendedlogs`, one statement of CloudWatch's own resource policy lets ElastiCache write; elsewhere each group
 * takes some of the policy's 5,120 characters.
 */
function logDeliveries(name: string, network: AwsNetwork, parent: pulumi.Resource) {
    return LOGS.map((logType) => {
        const group = new LogGroup(
            `${name}-${logType}`,
            {
                name: `/aws/vendedlogs/elasticache/${name}/${logType}`,
                retentionInDays: network.logDays,
                kmsKeyId: network.logKeyArn,
                tags: { Name: `${name}-${logType}` },
            },
            { parent },
        );
        return {
            destination: group.name,
            destinationType: "cloudwatch-logs",
            logFormat: "json",
            logType,
        };
    });
}
