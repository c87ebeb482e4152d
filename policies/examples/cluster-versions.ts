import type { Break, Example, StackExample } from "./example.ts";

/** What makes an input that holds `1.36` leave standard support, in each of the ways to get there. */
function outOfSupport(path: string): readonly Break[] {
    return [
        { title: "the version has ended", set: [path, "1.33"], at: [path] },
        {
            title: "the version is older than all that are listed",
            set: [path, "1.29.4"],
            at: [path],
        },
        { title: "the day is after its end", options: { date: "2027-12-01" }, at: [path] },
        {
            title: "the notice is long enough to reach it",
            options: { date: "2027-06-01", warnDays: 100 },
            at: [path],
        },
    ];
}

/** A day on which 1.36 is in support everywhere, so that the examples hold on whichever day they are run. */
const options = { date: "2026-11-21" };

const eksExamples: readonly Example[] = [
    {
        type: "aws:eks/cluster:Cluster",
        good: { name: "main", version: "1.36" },
        breaks: [
            ...outOfSupport("version"),
            {
                title: "it is the day after the last",
                options: { date: "2027-08-03" },
                at: ["version"],
            },
            {
                title: "it is the last day, which is in support but near its end",
                options: { date: "2027-08-02" },
                at: ["version"],
            },
            {
                title: "the notice begins",
                options: { date: "2027-06-03" },
                at: ["version"],
            },
        ],
        undecided: "version",
    },
    {
        type: "aws:eks/cluster:Cluster",
        good: { version: "1.36" },
        options: { date: "2027-06-02" },
        breaks: [],
    },
    {
        type: "aws:eks/cluster:Cluster",
        good: { upgradePolicy: { supportType: "STANDARD" } },
        breaks: [],
        undecided: "upgradePolicy.supportType",
    },
    {
        type: "aws:eks/cluster:Cluster",
        good: { version: "1.40" },
        options: { date: "2027-04-01" },
        breaks: [],
    },
    {
        type: "aws:eks/nodeGroup:NodeGroup",
        good: { clusterName: "main", version: "1.36" },
        breaks: outOfSupport("version"),
        undecided: "version",
    },
    { type: "aws:eks/nodeGroup:NodeGroup", good: { clusterName: "main" }, breaks: [] },
];

const aksExamples: readonly Example[] = [
    {
        type: "azure-native:containerservice/v20250501:ManagedCluster",
        good: {
            kubernetesVersion: "1.36.2",
            agentPoolProfiles: [{ name: "system", orchestratorVersion: "1.36" }],
        },
        breaks: [
            {
                title: "the version has ended",
                set: ["kubernetesVersion", "1.33.9"],
                at: ["kubernetesVersion"],
            },
            {
                title: "the version ends within the notice",
                set: ["kubernetesVersion", "1.34"],
                at: ["kubernetesVersion"],
                options: { date: "2026-11-21" },
            },
            {
                title: "a pool lags behind",
                set: ["agentPoolProfiles[0].orchestratorVersion", "1.32"],
                at: ["agentPoolProfiles[0].orchestratorVersion"],
            },
        ],
        undecided: "kubernetesVersion",
    },
    {
        type: "azure-native:containerservice:ManagedCluster",
        good: { autoUpgradeProfile: { upgradeChannel: "stable" } },
        breaks: [],
        undecided: "autoUpgradeProfile.upgradeChannel",
    },
    {
        type: "azure-native:containerservice:AgentPool",
        good: { orchestratorVersion: "1.36" },
        breaks: outOfSupport("orchestratorVersion"),
        undecided: "orchestratorVersion",
    },
];

const gkeExamples: readonly Example[] = [
    {
        type: "gcp:container/cluster:Cluster",
        good: { minMasterVersion: "1.36.4-gke.1391000", nodePools: [{ version: "1.36" }] },
        breaks: [
            {
                title: "the control plane has ended",
                set: ["minMasterVersion", "1.34.1-gke.2909002"],
                at: ["minMasterVersion"],
            },
            {
                title: "the nodes of the default pool have ended",
                set: ["nodeVersion", "1.33."],
                at: ["nodeVersion"],
            },
            {
                title: "a pool has ended",
                set: ["nodePools[0].version", "1.31"],
                at: ["nodePools[0].version"],
            },
        ],
        undecided: "minMasterVersion",
    },
    {
        type: "gcp:container/cluster:Cluster",
        good: { minMasterVersion: "latest" },
        breaks: [],
    },
    {
        type: "gcp:container/nodePool:NodePool",
        good: { cluster: "main", version: "1.36" },
        breaks: outOfSupport("version"),
        undecided: "version",
    },
];

const onTheDay = (example: Example): Example => ({ options, ...example });

export const clusterVersionExamples: Record<string, readonly Example[]> = {
    "aws-eks-supported-version": eksExamples.map(onTheDay),
    "cluster-version-supported": [...aksExamples, ...gkeExamples].map(onTheDay),
};

export const clusterVersionStackExamples: Record<string, readonly StackExample[]> = {};
