import type { ClusterArgs, NodePoolArgs } from "../../../components/contracts/cluster.ts";
import type { NetworkArgs } from "../../../components/contracts/network.ts";
import type { RegistryArgs } from "../../../components/contracts/registry.ts";
import type { SecretStoreArgs } from "../../../components/contracts/secret-store.ts";
import type { GcpDatabaseArgs } from "../../../components/gcp/database.ts";
import { gcp } from "../../../components/gcp/index.ts";
import type { Tags } from "../../../components/lib/tags.ts";
import { makeComponents } from "../../support/components.ts";
import { type Recorded, type RunOptions, run } from "../../../tools/offline/mocks.ts";

/** What the whole site is made from. */
export interface GcpSiteArgs {
    readonly region: string;
    readonly account: string;
    readonly tags: Tags;
    readonly network: NetworkArgs;
    readonly cluster: ClusterArgs;
    readonly secretStore: SecretStoreArgs;
    readonly database: Omit<GcpDatabaseArgs, "foundation" | "network" | "secretStore">;
    readonly registry: RegistryArgs;
}

const TAGS: Tags = {
    project: "myapp",
    environment: "dev",
    site: "gcp",
    owner: "platform-team",
    costCentre: "CC-1234",
    extra: {},
};

/** A pool with nothing special. */
export const POOL: NodePoolArgs = {
    size: "medium",
    min: 1,
    max: 3,
    spot: false,
    labels: {},
    taints: [],
    disk: "50 GiB",
};

/** A site as small as one for development is. */
export const DEV: GcpSiteArgs = {
    region: "europe-west3",
    account: "myapp-platform-dev",
    tags: TAGS,
    network: {
        cidr: "10.30.0.0/16",
        highAvailability: false,
        privateEndpoints: false,
        logRetention: "7 days",
    },
    cluster: {
        version: "1.36",
        nodePools: { general: { ...POOL, spot: true } },
        apiCidrs: ["203.0.113.0/24"],
        administrators: ["group:platform-team@example.com"],
        highAvailability: false,
        deletionProtection: false,
        logRetention: "7 days",
    },
    secretStore: { recoverable: false, deletionProtection: false },
    database: {
        version: "18",
        size: "micro",
        storage: "20 GiB",
        storageAutoGrow: true,
        highAvailability: false,
        backupRetention: "1 day",
        finalBackup: false,
        deletionProtection: false,
        databaseName: "appdb",
        username: "appowner",
    },
    registry: {
        repositories: ["web", "team/worker"],
        immutableTags: false,
        keepImages: 20,
        deletionProtection: false,
    },
};

/** A site as one for production is. */
export const PROD: GcpSiteArgs = {
    ...DEV,
    account: "myapp-platform-prod",
    tags: { ...TAGS, environment: "prod" },
    network: {
        ...DEV.network,
        highAvailability: true,
        privateEndpoints: true,
        logRetention: "90 days",
    },
    cluster: {
        ...DEV.cluster,
        nodePools: {
            general: { ...POOL, size: "large", min: 3, max: 10 },
            batch: {
                ...POOL,
                min: 0,
                max: 5,
                spot: true,
                labels: { tier: "batch" },
                taints: [{ key: "node-type", value: "compute", effect: "NoSchedule" }],
            },
        },
        apiCidrs: [],
        highAvailability: true,
        deletionProtection: true,
        logRetention: "365 days",
    },
    secretStore: { recoverable: true, deletionProtection: true },
    database: {
        ...DEV.database,
        size: "large",
        highAvailability: true,
        backupRetention: "30 days",
        finalBackup: true,
        deletionProtection: true,
        maxStorage: "200 GiB",
    },
    registry: { ...DEV.registry, immutableTags: true, deletionProtection: true },
};

/** Builds everything of a site, as `components/site.ts` does, with one reader of the database's credentials. */
export function buildSite(args: GcpSiteArgs, name = "myapp-dev-gcp") {
    const { region, account, tags } = args;
    const own = { ...args, foundation: { region, account, tags } };
    const site = makeComponents(gcp, name, own, { database: "orders", registry: "images" });
    const reader = site.secretStore.reader(`${name}-shop`, {
        cluster: site.cluster,
        namespace: "shop",
        secrets: [site.database.credentials],
    });
    return { ...site, reader };
}

type SiteRun = Promise<Recorded<ReturnType<typeof buildSite>>>;

/** Sites that were run already: a run is only ever read, and each takes a tenth of a second. */
const runs = new Map<GcpSiteArgs, SiteRun>();

/** Runs the whole site under mocks, or returns what an earlier run of the same arguments gave. */
export function runSite(args: GcpSiteArgs, options?: RunOptions): SiteRun {
    if (options !== undefined) return run(() => buildSite(args), options);
    const known = runs.get(args) ?? run(() => buildSite(args));
    runs.set(args, known);
    return known;
}
