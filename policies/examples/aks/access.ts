import type { Example } from "../example.ts";

const CLUSTER = "azure-native:containerservice:ManagedCluster";

/** Examples of who gets into an AKS cluster. */
export const aksAccessExamples: Record<string, readonly Example[]> = {
    "az-aks-api-not-world-open": [
        {
            type: "azure-native:containerservice/v20250501:ManagedCluster",
            good: { apiServerAccessProfile: { enablePrivateCluster: true } },
            breaks: [
                {
                    title: "the cluster is public without ranges",
                    set: ["apiServerAccessProfile.enablePrivateCluster", false],
                    at: ["apiServerAccessProfile.authorizedIPRanges"],
                },
                {
                    title: "nothing is said at all",
                    set: ["apiServerAccessProfile", undefined],
                    at: ["apiServerAccessProfile.authorizedIPRanges"],
                },
            ],
            undecided: "apiServerAccessProfile.enablePrivateCluster",
        },
        {
            type: "azure-native_containerservice_v20250501:containerservice:ManagedCluster",
            good: { apiServerAccessProfile: { authorizedIPRanges: ["203.0.113.7", "0.0.0.0/32"] } },
            breaks: [
                {
                    title: "a range is the whole internet",
                    set: ["apiServerAccessProfile.authorizedIPRanges[1]", "0.0.0.0/0"],
                    at: ["apiServerAccessProfile.authorizedIPRanges"],
                },
                {
                    title: "the list of ranges is empty",
                    set: ["apiServerAccessProfile.authorizedIPRanges", []],
                    at: ["apiServerAccessProfile.authorizedIPRanges"],
                },
            ],
            undecided: "apiServerAccessProfile.authorizedIPRanges[0]",
        },
    ],
    "az-aks-local-accounts-disabled": [
        {
            type: CLUSTER,
            good: { disableLocalAccounts: true, aadProfile: { managed: true } },
            breaks: [
                {
                    title: "local accounts are on",
                    set: ["disableLocalAccounts", false],
                    at: ["disableLocalAccounts"],
                },
                {
                    title: "nothing is said, and on is the default",
                    set: ["disableLocalAccounts", undefined],
                    at: ["disableLocalAccounts"],
                },
            ],
            undecided: "disableLocalAccounts",
        },
        {
            type: CLUSTER,
            good: { disableLocalAccounts: true },
            breaks: [
                {
                    title: "local accounts are the only ones",
                    set: ["disableLocalAccounts", false],
                    at: ["disableLocalAccounts"],
                },
            ],
            undecided: "disableLocalAccounts",
        },
    ],
    "az-aks-entra-rbac": [
        {
            type: CLUSTER,
            good: { aadProfile: { managed: true, enableAzureRBAC: true } },
            breaks: [
                {
                    title: "there is no Entra ID",
                    set: ["aadProfile", undefined],
                    at: ["aadProfile"],
                },
                {
                    title: "Entra ID is not managed",
                    set: ["aadProfile.managed", false],
                    at: ["aadProfile.managed"],
                },
                {
                    title: "it is left open whether Entra ID is managed",
                    set: ["aadProfile.managed", undefined],
                    at: ["aadProfile.managed"],
                },
                {
                    title: "Azure's roles say nothing, which is the default",
                    set: ["aadProfile.enableAzureRBAC", undefined],
                    at: ["aadProfile.enableAzureRBAC"],
                },
                {
                    title: "there are no roles at all",
                    set: ["enableRBAC", false],
                    at: ["enableRBAC"],
                },
            ],
            undecided: "aadProfile.enableAzureRBAC",
        },
        {
            type: CLUSTER,
            good: { aadProfile: { managed: true, enableAzureRBAC: true }, enableRBAC: true },
            breaks: [],
            undecided: "enableRBAC",
        },
    ],
    "az-aks-workload-identity": [
        {
            type: CLUSTER,
            good: {
                oidcIssuerProfile: { enabled: true },
                securityProfile: { workloadIdentity: { enabled: true } },
            },
            breaks: [
                {
                    title: "pods get no identities",
                    set: ["securityProfile.workloadIdentity.enabled", false],
                    at: ["securityProfile.workloadIdentity.enabled"],
                },
                {
                    title: "nothing is said of identities, and none are the default",
                    set: ["securityProfile", undefined],
                    at: ["securityProfile.workloadIdentity.enabled"],
                },
                {
                    title: "the issuer is off",
                    set: ["oidcIssuerProfile.enabled", false],
                    at: ["oidcIssuerProfile.enabled"],
                },
            ],
            undecided: "oidcIssuerProfile.enabled",
        },
        {
            type: CLUSTER,
            good: {
                kubernetesVersion: "1.33",
                oidcIssuerProfile: { enabled: true },
                securityProfile: { workloadIdentity: { enabled: true } },
            },
            breaks: [
                {
                    title: "nothing is said of the issuer on a version without one",
                    set: ["oidcIssuerProfile", undefined],
                    at: ["oidcIssuerProfile.enabled"],
                },
            ],
            undecided: "securityProfile.workloadIdentity.enabled",
        },
    ],
};
