import type { Inputs } from "../../../policies/examples/example.ts";
import type { Mutation } from "./mutation.ts";

const CLUSTER = "azure-native:containerservice:ManagedCluster";
const POOL = "azure-native:containerservice:AgentPool";

/** A cluster beside the platform's own that keeps every rule, also the one that prod does not. */
const SECOND: Inputs = {
    id: "/second",
    resourceName: "second",
    aadProfile: { managed: true, enableAzureRBAC: true },
    addonProfiles: { azurepolicy: { enabled: true } },
    agentPoolProfiles: [{ name: "system", mode: "System", enableEncryptionAtHost: true }],
    apiServerAccessProfile: { enablePrivateCluster: true, disableRunCommand: true },
    autoUpgradeProfile: { upgradeChannel: "patch" },
    disableLocalAccounts: true,
    kubernetesVersion: "1.36",
    networkProfile: { networkPlugin: "azure", networkPolicy: "cilium" },
    oidcIssuerProfile: { enabled: true },
    securityProfile: {
        azureKeyVaultKms: { enabled: true },
        defender: { securityMonitoring: { enabled: true } },
        workloadIdentity: { enabled: true },
    },
    sku: { name: "Base", tier: "Standard" },
    tags: {
        CostCentre: "cc-2000",
        Environment: "prod",
        ManagedBy: "pulumi",
        Owner: "platform-team",
        Project: "myapp",
        Site: "azure",
    },
};

const AUDIT_SETTING = {
    type: "azure-native:monitor:DiagnosticSetting",
    name: "second-logs",
    inputs: {
        resourceUri: "/second",
        workspaceId: "/workspace-of-another-stack",
        logs: [{ category: "kube-audit", enabled: true }],
    },
};

export const aksMutations: readonly Mutation[] = [
    {
        rule: "az-aks-api-not-world-open",
        title: "the API gets a public address without ranges",
        do: [{ type: CLUSTER, set: { "apiServerAccessProfile.enablePrivateCluster": false } }],
        at: "apiServerAccessProfile.authorizedIPRanges",
    },
    {
        rule: "az-aks-local-accounts-disabled",
        title: "the administrator's certificate comes back",
        do: [{ type: CLUSTER, set: { disableLocalAccounts: false } }],
        at: "disableLocalAccounts",
    },
    {
        rule: "az-aks-entra-rbac",
        title: "Azure's roles no longer say what people may do",
        do: [{ type: CLUSTER, set: { "aadProfile.enableAzureRBAC": false } }],
        at: "aadProfile.enableAzureRBAC",
    },
    {
        rule: "az-aks-network-policy",
        title: "nothing enforces network policies",
        do: [{ type: CLUSTER, set: { "networkProfile.networkPolicy": "none" } }],
        at: "networkProfile.networkPolicy",
    },
    {
        rule: "az-aks-nodes-no-public-ip",
        title: "the nodes of a pool get public addresses",
        do: [{ type: POOL, set: { enableNodePublicIP: true } }],
        at: "enableNodePublicIP",
    },
    {
        rule: "az-aks-nodes-no-public-ip",
        title: "the first nodes get public addresses",
        do: [{ type: CLUSTER, set: { "agentPoolProfiles[0].enableNodePublicIP": true } }],
        at: "agentPoolProfiles[0].enableNodePublicIP",
    },
    {
        rule: "az-aks-defender",
        title: "nobody watches what runs",
        do: [
            {
                type: CLUSTER,
                set: { "securityProfile.defender.securityMonitoring.enabled": false },
            },
        ],
        at: "securityProfile.defender.securityMonitoring.enabled",
    },
    {
        rule: "az-aks-audit-logs",
        title: "a second cluster keeps no audit log",
        do: [],
        add: [{ type: CLUSTER, name: "second", inputs: SECOND }],
    },
    {
        rule: "az-aks-azure-policy-addon",
        title: "Azure Policy no longer reaches into the cluster",
        do: [{ type: CLUSTER, set: { "addonProfiles.azurepolicy.enabled": false } }],
        at: "addonProfiles.azurepolicy.enabled",
    },
    {
        rule: "az-aks-auto-upgrade",
        title: "patches wait for somebody",
        do: [{ type: CLUSTER, set: { "autoUpgradeProfile.upgradeChannel": "none" } }],
        at: "autoUpgradeProfile.upgradeChannel",
    },
    {
        rule: "az-aks-workload-identity",
        title: "pods lose their identities",
        do: [{ type: CLUSTER, set: { "securityProfile.workloadIdentity.enabled": false } }],
        at: "securityProfile.workloadIdentity.enabled",
    },
    {
        rule: "az-aks-disk-encryption",
        title: "the hosts of a pool no longer encrypt",
        do: [{ type: POOL, set: { enableEncryptionAtHost: false } }],
        at: "enableEncryptionAtHost",
    },
    {
        rule: "az-aks-disk-encryption",
        title: "the first hosts no longer encrypt",
        do: [{ type: CLUSTER, set: { "agentPoolProfiles[0].enableEncryptionAtHost": false } }],
        at: "agentPoolProfiles[0].enableEncryptionAtHost",
    },
    {
        rule: "az-aks-standard-tier",
        title: "the control plane is free of charge",
        do: [{ type: CLUSTER, set: { "sku.tier": "Free" } }],
        at: "sku.tier",
    },
    {
        rule: "az-aks-no-http-routing-run-command",
        title: "Azure may run commands in the cluster",
        do: [{ type: CLUSTER, set: { "apiServerAccessProfile.disableRunCommand": false } }],
        at: "apiServerAccessProfile.disableRunCommand",
    },
    {
        rule: "az-aks-kms-etcd",
        title: "a second cluster stores Secrets as they are",
        do: [],
        add: [
            {
                type: CLUSTER,
                name: "second",
                inputs: {
                    ...SECOND,
                    securityProfile: {
                        defender: { securityMonitoring: { enabled: true } },
                        workloadIdentity: { enabled: true },
                    },
                },
            },
            AUDIT_SETTING,
        ],
        at: "securityProfile.azureKeyVaultKms.enabled",
    },
];
