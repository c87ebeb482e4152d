import type { Json } from "../../policies/examples/example.ts";
import type { CloudName } from "../../components/contracts/cloud.ts";
import type { Mutation } from "../policies/mutations/mutation.ts";

type Inputs = Readonly<Record<string, Json | undefined>>;

/** One change of a service, by which a rule has to find it at the first of the changed paths. */
const change = (rule: string, type: string, name: string, set: Inputs): Mutation => ({
    rule,
    title: `${name} has ${JSON.stringify(set, (_, value: unknown) => value ?? "nothing")}`,
    do: [{ type, name: `myapp-dev-one-${name}`, set }],
    at: Object.keys(set)[0]!,
});

/** The same, where what is found stands elsewhere: at the whole resource, or at another one. */
const changed = (rule: string, type: string, name: string, set: Inputs): Mutation => {
    const { at: _, ...mutation } = change(rule, type, name, set);
    return mutation;
};

const missing = (rule: string, type: string, name: string): Mutation => ({
    rule,
    title: `${name} has no ${type.split(":").at(-1)}`,
    do: [{ type, name: `myapp-dev-one-${name}` }],
});

const unprotected = (type: string, name: string): Mutation => ({
    rule: "xr-stateful-protected",
    title: `${name} is not protected`,
    do: [{ type, name: `myapp-dev-one-${name}`, set: {} }],
    traits: { protect: false },
});

/** Data in the wrong place; only a stack that names its places is asked. */
const abroad = (type: string, name: string, set: Inputs): Mutation => ({
    ...change("data-residency", type, name, set),
    options: {
        "data-residency": { regions: ["eu-central-1", "westeurope", "europe-west3", "EU"] },
    },
});

const S3 = "aws:s3/bucket:Bucket";
const BLOCK = "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock";
const ENCRYPTION =
    "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration";
const S3_POLICY = "aws:s3/bucketPolicy:BucketPolicy";
const AWS_KEY = "aws:kms/key:Key";
const LOG_GROUP = "aws:cloudwatch/logGroup:LogGroup";
const INGRESS = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
const EVERYBODY = JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: "*", Action: "*", Resource: "*" }],
});

const AWS: readonly Mutation[] = [
    missing("bucket-public-access-blocked", BLOCK, "uploads"),
    change("bucket-no-public-acl-or-iam", S3, "uploads", { acl: "public-read" }),
    changed("bucket-tls-only", S3_POLICY, "uploads", {
        policy: '{"Version":"2012-10-17","Statement":[]}',
    }),
    missing("bucket-encrypted-cmk", ENCRYPTION, "uploads"),
    changed("bucket-versioning", "aws:s3/bucketVersioning:BucketVersioning", "uploads", {
        "versioningConfiguration.status": "Suspended",
    }),
    {
        ...missing("bucket-access-logging", "aws:s3/bucketLogging:BucketLogging", "uploads"),
        // The bucket for its logs may be under S3's own key only as long as it holds logs.
        also: ["bucket-encrypted-cmk"],
    },
    missing(
        "bucket-lifecycle",
        "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
        "uploads",
    ),
    change("bucket-no-force-destroy", S3, "uploads", { forceDestroy: true }),
    unprotected(S3, "uploads"),
    change("kms-rotation", AWS_KEY, "sessions", { enableKeyRotation: false }),
    change("kms-deletion-window", AWS_KEY, "media", { deletionWindowInDays: 7 }),
    changed("kms-no-public-principal", AWS_KEY, "uploads", { policy: EVERYBODY }),
    unprotected(AWS_KEY, "media"),
    change("logs-retention", LOG_GROUP, "sessions-slow-log", { retentionInDays: 7 }),
    change("logs-cmk", LOG_GROUP, "sessions-engine-log", { kmsKeyId: undefined }),
    change("disk-encrypted-at-rest", "aws:efs/fileSystem:FileSystem", "media", {
        encrypted: false,
    }),
    unprotected("aws:efs/fileSystem:FileSystem", "media"),
    changed("net-no-world-ingress-db-ports", INGRESS, "sessions", {
        cidrIpv4: "0.0.0.0/0",
        referencedSecurityGroupId: undefined,
    }),
    change("net-rule-description", INGRESS, "media", { description: undefined }),
    changed("iam-no-wildcard-trust", "aws:iam/role:Role", "media-backup", {
        assumeRolePolicy: EVERYBODY,
    }),
    changed(
        "xr-workload-identity-chain",
        "aws:eks/podIdentityAssociation:PodIdentityAssociation",
        "edge-balancers",
        { namespace: "kube-sytem" },
    ),
    abroad(S3, "uploads", { region: "us-east-1" }),
];

const ACCOUNT = "azure-native:storage:StorageAccount";
const BLOBS = "azure-native:storage:BlobServiceProperties";
const CREDENTIAL = "azure-native:managedidentity:FederatedIdentityCredential";
const NSG = "azure-native:network:NetworkSecurityGroup";
const CACHE = "azure-native:redisenterprise:RedisEnterprise";

const AZURE: readonly Mutation[] = [
    ...["uploads", "media"].flatMap((name) => [
        change("bucket-public-access-blocked", ACCOUNT, name, { allowBlobPublicAccess: true }),
        change("bucket-tls-only", ACCOUNT, name, { minimumTlsVersion: "TLS1_1" }),
        change("az-storage-shared-key-off", ACCOUNT, name, { allowSharedKeyAccess: true }),
        change("az-storage-network-default-deny", ACCOUNT, name, {
            "networkRuleSet.defaultAction": "Allow",
        }),
        unprotected(ACCOUNT, name),
    ]),
    change("bucket-no-public-acl-or-iam", "azure-native:storage:BlobContainer", "uploads", {
        publicAccess: "Blob",
    }),
    change("bucket-tls-only", ACCOUNT, "uploads", { enableHttpsTrafficOnly: false }),
    change("bucket-versioning", BLOBS, "uploads", { isVersioningEnabled: false }),
    changed("az-storage-soft-delete", BLOBS, "uploads", {
        "containerDeleteRetentionPolicy.days": 1,
    }),
    missing("bucket-access-logging", "azure-native:monitor:DiagnosticSetting", "uploads-logs"),
    missing("bucket-lifecycle", "azure-native:storage:ManagementPolicy", "uploads"),
    changed("iam-no-star-admin", "azure-native:authorization:RoleDefinition", "media-backups", {
        "permissions[0].actions": ["*"],
    }),
    change("xr-workload-identity-chain", CREDENTIAL, "web", {
        subject: "system:serviceaccount:web:wbe",
    }),
    change("logs-retention", "azure-native:operationalinsights:Workspace", "edge-logs", {
        retentionInDays: 7,
    }),
    changed("net-no-world-ingress-admin-ports", NSG, "edge-gateways", {
        "securityRules[0].destinationPortRanges": ["22", "443"],
    }),
    change("tags-required", CACHE, "sessions", { tags: {} }),
    abroad(CACHE, "sessions", { location: "eastus" }),
    abroad(ACCOUNT, "media", { location: "eastus" }),
];

const BUCKET = "gcp:storage/bucket:Bucket";
const GCP_KEY = "gcp:kms/cryptoKey:CryptoKey";
const AUDIT = "gcp:projects/iAMAuditConfig:IAMAuditConfig";
const MEMBER = "gcp:storage/bucketIAMMember:BucketIAMMember";

const GCP: readonly Mutation[] = [
    change("bucket-public-access-blocked", BUCKET, "uploads", {
        publicAccessPrevention: "inherited",
    }),
    change("bucket-encrypted-cmk", BUCKET, "uploads", { "encryption.defaultKmsKeyName": "" }),
    change("bucket-versioning", BUCKET, "uploads", { "versioning.enabled": false }),
    changed("bucket-access-logging", AUDIT, "storage.googleapis.com", {
        service: "compute.googleapis.com",
    }),
    change("bucket-lifecycle", BUCKET, "uploads", { lifecycleRules: [] }),
    change("gcp-bucket-uniform-access", BUCKET, "uploads", { uniformBucketLevelAccess: false }),
    change("bucket-no-force-destroy", BUCKET, "uploads", { forceDestroy: true }),
    unprotected(BUCKET, "uploads"),
    change("kms-rotation", GCP_KEY, "sessions-key", { rotationPeriod: undefined }),
    change("kms-deletion-window", GCP_KEY, "uploads-key", { destroyScheduledDuration: "86400s" }),
    unprotected(GCP_KEY, "sessions-key"),
    change(
        "logs-retention",
        "gcp:logging/projectBucketConfig:ProjectBucketConfig",
        "uploads-access",
        { retentionDays: 7 },
    ),
    changed("bucket-no-public-acl-or-iam", MEMBER, "web", { member: "allUsers" }),
    change("edge-tls12", "gcp:compute/sSLPolicy:SSLPolicy", "edge-public", {
        minTlsVersion: "TLS_1_0",
        profile: "COMPATIBLE",
    }),
    abroad("gcp:redis/instance:Instance", "sessions", { region: "us-central1" }),
    abroad("gcp:filestore/instance:Instance", "media", { location: "us-central1" }),
];

/** What is done to the services of each cloud, and the one rule that must find it. */
export const serviceMutations: Readonly<Record<CloudName, readonly Mutation[]>> = {
    aws: AWS,
    azure: AZURE,
    gcp: GCP,
};
