import type { CacheArgs } from "../../components/contracts/cache.ts";
import type { DnsZoneArgs } from "../../components/contracts/dns-zone.ts";
import type { EdgeArgs } from "../../components/contracts/edge.ts";
import type { ObjectStoreArgs } from "../../components/contracts/object-store.ts";
import type { SharedFilesArgs } from "../../components/contracts/shared-files.ts";
import { servicesHonour, type Honoured, type ServiceChecks } from "./support/check.ts";
import { awsServices } from "./support/services-aws.ts";
import { azureServices } from "./support/services-azure.ts";
import { gcpServices } from "./support/services-gcp.ts";
import type { SeenServices, ServiceArgs } from "./support/services.ts";

/** What one cloud makes of each field of a contract. */
type Column<Args> = Readonly<Record<keyof Args, Honoured<SeenServices>>>;

/** Reads the clouds' columns row by row. */
function rows<Args>(aws: Column<Args>, azure: Column<Args>, gcp: Column<Args>) {
    return (field: keyof Args) => ({ aws: aws[field], azure: azure[field], gcp: gcp[field] });
}

/** Changes the arguments of one service. */
function changing<Key extends keyof ServiceArgs>(key: Key) {
    return (given: Partial<ServiceArgs[Key]>) =>
        (args: ServiceArgs): ServiceArgs => ({ ...args, [key]: { ...args[key], ...given } });
}

const objectStore = changing("objectStore");
const stores = rows<ObjectStoreArgs>(
    awsServices.ObjectStore,
    azureServices.ObjectStore,
    gcpServices.ObjectStore,
);

/** Old versions are there, and kept, only where they are wanted. */
const versioned = objectStore({ versioning: true });

servicesHonour<ObjectStoreArgs>("Object store", {
    versioning: {
        promise: "what is overwritten or deleted can be brought back",
        change: versioned,
        on: stores("versioning"),
    },
    versionRetention: {
        promise: "for how long",
        from: versioned,
        change: objectStore({ versionRetention: "60 days" }),
        on: stores("versionRetention"),
    },
    coolAfter: {
        promise: "when objects move to the cheaper class",
        change: objectStore({ coolAfter: "45 days" }),
        on: stores("coolAfter"),
    },
    expireAfter: {
        promise: "when objects are deleted",
        change: objectStore({ expireAfter: "400 days" }),
        on: stores("expireAfter"),
    },
    corsOrigins: {
        promise: "pages that read and write with signed addresses",
        change: objectStore({ corsOrigins: ["https://shop.example.com"] }),
        on: stores("corsOrigins"),
    },
    deletionProtection: {
        promise: "cloud and Pulumi both refuse to delete it",
        change: objectStore({ deletionProtection: true }),
        on: stores("deletionProtection"),
    },
} satisfies ServiceChecks<ObjectStoreArgs>);

const cache = changing("cache");
const caches = rows<CacheArgs>(awsServices.Cache, azureServices.Cache, gcpServices.Cache);

servicesHonour<CacheArgs>("Cache", {
    size: { promise: "its memory", change: cache({ size: "large" }), on: caches("size") },
    highAvailability: {
        promise: "a replica in another zone takes over",
        change: cache({ highAvailability: true }),
        on: caches("highAvailability"),
    },
    eviction: {
        promise: "which keys go when the memory is full",
        change: cache({ eviction: "none" }),
        on: caches("eviction"),
    },
    deletionProtection: {
        promise: "Pulumi refuses to delete it",
        change: cache({ deletionProtection: true }),
        on: caches("deletionProtection"),
    },
} satisfies ServiceChecks<CacheArgs>);

const sharedFiles = changing("sharedFiles");
const files = rows<SharedFilesArgs>(
    awsServices.SharedFiles,
    azureServices.SharedFiles,
    gcpServices.SharedFiles,
);

servicesHonour<SharedFilesArgs>("Shared files", {
    highAvailability: {
        promise: "the files survive the loss of a zone",
        change: sharedFiles({ highAvailability: true }),
        on: files("highAvailability"),
    },
    backupRetention: {
        promise: "how long daily backups are kept",
        change: sharedFiles({ backupRetention: "30 days" }),
        on: files("backupRetention"),
    },
    deletionProtection: {
        promise: "the cloud or Pulumi refuses to delete them",
        change: sharedFiles({ deletionProtection: true }),
        on: files("deletionProtection"),
    },
} satisfies ServiceChecks<SharedFilesArgs>);

const dnsZone = changing("dnsZone");
const zones = rows<DnsZoneArgs>(awsServices.DnsZone, azureServices.DnsZone, gcpServices.DnsZone);

servicesHonour<DnsZoneArgs>("DNS zone", {
    domain: {
        promise: "the zone's domain",
        change: dnsZone({ domain: "example.org" }),
        on: zones("domain"),
    },
    deletionProtection: {
        promise: "Pulumi refuses to delete it",
        change: dnsZone({ deletionProtection: true }),
        on: zones("deletionProtection"),
    },
} satisfies ServiceChecks<DnsZoneArgs>);

const edge = changing("edge");
const edges = rows<EdgeArgs>(awsServices.Edge, azureServices.Edge, gcpServices.Edge);

/** Only gateways of the cloud's own have logs, certificates and a firewall. */
const ownGateway = edge({ gateway: "cloud" });
const guardedGateway = edge({ gateway: "cloud", firewall: true });

servicesHonour<EdgeArgs>("Edge", {
    gateway: {
        promise: "who ends TLS and routes: Envoy, or the cloud's own balancer",
        change: ownGateway,
        on: edges("gateway"),
    },
    reaches: {
        promise: "from where there are gateways",
        change: edge({ reaches: ["internal", "public"] }),
        on: edges("reaches"),
    },
    firewall: {
        promise: "a web application firewall before the public gateway",
        from: ownGateway,
        change: guardedGateway,
        on: edges("firewall"),
    },
    ddosProtection: {
        promise: "the cloud's paid protection from floods before the public gateway",
        change: edge({ ddosProtection: "advanced" }),
        on: edges("ddosProtection"),
    },
    logRetention: {
        promise: "how long the firewall's and the balancer's logs are kept",
        from: guardedGateway,
        change: edge({ logRetention: "90 days" }),
        on: edges("logRetention"),
    },
    domain: {
        promise: "the domain whose names the gateways serve",
        from: ownGateway,
        change: edge({ domain: "app.example.com" }),
        on: edges("domain"),
    },
} satisfies ServiceChecks<EdgeArgs>);
