import * as form from "./forms.ts";
import { application } from "./application-schema.ts";
import * as kubernetes from "./kubernetes-forms.ts";
import * as service from "./service-schema.ts";
import type { Read } from "./shape.ts";
import { entries, field, list, section } from "./shape.ts";

const highAvailability = (what: string) => field(form.toggle, `Whether ${what} the loss of a zone`);

const deletionProtection = (what: string) =>
    field(form.toggle, `Whether the cloud and Pulumi both refuse to delete ${what}`);

const logRetention = (what: string) => field(form.days, `How long ${what} are kept`);

const network = section({
    cidr: field(
        form.networkBlock,
        "The site's block, /12 to /20 (AWS from /16), in the private ranges. Changing it replaces the network and everything in it",
    ),
    highAvailability: highAvailability("the way out to the Internet survives"),
    privateEndpoints: field(
        form.toggle,
        "Whether the cloud's own services are reached inside the network instead of through NAT",
    ),
    logRetention: logRetention("flow logs"),
});

const nodePool = section({
    size: field(
        form.nodeSize,
        "The size of every node, in vCPU and GiB: small 2 (shared) and 4, medium 2 and 8, large 4 and 16, xlarge 8 and 32, 2xlarge 16 and 64. Changing it replaces the nodes one by one",
    ),
    min: field(form.nodeCount, "The fewest nodes, over all zones together"),
    max: field(form.nodeCount, "The most nodes, over all zones together"),
    spot: field(
        form.toggle,
        "Whether to use spare capacity at a discount, which the cloud may take back. Changing it replaces the pool",
    ),
    labels: field(entries(kubernetes.labelKey, kubernetes.labelValue), "Labels on every node"),
    taints: field(list(kubernetes.taint), "Taints on every node, written key=value:effect"),
    disk: field(form.gibibytes, "Each node's encrypted boot disk"),
});

const cluster = section({
    version: field(
        form.kubernetesVersion,
        "Kubernetes' minor version. It can be raised by one minor at a time, never lowered",
    ),
    nodePools: field(entries(form.poolKey, nodePool), "Node pools by name"),
    highAvailability: highAvailability("the control plane and the nodes survive"),
    deletionProtection: deletionProtection("the cluster"),
    logRetention: logRetention("the control plane's logs"),
});

const apiAccess = section({
    cidrs: field(
        list(form.callerBlock),
        "Public blocks that may reach the Kubernetes API. Empty: only from inside the network",
    ),
    administrators: field(
        list(form.administrator),
        "Who administers the cluster: ARNs of IAM roles or users on AWS, object ids of Entra groups on Azure, group:… or user:… on Google Cloud",
    ),
});

const database = section({
    version: field(
        form.postgresVersion,
        "PostgreSQL's major version. It can be raised, never lowered",
    ),
    size: field(
        form.databaseSize,
        "The server's size, in vCPU and GiB: micro shared and 1 to 2, small 2 (shared) and 4, medium 2 and 8, large 4 and 16, xlarge 8 and 32; prod takes medium or larger. Changing it restarts the server",
    ),
    storage: field(form.gibibytes, "The storage at the start. It can grow, never shrink"),
    maxStorage: field(form.gibibytes, "Where growth ends, on AWS and Google Cloud"),
    storageAutoGrow: field(form.toggle, "Whether the cloud adds storage before it runs out"),
    highAvailability: field(form.toggle, "Whether a standby in another zone takes over"),
    backupRetention: field(
        form.days,
        "How long backups are kept, with recovery to any moment in between: 1 to 35 days, on Azure 7 to 35",
    ),
    finalBackup: field(
        form.toggle,
        "Whether a deleted server leaves a last backup: a final snapshot on AWS, one of 30 days on Google Cloud. Azure keeps a deleted server's backups for 5 days in any case",
    ),
    deletionProtection: deletionProtection("the server"),
    databaseName: field(
        form.sqlName,
        "The name of the database. Changing it replaces the database",
    ),
    username: field(form.sqlName, "The administrator's name. Changing it replaces the server"),
});

const registry = section({
    repositories: field(list(form.repository), "The images it holds, by name"),
    immutableTags: field(form.toggle, "Whether a pushed tag can never point to another image"),
    keepImages: field(form.imageCount, "How many images of each repository the clean-up leaves"),
    replicateTo: field(
        list(form.region),
        "Further regions that pushed images are copied to, on AWS; for one registry of a site",
    ),
    deletionProtection: deletionProtection("the registry with its images"),
});

/** What a stack says for all its sites, and a site may say again for itself. */
const shared = {
    network: field(network, "The private network"),
    cluster: field(cluster, "The Kubernetes cluster"),
    apiAccess: field(apiAccess, "Who reaches and administers the Kubernetes API"),
    databases: field(entries(form.databaseKey, database), "PostgreSQL servers by name"),
    registries: field(entries(form.registryKey, registry), "Container registries by name"),
    secretStore: field(
        section({
            recoverable: field(form.toggle, "Whether a deleted secret can be brought back"),
            deletionProtection: deletionProtection("the store with what it holds"),
        }),
        "The cloud's store for secrets",
    ),
    objectStores: field(
        entries(form.databaseKey, service.objectStore),
        "Buckets for objects by name",
    ),
    caches: field(entries(form.databaseKey, service.cache), "Caches by name"),
    queues: field(entries(form.databaseKey, service.queue), "RabbitMQ clusters by name"),
    streams: field(entries(form.databaseKey, service.stream), "Kafka clusters by name"),
    searches: field(entries(form.databaseKey, service.search), "Elasticsearch clusters by name"),
    sharedFiles: field(
        entries(form.databaseKey, service.sharedFiles),
        "File systems that many pods mount, by name",
    ),
    gateway: field(
        service.gateway,
        "The way in. It is made if an application is exposed beyond the cluster",
    ),
    monitoring: field(
        service.monitoring,
        "Prometheus and Grafana. They are installed if an application has metrics or an objective",
    ),
    applications: field(entries(form.applicationKey, application), "Applications by name"),
    tags: field(
        entries(form.tagKey, form.tagValue),
        "Further tags on everything that takes tags or labels, 9 at most",
    ),
} as const;

const site = section({
    cloud: field(form.cloud, "The cloud the site is on"),
    region: field(form.region, "The cloud's own name of the region. Changing it replaces the site"),
    account: field(form.account, "AWS: the account's id, 12 digits in quotes"),
    subscription: field(form.subscription, "Azure: the subscription's id"),
    project: field(form.cloudProject, "Google Cloud: the project's id"),
    ...shared,
});

/** Everything under `platform:` in a stack file. */
export const SCHEMA = section({
    environment: field(
        form.environment,
        "The profile that chooses defaults: dev, staging or prod. development and production are read as dev and prod",
    ),
    project: field(form.projectName, "What all names begin with. Changing it replaces everything"),
    owner: field(form.owner, "The team that answers for the stack"),
    costCentre: field(form.costCentre, "Where the cost is booked"),
    target: field(form.target, "The clouds to deploy: aws, azure, gcp or all"),
    sites: field(entries(form.siteKey, site), "One or more sites by name"),
    ...shared,
    acknowledge: field(list(form.acknowledgement), "What is accepted in prod, by name"),
});

/** The overridable settings. */
export const OVERRIDES = section(shared);

export type RawSettings = Read<typeof SCHEMA>;
export type RawSite = Read<typeof site>;
export type Overrides = Read<typeof OVERRIDES>;
export type RawDatabase = Read<typeof database>;
export type RawNodePool = Read<typeof nodePool>;
export type RawRegistry = Read<typeof registry>;
export type RawApplication = Read<typeof application>;

/** The services that a site may have, each kind with what one entry may say. */
export interface RawServices {
    readonly objectStores?: Read<typeof service.objectStore>;
    readonly caches?: Read<typeof service.cache>;
    readonly queues?: Read<typeof service.queue>;
    readonly streams?: Read<typeof service.stream>;
    readonly searches?: Read<typeof service.search>;
    readonly sharedFiles?: Read<typeof service.sharedFiles>;
}
