import type { Example } from "../example.ts";

const CRYPTO_KEY = "gcp:kms/cryptoKey:CryptoKey";
const DAY = 86_400;

/** Keys that no cloud can rotate, and that lack nothing therefore. */
const UNROTATABLE: readonly Pick<Example, "type" | "good">[] = [
    { type: "aws:kms/key:Key", good: { customerMasterKeySpec: "RSA_4096" } },
    { type: "aws:kms/key:Key", good: { customKeyStoreId: "cks-1" } },
    { type: CRYPTO_KEY, good: { purpose: "ASYMMETRIC_SIGN" } },
    { type: CRYPTO_KEY, good: { importOnly: true } },
    { type: CRYPTO_KEY, good: { versionTemplate: { protectionLevel: "EXTERNAL" } } },
];

const rotation: readonly Example[] = [
    {
        type: "aws:kms/key:Key",
        good: { description: "data", enableKeyRotation: true },
        breaks: [
            {
                title: "nothing is said, and off is the default",
                set: ["enableKeyRotation", undefined],
                at: ["enableKeyRotation"],
            },
        ],
        undecided: "enableKeyRotation",
    },
    {
        type: "azure-native:keyvault:Key",
        good: {
            properties: {
                kty: "RSA",
                rotationPolicy: {
                    lifetimeActions: [
                        { action: { type: "rotate" }, trigger: { timeAfterCreate: "P90D" } },
                    ],
                },
            },
        },
        breaks: [
            {
                title: "there is no policy",
                set: ["properties.rotationPolicy", undefined],
                at: ["properties.rotationPolicy"],
            },
            {
                title: "the policy only tells somebody",
                set: ["properties.rotationPolicy.lifetimeActions[0].action.type", "notify"],
                at: ["properties.rotationPolicy"],
            },
        ],
        undecided: "properties.rotationPolicy",
    },
    {
        type: CRYPTO_KEY,
        good: { keyRing: "ring", rotationPeriod: `${90 * DAY}s` },
        breaks: [
            {
                title: "the period is longer",
                set: ["rotationPeriod", `${90 * DAY + 1}s`],
                at: ["rotationPeriod"],
            },
            {
                title: "there is no period",
                set: ["rotationPeriod", undefined],
                at: ["rotationPeriod"],
            },
            { title: "less is asked for", options: { maximumDays: 30 }, at: ["rotationPeriod"] },
        ],
        undecided: "rotationPeriod",
    },
    ...UNROTATABLE.map((one): Example => ({ ...one, breaks: [] })),
];

const windows = ["key:Key", "replicaKey:ReplicaKey", "externalKey:ExternalKey"]
    .concat("replicaExternalKey:ReplicaExternalKey")
    .map((name): Example => ({
        type: `aws:kms/${name}`,
        good: { description: "data", deletionWindowInDays: 14 },
        breaks: [
            {
                title: "it is shorter",
                set: ["deletionWindowInDays", 7],
                at: ["deletionWindowInDays"],
            },
            { title: "more is asked for", options: { days: 30 }, at: ["deletionWindowInDays"] },
        ],
        undecided: "deletionWindowInDays",
    }));

const vaults = ["Vault", "ManagedHsm"].map((name): Example => ({
    type: `azure-native:keyvault:${name}`,
    good: { properties: { enablePurgeProtection: true, enableSoftDelete: true } },
    breaks: [
        {
            title: "keys can be purged",
            set: ["properties.enablePurgeProtection", undefined],
            at: ["properties.enablePurgeProtection"],
        },
        {
            title: "soft delete is off",
            set: ["properties.enableSoftDelete", false],
            at: ["properties.enableSoftDelete"],
        },
        {
            title: "deleted keys are kept too shortly",
            set: ["properties.softDeleteRetentionInDays", 7],
            at: ["properties.softDeleteRetentionInDays"],
        },
    ],
    undecided: "properties.enablePurgeProtection",
}));

export const lifeExamples: Record<string, readonly Example[]> = {
    "kms-rotation": rotation,
    "kms-deletion-window": [
        ...windows,
        ...vaults,
        {
            type: CRYPTO_KEY,
            good: { keyRing: "ring", destroyScheduledDuration: `${14 * DAY}s` },
            breaks: [
                {
                    title: "it is shorter",
                    set: ["destroyScheduledDuration", `${DAY}s`],
                    at: ["destroyScheduledDuration"],
                },
            ],
            undecided: "destroyScheduledDuration",
        },
        { type: CRYPTO_KEY, good: { keyRing: "ring" }, breaks: [] },
    ],
    "az-keyvault-network-rbac": [
        {
            type: "azure-native:keyvault:Vault",
            good: {
                properties: {
                    enableRbacAuthorization: true,
                    networkAcls: { defaultAction: "Deny" },
                },
            },
            breaks: [
                {
                    title: "nothing is said of roles, and this version of the API has policies then",
                    set: ["properties.enableRbacAuthorization", undefined],
                    at: ["properties.enableRbacAuthorization"],
                },
                {
                    title: "every network is let in",
                    set: ["properties.networkAcls.defaultAction", "Allow"],
                    at: ["properties.networkAcls.defaultAction"],
                },
                {
                    title: "nothing is said of networks, and all are let in then",
                    set: ["properties.networkAcls", undefined],
                    at: ["properties.networkAcls.defaultAction"],
                },
            ],
            undecided: "properties.networkAcls.defaultAction",
        },
        {
            type: "azure-native_keyvault_v20260201:keyvault:Vault",
            good: { properties: { publicNetworkAccess: "disabled" } },
            breaks: [
                {
                    title: "it says that policies open it",
                    set: ["properties.enableRbacAuthorization", false],
                    at: ["properties.enableRbacAuthorization"],
                },
            ],
            undecided: "properties.enableRbacAuthorization",
        },
        {
            type: "azure-native:keyvault:ManagedHsm",
            good: { properties: { publicNetworkAccess: "Disabled" } },
            breaks: [
                {
                    title: "its public address is on",
                    set: ["properties.publicNetworkAccess", "Enabled"],
                    at: ["properties.networkAcls.defaultAction"],
                },
            ],
            undecided: "properties.publicNetworkAccess",
        },
    ],
};
