import { Database } from "@pulumi/azure-native/redisenterprise/database.js";
import { listDatabaseKeysOutput } from "@pulumi/azure-native/redisenterprise/listDatabaseKeys.js";
import { RedisEnterprise } from "@pulumi/azure-native/redisenterprise/redisEnterprise.js";
import * as pulumi from "@pulumi/pulumi";
import type { Cache, CacheArgs, Eviction } from "../contracts/cache.ts";
import type { Destination } from "../contracts/destination.ts";
import type { SecretReference } from "../contracts/secret-store.ts";
import type { AzureFoundation } from "./foundation.ts";
import { sendLogs } from "./logs.ts";
import type { AzureNetwork } from "./network.ts";
import { privateLink } from "./private-link.ts";
import type { AzureSecretStore } from "./secret-store.ts";
import { CACHE_SKUS } from "./sizes.ts";

export interface AzureCacheArgs extends CacheArgs {
    readonly foundation: AzureFoundation;
    readonly network: AzureNetwork;
    readonly secretStore: AzureSecretStore;
}

/** Where Azure Managed Redis listens. */
const PORT = 10000;

const EVICTION = {
    "least-recently-used": "AllKeysLRU",
    none: "NoEviction",
} as const satisfies Record<Eviction, string>;

/** A store is written down every six hours, on disks that Azure does not charge for; a cache begins empty. */
function persistence(eviction: Eviction) {
    return eviction === "none"
        ? { aofEnabled: false, rdbEnabled: true, rdbFrequency: "6h" }
        : { aofEnabled: false, rdbEnabled: false };
}

/**
 * An Azure Managed Redis with a private endpoint as its only way in, which it gets in every network: it has no firewall
 * that could let in nothing but nodes.
 *
 * Keys are not divided among shards, so that clients need not know of clusters and commands on several keys work. Azure
 * cannot scale such a cache, so another `size` makes a new one, empty, before the old one goes. `highAvailability` can be
 * switched on in place, and Azure spreads the two nodes over zones where it can; it refuses to switch it off.
 *
 * A store (`eviction: none`) writes a snapshot every six hours and has it back after a failure; a cache begins empty. No
 * snapshot outlives its cache.
 *
 * The password is one of Azure's two access keys. It is written to the secret store again by the next run after somebody
 * made a new one. Data is encrypted with Microsoft's keys.
 *
 * Creates the cache, its database, a private endpoint and log settings; costs some 25 USD a month when small, 105 when
 * medium and 210 when large, twice that with a replica, and 8 USD for the endpoint.
 *
 * @see https://learn.microsoft.com/azure/redis/
 */
export class AzureCache extends pulumi.ComponentResource implements Cache {
    readonly credentials: SecretReference;
    readonly destinations: readonly Destination[];
    readonly resource: RedisEnterprise;

    constructor(name: string, args: AzureCacheArgs, opts?: pulumi.ComponentResourceOptions) {
        super("platform:azure:Cache", name, {}, opts);
        const { foundation, network } = args;
        const child = { parent: this };
        const cluster = makeCluster(name, args, child);
        const database = makeDatabase(name, args, cluster, child);
        const link = { foundation, network, service: "cache" as const, target: cluster };
        const access = privateLink(name, link, child);
        sendLogs(name, { resource: database, workspaceId: network.workspace.id }, child);

        this.resource = cluster;
        this.destinations = [{ cidrs: [network.endpointCidr], ports: [PORT] }];
        const password = passwordOf(args, cluster, database, child);
        this.credentials = args.secretStore.put(
            `${name}-credentials`,
            credentialsDocument(cluster.hostName, password),
            // Whoever reads the address shall find something there.
            { ...child, dependsOn: access },
        );
        this.registerOutputs({ host: cluster.hostName });
    }
}

function makeCluster(
    name: string,
    args: AzureCacheArgs,
    opts: pulumi.CustomResourceOptions,
): RedisEnterprise {
    const { foundation, size, highAvailability, deletionProtection } = args;
    return new RedisEnterprise(
        name,
        {
            resourceGroupName: foundation.resourceGroupName,
            location: foundation.region,
            sku: { name: CACHE_SKUS[size] },
            highAvailability: highAvailability ? "Enabled" : "Disabled",
            minimumTlsVersion: "1.2",
            publicNetworkAccess: "Disabled",
            tags: foundation.tags,
        },
        { ...opts, protect: deletionProtection, replaceOnChanges: ["sku"] },
    );
}

/** The one database that a cache can have. */
function makeDatabase(
    name: string,
    { foundation, eviction, deletionProtection }: AzureCacheArgs,
    cluster: RedisEnterprise,
    opts: pulumi.CustomResourceOptions,
): Database {
    return new Database(
        name,
        {
            resourceGroupName: foundation.resourceGroupName,
            clusterName: cluster.name,
            databaseName: "default",
            port: PORT,
            clientProtocol: "Encrypted",
            clusteringPolicy: "NoCluster",
            evictionPolicy: EVICTION[eviction],
            persistence: persistence(eviction),
            accessKeysAuthentication: "Enabled",
        },
        { ...opts, protect: deletionProtection, deletedWith: cluster },
    );
}

function passwordOf(
    { foundation }: AzureCacheArgs,
    cluster: RedisEnterprise,
    database: Database,
    opts: pulumi.InvokeOutputOptions,
): pulumi.Output<string> {
    const { resourceGroupName } = foundation;
    const keys = listDatabaseKeysOutput(
        { resourceGroupName, clusterName: cluster.name, databaseName: database.name },
        opts,
    );
    return pulumi.secret(keys.primaryKey);
}

/** What goes into the secret store. The certificate authority is one that every image trusts, so none is in it. */
function credentialsDocument(host: pulumi.Output<string>, password: pulumi.Output<string>) {
    // Azure's keys end in an equals sign.
    const encoded = password.apply((key) => encodeURIComponent(key));
    const url = pulumi.interpolate`rediss://:${encoded}@${host}:${PORT}`;
    return { host, port: String(PORT), password, url };
}
