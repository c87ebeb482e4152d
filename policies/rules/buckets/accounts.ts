import type { Value } from "../../runtime/reader.ts";
import { and, failIf, holds, isOn, isOneOf, not, or, type Verdict } from "../../runtime/truth.ts";
import type { Stack } from "../../runtime/stack.ts";
import { on, type Check, type Context, type Rule, type StackVerdict } from "../rule.ts";
import { accountOf } from "./blob-services.ts";
import {
    accountsWithout,
    AZURE_FLOW_LOG,
    BLOB_SERVICE,
    STORAGE_ACCOUNT,
    takesFlowLogs,
} from "./settings.ts";

const sharedKey: Check = ({ inputs }) => {
    const allowed = inputs.get("allowSharedKeyAccess");
    const byDefault = inputs.get("defaultToOAuthAuthentication");
    return [
        ...failIf(isOn(allowed, true), allowed, "lets in everybody who has the account's key"),
        ...failIf(not(isOn(byDefault, false)), byDefault, "lets the portal use the account's key"),
    ];
};

/** Nobody uses the keys of a storage account, which open everything in it and belong to nobody. */
export const azureSharedKeyOff: Rule = {
    id: "az-storage-shared-key-off",
    title: "A storage account takes identities, not account keys.",
    why: "An account key opens everything, names nobody in the logs, and stays valid until somebody rotates it.",
    clouds: ["azure"],
    pack: "security",
    severity: "medium",
    requirements: {
        "PCI DSS": ["8.2.1", "8.2.2"],
        HIPAA: ["164.312(a)(2)(i)"],
        "CIS Azure": ["9.3.1.3"],
    },
    remediation:
        "Give every client a role on the account, then set allowSharedKeyAccess to false and defaultToOAuthAuthentication to true.",
    see: "https://learn.microsoft.com/en-us/azure/storage/common/shared-key-authorization-prevent",
    checks: { [STORAGE_ACCOUNT]: sharedKey },
};

const networkOpen: Check = ({ inputs }) => {
    const action = inputs.at("networkRuleSet.defaultAction");
    const closed = or(
        isOneOf(action, ["deny"], false),
        isOneOf(inputs.get("publicNetworkAccess"), ["disabled", "securedbyperimeter"], false),
    );
    return failIf(not(closed), action, "lets every network reach the account");
};

/** Storage accounts are reached from named networks only. */
export const azureNetworkDefaultDeny: Rule = {
    id: "az-storage-network-default-deny",
    title: "A storage account is closed to networks that it does not name.",
    why: "An open account is one leaked key or signed address away from being copied from anywhere.",
    clouds: ["azure"],
    pack: "security",
    severity: "high",
    requirements: {
        "PCI DSS": ["1.3.1", "1.4.1"],
        HIPAA: ["164.312(a)(1)"],
        "CIS Azure": ["9.3.2.2", "9.3.2.3"],
    },
    remediation:
        "Set networkRuleSet.defaultAction to Deny and name the networks that may come in, or set publicNetworkAccess to Disabled " +
        "and add a private endpoint.",
    see: "https://learn.microsoft.com/en-us/azure/storage/common/storage-network-security",
    checks: { [STORAGE_ACCOUNT]: networkOpen },
};

/** Whether deletions can be undone for as long as the rule's option asks. */
function canUndelete(policy: Value, least: Value): readonly Verdict[] {
    const days = policy.get("days");
    const wanted = least.number();
    const long = holds(
        days,
        days.number(),
        (given) => wanted.state !== "known" || given >= wanted.value,
        false,
    );
    const kept = and(isOn(policy.get("enabled"), false), long);
    return failIf(not(kept), policy, "deletes for good, or too soon");
}

const POLICIES = ["deleteRetentionPolicy", "containerDeleteRetentionPolicy"] as const;

/** Only the account shows whether its blobs are rewritten every minute. */
function hardServices(stack: Stack, { options }: Context): readonly StackVerdict[] {
    return stack.all(BLOB_SERVICE).flatMap((service) => {
        const account = accountOf(stack, service);
        if (account !== undefined && takesFlowLogs(stack, account) === true) return [];
        return on(
            service,
            POLICIES.flatMap((name) => canUndelete(service.given.get(name), options.get("days"))),
        );
    });
}

/** What is deleted in a storage account can be had back for some days. */
export const azureSoftDelete: Rule = {
    id: "az-storage-soft-delete",
    title: "A storage account gives deleted blobs and containers back.",
    why: "Without soft delete one wrong command removes a container, with every version in it, for good.",
    clouds: ["azure"],
    pack: "reliability",
    severity: "medium",
    requirements: {
        HIPAA: ["164.308(a)(7)(ii)(A)"],
        "SOC 2": ["CC7.4"],
        "CIS Azure": ["9.2.1"],
    },
    remediation:
        "Add BlobServiceProperties for the account with deleteRetentionPolicy and containerDeleteRetentionPolicy enabled for at least " +
        "seven days.",
    see: "https://learn.microsoft.com/en-us/azure/storage/blobs/soft-delete-blob-overview",
    options: {
        properties: {
            days: {
                type: "integer",
                default: 7,
                minimum: 1,
                maximum: 365,
                description: "For how many days at least deletions can be undone.",
            },
        },
    },
    checks: {},
    stack: {
        judges: [STORAGE_ACCOUNT, BLOB_SERVICE],
        reads: [AZURE_FLOW_LOG],
        check: (stack, context) => [
            ...accountsWithout(
                stack,
                BLOB_SERVICE,
                (account) => takesFlowLogs(stack, account),
                "deletes blobs and containers for good",
            ),
            ...hardServices(stack, context),
        ],
    },
    note: "Accounts for network flow logs are left out: Azure rewrites their blobs every minute, and would keep every rewrite.",
};
