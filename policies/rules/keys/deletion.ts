import type { Value } from "../../runtime/reader.ts";
import { failIf, isOn, not } from "../../runtime/truth.ts";
import { setWhereFound } from "../fixes.ts";
import { isAtLeast, lastsAtLeast } from "../periods.ts";
import { forTypes, type Check, type Rule } from "../rule.ts";

const AWS_KEYS = [
    "aws:kms/key:Key",
    "aws:kms/replicaKey:ReplicaKey",
    "aws:kms/externalKey:ExternalKey",
    "aws:kms/replicaExternalKey:ReplicaExternalKey",
];

const TOO_SOON = "leaves too few days to notice the deletion";

const window: Check = ({ inputs }, { options }) => {
    const days = inputs.get("deletionWindowInDays");
    return failIf(not(isAtLeast(days, options.get("days"), true)), days, TOO_SOON);
};

const scheduled: Check = ({ inputs }, { options }) => {
    const period = inputs.get("destroyScheduledDuration");
    return failIf(not(lastsAtLeast(period, options.get("days"), true)), period, TOO_SOON);
};

const purge: Check = ({ inputs }, { options }) => {
    const properties = inputs.get("properties");
    const protection = properties.get("enablePurgeProtection");
    const days = properties.get("softDeleteRetentionInDays");
    return [
        ...failIf(not(isOn(protection, false)), protection, "lets deleted keys be purged at once"),
        ...notSoftDeleted(properties.get("enableSoftDelete")),
        ...failIf(not(isAtLeast(days, options.get("days"), true)), days, TOO_SOON),
    ];
};

function notSoftDeleted(soft: Value) {
    return failIf(not(isOn(soft, true)), soft, "deletes keys for good");
}

/** There is time to take the deletion of a key back. */
export const kmsDeletionWindow: Rule = {
    id: "kms-deletion-window",
    title: "A key of production cannot vanish within days.",
    why: "What a deleted key has encrypted is lost for ever: databases, volumes, backups and all their copies at once.",
    clouds: ["aws", "azure", "gcp"],
    pack: "reliability",
    severity: "high",
    requirements: {
        "PCI DSS": ["3.7.5"],
        HIPAA: ["164.308(a)(7)(ii)(A)"],
        "SOC 2": ["PI1.5"],
        "CIS Azure": ["8.3.5"],
    },
    remediation: {
        aws: "Set deletionWindowInDays to 30.",
        "azure-native": "Set enablePurgeProtection to true, which cannot be taken back.",
        gcp:
            "Leave destroyScheduledDuration out, or make it at least 1209600s; changing it replaces " +
            "the key.",
    },
    see: "https://docs.aws.amazon.com/kms/latest/developerguide/deleting-keys.html",
    production: true,
    options: {
        properties: {
            days: {
                type: "integer",
                default: 14,
                minimum: 7,
                maximum: 30,
                description: "How many days at least a deleted key can be had back.",
            },
        },
    },
    checks: {
        ...forTypes(AWS_KEYS, window),
        "gcp:kms/cryptoKey:CryptoKey": scheduled,
        ...forTypes(["azure-native:keyvault:Vault", "azure-native:keyvault:ManagedHsm"], purge),
    },
    fixes: Object.fromEntries(
        AWS_KEYS.map((type) => [type, setWhereFound(window, { deletionWindowInDays: 30 })]),
    ),
    note:
        "For production only, because stacks that come and go need names and keys that go too. KMS and Cloud KMS wait 30 days unless " +
        "told otherwise, so an absent period is no finding.",
};
