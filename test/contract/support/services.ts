import type { Cache, CacheArgs } from "../../../components/contracts/cache.ts";
import type { CloudName } from "../../../components/contracts/cloud.ts";
import type { DnsZone, DnsZoneArgs } from "../../../components/contracts/dns-zone.ts";
import type { Edge, EdgeArgs } from "../../../components/contracts/edge.ts";
import type { ObjectStore, ObjectStoreArgs } from "../../../components/contracts/object-store.ts";
import type { SharedFiles, SharedFilesArgs } from "../../../components/contracts/shared-files.ts";
import { run, type Recorded, type RunOptions } from "../../../tools/offline/mocks.ts";

/** The arguments of the services, without what the components hand to each other. */
export interface ServiceArgs {
    readonly objectStore: ObjectStoreArgs;
    readonly cache: CacheArgs;
    readonly sharedFiles: SharedFilesArgs;
    readonly dnsZone: DnsZoneArgs;
    readonly edge: EdgeArgs;
}

/** What stands when every service of a cloud has been built once. */
export interface BuiltServices {
    readonly objectStore: ObjectStore;
    readonly cache: Cache;
    readonly sharedFiles: SharedFiles;
    readonly dnsZone: DnsZone;
    readonly edge: Edge;
}

/** What a check may look at: what stands, and what it was asked for with. */
export type SeenServices = BuiltServices & { readonly args: ServiceArgs };

/** Plain services on every cloud. A check changes one field at a time. */
export function baseServices(): ServiceArgs {
    return {
        objectStore: {
            versioning: false,
            versionRetention: "30 days",
            corsOrigins: [],
            deletionProtection: false,
        },
        cache: {
            size: "small",
            highAvailability: false,
            eviction: "least-recently-used",
            deletionProtection: false,
        },
        sharedFiles: {
            highAvailability: false,
            backupRetention: "7 days",
            deletionProtection: false,
        },
        dnsZone: { domain: "example.com", deletionProtection: false },
        edge: {
            gateway: "envoy",
            reaches: ["public"],
            firewall: false,
            ddosProtection: "standard",
            logRetention: "30 days",
            domain: "shop.example.com",
        },
    };
}

/** Loads a cloud's way of building its services, and with it that cloud's SDK only. */
async function builderOf(cloud: CloudName): Promise<(args: ServiceArgs) => BuiltServices> {
    switch (cloud) {
        case "aws":
            return (await import("./services-aws.ts")).buildServices;
        case "azure":
            return (await import("./services-azure.ts")).buildServices;
        case "gcp":
            return (await import("./services-gcp.ts")).buildServices;
    }
}

/** Builds a cloud's services under mocks. */
export async function buildServices(
    cloud: CloudName,
    args: ServiceArgs = baseServices(),
    options: RunOptions = {},
): Promise<Recorded<SeenServices>> {
    const build = await builderOf(cloud);
    return run(() => ({ ...build(args), args }), options);
}
