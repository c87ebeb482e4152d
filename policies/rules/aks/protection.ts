import type { Value } from "../../runtime/reader.ts";
import { and, failIf, holds, isOn, isOneOf, not, or, type Truth } from "../../runtime/truth.ts";
import type { Change, Check, Fix, Rule } from "../rule.ts";
import { addon } from "./addon.ts";
import { isPreset, isSwitchedOn } from "./automatic.ts";
import { CLUSTER } from "./types.ts";

const ENGINES: readonly string[] = ["azure", "calico", "cilium"];

function hasEngine(inputs: Value): Truth {
    const profile = inputs.get("networkProfile");
    const policy = profile.get("networkPolicy");
    const plugin = profile.get("networkPlugin");
    const untold: Truth = { unknown: policy.path };
    // What brings its own network brings an engine or none; the Cilium data plane has one, if it is let.
    const ownNetwork = and(isOneOf(plugin, ["none"], false), untold);
    const cilium = and(isOneOf(profile.get("networkDataplane"), ["cilium"], false), untold);
    return holds(
        policy,
        policy.text(),
        (text) => or(ENGINES.includes(text.toLowerCase()), ownNetwork),
        or(isPreset(inputs, policy), ownNetwork, cilium),
    );
}

const networkPolicy: Check = ({ inputs }) =>
    failIf(
        not(hasEngine(inputs)),
        inputs.at("networkProfile.networkPolicy"),
        "nothing enforces network policies",
    );

/** Something enforces the network policies of an AKS cluster. */
export const aksNetworkPolicy: Rule = {
    id: "az-aks-network-policy",
    title: "Network policies of an AKS cluster are enforced.",
    why:
        "Kubernetes takes network policies and ignores them unless an engine enforces them: they look right in every " +
        "review, and every pod reaches every other.",
    clouds: ["azure"],
    pack: "security",
    severity: "high",
    requirements: { "PCI DSS": ["1.3.1"], "CIS AKS": ["5.4.4"] },
    analogies: { "SOC 2": ["CC6.6"] },
    remediation:
        "Set networkProfile.networkPolicy to cilium with networkDataplane cilium; azure and calico will do too. On a " +
        "running cluster all nodes are made anew.",
    see: "https://learn.microsoft.com/en-us/azure/aks/use-network-policies",
    checks: { [CLUSTER]: networkPolicy },
    note: "Clusters with networkPlugin none bring their own network, so what enforces policies there is not told.",
};

const KMS = "securityProfile.azureKeyVaultKms.enabled";

/** The newer way, which needs no vault; it is in preview, and in few API versions. */
const RESOURCE_ENCRYPTION =
    "securityProfile.kubernetesResourceObjectEncryptionProfile.infrastructureEncryption";

const kms: Check = ({ inputs }) => {
    const own = isSwitchedOn(inputs, KMS);
    const azures = isOneOf(inputs.at(RESOURCE_ENCRYPTION), ["enabled"], false);
    const message = "Secrets are encrypted by the disks of the control plane only";
    return failIf(not(or(own, azures)), inputs.at(KMS), message);
};

/** Secrets are encrypted before they are written to etcd. */
export const aksKmsEtcd: Rule = {
    id: "az-aks-kms-etcd",
    title: "An AKS cluster encrypts Kubernetes Secrets before it stores them.",
    why:
        "Azure encrypts the disks below etcd in any case; a copy of etcd itself, a backup or a leak past the disk, holds " +
        "Secrets as plain text unless the API server encrypts them.",
    clouds: ["azure"],
    pack: "security",
    severity: "medium",
    requirements: { "PCI DSS": ["8.6.3"], "CIS AKS": ["5.3.1"] },
    analogies: { HIPAA: ["164.312(a)(2)(iv)"] },
    remediation:
        "Set securityProfile.azureKeyVaultKms.enabled to true and keyId to a key that the cluster's identity may use. " +
        "Keep Secrets' values in Key Vault where that is too much.",
    see: "https://learn.microsoft.com/en-us/azure/aks/kms-data-encryption-concepts",
    checks: { [CLUSTER]: kms },
    note:
        "Lists of requirements rate it high. It is advisory here: Azure calls this way the old one, losing the vault's key " +
        "loses the cluster, and what replaces it, which passes as well, was in preview when this was written.",
};

const DEFENDER = "securityProfile.defender.securityMonitoring.enabled";

const defender: Check = ({ inputs }) =>
    failIf(
        not(isSwitchedOn(inputs, DEFENDER)),
        inputs.at(DEFENDER),
        "nobody is told of attacks on running pods",
    );

/** Microsoft Defender watches what runs. */
export const aksDefender: Rule = {
    id: "az-aks-defender",
    title: "Microsoft Defender watches an AKS cluster.",
    why: "Everything else guards the way in; without a watch on what runs, an intruder has all the time there is.",
    clouds: ["azure"],
    pack: "security",
    severity: "medium",
    requirements: { "CIS AKS": ["5.1.1"] },
    analogies: { "PCI DSS": ["11.5.1"], "SOC 2": ["CC7.2"] },
    remediation:
        "Set securityProfile.defender.securityMonitoring.enabled to true and logAnalyticsWorkspaceResourceId to a " +
        "workspace. Defender is paid for by core.",
    see: "https://learn.microsoft.com/en-us/azure/defender-for-cloud/defender-for-containers-introduction",
    checks: { [CLUSTER]: defender },
    note: "A plan of the whole subscription may switch Defender on besides; the program does not show it.",
};

function hasPolicies(inputs: Value): Truth {
    const enabled = addon(inputs, "azurepolicy").get("enabled");
    return holds(enabled, enabled.flag(), (on) => on, isPreset(inputs, enabled));
}

const policies: Check = ({ inputs }) =>
    failIf(
        not(hasPolicies(inputs)),
        addon(inputs, "azurepolicy").get("enabled"),
        "the organisation's policies do not reach into the cluster",
    );

const addPolicies: Fix = {
    replaces: false,
    changes: ({ inputs }) =>
        hasPolicies(inputs) === false
            ? [{ path: addon(inputs, "azurepolicy").get("enabled").path, value: true }]
            : [],
};

/** Azure Policy checks what is deployed inside of the cluster. */
export const aksAzurePolicyAddon: Rule = {
    id: "az-aks-azure-policy-addon",
    title: "Azure Policy reaches into an AKS cluster.",
    why: "Rules of the organisation about pods, images and ingresses stay on paper where the add-on is missing.",
    clouds: ["azure"],
    pack: "security",
    severity: "medium",
    requirements: {},
    analogies: { "SOC 2": ["CC8.1"] },
    remediation: "Set addonProfiles.azurepolicy.enabled to true; the cluster is changed in place.",
    see: "https://learn.microsoft.com/en-us/azure/governance/policy/concepts/policy-for-kubernetes",
    checks: { [CLUSTER]: policies },
    fixes: { [CLUSTER]: addPolicies },
};

const RUN_COMMAND = "apiServerAccessProfile.disableRunCommand";

const surfaces: Check = ({ inputs }) => {
    const routing = addon(inputs, "httpApplicationRouting").get("enabled");
    const message = "puts an ingress on the internet that is out of support";
    return [
        ...failIf(isOn(routing, false), routing, message),
        ...failIf(
            not(isSwitchedOn(inputs, RUN_COMMAND)),
            inputs.at(RUN_COMMAND),
            "lets Azure run commands in the cluster past its network",
        ),
    ];
};

const closeSurfaces: Fix = {
    replaces: false,
    changes: ({ inputs }): readonly Change[] => {
        const routing = addon(inputs, "httpApplicationRouting").get("enabled");
        const open = isSwitchedOn(inputs, RUN_COMMAND) === false;
        return [
            ...(isOn(routing, false) === true ? [{ path: routing.path, value: false }] : []),
            ...(open ? [{ path: RUN_COMMAND, value: true }] : []),
        ];
    },
};

/** Two side entrances are shut. */
export const aksNoHttpRoutingRunCommand: Rule = {
    id: "az-aks-no-http-routing-run-command",
    title: "An AKS cluster has neither HTTP application routing nor run command.",
    why:
        "Run command carries out any command as cluster-admin through Azure's own API, past a private endpoint; the " +
        "routing add-on is a public ingress without support since March 2025.",
    clouds: ["azure"],
    pack: "security",
    severity: "medium",
    requirements: {},
    analogies: { "PCI DSS": ["2.2"] },
    remediation:
        "Set apiServerAccessProfile.disableRunCommand to true and take addonProfiles.httpApplicationRouting away; the " +
        "cluster is changed in place.",
    see: "https://learn.microsoft.com/en-us/azure/aks/access-private-cluster",
    checks: { [CLUSTER]: surfaces },
    fixes: { [CLUSTER]: closeSurfaces },
};
