import { UNKNOWN, type Example, type StackExample } from "../example.ts";

const CLUSTER = "azure-native:containerservice:ManagedCluster";
const POOL = "azure-native:containerservice:AgentPool";

/** Examples of how the nodes of an AKS cluster are made, and how it is run. */
export const aksNodeExamples: Record<string, readonly Example[]> = {
    "az-aks-nodes-no-public-ip": [
        {
            type: CLUSTER,
            good: { agentPoolProfiles: [{ enableNodePublicIP: false }, { name: "more" }] },
            breaks: [
                {
                    title: "the nodes of a pool have public addresses",
                    set: ["agentPoolProfiles[1].enableNodePublicIP", true],
                    at: ["agentPoolProfiles[1].enableNodePublicIP"],
                },
            ],
            undecided: "agentPoolProfiles",
        },
        {
            type: POOL,
            good: { enableNodePublicIP: false },
            breaks: [
                {
                    title: "its nodes have public addresses",
                    set: ["enableNodePublicIP", true],
                    at: ["enableNodePublicIP"],
                },
            ],
            undecided: "enableNodePublicIP",
        },
    ],
    "az-aks-disk-encryption": [
        {
            type: CLUSTER,
            good: { agentPoolProfiles: [{ enableEncryptionAtHost: true }] },
            breaks: [
                {
                    title: "hosts do not encrypt",
                    set: ["agentPoolProfiles[0].enableEncryptionAtHost", false],
                    at: ["agentPoolProfiles[0].enableEncryptionAtHost"],
                },
                {
                    title: "nothing is said, and that is the default",
                    set: ["agentPoolProfiles[0]", { name: "system" }],
                    at: ["agentPoolProfiles[0].enableEncryptionAtHost"],
                },
            ],
            undecided: "agentPoolProfiles[0].enableEncryptionAtHost",
        },
        {
            type: CLUSTER,
            good: { diskEncryptionSetID: "/one", agentPoolProfiles: [{ name: "system" }] },
            breaks: [
                {
                    title: "the key is taken away",
                    set: ["diskEncryptionSetID", undefined],
                    at: ["agentPoolProfiles[0].enableEncryptionAtHost"],
                },
            ],
            undecided: "diskEncryptionSetID",
        },
    ],
    "az-aks-auto-upgrade": [
        {
            type: CLUSTER,
            good: {
                autoUpgradeProfile: { upgradeChannel: "patch", nodeOSUpgradeChannel: "NodeImage" },
            },
            breaks: [
                {
                    title: "the cluster waits for somebody",
                    set: ["autoUpgradeProfile.upgradeChannel", "none"],
                    at: ["autoUpgradeProfile.upgradeChannel"],
                },
                {
                    title: "the nodes wait for somebody",
                    set: ["autoUpgradeProfile.nodeOSUpgradeChannel", "None"],
                    at: ["autoUpgradeProfile.nodeOSUpgradeChannel"],
                },
                {
                    title: "nothing is said, and the cluster waits by default",
                    set: ["autoUpgradeProfile", undefined],
                    at: ["autoUpgradeProfile.upgradeChannel"],
                },
            ],
            undecided: "autoUpgradeProfile.nodeOSUpgradeChannel",
        },
    ],
    "az-aks-standard-tier": [
        {
            type: CLUSTER,
            good: { sku: { name: "Base", tier: "Standard" } },
            breaks: [
                {
                    title: "the tier is free",
                    set: ["sku.tier", "Free"],
                    at: ["sku.tier"],
                },
                {
                    title: "nothing is said, and free is the default",
                    set: ["sku", undefined],
                    at: ["sku.tier"],
                },
            ],
            undecided: "sku.tier",
        },
        { type: CLUSTER, good: { sku: { name: "Automatic" } }, breaks: [], undecided: "sku.name" },
    ],
};

/** Examples of pools that are resources of their own. */
export const aksNodeStackExamples: Record<string, readonly StackExample[]> = {
    "az-aks-disk-encryption": [
        {
            title: "a pool whose hosts encrypt, and one whose cluster has a key",
            good: [
                { name: "plain", type: CLUSTER, inputs: { resourceName: "plain" } },
                { name: "keyed", type: CLUSTER, inputs: { diskEncryptionSetID: "/one" } },
                {
                    name: "hosts",
                    type: POOL,
                    inputs: { resourceName: UNKNOWN, enableEncryptionAtHost: true },
                    references: { resourceName: ["plain"] },
                },
                {
                    name: "pool",
                    type: POOL,
                    inputs: { resourceName: UNKNOWN },
                    references: { resourceName: ["keyed"] },
                },
            ],
            breaks: [
                {
                    title: "hosts do not encrypt",
                    set: ["hosts", "enableEncryptionAtHost", false],
                    at: [["hosts", "enableEncryptionAtHost"]],
                },
                {
                    title: "the cluster has no key",
                    set: ["keyed", "diskEncryptionSetID", undefined],
                    at: [["pool", "enableEncryptionAtHost"]],
                },
                {
                    title: "the pool names a cluster without a key in writing",
                    set: ["pool", "resourceName", "plain"],
                    at: [["pool", "enableEncryptionAtHost"]],
                },
            ],
            undecided: ["pool", "resourceName"],
        },
    ],
};
