import { failIf, isOn, isOneOf, isPresent, not, or, some } from "../../runtime/truth.ts";
import { setWhereFound } from "../fixes.ts";
import { lastsAtMost } from "../periods.ts";
import type { Check, Rule } from "../rule.ts";

const KMS_KEY = "aws:kms/key:Key";
const NEVER = "is never rotated";

/** AWS rotates symmetric keys that it holds itself. The others have no rotation to switch on. */
const kmsKey: Check = ({ inputs }) => {
    const rotation = inputs.get("enableKeyRotation");
    const kept = or(
        isOn(rotation, false),
        not(isOneOf(inputs.get("customerMasterKeySpec"), ["symmetric_default"], true)),
        isPresent(inputs.get("customKeyStoreId")),
    );
    return failIf(not(kept), rotation, NEVER);
};

const vaultKey: Check = ({ inputs }) => {
    const policy = inputs.at("properties.rotationPolicy");
    const rotates = some(policy.get("lifetimeActions"), (one) =>
        isOneOf(one.at("action.type"), ["rotate"], false),
    );
    return failIf(not(rotates), policy, NEVER);
};

/** Google rotates keys that encrypt and decrypt, unless somebody else makes or holds them. */
const cryptoKey: Check = ({ inputs }, { options }) => {
    const period = inputs.get("rotationPeriod");
    const level = inputs.at("versionTemplate.protectionLevel");
    const kept = or(
        lastsAtMost(period, options.get("maximumDays"), false),
        not(isOneOf(inputs.get("purpose"), ["encrypt_decrypt"], true)),
        isOn(inputs.get("importOnly"), false),
        isOneOf(level, ["external", "external_vpc"], false),
    );
    return failIf(not(kept), period, "is rotated too seldom or never");
};

/** Keys are replaced by new ones before somebody has had years to get at them. */
export const kmsRotation: Rule = {
    id: "kms-rotation",
    title: "An encryption key is rotated by itself.",
    why: "Whoever gets hold of a key that is never rotated can read everything that was ever encrypted with it.",
    clouds: ["aws", "azure", "gcp"],
    pack: "security",
    severity: "medium",
    requirements: {
        "PCI DSS": ["3.7.4"],
        HIPAA: ["164.312(a)(2)(iv)"],
        "SOC 2": ["PI1.5"],
        GDPR: ["25", "30"],
        "CIS AWS": ["4.6"],
        "CIS Azure": ["8.3.9"],
        "CIS GCP": ["1.11"],
    },
    remediation: {
        aws: "Set enableKeyRotation to true.",
        "azure-native":
            "Give the key a properties.rotationPolicy with a lifetime action of type rotate.",
        gcp: "Set rotationPeriod to 7776000s or less.",
    },
    see: "https://docs.aws.amazon.com/kms/latest/developerguide/rotate-keys.html",
    options: {
        properties: {
            maximumDays: {
                type: "integer",
                default: 90,
                minimum: 1,
                description: "The longest rotation period of a Cloud KMS key, in days.",
            },
        },
    },
    checks: {
        [KMS_KEY]: kmsKey,
        "azure-native:keyvault:Key": vaultKey,
        "gcp:kms/cryptoKey:CryptoKey": cryptoKey,
    },
    fixes: { [KMS_KEY]: setWhereFound(kmsKey, { enableKeyRotation: true }) },
    note: "Keys that the cloud cannot rotate are left out: asymmetric, imported and external ones.",
};
