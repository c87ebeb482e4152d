/** Storage accounts, and the containers and shares in them. */
import { get } from "../../paths.ts";
import type { Draft, Instance, Refusal, TypeRule, World } from "../../table.ts";
import { arm, below, between, list, number, oneOf, refusal, text } from "./arm.ts";
import { withoutEndpoint } from "./service-endpoints.ts";
import { checkCors, checkRetention, checkRules } from "./storage-checks.ts";

const ACCOUNT = "azure-native:storage:StorageAccount";
const SUBNET = "azure-native:network:Subnet";

const STANDARD = ["Standard_LRS", "Standard_ZRS", "Standard_GRS", "Standard_GZRS"];
const READABLE = ["Standard_RAGRS", "Standard_RAGZRS"];
const PREMIUM = ["Premium_LRS", "Premium_ZRS"];

/** The SKUs of each kind of account. */
const SKUS: Readonly<Record<string, readonly string[]>> = {
    StorageV2: [...STANDARD, ...READABLE, ...PREMIUM],
    BlockBlobStorage: PREMIUM,
    FileStorage: [...PREMIUM, "PremiumV2_LRS", "PremiumV2_ZRS"],
};

const account: TypeRule = arm({
    arm: "Microsoft.Storage/storageAccounts",
    path: ["accountName"],
    name: {
        pattern: /[a-z0-9]{3,24}/,
        max: 24,
        unique: "global",
        words: (name) =>
            `Code="AccountNameInvalid" Message="${name} is not a valid storage account name. Storage account name ` +
            `must be between 3 and 24 characters in length and use numbers and lower-case letters only."`,
        taken: (name) =>
            `Code="StorageAccountAlreadyTaken" Message="The storage account named ${name} is already taken."`,
    },
    required: ["kind", "sku.name"],
    references: [
        {
            path: "networkRuleSet.virtualNetworkRules[].virtualNetworkResourceId",
            to: [SUBNET],
            blocks: false,
        },
    ],
    immutable: ["kind", "isHnsEnabled", "encryption.requireInfrastructureEncryption"],
    check({ inputs }) {
        const kind = text(inputs, "kind");
        const tags = Object.keys((get(inputs, "tags") as object | undefined) ?? {});
        const refusals = [
            ...oneOf(inputs, "kind", Object.keys(SKUS), "InvalidValuesForRequestParameters"),
            ...oneOf(inputs, "sku.name", SKUS[kind] ?? [], "InvalidSkuForKind"),
            ...oneOf(inputs, "minimumTlsVersion", ["TLS1_0", "TLS1_1", "TLS1_2"]),
        ];
        if (tags.length <= 15) return refusals;
        const message = `The resource has ${tags.length} tags, which is more than the allowed 15.`;
        return [...refusals, refusal("InvalidTagCount", message, "tags")];
    },
    admit: ({ inputs }, world, old) => [
        ...list(inputs, "networkRuleSet.virtualNetworkRules").flatMap((one) =>
            withoutEndpoint(
                "Microsoft.Storage",
                world.find([SUBNET], text(one, "virtualNetworkResourceId")),
            ),
        ),
        ...otherCopies(inputs, old),
    ],
    outputs: (_draft, _world, id) => {
        const name = id.slice(id.lastIndexOf("/") + 1);
        const endpoint = (service: string) => `https://${name}.${service}.core.windows.net/`;
        return { primaryEndpoints: { blob: endpoint("blob"), file: endpoint("file") } };
    },
    takesAlong: below,
    seconds: { create: 25, delete: 5 },
});

/** Whether data lies in one zone or in several is changed by a conversion, which takes days and is not an update. */
function otherCopies(inputs: Draft["inputs"], old: Instance | undefined): Refusal[] {
    const [was, is] = [text(old?.inputs, "sku.name"), text(inputs, "sku.name")];
    if (old === undefined || was.endsWith("ZRS") === is.endsWith("ZRS")) return [];
    const message = `Storage account SKU cannot be changed from ${was} to ${is}.`;
    return [refusal("StorageAccountCannotChangeSku", message, "sku.name")];
}

/** Containers and shares have the same names. */
const NAME = { pattern: /(?!.*--)[a-z0-9][a-z0-9-]{1,61}[a-z0-9]/, max: 63 };

const badName = (what: string) => (name: string) =>
    `Code="${what}NameInvalid" Message="The specified resource name '${name}' contains invalid characters or has an ` +
    `invalid length."`;

const container: TypeRule = arm({
    arm: "Microsoft.Storage/storageAccounts/blobServices/containers",
    path: ["accountName", "=default", "containerName"],
    name: { ...NAME, words: badName("Container") },
    required: ["accountName"],
    check: ({ inputs }) => oneOf(inputs, "publicAccess", ["None", "Blob", "Container"]),
    admit({ inputs }, world) {
        const shown = text(inputs, "publicAccess");
        const parent = accountOf(inputs, world);
        if (shown === "" || shown === "None") return [];
        if (get(parent?.inputs, "allowBlobPublicAccess") === true) return [];
        const message = "Public access is not permitted on this storage account.";
        return [refusal("PublicAccessNotPermitted", message, "publicAccess")];
    },
    seconds: { create: 2 },
});

function accountOf(inputs: Draft["inputs"], world: World): Instance | undefined {
    return world.find([ACCOUNT], text(inputs, "accountName"), "name");
}

const blobService: TypeRule = arm({
    arm: "Microsoft.Storage/storageAccounts/blobServices",
    path: ["accountName", "blobServicesName"],
    name: { pattern: /default/, max: 7, auto: false },
    required: ["accountName"],
    check: ({ inputs }) => [
        ...checkRetention(inputs, "deleteRetentionPolicy"),
        ...checkRetention(inputs, "containerDeleteRetentionPolicy"),
        ...checkCors(inputs),
    ],
    admit({ inputs }, world) {
        const hierarchical = get(accountOf(inputs, world)?.inputs, "isHnsEnabled") === true;
        if (!hierarchical || get(inputs, "isVersioningEnabled") !== true) return [];
        const message = "Versioning is not supported for accounts with a hierarchical namespace.";
        return [refusal("FeatureNotSupportedForAccount", message, "isVersioningEnabled")];
    },
    seconds: { create: 2 },
});

const lifecycle: TypeRule = arm({
    arm: "Microsoft.Storage/storageAccounts/managementPolicies",
    path: ["accountName", "managementPolicyName"],
    name: { pattern: /default/, max: 7, auto: false },
    required: [
        "accountName",
        "policy.rules",
        "policy.rules[].name",
        "policy.rules[].type",
        "policy.rules[].definition.actions",
        "?policy.rules[].definition.filters.blobTypes",
    ],
    check: ({ inputs }) => checkRules(list(inputs, "policy.rules")),
    admit({ inputs }, world) {
        if (text(accountOf(inputs, world)?.inputs, "kind") !== "FileStorage") return [];
        const message = "Management policy is not supported for this kind of account.";
        return [refusal("FeatureNotSupportedForAccount", message, "accountName")];
    },
    seconds: { create: 2 },
});

const fileService: TypeRule = arm({
    arm: "Microsoft.Storage/storageAccounts/fileServices",
    path: ["accountName", "fileServicesName"],
    name: { pattern: /default/, max: 7, auto: false },
    required: ["accountName"],
    check: ({ inputs }) => checkRetention(inputs, "shareDeleteRetentionPolicy"),
    seconds: { create: 2 },
});

const share: TypeRule = arm({
    arm: "Microsoft.Storage/storageAccounts/fileServices/shares",
    path: ["accountName", "=default", "shareName"],
    name: { ...NAME, words: badName("Share") },
    required: ["accountName"],
    immutable: ["enabledProtocols"],
    check: ({ inputs }) => [
        ...oneOf(inputs, "enabledProtocols", ["SMB", "NFS"]),
        ...oneOf(inputs, "rootSquash", ["NoRootSquash", "RootSquash", "AllSquash"]),
        ...between(inputs, "shareQuota", 1, 102400, "InvalidHeaderValue"),
    ],
    admit({ inputs }, world) {
        const parent = accountOf(inputs, world)?.inputs;
        const premium = text(parent, "kind") === "FileStorage";
        const quota = number(inputs, "shareQuota");
        const least = text(parent, "sku.name").startsWith("PremiumV2") ? 32 : 100;
        if (!premium && text(inputs, "enabledProtocols") === "NFS") {
            const message = "NFS shares need a storage account of kind FileStorage.";
            return [refusal("FeatureNotSupportedForAccount", message, "enabledProtocols")];
        }
        if (!premium || quota === undefined || quota >= least) return [];
        const message = `A premium share of ${quota} GiB is smaller than the ${least} GiB that can be provisioned.`;
        return [refusal("InvalidHeaderValue", message, "shareQuota")];
    },
    seconds: { create: 3 },
});

/** Storage. */
export const STORAGE_TYPES: Readonly<Record<string, TypeRule>> = {
    [ACCOUNT]: account,
    "azure-native:storage:BlobContainer": container,
    "azure-native:storage:BlobServiceProperties": blobService,
    "azure-native:storage:ManagementPolicy": lifecycle,
    "azure-native:storage:FileServiceProperties": fileService,
    "azure-native:storage:FileShare": share,
};
