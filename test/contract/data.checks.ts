import type { DatabaseArgs } from "../../components/contracts/database.ts";
import type { RegistryArgs } from "../../components/contracts/registry.ts";
import type { SecretStoreArgs } from "../../components/contracts/secret-store.ts";
import type { ContractArgs } from "./support/build.ts";
import { at, honours, type Checks } from "./support/check.ts";

const RDS = "aws:rds/instance:Instance";
const FLEXIBLE = "azure-native:dbforpostgresql:Server";
const CLOUD_SQL = "gcp:sql/databaseInstance:DatabaseInstance";
const ECR = "aws:ecr/repository:Repository";
const ACR = "azure-native:containerregistry:Registry";
const ARTIFACTS = "gcp:artifactregistry/repository:Repository";
const LOCK = "azure-native:authorization:ManagementLockByScope";

type Arguments = Omit<DatabaseArgs, "secretStore">;

function database(change: Partial<Arguments>) {
    return (args: ContractArgs) => ({ ...args, database: { ...args.database, ...change } });
}

function registry(change: Partial<RegistryArgs>) {
    return (args: ContractArgs) => ({ ...args, registry: { ...args.registry, ...change } });
}

function secretStore(change: Partial<SecretStoreArgs>) {
    return (args: ContractArgs) => ({ ...args, secretStore: { ...args.secretStore, ...change } });
}

honours<Arguments>("Database", {
    version: {
        promise: "the major version of PostgreSQL",
        change: database({ version: "18" }),
        on: {
            aws: { lands: [at(RDS, "engineVersion", "18")] },
            azure: { lands: [at(FLEXIBLE, "version", "18")] },
            gcp: { lands: [at(CLOUD_SQL, "databaseVersion", "POSTGRES_18")] },
        },
    },
    size: {
        promise: "vCPU and memory of the server",
        change: database({ size: "large" }),
        on: {
            aws: { lands: [at(RDS, "instanceClass", "db.m6g.xlarge")] },
            azure: { lands: [at(FLEXIBLE, "sku.name", "Standard_D4ds_v5")] },
            gcp: { lands: [at(CLOUD_SQL, "settings.tier", "db-custom-4-16384")] },
        },
    },
    storage: {
        promise: "the storage at the start",
        change: database({ storage: "128 GiB" }),
        on: {
            aws: { lands: [at(RDS, "allocatedStorage", 128)] },
            azure: { lands: [at(FLEXIBLE, "storage.storageSizeGB", 128)] },
            gcp: { lands: [at(CLOUD_SQL, "settings.diskSize", 128)] },
        },
    },
    storageAutoGrow: {
        promise: "the cloud adds storage before it runs out",
        change: database({ storageAutoGrow: false }),
        on: {
            aws: { lands: [at(RDS, "maxAllocatedStorage", 0)] },
            azure: { lands: [at(FLEXIBLE, "storage.autoGrow", "Disabled")] },
            gcp: { lands: [at(CLOUD_SQL, "settings.diskAutoresize", false)] },
        },
    },
    highAvailability: {
        promise: "a standby in another zone takes over (G1.31, G1.44, G1.55)",
        change: database({ highAvailability: true }),
        on: {
            aws: { lands: [at(RDS, "multiAz", true)] },
            azure: { lands: [at(FLEXIBLE, "highAvailability.mode", "ZoneRedundant")] },
            gcp: { lands: [at(CLOUD_SQL, "settings.availabilityType", "REGIONAL")] },
        },
    },
    backupRetention: {
        promise: "days of backups with point-in-time recovery",
        change: database({ backupRetention: "14 days" }),
        on: {
            aws: { lands: [at(RDS, "backupRetentionPeriod", 14)] },
            azure: { lands: [at(FLEXIBLE, "backup.backupRetentionDays", 14)] },
            gcp: {
                lands: [
                    at(
                        CLOUD_SQL,
                        "settings.backupConfiguration.backupRetentionSettings.retainedBackups",
                        15,
                    ),
                    at(CLOUD_SQL, "settings.backupConfiguration.transactionLogRetentionDays", 14),
                ],
            },
        },
    },
    finalBackup: {
        promise: "a deleted server leaves a last backup (G1.29)",
        change: database({ finalBackup: true }),
        on: {
            aws: { lands: [at(RDS, "skipFinalSnapshot", false)] },
            azure: { always: "Azure keeps a deleted server's backups for 5 days" },
            gcp: { lands: [at(CLOUD_SQL, "settings.finalBackupConfig.enabled", true)] },
        },
    },
    deletionProtection: {
        promise: "cloud and Pulumi both refuse to delete it",
        change: database({ deletionProtection: true }),
        on: {
            aws: { lands: [at(RDS, "deletionProtection", true), at(RDS, "(protect)", true)] },
            azure: { lands: [at(LOCK, "(exists)", true), at(FLEXIBLE, "(protect)", true)] },
            gcp: {
                lands: [
                    at(CLOUD_SQL, "settings.deletionProtectionEnabled", true),
                    at(CLOUD_SQL, "(protect)", true),
                ],
            },
        },
    },
    databaseName: {
        promise: "the name of the database",
        change: database({ databaseName: "orders" }),
        on: {
            aws: { lands: [at(RDS, "dbName", "orders")] },
            azure: {
                lands: [at("azure-native:dbforpostgresql:Database", "databaseName", "orders")],
            },
            gcp: { lands: [at("gcp:sql/database:Database", "name", "orders")] },
        },
    },
    username: {
        promise: "the administrator's name",
        change: database({ username: "owner_user" }),
        on: {
            aws: { lands: [at(RDS, "username", "owner_user")] },
            azure: { lands: [at(FLEXIBLE, "administratorLogin", "owner_user")] },
            gcp: { lands: [at("gcp:sql/user:User", "name", "owner_user")] },
        },
    },
} satisfies Checks<Arguments>);

honours<RegistryArgs>("Registry", {
    repositories: {
        promise: "an address for every image",
        change: registry({ repositories: ["web", "api"] }),
        on: {
            aws: { lands: [at(ECR, "(exists)", true)] },
            azure: { gives: ({ addresses }) => addresses },
            gcp: { gives: ({ addresses }) => addresses },
        },
    },
    immutableTags: {
        promise: "a tag never points to another image",
        change: registry({ immutableTags: true }),
        on: {
            aws: { lands: [at(ECR, "imageTagMutability", "IMMUTABLE")] },
            azure: { lands: [at("azure-native:containerregistry:Task", "(exists)", true)] },
            gcp: { lands: [at(ARTIFACTS, "dockerConfig.immutableTags", true)] },
        },
    },
    keepImages: {
        promise: "how many images the clean-up leaves",
        change: registry({ keepImages: 5 }),
        on: {
            aws: {
                lands: [
                    at(
                        "aws:ecr/lifecyclePolicy:LifecyclePolicy",
                        "policy.rules[].selection.countNumber",
                        5,
                    ),
                ],
            },
            azure: {
                lands: [
                    at(
                        "azure-native:containerregistry:Task",
                        "step.encodedTaskContent",
                        /--keep 5\b/,
                    ),
                ],
            },
            gcp: {
                lands: [at(ARTIFACTS, "cleanupPolicies[].mostRecentVersions.keepCount", 5)],
            },
        },
    },
    deletionProtection: {
        promise: "cloud and Pulumi both refuse to delete it",
        change: registry({ deletionProtection: true }),
        on: {
            aws: { lands: [at(ECR, "forceDelete", false), at(ECR, "(protect)", true)] },
            azure: { lands: [at(LOCK, "(exists)", true), at(ACR, "(protect)", true)] },
            gcp: {
                lands: [
                    at(ARTIFACTS, "deletionPolicy", "PREVENT"),
                    at(ARTIFACTS, "(protect)", true),
                ],
            },
        },
    },
} satisfies Checks<RegistryArgs>);

honours<SecretStoreArgs>("Secret store", {
    recoverable: {
        promise: "a deleted secret can be recovered",
        change: secretStore({ recoverable: true }),
        on: {
            aws: { lands: [at("aws:secretsmanager/secret:Secret", "recoveryWindowInDays", 30)] },
            azure: {
                lands: [
                    at("azure-native:keyvault:Vault", "properties.enablePurgeProtection", true),
                ],
            },
            gcp: {
                lands: [at("gcp:secretmanager/secret:Secret", "versionDestroyTtl", "2592000s")],
            },
        },
    },
    deletionProtection: {
        promise: "cloud and Pulumi both refuse to delete it",
        change: secretStore({ deletionProtection: true }),
        on: {
            aws: {
                lands: [
                    at(
                        "aws:secretsmanager/secret:Secret",
                        "policy.Statement[].Action",
                        "secretsmanager:DeleteSecret",
                    ),
                    at("aws:secretsmanager/secret:Secret", "(protect)", true),
                ],
            },
            azure: {
                lands: [
                    at(LOCK, "(exists)", true),
                    at("azure-native:keyvault:Vault", "(protect)", true),
                ],
            },
            gcp: {
                lands: [
                    at("gcp:secretmanager/secret:Secret", "deletionProtection", true),
                    at("gcp:secretmanager/secret:Secret", "(protect)", true),
                ],
            },
        },
    },
} satisfies Checks<SecretStoreArgs>);
