import { AzureCluster } from "../../../components/azure/cluster.ts";
import { AzureFoundation } from "../../../components/azure/foundation.ts";
import { AzureNetwork } from "../../../components/azure/network.ts";
import { AzureSecretStore } from "../../../components/azure/secret-store.ts";
import { services } from "../../../components/azure/services.ts";
import type { CacheArgs } from "../../../components/contracts/cache.ts";
import type { DnsZoneArgs } from "../../../components/contracts/dns-zone.ts";
import type { EdgeArgs } from "../../../components/contracts/edge.ts";
import type { ObjectStoreArgs } from "../../../components/contracts/object-store.ts";
import type { SharedFilesArgs } from "../../../components/contracts/shared-files.ts";
import { baseArgs } from "./build.ts";
import { at, type Checks, type Honoured } from "./check.ts";
import type { ServiceArgs } from "./services.ts";

const ACCOUNT = "azure-native:storage:StorageAccount";
const BLOBS = "azure-native:storage:BlobServiceProperties";
const LIFECYCLE = "azure-native:storage:ManagementPolicy";
const CACHE = "azure-native:redisenterprise:RedisEnterprise";
const CACHE_DATABASE = "azure-native:redisenterprise:Database";
const FILES = "azure-native:storage:FileServiceProperties";
const WORKFLOW = "azure-native:logic:Workflow";
const ZONE = "azure-native:dns:Zone";
const LOCK = "azure-native:authorization:ManagementLockByScope";
const CONTROLLER = "azure-native:servicenetworking:TrafficControllerInterface";
const FIREWALL = "azure-native:network:WebApplicationFirewallPolicy";
const ADDRESS = "azure-native:network:PublicIPAddress";
const WORKSPACE = "azure-native:operationalinsights:Workspace";

const ACTIONS = "policy.rules[].definition.actions";
const NUMBER = /^\d+$/;
const SWITCH = /^(?:true|false)$/;

/** What Azure makes of each field of a contract. */
type Column<Args> = Readonly<Record<keyof Checks<Args>, Honoured>>;

/**
 * Where the arguments of the services land on Azure. Changes are made as they usually are: protection and high
 * availability go on, gateways go from Envoy's to the cloud's. The cloud's own is reached from the internet only, so
 * whatever asks for it leaves `internal` out.
 */
export const azureServices = {
    ObjectStore: {
        versioning: {
            lands: [
                at(BLOBS, "isVersioningEnabled", SWITCH),
                at(BLOBS, "deleteRetentionPolicy.enabled", SWITCH),
            ],
        },
        versionRetention: {
            lands: [
                at(BLOBS, "deleteRetentionPolicy.days", NUMBER),
                at(LIFECYCLE, `${ACTIONS}.version.delete.daysAfterCreationGreaterThan`, NUMBER),
            ],
        },
        coolAfter: {
            lands: [
                at(
                    LIFECYCLE,
                    `${ACTIONS}.baseBlob.tierToCool.daysAfterCreationGreaterThan`,
                    NUMBER,
                ),
            ],
        },
        expireAfter: {
            lands: [
                at(LIFECYCLE, `${ACTIONS}.baseBlob.delete.daysAfterCreationGreaterThan`, NUMBER),
            ],
        },
        corsOrigins: { lands: [at(BLOBS, "cors.corsRules[].allowedOrigins[]", /^https:/)] },
        deletionProtection: {
            lands: [at(LOCK, "(exists)", true), at(ACCOUNT, "(protect)", true)],
        },
    },
    Cache: {
        size: { lands: [at(CACHE, "sku.name", /^Balanced_B\d+$/)] },
        highAvailability: { lands: [at(CACHE, "highAvailability", "Enabled")] },
        eviction: {
            lands: [
                at(CACHE_DATABASE, "evictionPolicy", /^(?:AllKeysLRU|NoEviction)$/),
                at(CACHE_DATABASE, "persistence.rdbEnabled", SWITCH),
            ],
        },
        deletionProtection: {
            lands: [at(CACHE, "(protect)", true), at(CACHE_DATABASE, "(protect)", true)],
        },
    },
    SharedFiles: {
        highAvailability: { lands: [at(ACCOUNT, "sku.name", "Premium_ZRS")] },
        backupRetention: {
            lands: [
                at(WORKFLOW, "definition.actions.old.inputs.where", /addDays\(utcNow\(\), -\d+\)/),
                at(FILES, "shareDeleteRetentionPolicy.days", NUMBER),
            ],
        },
        deletionProtection: { lands: [at(ACCOUNT, "(protect)", true)] },
    },
    DnsZone: {
        domain: { lands: [at(ZONE, "zoneName", /^[a-z0-9.-]+[a-z]$/)] },
        deletionProtection: { lands: [at(ZONE, "(protect)", true)] },
    },
    Edge: {
        gateway: { lands: [at(CONTROLLER, "(exists)", true)] },
        reaches: {
            always: "AKS makes the balancer, as the gateway's own Service says; the cloud's gateway is public only",
        },
        firewall: { lands: [at(FIREWALL, "(exists)", true)] },
        // Only Envoy's has an address of the site's own.
        ddosProtection: { lands: [at(ADDRESS, "ddosSettings.protectionMode", "Enabled")] },
        // Only the cloud's own gateway logs requests, so it takes one for this to be seen.
        logRetention: { lands: [at(WORKSPACE, "retentionInDays", NUMBER)] },
        domain: { always: "Certificates come from Secrets, and names from the routes" },
    },
} as const satisfies {
    readonly ObjectStore: Column<ObjectStoreArgs>;
    readonly Cache: Column<CacheArgs>;
    readonly SharedFiles: Column<SharedFilesArgs>;
    readonly DnsZone: Column<DnsZoneArgs>;
    readonly Edge: Column<EdgeArgs>;
};

/** Makes each of Azure's services once, on a site that has what they need, and grants what can be granted. */
export function buildServices(args: ServiceArgs, site = baseArgs("azure"), name = "myapp-dev-one") {
    const foundation = new AzureFoundation(name, site.foundation);
    const opts = { providers: [...foundation.providers] };
    const network = new AzureNetwork(name, { ...site.network, foundation }, opts);
    const base = { foundation, network };
    const secretStore = new AzureSecretStore(name, { ...site.secretStore, ...base }, opts);
    const cluster = new AzureCluster(name, { ...site.cluster, ...base }, opts);
    const within = { ...base, cluster };
    const { ObjectStore, Cache, SharedFiles, DnsZone, Edge } = services;

    const objectStore = new ObjectStore(`${name}-uploads`, { ...args.objectStore, ...base }, opts);
    const cache = new Cache(`${name}-sessions`, { ...args.cache, ...base, secretStore }, opts);
    const sharedFiles = new SharedFiles(`${name}-media`, { ...args.sharedFiles, ...within }, opts);
    const dnsZone = new DnsZone(`${name}-zone`, { ...args.dnsZone, foundation }, opts);
    const edge = new Edge(`${name}-edge`, { ...args.edge, ...within }, opts);

    const identity = cluster.identity(`${name}-web`, { namespace: "web", serviceAccount: "web" });
    objectStore.grant(`${name}-web`, { cluster, identity, access: "write" });
    dnsZone.grant(`${name}-web-records`, { cluster, identity });
    sharedFiles.volume(`${name}-web-media`, "web");
    return { ...within, secretStore, identity, objectStore, cache, sharedFiles, dnsZone, edge };
}
