import type { Example } from "../example.ts";

const CLUSTER = "azure-native:containerservice/v20250501:ManagedCluster";

/** Examples of what protects an AKS cluster from within. */
export const aksProtectionExamples: Record<string, readonly Example[]> = {
    "az-aks-network-policy": [
        {
            type: CLUSTER,
            good: { networkProfile: { networkPlugin: "azure", networkPolicy: "cilium" } },
            breaks: [
                {
                    title: "the engine is none",
                    set: ["networkProfile.networkPolicy", "none"],
                    at: ["networkProfile.networkPolicy"],
                },
                {
                    title: "nothing is said, and none is the default",
                    set: ["networkProfile", undefined],
                    at: ["networkProfile.networkPolicy"],
                },
            ],
            undecided: "networkProfile.networkPolicy",
        },
        {
            type: CLUSTER,
            good: { networkProfile: { networkPolicy: "Calico", networkDataplane: "azure" } },
            breaks: [
                {
                    title: "the engine is left out beside a data plane without one",
                    set: ["networkProfile.networkPolicy", undefined],
                    at: ["networkProfile.networkPolicy"],
                },
            ],
        },
    ],
    "az-aks-kms-etcd": [
        {
            type: CLUSTER,
            good: {
                securityProfile: {
                    azureKeyVaultKms: {
                        enabled: true,
                        keyId: "https://one.vault.azure.net/keys/a",
                    },
                },
            },
            breaks: [
                {
                    title: "it is off",
                    set: ["securityProfile.azureKeyVaultKms.enabled", false],
                    at: ["securityProfile.azureKeyVaultKms.enabled"],
                },
                {
                    title: "nothing is said, and off is the default",
                    set: ["securityProfile", undefined],
                    at: ["securityProfile.azureKeyVaultKms.enabled"],
                },
            ],
            undecided: "securityProfile.azureKeyVaultKms.enabled",
        },
        {
            type: CLUSTER,
            good: {
                securityProfile: {
                    kubernetesResourceObjectEncryptionProfile: {
                        infrastructureEncryption: "Enabled",
                    },
                },
            },
            breaks: [
                {
                    title: "neither way is taken",
                    set: [
                        "securityProfile.kubernetesResourceObjectEncryptionProfile.infrastructureEncryption",
                        "Disabled",
                    ],
                    at: ["securityProfile.azureKeyVaultKms.enabled"],
                },
            ],
            undecided: "securityProfile.kubernetesResourceObjectEncryptionProfile",
        },
    ],
    "az-aks-defender": [
        {
            type: CLUSTER,
            good: { securityProfile: { defender: { securityMonitoring: { enabled: true } } } },
            breaks: [
                {
                    title: "it is off",
                    set: ["securityProfile.defender.securityMonitoring.enabled", false],
                    at: ["securityProfile.defender.securityMonitoring.enabled"],
                },
                {
                    title: "nothing is said, and off is the default",
                    set: ["securityProfile.defender", undefined],
                    at: ["securityProfile.defender.securityMonitoring.enabled"],
                },
            ],
            undecided: "securityProfile.defender.securityMonitoring.enabled",
        },
    ],
    "az-aks-azure-policy-addon": [
        {
            type: CLUSTER,
            good: { addonProfiles: { azurepolicy: { enabled: true } } },
            breaks: [
                {
                    title: "it is off",
                    set: ["addonProfiles.azurepolicy.enabled", false],
                    at: ["addonProfiles.azurepolicy.enabled"],
                },
                {
                    title: "it is left out",
                    set: ["addonProfiles", undefined],
                    at: ["addonProfiles.azurepolicy.enabled"],
                },
            ],
            undecided: "addonProfiles.azurepolicy.enabled",
        },
        {
            type: CLUSTER,
            good: { addonProfiles: { azurePolicy: { enabled: true } } },
            breaks: [
                {
                    title: "it is off in another spelling",
                    set: ["addonProfiles.azurePolicy.enabled", false],
                    at: ["addonProfiles.azurePolicy.enabled"],
                },
            ],
            undecided: "addonProfiles",
        },
    ],
    "az-aks-no-http-routing-run-command": [
        {
            type: CLUSTER,
            good: {
                apiServerAccessProfile: { disableRunCommand: true },
                addonProfiles: { httpApplicationRouting: { enabled: false } },
            },
            breaks: [
                {
                    title: "run command is left on, as is the default",
                    set: ["apiServerAccessProfile.disableRunCommand", undefined],
                    at: ["apiServerAccessProfile.disableRunCommand"],
                },
                {
                    title: "routing is on",
                    set: ["addonProfiles.httpApplicationRouting.enabled", true],
                    at: ["addonProfiles.httpApplicationRouting.enabled"],
                },
                {
                    title: "routing is on in another spelling",
                    set: ["addonProfiles", { httpapplicationrouting: { enabled: true } }],
                    at: ["addonProfiles.httpapplicationrouting.enabled"],
                },
            ],
            undecided: "apiServerAccessProfile.disableRunCommand",
        },
    ],
};
