import type { AwsCacheArgs } from "../../../components/aws/cache.ts";
import type { AwsEdgeArgs } from "../../../components/aws/edge.ts";
import type { AwsObjectStoreArgs } from "../../../components/aws/object-store.ts";
import type { AwsSharedFilesArgs } from "../../../components/aws/shared-files.ts";
import type { ComponentResourceOptions } from "@pulumi/pulumi";
import type { Recorded, RunOptions } from "../../../tools/offline/mocks.ts";
import { run } from "../../../tools/offline/mocks.ts";
import { makeSite, type SiteArgs } from "./fixtures.ts";

/** A site's components and the options for what is made beside them. */
export type Place = ReturnType<typeof makeSite> & { readonly opts: ComponentResourceOptions };

/** Makes something in a site under mocks. */
export function within<T>(
    site: SiteArgs,
    make: (place: Place) => T,
    options: RunOptions = {},
): Promise<Recorded<T>> {
    return run(() => {
        const place = makeSite(site);
        return make({ ...place, opts: { providers: [...place.foundation.providers] } });
    }, options);
}

/** What a test says of an object store. */
export type StoreArgs = Omit<AwsObjectStoreArgs, "foundation" | "network">;

export const STORE: StoreArgs = {
    versioning: true,
    versionRetention: "30 days",
    corsOrigins: [],
    deletionProtection: false,
};

/** A policy's statements. */
export function statements(policy: unknown): Record<string, unknown>[] {
    return (JSON.parse(String(policy)) as { Statement: Record<string, unknown>[] }).Statement;
}

/** What a test says of a cache. */
export type CacheFixture = Omit<AwsCacheArgs, "foundation" | "network" | "secretStore">;

export const CACHE: CacheFixture = {
    size: "small",
    highAvailability: false,
    eviction: "least-recently-used",
    deletionProtection: false,
};

/** What a test says of shared files. */
export type FilesArgs = Omit<AwsSharedFilesArgs, "foundation" | "network" | "cluster">;

export const FILES: FilesArgs = {
    highAvailability: false,
    backupRetention: "7 days",
    deletionProtection: false,
};

/** What a test says of the way in. */
export type EdgeFixture = Omit<AwsEdgeArgs, "foundation" | "network" | "cluster" | "zone">;

export const EDGE: EdgeFixture = {
    gateway: "cloud",
    reaches: ["internal", "public"],
    firewall: true,
    ddosProtection: "standard",
    logRetention: "90 days",
    domain: "shop.aws.example.com",
};
