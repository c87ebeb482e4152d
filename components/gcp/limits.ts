import type { CloudLimits } from "../contracts/cloud.ts";
import type { ServiceLimits } from "../contracts/services.ts";
import { RECOVERY_DAYS } from "./sizes.ts";

/** What Google Cloud refuses. */
export const GCP_LIMITS = {
    // https://docs.cloud.google.com/resource-manager/docs/creating-managing-projects
    account: {
        what: "a Google Cloud project id: 6 to 30 lower-case letters, digits and hyphens, a letter first",
        pattern: /^[a-z][a-z0-9-]{4,28}[a-z0-9]$/,
        example: "myapp-platform-dev",
    },
    // https://docs.cloud.google.com/compute/docs/regions-zones
    regions: [
        "africa-south1",
        "asia-east1",
        "asia-east2",
        "asia-northeast1",
        "asia-northeast2",
        "asia-northeast3",
        "asia-south1",
        "asia-south2",
        "asia-southeast1",
        "asia-southeast2",
        "australia-southeast1",
        "australia-southeast2",
        "europe-central2",
        "europe-north1",
        "europe-north2",
        "europe-southwest1",
        "europe-west1",
        "europe-west10",
        "europe-west12",
        "europe-west2",
        "europe-west3",
        "europe-west4",
        "europe-west6",
        "europe-west8",
        "europe-west9",
        "me-central1",
        "me-central2",
        "me-west1",
        "northamerica-northeast1",
        "northamerica-northeast2",
        "northamerica-south1",
        "southamerica-east1",
        "southamerica-west1",
        "us-central1",
        "us-east1",
        "us-east4",
        "us-east5",
        "us-south1",
        "us-west1",
        "us-west2",
        "us-west3",
        "us-west4",
    ],
    names: {
        cluster: {
            kind: "GKE cluster",
            max: 40,
            see: "https://docs.cloud.google.com/kubernetes-engine/docs/reference/rest/v1/projects.locations.clusters",
        },
        // Both have a key of their own, `<name>-key-<7 digits>`, whose 63 characters run out first.
        database: {
            kind: "Cloud SQL instance, whose Cloud KMS key is named after it",
            max: 51,
            see: "https://docs.cloud.google.com/kms/docs/resource-hierarchy",
        },
        registry: {
            kind: "Artifact Registry repository, whose Cloud KMS key is named after it",
            max: 51,
            see: "https://docs.cloud.google.com/kms/docs/resource-hierarchy",
        },
        // The store itself is nothing but a key, `<name>-secrets-key-<7 digits>`.
        secretStore: {
            kind: "Cloud KMS key of the secret store",
            max: 43,
            see: "https://docs.cloud.google.com/kms/docs/resource-hierarchy",
        },
    },
    // https://docs.cloud.google.com/iam/docs/principal-identifiers
    administrator: {
        what: "a group or user as Google Cloud's IAM writes it",
        pattern: /^(group|user):[^\s@:]+@[^\s@:]+\.[^\s@:]+$/,
        example: "group:platform-team@example.com",
    },
    // A role binding names a Google group in vain unless the cluster is tied to a group `gke-security-groups` of the
    // domain, and compares addresses letter by letter, which Google writes in lower case.
    // https://docs.cloud.google.com/kubernetes-engine/docs/how-to/google-groups-rbac
    viewer: {
        what: "a user as Google Cloud's IAM writes it, in lower case (a role binding does not reach Google groups)",
        pattern: /^user:[^\s@:A-Z]+@[^\s@:A-Z]+\.[^\s@:A-Z]+$/,
        example: "user:jane@example.com",
    },
    // https://docs.cloud.google.com/compute/docs/disks/persistent-disks
    nodeDisk: { min: 10, max: 65_536 },
    database: {
        // https://docs.cloud.google.com/sql/docs/quotas#storage_limits; shared core ends at 3,054 GiB.
        storage: { min: 10, max: 65_536 },
        backupRetention: { min: 1, max: RECOVERY_DAYS.ENTERPRISE_PLUS },
        // Only Enterprise Plus reaches further back than 7 days, and it has no small tiers.
        backupRetentionBySize: {
            micro: { min: 1, max: RECOVERY_DAYS.ENTERPRISE },
            small: { min: 1, max: RECOVERY_DAYS.ENTERPRISE },
        },
        // Shared-core tiers stand outside Cloud SQL's service level agreement.
        highAvailabilitySizes: ["small", "medium", "large", "xlarge"],
        // https://docs.cloud.google.com/sql/docs/postgres/users#other-postgresql-users
        reservedUsernames: [
            "cloudsqladmin",
            "cloudsqlagent",
            "cloudsqliamserviceaccount",
            "cloudsqliamuser",
            "cloudsqlimportexport",
            "cloudsqlinactiveuser",
            "cloudsqlobservability",
            "cloudsqlreplica",
            "cloudsqlsuperuser",
            "postgres",
            "public",
        ],
        cappedGrowth: true,
    },
    registry: { copies: false },
} as const satisfies CloudLimits;

/** What Google Cloud refuses of data services and of the way in. */
export const GCP_SERVICE_LIMITS = {
    names: {
        // The key `<name>-key-<7 digits>` has 63 characters, as the bucket itself.
        objectStore: {
            kind: "Cloud Storage bucket, whose Cloud KMS key is named after it",
            max: 51,
            see: "https://docs.cloud.google.com/storage/docs/buckets#naming",
        },
        cache: {
            kind: "Memorystore instance",
            max: 40,
            see: "https://docs.cloud.google.com/memorystore/docs/redis/reference/rest/v1/projects.locations.instances/create",
        },
        // With the provider's `-<7 digits>`.
        sharedFiles: {
            kind: "Filestore instance",
            max: 55,
            see: "https://docs.cloud.google.com/filestore/docs/creating-instances",
        },
    },
    objectStore: {
        versionRetention: { min: 1, max: 3650 },
        // Nearline is paid for 30 days at least.
        coolAfter: { min: 30, max: 3650 },
        expireAfter: { min: 1, max: 36_500 },
        corsOrigins: 100,
        signedAddresses: "internet",
    },
    sharedFiles: {
        // https://docs.cloud.google.com/backup-disaster-recovery/docs/reference/rest/v1/projects.locations.backupPlans
        backupRetention: { min: 1, max: 90 },
        apart: false,
        // What the zonal and the regional tier have in common. From 10 TiB on instances are of another kind, into which
        // none of this can grow.
        // https://docs.cloud.google.com/filestore/docs/service-tiers
        size: { min: 1024, max: 9984, step: 256 },
    },
    edge: {
        cloudGatewayNeedsZone: false,
        cloudReaches: ["internal", "public"],
        logRetention: { min: 1, max: 3650 },
        // Before an application load balancer it is a rule of Cloud Armor's policy.
        advancedDdos: { envoy: "always", cloud: "with firewall" },
    },
} as const satisfies ServiceLimits;

/** What no bucket's name may hold: it begins with `goog`, or has `google` in it. */
export const RESERVED_FOR_GOOGLE = /^goog|google/;

/**
 * The longest prefix of a network's block with room for caches and shared files beside databases: of a /20, Cloud SQL
 * takes all that services of Google's can have.
 */
export const SERVICES_PREFIX = 19;
