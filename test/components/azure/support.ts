/** A site on Azure as the platform makes it, small as in dev or whole as in prod. */
import type { Tags } from "../../../components/lib/tags.ts";
import { run } from "../../../tools/offline/mocks.ts";
import { once } from "../../support/once.ts";
import { azure } from "../../../components/azure/index.ts";
import type { AzureClusterArgs } from "../../../components/azure/cluster.ts";
import type { AzureDatabaseArgs } from "../../../components/azure/database.ts";
import type { AzureNetworkArgs } from "../../../components/azure/network.ts";
import type { AzureRegistryArgs } from "../../../components/azure/registry.ts";
import type { AzureSecretStoreArgs } from "../../../components/azure/secret-store.ts";
import type { NodePoolArgs } from "../../../components/contracts/cluster.ts";

/** Everything but what the components hand to each other. */
type Own<Args> = Omit<Args, "foundation" | "network" | "secretStore">;

export interface SiteArgs {
    readonly region: string;
    readonly network: Own<AzureNetworkArgs>;
    readonly cluster: Own<AzureClusterArgs>;
    readonly secretStore: Own<AzureSecretStoreArgs>;
    readonly database: Own<AzureDatabaseArgs>;
    readonly registry: Own<AzureRegistryArgs>;
}

export const NAME = "shop-test-azure";
export const SUBSCRIPTION = "12345678-9abc-4def-8123-456789abcdef";
export const WORKERS: NodePoolArgs = {
    size: "medium",
    min: 1,
    max: 4,
    spot: false,
    labels: {},
    taints: [],
    disk: "64 GiB",
};

export const DEV: SiteArgs = {
    region: "westeurope",
    network: {
        cidr: "10.20.0.0/16",
        highAvailability: false,
        privateEndpoints: false,
        logRetention: "30 days",
    },
    cluster: {
        version: "1.36",
        nodePools: { workers: WORKERS },
        apiCidrs: ["203.0.113.0/24"],
        administrators: ["aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee"],
        highAvailability: false,
        deletionProtection: false,
        logRetention: "30 days",
    },
    secretStore: { recoverable: false, deletionProtection: false },
    database: {
        version: "17",
        size: "micro",
        storage: "32 GiB",
        storageAutoGrow: true,
        highAvailability: false,
        backupRetention: "7 days",
        finalBackup: false,
        deletionProtection: false,
        databaseName: "orders",
        username: "appadmin",
    },
    registry: {
        repositories: ["web"],
        immutableTags: false,
        keepImages: 10,
        deletionProtection: false,
    },
};

export const PROD: SiteArgs = {
    region: "westeurope",
    network: {
        cidr: "10.20.0.0/16",
        highAvailability: true,
        privateEndpoints: true,
        logRetention: "90 days",
    },
    cluster: {
        ...DEV.cluster,
        apiCidrs: [],
        highAvailability: true,
        deletionProtection: true,
        logRetention: "90 days",
    },
    secretStore: { recoverable: true, deletionProtection: true },
    database: {
        ...DEV.database,
        size: "medium",
        highAvailability: true,
        backupRetention: "14 days",
        finalBackup: true,
        deletionProtection: true,
    },
    registry: { ...DEV.registry, immutableTags: true, deletionProtection: true },
};

const TAGS: Tags = {
    project: "shop",
    environment: "dev",
    site: "azure",
    owner: "team",
    costCentre: "c1",
    extra: { Data: "none" },
};

/** The tags that everything bears. */
export const EXPECTED_TAGS = {
    Environment: "dev",
    Project: "shop",
    ManagedBy: "pulumi",
    Owner: "team",
    CostCentre: "c1",
    Site: "azure",
    Data: "none",
};

export function buildNetwork(args: SiteArgs) {
    const account = SUBSCRIPTION;
    const foundation = new azure.Foundation(NAME, { region: args.region, account, tags: TAGS });
    const opts = { providers: [...foundation.providers] };
    const network = new azure.Network(NAME, { ...args.network, foundation }, opts);
    return { foundation, network, opts };
}

export function buildCluster(args: SiteArgs) {
    const { foundation, network, opts } = buildNetwork(args);
    const cluster = new azure.Cluster(NAME, { ...args.cluster, foundation, network }, opts);
    return { foundation, network, cluster, opts };
}

export function buildDatabase(args: SiteArgs) {
    const { foundation, network, opts } = buildNetwork(args);
    const base = { foundation, network };
    const secretStore = new azure.SecretStore(NAME, { ...args.secretStore, ...base }, opts);
    const own = { ...args.database, ...base, secretStore };
    const database = new azure.Database(`${NAME}-orders`, own, opts);
    return { ...base, secretStore, database, opts };
}

function buildRegistry(args: SiteArgs) {
    const { foundation, network, opts } = buildNetwork(args);
    const own = { ...args.registry, foundation, network };
    return new azure.Registry(`${NAME}-apps`, own, opts);
}

export function buildSite(args: SiteArgs) {
    const { foundation, network, secretStore, database, opts } = buildDatabase(args);
    const base = { foundation, network };
    const cluster = new azure.Cluster(NAME, { ...args.cluster, ...base }, opts);
    const registry = new azure.Registry(`${NAME}-apps`, { ...args.registry, ...base }, opts);
    registry.grantPull(`${NAME}-apps-pull`, cluster);
    const secrets = [database.credentials];
    const reader = secretStore.reader(`${NAME}-web`, { cluster, namespace: "web", secrets });
    return { network, secretStore, database, cluster, registry, reader };
}

/** Runs a build once per site, since nothing that a test does with the record changes it. */
export function oncePerSite<T>(build: (site: SiteArgs) => T) {
    return once((site: SiteArgs) => run(() => build(site)));
}

export const networkOf = oncePerSite(buildNetwork);
export const clusterOf = oncePerSite(buildCluster);
export const databaseOf = oncePerSite(buildDatabase);
export const registryOf = oncePerSite(buildRegistry);
export const siteOf = oncePerSite(buildSite);
