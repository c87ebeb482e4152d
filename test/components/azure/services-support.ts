/** The data services and the way in of a site on Azure. */
import {
    AzureObjectStore,
    type AzureObjectStoreArgs,
} from "../../../components/azure/object-store.ts";
import { AzureCache, type AzureCacheArgs } from "../../../components/azure/cache.ts";
import { AzureDnsZone, type AzureDnsZoneArgs } from "../../../components/azure/dns-zone.ts";
import { AzureEdge, type AzureEdgeArgs } from "../../../components/azure/edge.ts";
import { AzureSecretStore } from "../../../components/azure/secret-store.ts";
import {
    AzureSharedFiles,
    type AzureSharedFilesArgs,
} from "../../../components/azure/shared-files.ts";
import { buildCluster, buildNetwork, NAME, oncePerSite, type SiteArgs } from "./support.ts";

/** Everything but what the components hand to each other. */
type Own<Args> = Omit<Args, "foundation" | "network" | "secretStore" | "cluster" | "zone">;

export const STORE: Own<AzureObjectStoreArgs> = {
    versioning: true,
    versionRetention: "30 days",
    corsOrigins: [],
    deletionProtection: false,
};

export function buildStore(site: SiteArgs, own: Partial<Own<AzureObjectStoreArgs>> = {}) {
    const { foundation, network, opts } = buildNetwork(site);
    return new AzureObjectStore(`${NAME}-media`, { ...STORE, ...own, foundation, network }, opts);
}

export const storeOf = oncePerSite((site) => buildStore(site));

/** A store and a workload that uses it. */
export function buildStoreInUse(site: SiteArgs, access: "read" | "write") {
    const { foundation, network, cluster, opts } = buildCluster(site);
    const store = new AzureObjectStore(`${NAME}-media`, { ...STORE, foundation, network }, opts);
    const identity = cluster.identity(`${NAME}-web`, { namespace: "web", serviceAccount: "web" });
    const grants = store.grant(`${NAME}-web-media`, { cluster, identity, access });
    return { store, grants };
}

export const CACHE: Own<AzureCacheArgs> = {
    size: "small",
    highAvailability: false,
    eviction: "least-recently-used",
    deletionProtection: false,
};

export function buildCache(site: SiteArgs, own: Partial<Own<AzureCacheArgs>> = {}) {
    const { foundation, network, opts } = buildNetwork(site);
    const base = { foundation, network };
    const secretStore = new AzureSecretStore(NAME, { ...site.secretStore, ...base }, opts);
    return new AzureCache(`${NAME}-sessions`, { ...CACHE, ...own, ...base, secretStore }, opts);
}

export const cacheOf = oncePerSite((site) => buildCache(site));

export const FILES: Own<AzureSharedFilesArgs> = {
    highAvailability: false,
    backupRetention: "14 days",
    deletionProtection: false,
};

/** Shared files and the volume of one namespace. */
export function buildFiles(site: SiteArgs, own: Partial<Own<AzureSharedFilesArgs>> = {}) {
    const { foundation, network, cluster, opts } = buildCluster(site);
    const base = { foundation, network, cluster };
    const files = new AzureSharedFiles(`${NAME}-uploads`, { ...FILES, ...own, ...base }, opts);
    return { files, volume: files.volume(`${NAME}-web-uploads`, "web") };
}

export const filesOf = oncePerSite((site) => buildFiles(site));

export const ZONE: Own<AzureDnsZoneArgs> = {
    domain: "azure.example.com",
    deletionProtection: false,
};

/** A zone, and a controller that may change it. */
export function buildZone(site: SiteArgs, own: Partial<Own<AzureDnsZoneArgs>> = {}) {
    const { foundation, cluster, opts } = buildCluster(site);
    const zone = new AzureDnsZone(NAME, { ...ZONE, ...own, foundation }, opts);
    const place = { namespace: "external-dns", serviceAccount: "external-dns" };
    const identity = cluster.identity(`${NAME}-external-dns`, place);
    const grants = zone.grant(`${NAME}-external-dns`, { cluster, identity });
    return { zone, grants, solver: zone.solver(identity) };
}

export const zoneOf = oncePerSite((site) => buildZone(site));

export const EDGE: Own<AzureEdgeArgs> = {
    gateway: "cloud",
    reaches: ["public"],
    firewall: true,
    ddosProtection: "standard",
    logRetention: "30 days",
};

export function buildEdge(site: SiteArgs, own: Partial<Own<AzureEdgeArgs>> = {}) {
    const { foundation, network, cluster, opts } = buildCluster(site);
    return new AzureEdge(NAME, { ...EDGE, ...own, foundation, network, cluster }, opts);
}

export const edgeOf = oncePerSite((site) => buildEdge(site));
