import * as own from "./service-forms.ts";
import * as form from "./forms.ts";
import * as kubernetes from "./kubernetes-forms.ts";
import { entries, field, list, section } from "./shape.ts";

const protection = (what: string) =>
    field(form.toggle, `Whether the cloud or Pulumi refuses to delete ${what}`);

const highAvailability = (what: string) => field(form.toggle, `Whether ${what} the loss of a zone`);

const pod = field(
    section({
        cpu: field(kubernetes.cpu, "CPU requested; it may use twice as much"),
        memory: field(kubernetes.memory, "Memory requested, which is its limit too"),
    }),
    "What each of its pods needs",
);

const volume = field(form.gibibytes, "Each pod's encrypted volume. It can grow, never shrink");

export const objectStore = section({
    versioning: field(form.toggle, "Whether overwritten and deleted objects can be brought back"),
    versionRetention: field(form.days, "How long they can be brought back"),
    coolAfter: field(
        form.days,
        "When objects move to a cheaper class for rare reads; 30 days or more",
    ),
    expireAfter: field(form.days, "When objects are deleted"),
    corsOrigins: field(
        list(own.origin),
        "Origins whose pages may read and write with signed addresses",
    ),
    deletionProtection: protection("the store with its objects"),
});

export const cache = section({
    placement: field(
        own.placement,
        "A service of the cloud, or Valkey in the cluster. Changing it makes another, empty cache",
    ),
    size: field(own.cacheSize, "Its memory in GiB: small 1, medium 5 to 6, large 12 to 13"),
    highAvailability: highAvailability("it survives"),
    eviction: field(
        own.eviction,
        "What happens when the memory is full: the least recently used keys go, or writes fail",
    ),
    storage: field(form.gibibytes, "Each pod's volume, in the cluster only"),
    deletionProtection: protection("the cache"),
});

/** Daily copies of the volumes of a service in the cluster. */
const snapshots = field(
    own.backupRetention,
    "How long daily snapshots of its volumes are kept: 1 to 365 days, or none",
);

export const queue = section({
    replicas: field(
        own.members,
        "1, or 3 or 5 so that it survives the loss of a node and of a zone",
    ),
    storage: volume,
    resources: pod,
    backupRetention: snapshots,
    deletionProtection: protection("the queue with its messages"),
});

const topic = section({
    partitions: field(own.partitions, "Its partitions. They can grow, never shrink"),
    retention: field(form.days, "How long records are kept"),
    cleanup: field(own.cleanup, "Whether old records go, or all but the newest of each key"),
});

export const stream = section({
    brokers: field(
        own.brokers,
        "1, or 3 and more so that it survives the loss of a node and of a zone",
    ),
    storage: volume,
    resources: pod,
    topics: field(entries(own.topicKey, topic), "Topics by name"),
    backupRetention: snapshots,
    deletionProtection: protection("the stream with its records"),
});

export const search = section({
    nodes: field(
        own.brokers,
        "1, or 3 and more so that it survives the loss of a node and of a zone",
    ),
    storage: volume,
    resources: pod,
    backup: field(
        section(
            {
                files: field(form.databaseKey, "The site's shared files that hold its snapshots"),
                retention: field(form.days, "How long daily snapshots are kept, 1 to 365 days"),
            },
            "files",
        ),
        "Daily snapshots into shared files, or just the files' name",
    ),
    deletionProtection: protection("the indexes"),
});

export const sharedFiles = section({
    highAvailability: highAvailability("the files survive"),
    backupRetention: field(form.days, "How long daily backups are kept"),
    size: field(
        form.gibibytes,
        "The room: on Azure for each application, on Google Cloud for all together, from 1024 to 9984 GiB in steps of 256; on AWS they grow by themselves",
    ),
    deletionProtection: protection("the files"),
});

export const gateway = section({
    kind: field(
        own.gatewayKind,
        "Envoy in the cluster, the same on every cloud, or the cloud's own application load balancer",
    ),
    domain: field(
        own.domain,
        "The domain below which applications get their names. Changing it renames all of them",
    ),
    zone: field(form.toggle, "Whether the site makes the domain's DNS zone and keeps its records"),
    certificates: field(
        own.issuer,
        "Who signs: Let's Encrypt, its staging that no browser trusts, or a private authority of the site",
    ),
    email: field(own.email, "Whom Let's Encrypt writes to"),
    firewall: field(
        form.toggle,
        "Whether a web application firewall stands before the public gateway; with kind cloud",
    ),
    ddosProtection: field(
        own.ddosProtection,
        "How public gateways are protected from floods: as the cloud protects everybody, or by its paid form",
    ),
});

export const monitoring = section({
    retention: field(form.days, "How long metrics are kept"),
    storage: field(form.gibibytes, "Prometheus' volume"),
});
