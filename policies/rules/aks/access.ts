import { and, failIf, isOn, not, or, type Verdict } from "../../runtime/truth.ts";
import type { Value } from "../../runtime/reader.ts";
import { holdsWorld } from "../addresses.ts";
import type { Check, Fix, Rule } from "../rule.ts";
import { isAtLeast } from "../support-windows.ts";
import { isPreset, isSwitchedOn } from "./automatic.ts";
import { CLUSTER } from "./types.ts";

const publicApi: Check = ({ inputs }) => {
    const access = inputs.get("apiServerAccessProfile");
    const ranges = access.get("authorizedIPRanges");
    return failIf(
        and(not(isOn(access.get("enablePrivateCluster"), false)), holdsWorld(ranges, true)),
        ranges,
        "the API server answers to the whole internet",
    );
};

/** The API of an AKS cluster is private, or open to listed ranges only. */
export const aksApiNotWorldOpen: Rule = {
    id: "az-aks-api-not-world-open",
    title: "The API of an AKS cluster does not answer to the whole internet.",
    why:
        "A Kubernetes API that answers to every address is found by scanners within minutes; from then on one leaked " +
        "credential or one flaw in the API server is enough to take the cluster.",
    clouds: ["azure"],
    pack: "security",
    severity: "critical",
    requirements: {
        "PCI DSS": ["1.4.2"],
        HIPAA: ["164.312(a)(1)"],
        "SOC 2": ["CC6.1"],
        "CIS AKS": ["5.4.1", "5.4.2"],
    },
    analogies: { GDPR: ["32"] },
    remediation:
        "Set apiServerAccessProfile.enablePrivateCluster to true, or list the ranges of your own offices and runners " +
        "in apiServerAccessProfile.authorizedIPRanges.",
    see: "https://learn.microsoft.com/en-us/azure/aks/api-server-authorized-ip-ranges",
    checks: { [CLUSTER]: publicApi },
};

const localAccounts: Check = ({ inputs }) =>
    failIf(
        not(isSwitchedOn(inputs, "disableLocalAccounts")),
        inputs.get("disableLocalAccounts"),
        "keeps an administrator's certificate that no identity stands behind",
    );

const disableLocalAccounts: Fix = {
    replaces: false,
    changes: ({ inputs }) => {
        const known = isSwitchedOn(inputs, "disableLocalAccounts") === false;
        // Without Entra ID nobody could get in any more, and Azure refuses it.
        const managed = isOn(inputs.at("aadProfile.managed"), false) === true;
        return known && managed ? [{ path: "disableLocalAccounts", value: true }] : [];
    },
};

/** Nobody signs in by the certificate that AKS makes for an administrator. */
export const aksLocalAccountsDisabled: Rule = {
    id: "az-aks-local-accounts-disabled",
    title: "An AKS cluster has no local accounts.",
    why:
        "Whoever may list the cluster's credentials gets a certificate of cluster-admin: it passes by Entra ID and its " +
        "conditions, names nobody in the audit log, and works until it is rotated.",
    clouds: ["azure"],
    pack: "security",
    severity: "high",
    requirements: { "CIS AKS": ["5.5.1"] },
    analogies: { "PCI DSS": ["8.2.1"], "SOC 2": ["CC6.1"] },
    remediation:
        "Set disableLocalAccounts to true on a cluster with aadProfile.managed, and rotate its certificates afterwards, " +
        "as those handed out stay valid.",
    see: "https://learn.microsoft.com/en-us/azure/aks/manage-local-accounts-managed-azure-ad",
    checks: { [CLUSTER]: localAccounts },
    fixes: { [CLUSTER]: disableLocalAccounts },
};

function entraProfile(inputs: Value): readonly Verdict[] {
    const profile = inputs.get("aadProfile");
    if (profile.state === "absent") {
        const missing = not(isPreset(inputs, profile));
        return failIf(missing, profile, "lets nobody sign in by Entra ID");
    }
    const managed = profile.get("managed");
    const rbac = profile.get("enableAzureRBAC");
    return [
        ...failIf(not(isOn(managed, false)), managed, "leaves sign-in to an application of old"),
        ...failIf(not(isOn(rbac, false)), rbac, "keeps what people may do out of Azure's roles"),
    ];
}

const entra: Check = ({ inputs }) => {
    const rbac = inputs.get("enableRBAC");
    return [
        ...entraProfile(inputs),
        ...failIf(not(isOn(rbac, true)), rbac, "lets everybody who is in do everything"),
    ];
};

/** Entra ID says who somebody is, and Azure's roles what they may do. */
export const aksEntraRbac: Rule = {
    id: "az-aks-entra-rbac",
    title: "People sign in to an AKS cluster by Entra ID, and Azure's roles say what they may do.",
    why:
        "Otherwise who may do what is kept in each cluster by itself: nobody reviews it, and people who leave keep what " +
        "they had.",
    clouds: ["azure"],
    pack: "security",
    severity: "high",
    requirements: {
        "PCI DSS": ["7.2.1", "8.2.1"],
        HIPAA: ["164.308(a)(4)(ii)(B)"],
        "CIS AKS": ["5.5.1", "5.5.2"],
    },
    remediation:
        "Set aadProfile.managed and aadProfile.enableAzureRBAC to true and leave enableRBAC on. Turning enableRBAC on " +
        "replaces the cluster; Entra ID cannot be taken off again.",
    see: "https://learn.microsoft.com/en-us/azure/aks/manage-azure-rbac",
    checks: { [CLUSTER]: entra },
};

const ISSUER = "oidcIssuerProfile.enabled";
const WORKLOAD_IDENTITY = "securityProfile.workloadIdentity.enabled";

/** New clusters have an issuer since 1.34, but those that were upgraded to it may have none. */
function hasIssuer(inputs: Value) {
    const issuer = inputs.at(ISSUER);
    if (issuer.state !== "absent") return isOn(issuer, false);
    const recent = isAtLeast(inputs.get("kubernetesVersion"), 34, true);
    return or(isPreset(inputs, issuer), and(recent, { unknown: issuer.path }));
}

const workloadIdentity: Check = ({ inputs }) => [
    ...failIf(not(hasIssuer(inputs)), inputs.at(ISSUER), "issues no tokens that Azure trusts"),
    ...failIf(
        not(isSwitchedOn(inputs, WORKLOAD_IDENTITY)),
        inputs.at(WORKLOAD_IDENTITY),
        "gives pods no identity of their own",
    ),
];

const giveIdentities: Fix = {
    replaces: false,
    changes: ({ inputs }) => {
        const off = isSwitchedOn(inputs, WORKLOAD_IDENTITY) === false;
        const without = hasIssuer(inputs) === false;
        return [
            ...(off || without ? [{ path: ISSUER, value: true }] : []),
            ...(off ? [{ path: WORKLOAD_IDENTITY, value: true }] : []),
        ];
    },
};

/** Pods have identities of their own in Azure, without a password. */
export const aksWorkloadIdentity: Rule = {
    id: "az-aks-workload-identity",
    title: "Pods of an AKS cluster can have identities of their own in Azure.",
    why: "Without them pods use the node's identity, which all pods share, or a password that somebody has to keep.",
    clouds: ["azure"],
    pack: "security",
    severity: "medium",
    requirements: { "CIS AKS": ["5.2.1"] },
    analogies: { "PCI DSS": ["8.6.3"] },
    remediation:
        "Set oidcIssuerProfile.enabled and securityProfile.workloadIdentity.enabled to true; the cluster is changed in " +
        "place. The issuer cannot be taken off again.",
    see: "https://learn.microsoft.com/en-us/azure/aks/workload-identity-overview",
    checks: { [CLUSTER]: workloadIdentity },
    fixes: { [CLUSTER]: giveIdentities },
};
