import { type Path, reach, renderPath } from "../../paths.ts";
import { type Properties, type Refusal, type TypeRule, UNKNOWN } from "../../table.ts";

const SSL_WORDS = {
    profile: ["COMPATIBLE", "MODERN", "RESTRICTED", "CUSTOM", "FIPS_202205"],
    minTlsVersion: ["TLS_1_0", "TLS_1_1", "TLS_1_2", "TLS_1_3"],
};

/** The words that the provider's schema takes, by type and path: any other never reaches Google. */
const WORDS: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
    "gcp:compute/network:Network": { routingMode: ["REGIONAL", "GLOBAL"] },
    "gcp:compute/subnetwork:Subnetwork": {
        "logConfig.aggregationInterval": [
            "INTERVAL_5_SEC",
            "INTERVAL_30_SEC",
            "INTERVAL_1_MIN",
            "INTERVAL_5_MIN",
            "INTERVAL_10_MIN",
            "INTERVAL_15_MIN",
        ],
        role: ["ACTIVE", "BACKUP"],
        "logConfig.metadata": ["EXCLUDE_ALL_METADATA", "INCLUDE_ALL_METADATA", "CUSTOM_METADATA"],
    },
    "gcp:compute/address:Address": {
        addressType: ["INTERNAL", "EXTERNAL"],
        networkTier: ["PREMIUM", "STANDARD"],
    },
    "gcp:compute/sSLPolicy:SSLPolicy": SSL_WORDS,
    "gcp:compute/regionSslPolicy:RegionSslPolicy": SSL_WORDS,
    "gcp:compute/securityPolicy:SecurityPolicy": {
        "advancedOptionsConfig.jsonParsing": ["DISABLED", "STANDARD", "STANDARD_WITH_GRAPHQL"],
        "advancedOptionsConfig.logLevel": ["NORMAL", "VERBOSE"],
        "adaptiveProtectionConfig.layer7DdosDefenseConfig.ruleVisibility": ["STANDARD", "PREMIUM"],
        "rules[].match.versionedExpr": ["SRC_IPS_V1"],
        "rules[].rateLimitOptions.enforceOnKey": [
            "ALL",
            "IP",
            "HTTP_HEADER",
            "XFF_IP",
            "HTTP_COOKIE",
            "HTTP_PATH",
            "SNI",
            "REGION_CODE",
            "TLS_JA3_FINGERPRINT",
            "TLS_JA4_FINGERPRINT",
            "USER_IP",
        ],
    },
    "gcp:compute/regionSecurityPolicy:RegionSecurityPolicy": {
        type: ["CLOUD_ARMOR", "CLOUD_ARMOR_EDGE", "CLOUD_ARMOR_NETWORK"],
        "ddosProtectionConfig.ddosProtection": ["ADVANCED", "ADVANCED_PREVIEW", "STANDARD"],
    },
    "gcp:compute/routerNat:RouterNat": {
        natIpAllocateOption: ["MANUAL_ONLY", "AUTO_ONLY"],
        sourceSubnetworkIpRangesToNat: [
            "ALL_SUBNETWORKS_ALL_IP_RANGES",
            "ALL_SUBNETWORKS_ALL_PRIMARY_IP_RANGES",
            "LIST_OF_SUBNETWORKS",
        ],
        "logConfig.filter": ["ERRORS_ONLY", "TRANSLATIONS_ONLY", "ALL"],
    },
    "gcp:compute/firewall:Firewall": { direction: ["INGRESS", "EGRESS"] },
    "gcp:dns/managedZone:ManagedZone": {
        visibility: ["private", "public"],
        "dnssecConfig.state": ["off", "on", "transfer"],
    },
    "gcp:container/cluster:Cluster": {
        networkingMode: ["VPC_NATIVE", "ROUTES"],
        datapathProvider: ["DATAPATH_PROVIDER_UNSPECIFIED", "LEGACY_DATAPATH", "ADVANCED_DATAPATH"],
        "releaseChannel.channel": ["UNSPECIFIED", "RAPID", "REGULAR", "STABLE", "EXTENDED"],
        "databaseEncryption.state": ["ENCRYPTED", "DECRYPTED"],
        "gatewayApiConfig.channel": [
            "CHANNEL_DISABLED",
            "CHANNEL_EXPERIMENTAL",
            "CHANNEL_STANDARD",
        ],
        "anonymousAuthenticationConfig.mode": ["LIMITED", "ENABLED"],
        "securityPostureConfig.mode": ["DISABLED", "BASIC", "ENTERPRISE"],
        "binaryAuthorization.evaluationMode": ["DISABLED", "PROJECT_SINGLETON_POLICY_ENFORCE"],
        "monitoringConfig.enableComponents[]": [
            "SYSTEM_COMPONENTS",
            "APISERVER",
            "SCHEDULER",
            "CONTROLLER_MANAGER",
            "STORAGE",
            "HPA",
            "POD",
            "DAEMONSET",
            "DEPLOYMENT",
            "STATEFULSET",
            "KUBELET",
            "CADVISOR",
            "DCGM",
            "JOBSET",
        ],
    },
    "gcp:container/nodePool:NodePool": {
        "autoscaling.locationPolicy": ["BALANCED", "ANY"],
        "upgradeSettings.strategy": ["SURGE", "BLUE_GREEN", "SHORT_LIVED"],
        "nodeConfig.workloadMetadataConfig.mode": ["GCE_METADATA", "GKE_METADATA"],
        "nodeConfig.kubeletConfig.insecureKubeletReadonlyPortEnabled": ["TRUE", "FALSE"],
    },
    "gcp:sql/databaseInstance:DatabaseInstance": {
        "settings.edition": ["ENTERPRISE", "ENTERPRISE_PLUS"],
        "settings.availabilityType": ["REGIONAL", "ZONAL"],
        "settings.activationPolicy": ["ALWAYS", "NEVER", "ON_DEMAND"],
        "settings.ipConfiguration.sslMode": [
            "ALLOW_UNENCRYPTED_AND_ENCRYPTED",
            "ENCRYPTED_ONLY",
            "TRUSTED_CLIENT_CERTIFICATE_REQUIRED",
        ],
        "settings.maintenanceWindow.updateTrack": ["canary", "stable", "week5"],
    },
    "gcp:projects/iAMAuditConfig:IAMAuditConfig": {
        "auditLogConfigs[].logType": ["DATA_READ", "DATA_WRITE", "ADMIN_READ"],
    },
    "gcp:storage/bucket:Bucket": {
        publicAccessPrevention: ["inherited", "enforced"],
        "lifecycleRules[].action.type": [
            "Delete",
            "SetStorageClass",
            "AbortIncompleteMultipartUpload",
        ],
        "lifecycleRules[].condition.withState": ["LIVE", "ARCHIVED", "ANY"],
    },
    "gcp:redis/instance:Instance": {
        tier: ["BASIC", "STANDARD_HA"],
        connectMode: ["DIRECT_PEERING", "PRIVATE_SERVICE_ACCESS"],
        transitEncryptionMode: ["SERVER_AUTHENTICATION", "DISABLED"],
        readReplicasMode: ["READ_REPLICAS_DISABLED", "READ_REPLICAS_ENABLED"],
        "persistenceConfig.persistenceMode": ["DISABLED", "RDB"],
        "persistenceConfig.rdbSnapshotPeriod": [
            "ONE_HOUR",
            "SIX_HOURS",
            "TWELVE_HOURS",
            "TWENTY_FOUR_HOURS",
        ],
        "maintenancePolicy.weeklyMaintenanceWindows[].day": [
            "MONDAY",
            "TUESDAY",
            "WEDNESDAY",
            "THURSDAY",
            "FRIDAY",
            "SATURDAY",
            "SUNDAY",
        ],
    },
    "gcp:filestore/instance:Instance": {
        protocol: ["NFS_V3", "NFS_V4_1"],
        tier: [
            "STANDARD",
            "PREMIUM",
            "BASIC_HDD",
            "BASIC_SSD",
            "HIGH_SCALE_SSD",
            "ZONAL",
            "REGIONAL",
            "ENTERPRISE",
        ],
        "fileShares.nfsExportOptions[].accessMode": ["READ_ONLY", "READ_WRITE"],
        "fileShares.nfsExportOptions[].squashMode": ["NO_ROOT_SQUASH", "ROOT_SQUASH"],
        "networks[].connectMode": [
            "DIRECT_PEERING",
            "PRIVATE_SERVICE_ACCESS",
            "PRIVATE_SERVICE_CONNECT",
        ],
        "networks[].modes[]": ["ADDRESS_MODE_UNSPECIFIED", "MODE_IPV4", "MODE_IPV6"],
    },
    "gcp:backupdisasterrecovery/backupVault:BackupVault": {
        accessRestriction: [
            "ACCESS_RESTRICTION_UNSPECIFIED",
            "WITHIN_PROJECT",
            "WITHIN_ORGANIZATION",
            "UNRESTRICTED",
            "WITHIN_ORG_BUT_UNRESTRICTED_FOR_BA",
        ],
    },
    "gcp:backupdisasterrecovery/backupPlan:BackupPlan": {
        "backupRules[].standardSchedule.recurrenceType": [
            "HOURLY",
            "DAILY",
            "WEEKLY",
            "MONTHLY",
            "YEARLY",
        ],
    },
    "gcp:artifactregistry/repository:Repository": {
        "cleanupPolicies[].action": ["DELETE", "KEEP"],
        "cleanupPolicies[].condition.tagState": ["TAGGED", "UNTAGGED", "ANY"],
        "vulnerabilityScanningConfig.enablementConfig": ["INHERITED", "DISABLED"],
    },
};

/** A path as Terraform writes it, where every block is a list: `settings.0.ip_configuration.0.ssl_mode`. */
function terraformPath(path: Path): string {
    return path
        .flatMap((part, index) => {
            const block =
                index > 0 && typeof part === "string" && typeof path[index - 1] === "string";
            const name = String(part).replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
            return block ? ["0", name] : [name];
        })
        .join(".");
}

function checkWords(type: string, inputs: Properties): Refusal[] {
    return Object.entries(WORDS[type] ?? {}).flatMap(([where, allowed]) =>
        reach(inputs, where)
            .filter(({ value }) => value !== undefined && value !== null && value !== UNKNOWN)
            .filter(({ value }) => !allowed.includes(String(value)))
            .map(({ path, value }) => ({
                property: renderPath(path),
                reason: `expected ${terraformPath(path)} to be one of ${JSON.stringify(allowed)}, got ${String(value)}`,
            })),
    );
}

/** Adds to every rule that its inputs hold only words that the provider's schema takes. */
export function withWords(
    types: Readonly<Record<string, TypeRule>>,
): Readonly<Record<string, TypeRule>> {
    return Object.fromEntries(
        Object.entries(types).map(([type, rule]) => [
            type,
            {
                ...rule,
                check: (draft) => [
                    ...checkWords(type, draft.inputs),
                    ...(rule.check?.(draft) ?? []),
                ],
            } satisfies TypeRule,
        ]),
    );
}
