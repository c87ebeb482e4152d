import type { CloudLimits } from "../contracts/cloud.ts";
import type { ServiceLimits } from "../contracts/services.ts";

/** Whom an access entry of EKS is for. */
const PRINCIPAL = {
    what: "the ARN of an IAM role or user",
    pattern: /^arn:aws:iam::\d{12}:(role|user)\/[\w+=,.@/-]{1,512}$/,
};

/** What AWS refuses, as data. No SDK is loaded for it, so that settings can check against it. */
export const AWS_LIMITS = {
    account: {
        what: "an AWS account id, 12 digits",
        pattern: /^\d{12}$/,
        example: "123456789012",
    },
    // Regions with three zones in which a new account can make an EKS cluster. us-west-1 is left out: most accounts see
    // two zones there. China and GovCloud are partitions of their own and out of scope.
    regions: [
        "af-south-1",
        "ap-east-1",
        "ap-east-2",
        "ap-northeast-1",
        "ap-northeast-2",
        "ap-northeast-3",
        "ap-south-1",
        "ap-south-2",
        "ap-southeast-1",
        "ap-southeast-2",
        "ap-southeast-3",
        "ap-southeast-4",
        "ap-southeast-5",
        "ap-southeast-7",
        "ca-central-1",
        "ca-west-1",
        "eu-central-1",
        "eu-central-2",
        "eu-north-1",
        "eu-south-1",
        "eu-south-2",
        "eu-west-1",
        "eu-west-2",
        "eu-west-3",
        "il-central-1",
        "me-central-1",
        "me-south-1",
        "mx-central-1",
        "sa-east-1",
        "us-east-1",
        "us-east-2",
        "us-west-2",
    ],
    // A VPC's block is a /16 at most.
    network: { min: 16, max: 20 },
    names: {
        // EKS itself allows 100 characters. The shortest limit of what is named after the cluster counts: an IAM role
        // has 64, of which `-cluster-autoscaler` and the generated tail take 27.
        cluster: {
            kind: "EKS cluster",
            max: 37,
            see: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html",
        },
        database: {
            kind: "RDS instance",
            max: 63,
            see: "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Limits.html#RDS_Limits.Constraints",
        },
        // A repository has 256 with its path; half of it stays for the repository's own name.
        registry: {
            kind: "ECR repository namespace",
            min: 2,
            max: 127,
            see: "https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_CreateRepository.html",
        },
        secretStore: {
            kind: "Secrets Manager name prefix",
            max: 255,
            see: "https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_CreateSecret.html",
        },
    },
    administrator: { ...PRINCIPAL, example: "arn:aws:iam::123456789012:role/platform-admin" },
    viewer: { ...PRINCIPAL, example: "arn:aws:iam::123456789012:role/shop-team" },
    // AL2023's image has 20 GiB; gp3 ends at 65,536 GiB, an instance's boot partition at 16,384.
    nodeDisk: { min: 20, max: 16_384 },
    database: {
        // gp3 for PostgreSQL.
        storage: { min: 20, max: 65_536 },
        // RDS takes 0 too, which switches backups off: not offered.
        backupRetention: { min: 1, max: 35 },
        highAvailabilitySizes: ["micro", "small", "medium", "large", "xlarge"],
        reservedUsernames: [
            "admin",
            "administrator",
            "all",
            "current_role",
            "current_user",
            "default",
            "none",
            "postgres",
            "public",
            "rds_ad",
            "rds_iam",
            "rds_password",
            "rds_replication",
            "rds_reserved",
            "rds_superuser",
            "rdsadmin",
            "rdsrepladmin",
            "rdstopmgr",
            "rdswriteforwarduser",
            "root",
            "session_user",
            "user",
        ],
        cappedGrowth: true,
    },
    registry: { copies: true },
} as const satisfies CloudLimits;

/** What AWS refuses of data services and the way in. */
export const AWS_SERVICE_LIMITS = {
    names: {
        // A bucket has 63, of which its log's `-logs` and the generated tail take 13.
        objectStore: {
            kind: "S3 bucket",
            max: 50,
            see: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html",
        },
        cache: {
            kind: "ElastiCache replication group",
            max: 40,
            see: "https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateReplicationGroup.html",
        },
        // A backup vault has 50, a backup plan too, of which the generated tail takes 8.
        sharedFiles: {
            kind: "AWS Backup vault",
            min: 2,
            max: 42,
            see: "https://docs.aws.amazon.com/aws-backup/latest/devguide/API_CreateBackupVault.html",
        },
    },
    objectStore: {
        versionRetention: { min: 1, max: 3650 },
        // The cheaper class takes objects after 30 days at the earliest.
        coolAfter: { min: 30, max: 3650 },
        expireAfter: { min: 1, max: 3650 },
        // A bucket takes 100 rules of one origin or more; all origins here share one.
        corsOrigins: 100,
        signedAddresses: "internet",
    },
    // AWS Backup keeps longer; the contract does not.
    sharedFiles: { backupRetention: { min: 1, max: 365 }, apart: true },
    edge: {
        // Application load balancers take certificates from ACM only, which proves them in the zone.
        cloudGatewayNeedsZone: true,
        cloudReaches: ["internal", "public"],
        // CloudWatch Logs ends there.
        logRetention: { min: 1, max: 3653 },
        advancedDdos: { envoy: "always", cloud: "always" },
    },
} as const satisfies ServiceLimits;
