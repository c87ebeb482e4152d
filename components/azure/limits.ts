import type { CloudLimits } from "../contracts/cloud.ts";
import type { ServiceLimits } from "../contracts/services.ts";
import type { NameRule } from "../lib/names.ts";

/** Who signs in to a cluster: its groups, so that members come and go without the stack. */
const GROUP = {
    what: "the object id of a Microsoft Entra group",
    pattern: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
    example: "12345678-9abc-4def-8123-456789abcdef",
};

/** What Azure refuses, checked before anything is created. */
export const AZURE_LIMITS = {
    account: {
        what: "an Azure subscription id",
        pattern: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
        example: "12345678-9abc-4def-8123-456789abcdef",
    },
    regions: [
        "australiaeast",
        "austriaeast",
        "belgiumcentral",
        "brazilsouth",
        "canadacentral",
        "centralindia",
        "centralus",
        "chilecentral",
        "eastasia",
        "eastus",
        "eastus2",
        "francecentral",
        "germanywestcentral",
        "indonesiacentral",
        "israelcentral",
        "italynorth",
        "japaneast",
        "japanwest",
        "koreacentral",
        "malaysiawest",
        "mexicocentral",
        "newzealandnorth",
        "northeurope",
        "norwayeast",
        "polandcentral",
        "qatarcentral",
        "southafricanorth",
        "southcentralus",
        "southeastasia",
        "spaincentral",
        "swedencentral",
        "switzerlandnorth",
        "uaenorth",
        "uksouth",
        "westeurope",
        "westus2",
        "westus3",
    ],
    names: {
        // The DNS prefix is the cluster's name, and is the shorter of the two.
        cluster: {
            kind: "AKS cluster",
            max: 54,
            see: "https://learn.microsoft.com/azure/aks/troubleshooting#what-naming-restrictions-are-enforced-for-aks-resources-and-parameters",
        },
        // 63, less the 8 digits that make the name unique in all of Azure.
        database: {
            kind: "Azure Database for PostgreSQL server",
            min: 3,
            max: 55,
            see: "https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules#microsoftdbforpostgresql",
        },
        registry: {
            kind: "Azure container registry",
            min: 5,
            max: 50,
            separator: "",
            see: "https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules#microsoftcontainerregistry",
        },
        secretStore: {
            kind: "Azure key vault",
            min: 3,
            max: 24,
            see: "https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules#microsoftkeyvault",
        },
    },
    administrator: GROUP,
    viewer: GROUP,
    nodeDisk: { min: 30, max: 2048 },
    database: {
        storage: {
            min: 32,
            max: 32767,
            steps: [32, 64, 128, 256, 512, 1024, 2048, 4095, 4096, 8192, 16384, 32767],
        },
        backupRetention: { min: 7, max: 35 },
        highAvailabilitySizes: ["medium", "large", "xlarge"],
        reservedUsernames: [
            "admin",
            "administrator",
            "azure_pg_admin",
            "azure_superuser",
            "azuresu",
            "guest",
            "postgres",
            "public",
            "replication",
            "root",
        ],
        cappedGrowth: false,
    },
    registry: { copies: false },
} as const satisfies CloudLimits;

/** A storage account's name is unique in all of Azure. */
export const STORAGE_ACCOUNT = {
    kind: "Azure storage account",
    min: 3,
    max: 24,
    separator: "",
    see: "https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules#microsoftstorage",
} as const satisfies NameRule;

/** What Azure refuses of data services and the way in. */
export const AZURE_SERVICE_LIMITS = {
    names: {
        // The account's name is shortened, so this is its container's.
        objectStore: {
            kind: "Azure blob container",
            min: 3,
            max: 63,
            see: "https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules#microsoftstorage",
        },
        // 60, less the 8 digits that make the name unique in the region.
        cache: {
            kind: "Azure Managed Redis",
            max: 52,
            see: "https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules#microsoftcache",
        },
        sharedFiles: {
            kind: "Azure file share",
            min: 3,
            max: 63,
            see: "https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules#microsoftstorage",
        },
    },
    objectStore: {
        // The longest that a deleted blob can be brought back.
        versionRetention: { min: 1, max: 365 },
        // What leaves the cool tier sooner is paid for 30 days all the same.
        coolAfter: { min: 30, max: 36500 },
        expireAfter: { min: 1, max: 36500 },
        // Of one rule.
        corsOrigins: 64,
        // Accounts are closed to networks that they do not name, and the internet is not one to name.
        signedAddresses: "network",
    },
    // Azure Backup does not take NFS shares, and a share has 200 snapshots at most, one of them for today.
    sharedFiles: {
        backupRetention: { min: 1, max: 199 },
        apart: true,
        // https://learn.microsoft.com/azure/storage/files/storage-files-scale-targets
        size: { min: 100, max: 102_400, step: 1 },
    },
    edge: {
        cloudGatewayNeedsZone: false,
        // Application Gateway for Containers has no private address.
        cloudReaches: ["public"],
        logRetention: { min: 30, max: 365 },
        // DDoS Protection is of public addresses, and those of Application Gateway for Containers are Azure's.
        advancedDdos: { envoy: "always", cloud: "never" },
    },
} as const satisfies ServiceLimits;
