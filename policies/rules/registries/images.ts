import type { Value } from "../../runtime/reader.ts";
import {
    and,
    failIf,
    holds,
    isOn,
    isOneOf,
    isPresent,
    not,
    some,
    type Truth,
} from "../../runtime/truth.ts";
import { forTypes, type Check, type Fix, type Rule } from "../rule.ts";
import { ACR, ARTIFACT_REGISTRY, ECR, ECR_TEMPLATE, holdsOwnImages } from "./types.ts";

const MOVABLE = "a tag can be moved to another image";

/** A pattern that every tag matches. */
function isEveryTag(pattern: Value): Truth {
    return holds(pattern, pattern.text(), (text) => /^\*+$/.test(text), false);
}

const ecrTags: Check = ({ inputs }) => {
    const mutability = inputs.get("imageTagMutability");
    const filters = inputs.get("imageTagMutabilityExclusionFilters");
    return [
        ...failIf(
            not(isOneOf(mutability, ["immutable", "immutable_with_exclusion"], false)),
            mutability,
            MOVABLE,
        ),
        ...failIf(
            and(
                isOneOf(mutability, ["immutable_with_exclusion"], false),
                some(filters, (filter) => isEveryTag(filter.get("filter"))),
            ),
            filters,
            MOVABLE,
        ),
    ];
};

const googleTags: Check = ({ inputs }) => {
    const immutable = inputs.at("dockerConfig.immutableTags");
    return failIf(and(holdsOwnImages(inputs), not(isOn(immutable, false))), immutable, MOVABLE);
};

const ecrImmutable: Fix = {
    replaces: false,
    changes: ({ inputs }) =>
        isOneOf(
            inputs.get("imageTagMutability"),
            ["immutable", "immutable_with_exclusion"],
            false,
        ) === false
            ? [{ path: "imageTagMutability", value: "IMMUTABLE" }]
            : [],
};

const googleImmutable: Fix = {
    replaces: false,
    changes: ({ inputs }) =>
        and(holdsOwnImages(inputs), not(isOn(inputs.at("dockerConfig.immutableTags"), false))) ===
        true
            ? [{ path: "dockerConfig.immutableTags", value: true }]
            : [],
};

/** What a tag names stays what it was. */
export const registryImmutableTags: Rule = {
    id: "registry-immutable-tags",
    title: "A tag in a registry always names the same image.",
    why: "Whoever can move a tag changes what the cluster runs without touching the cluster, and a roll back no longer leads back.",
    clouds: ["aws", "gcp"],
    pack: "security",
    severity: "medium",
    requirements: { "PCI DSS": ["2.2"] },
    analogies: { "SOC 2": ["CC8.1"] },
    remediation: {
        aws: "Set imageTagMutability to IMMUTABLE, and give every build a tag of its own.",
        gcp: "Set dockerConfig.immutableTags to true, and give every build a tag of its own.",
    },
    see: "https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-tag-mutability.html",
    checks: { ...forTypes([ECR, ECR_TEMPLATE], ecrTags), [ARTIFACT_REGISTRY]: googleTags },
    fixes: {
        [ECR]: ecrImmutable,
        [ECR_TEMPLATE]: ecrImmutable,
        [ARTIFACT_REGISTRY]: googleImmutable,
    },
    note:
        "ECR can except tags such as latest by pattern; only an exception for all of them is a finding. Azure locks " +
        "tags one by one and has no setting for the registry.",
};

const NOT_YOURS = "is not encrypted with a key of yours";

const ecrKey: Check = ({ inputs }) => {
    const configs = inputs.get("encryptionConfigurations");
    const ownKey = some(configs, (config) =>
        and(
            isOneOf(config.get("encryptionType"), ["kms", "kms_dsse"], false),
            isPresent(config.get("kmsKey")),
        ),
    );
    return failIf(not(ownKey), configs, NOT_YOURS);
};

const acrKey: Check = ({ inputs }) => {
    const encryption = inputs.get("encryption");
    const ownKey = and(
        isOneOf(encryption.get("status"), ["enabled"], false),
        isPresent(encryption.at("keyVaultProperties.keyIdentifier")),
    );
    return failIf(not(ownKey), encryption, NOT_YOURS);
};

const googleKey: Check = ({ inputs }) => {
    const key = inputs.get("kmsKeyName");
    return failIf(not(isPresent(key)), key, NOT_YOURS);
};

/** Access to images can be withdrawn by withdrawing a key. */
export const registryOwnKey: Rule = {
    id: "registry-cmk",
    title: "A registry is encrypted with a key of yours.",
    why: "Only a key of your own lets you withdraw access to all images at once, and shows in its log who used it.",
    clouds: ["aws", "azure", "gcp"],
    pack: "security",
    severity: "low",
    requirements: { "PCI DSS": ["3.5.1", "3.6.1.2"] },
    analogies: { GDPR: ["32"] },
    remediation: {
        aws:
            "Set encryptionConfigurations with encryptionType KMS and kmsKey. That replaces the " +
            "registry, so copy its images first.",
        "azure-native":
            "Set encryption with a key of a Key Vault and sku.name Premium. That replaces the " +
            "registry, so copy its images first.",
        gcp: "Set kmsKeyName. That replaces the registry, so copy its images first.",
    },
    see: "https://docs.aws.amazon.com/AmazonECR/latest/userguide/encryption-at-rest.html",
    checks: {
        ...forTypes([ECR, ECR_TEMPLATE], ecrKey),
        [ACR]: acrKey,
        [ARTIFACT_REGISTRY]: googleKey,
    },
};
