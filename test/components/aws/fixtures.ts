import type { AwsClusterArgs } from "../../../components/aws/cluster.ts";
import type { AwsDatabaseArgs } from "../../../components/aws/database.ts";
import { aws } from "../../../components/aws/index.ts";
import type { AwsNetworkArgs } from "../../../components/aws/network.ts";
import type { AwsRegistryArgs } from "../../../components/aws/registry.ts";
import type { AwsSecretStoreArgs } from "../../../components/aws/secret-store.ts";
import type { NodePoolArgs } from "../../../components/contracts/cluster.ts";
import type { FoundationArgs } from "../../../components/contracts/foundation.ts";
import { makeComponents } from "../../support/components.ts";
import type { Recorded, RunOptions } from "../../../tools/offline/mocks.ts";
import { run } from "../../../tools/offline/mocks.ts";
import { once } from "../../support/once.ts";

export const ACCOUNT = "123456789012";
export const REGION = "eu-central-1";

/** What the platform itself hands to each component, and tests leave out. */
type Own<Args> = Omit<Args, "foundation" | "network" | "secretStore">;

/** The arguments of a whole site. */
export interface SiteArgs {
    readonly name: string;
    readonly foundation: FoundationArgs;
    readonly network: Own<AwsNetworkArgs>;
    readonly cluster: Own<AwsClusterArgs>;
    readonly secretStore: Own<AwsSecretStoreArgs>;
    readonly database: Own<AwsDatabaseArgs>;
    readonly registry: Own<AwsRegistryArgs>;
}

export const SYSTEM: NodePoolArgs = {
    size: "small",
    min: 1,
    max: 3,
    spot: false,
    labels: {},
    taints: [],
    disk: "30 GiB",
};

/** A small site. */
export const DEV: SiteArgs = {
    name: "myapp-dev-aws",
    foundation: {
        region: REGION,
        account: ACCOUNT,
        tags: {
            project: "myapp",
            environment: "dev",
            site: "aws",
            owner: "web",
            costCentre: "1234",
            extra: {},
        },
    },
    network: {
        cidr: "10.0.0.0/16",
        highAvailability: false,
        privateEndpoints: false,
        logRetention: "7 days",
    },
    cluster: {
        version: "1.36",
        nodePools: { system: SYSTEM },
        apiCidrs: ["203.0.113.0/24"],
        administrators: [],
        highAvailability: false,
        deletionProtection: false,
        logRetention: "7 days",
    },
    secretStore: { recoverable: false, deletionProtection: false },
    database: {
        version: "17",
        size: "micro",
        storage: "20 GiB",
        storageAutoGrow: true,
        highAvailability: false,
        backupRetention: "1 days",
        finalBackup: false,
        deletionProtection: false,
        databaseName: "myapp",
        username: "dbadmin",
    },
    registry: {
        repositories: ["web"],
        immutableTags: false,
        keepImages: 10,
        deletionProtection: false,
    },
};

/** A site that people live on. */
export const PROD: SiteArgs = {
    name: "myapp-prod-aws",
    foundation: {
        ...DEV.foundation,
        tags: { ...DEV.foundation.tags, environment: "prod" },
    },
    network: {
        cidr: "10.32.0.0/16",
        highAvailability: true,
        privateEndpoints: true,
        logRetention: "365 days",
    },
    cluster: {
        ...DEV.cluster,
        nodePools: {
            system: { ...SYSTEM, size: "medium", min: 3, max: 6 },
            batch: {
                ...SYSTEM,
                size: "large",
                min: 0,
                max: 10,
                spot: true,
                labels: { tier: "batch" },
                taints: [{ key: "batch", value: "true", effect: "NoSchedule" }],
            },
        },
        apiCidrs: [],
        administrators: [`arn:aws:iam::${ACCOUNT}:role/platform-admin`],
        highAvailability: true,
        deletionProtection: true,
        logRetention: "365 days",
    },
    secretStore: { recoverable: true, deletionProtection: true },
    database: {
        ...DEV.database,
        size: "large",
        storage: "100 GiB",
        maxStorage: "1000 GiB",
        highAvailability: true,
        backupRetention: "7 days",
        finalBackup: true,
        deletionProtection: true,
    },
    registry: {
        repositories: ["web", "jobs/mail"],
        immutableTags: true,
        keepImages: 50,
        deletionProtection: true,
    },
};

/** Makes a site's components as the platform does, with a reader for the database's credentials. */
export function makeSite(args: SiteArgs) {
    const { name } = args;
    const site = makeComponents(aws, name, args, { database: "main", registry: "apps" });
    const reader = site.secretStore.reader(`${name}-shop`, {
        cluster: site.cluster,
        namespace: "shop",
        secrets: [site.database.credentials],
    });
    return { ...site, reader };
}

/** What a site registered. */
export type SiteRun = Recorded<ReturnType<typeof makeSite>>;

/** Runs a site under mocks. Equal sites run once: what is recorded is only read. */
export const runSite = once((args: SiteArgs, options: RunOptions = {}): Promise<SiteRun> =>
    run(() => makeSite(args), options),
);
