import type { Break, Example } from "../example.ts";

const CLUSTER = "gcp:container/cluster:Cluster";
const NODE_POOL = "gcp:container/nodePool:NodePool";

function unmanaged(prefix: string): readonly Break[] {
    return ["autoUpgrade", "autoRepair"].map((name): Break => ({
        title: `${name} is off`,
        set: [`${prefix}${name}`, false],
        at: [`${prefix}${name}`],
    }));
}

export const upkeepExamples: Record<string, readonly Example[]> = {
    "gcp-gke-release-channel-auto-upgrade": [
        {
            type: CLUSTER,
            good: {
                releaseChannel: { channel: "REGULAR" },
                nodePools: [{ management: { autoUpgrade: true, autoRepair: true } }],
                clusterAutoscaling: { autoProvisioningDefaults: { management: {} } },
            },
            breaks: [
                {
                    title: "the cluster is taken out of all channels",
                    set: ["releaseChannel.channel", "UNSPECIFIED"],
                    at: ["releaseChannel.channel"],
                },
                ...unmanaged("nodePools[0].management."),
                ...unmanaged("clusterAutoscaling.autoProvisioningDefaults.management."),
            ],
            undecided: "releaseChannel",
        },
        {
            type: NODE_POOL,
            good: { management: { autoUpgrade: true, autoRepair: true } },
            breaks: unmanaged("management."),
            undecided: "management.autoUpgrade",
        },
        { type: NODE_POOL, good: { name: "workers" }, breaks: [] },
    ],
    "gcp-gke-binary-authorization": [
        {
            type: CLUSTER,
            good: {
                binaryAuthorization: { evaluationMode: "PROJECT_SINGLETON_POLICY_ENFORCE" },
            },
            breaks: [
                {
                    title: "it is switched off",
                    set: ["binaryAuthorization.evaluationMode", "DISABLED"],
                    at: ["binaryAuthorization.evaluationMode"],
                },
                {
                    title: "nothing is said, and off is the default",
                    set: ["binaryAuthorization", undefined],
                    at: ["binaryAuthorization.evaluationMode"],
                },
            ],
            undecided: "binaryAuthorization.evaluationMode",
        },
        {
            type: CLUSTER,
            good: { binaryAuthorization: { enabled: true } },
            breaks: [
                {
                    title: "it is switched off in the old way",
                    set: ["binaryAuthorization.enabled", false],
                    at: ["binaryAuthorization.evaluationMode"],
                },
            ],
            undecided: "binaryAuthorization.enabled",
        },
    ],
    "gcp-gke-logging-monitoring": [
        {
            type: CLUSTER,
            good: {
                loggingConfig: { enableComponents: ["SYSTEM_COMPONENTS", "WORKLOADS"] },
                monitoringConfig: { enableComponents: ["SYSTEM_COMPONENTS", "HPA"] },
            },
            breaks: [
                {
                    title: "the workloads' logs stay on their nodes",
                    set: ["loggingConfig.enableComponents", ["SYSTEM_COMPONENTS"]],
                    at: ["loggingConfig.enableComponents"],
                },
                {
                    title: "no logs are sent",
                    set: ["loggingConfig.enableComponents", []],
                    at: ["loggingConfig.enableComponents"],
                },
                {
                    title: "no metrics are sent",
                    set: ["monitoringConfig.enableComponents", []],
                    at: ["monitoringConfig.enableComponents"],
                },
                {
                    title: "the control plane's logs are asked for too",
                    options: { logs: ["SYSTEM_COMPONENTS", "WORKLOADS", "APISERVER"] },
                    at: ["loggingConfig.enableComponents"],
                },
            ],
            undecided: "loggingConfig.enableComponents",
        },
        {
            type: CLUSTER,
            good: { loggingService: "logging.googleapis.com/kubernetes" },
            breaks: [
                {
                    title: "logging is switched off",
                    set: ["loggingService", "none"],
                    at: ["loggingService"],
                },
                {
                    title: "monitoring is switched off",
                    set: ["monitoringService", "none"],
                    at: ["monitoringService"],
                },
                {
                    title: "the control plane's logs are asked for, which the defaults leave out",
                    options: { logs: ["APISERVER"] },
                    at: ["loggingConfig.enableComponents"],
                },
            ],
            undecided: "loggingService",
        },
    ],
    "gcp-gke-security-posture": [
        {
            type: CLUSTER,
            good: { securityPostureConfig: { mode: "BASIC" } },
            breaks: [
                {
                    title: "it is switched off",
                    set: ["securityPostureConfig.mode", "DISABLED"],
                    at: ["securityPostureConfig.mode"],
                },
            ],
            undecided: "securityPostureConfig.mode",
        },
    ],
    "gcp-gke-deletion-protection": [
        {
            type: CLUSTER,
            good: { deletionProtection: true },
            breaks: [
                {
                    title: "it is switched off",
                    set: ["deletionProtection", false],
                    at: ["deletionProtection"],
                },
            ],
            undecided: "deletionProtection",
        },
    ],
};
