import type { Example } from "../example.ts";

const ECR = "aws:ecr/repository:Repository";
const ECR_TYPES = [ECR, "aws:ecr/repositoryCreationTemplate:RepositoryCreationTemplate"];
const ACR = "azure-native:containerregistry:Registry";
const ARTIFACT_REGISTRY = "gcp:artifactregistry/repository:Repository";

export const imageExamples: Record<string, readonly Example[]> = {
    "registry-immutable-tags": [
        ...ECR_TYPES.flatMap((type): readonly Example[] => [
            {
                type,
                good: { imageTagMutability: "IMMUTABLE" },
                breaks: [
                    {
                        title: "tags can be moved",
                        set: ["imageTagMutability", "MUTABLE"],
                        at: ["imageTagMutability"],
                    },
                    {
                        title: "all but some tags can be moved",
                        set: ["imageTagMutability", "MUTABLE_WITH_EXCLUSION"],
                        at: ["imageTagMutability"],
                    },
                    {
                        title: "nothing is said, and tags can be moved by default",
                        set: ["imageTagMutability", undefined],
                        at: ["imageTagMutability"],
                    },
                ],
                undecided: "imageTagMutability",
            },
            {
                type,
                good: {
                    imageTagMutability: "IMMUTABLE_WITH_EXCLUSION",
                    imageTagMutabilityExclusionFilters: [
                        { filter: "latest*", filterType: "WILDCARD" },
                    ],
                },
                breaks: [
                    {
                        title: "every tag is excepted",
                        set: ["imageTagMutabilityExclusionFilters[0].filter", "*"],
                        at: ["imageTagMutabilityExclusionFilters"],
                    },
                ],
                undecided: "imageTagMutabilityExclusionFilters",
            },
        ]),
        {
            type: ARTIFACT_REGISTRY,
            good: { format: "DOCKER", dockerConfig: { immutableTags: true } },
            breaks: [
                {
                    title: "tags can be moved",
                    set: ["dockerConfig.immutableTags", false],
                    at: ["dockerConfig.immutableTags"],
                },
                {
                    title: "nothing is said, and tags can be moved by default",
                    set: ["dockerConfig", undefined],
                    at: ["dockerConfig.immutableTags"],
                },
            ],
            undecided: "dockerConfig",
        },
        { type: ARTIFACT_REGISTRY, good: { format: "NPM" }, breaks: [], undecided: "format" },
        {
            type: ARTIFACT_REGISTRY,
            good: { format: "DOCKER", mode: "REMOTE_REPOSITORY" },
            breaks: [],
            undecided: "mode",
        },
    ],
    "registry-cmk": [
        ...ECR_TYPES.map((type): Example => ({
            type,
            good: {
                encryptionConfigurations: [
                    { encryptionType: "KMS", kmsKey: "arn:aws:kms:eu-west-1:1:key/k" },
                ],
            },
            breaks: [
                {
                    title: "the key is S3's",
                    set: ["encryptionConfigurations[0].encryptionType", "AES256"],
                    at: ["encryptionConfigurations"],
                },
                {
                    title: "the key is AWS's own",
                    set: ["encryptionConfigurations[0].kmsKey", undefined],
                    at: ["encryptionConfigurations"],
                },
                {
                    title: "nothing is said",
                    set: ["encryptionConfigurations", undefined],
                    at: ["encryptionConfigurations"],
                },
            ],
            undecided: "encryptionConfigurations",
        })),
        {
            type: ACR,
            good: {
                encryption: {
                    status: "enabled",
                    keyVaultProperties: { keyIdentifier: "https://v.vault.azure.net/keys/k" },
                },
            },
            breaks: [
                {
                    title: "encryption is left to Microsoft",
                    set: ["encryption", undefined],
                    at: ["encryption"],
                },
                {
                    title: "no key is named",
                    set: ["encryption.keyVaultProperties", undefined],
                    at: ["encryption"],
                },
            ],
            undecided: "encryption.status",
        },
        {
            type: ARTIFACT_REGISTRY,
            good: {
                format: "DOCKER",
                kmsKeyName: "projects/p/locations/l/keyRings/r/cryptoKeys/k",
            },
            breaks: [
                { title: "no key is named", set: ["kmsKeyName", undefined], at: ["kmsKeyName"] },
            ],
            undecided: "kmsKeyName",
        },
    ],
};
