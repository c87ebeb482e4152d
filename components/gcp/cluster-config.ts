import type { input } from "@pulumi/gcp/types/index.js";
import type { Cidr } from "../lib/cidr.ts";

/**
 * When Google may upgrade: Sundays from 04:00 UTC, after the databases' backup (G13.9).
 *
 * GKE demands 48 hours of window in any 32 days. Those hold four Sundays, so each has to give 12 hours. The dates only
 * say on which Sunday the series began.
 *
 * @see https://docs.cloud.google.com/kubernetes-engine/docs/concepts/maintenance-windows-and-exclusions
 */
const MAINTENANCE: input.container.ClusterMaintenancePolicy = {
    recurringWindow: {
        startTime: "2026-01-04T04:00:00Z",
        endTime: "2026-01-04T16:00:00Z",
        recurrence: "FREQ=WEEKLY;BYDAY=SU",
    },
};

/** The logs of the nodes, of the workloads, and of the control plane: its API server, controllers and scheduler. */
const LOGGING: input.container.ClusterLoggingConfig = {
    enableComponents: [
        "SYSTEM_COMPONENTS",
        "WORKLOADS",
        "APISERVER",
        "CONTROLLER_MANAGER",
        "SCHEDULER",
    ],
};

/** Metrics of the control plane and of what runs, gathered by Google's managed Prometheus (G1.58). */
const MONITORING: input.container.ClusterMonitoringConfig = {
    enableComponents: [
        "SYSTEM_COMPONENTS",
        "APISERVER",
        "CONTROLLER_MANAGER",
        "SCHEDULER",
        "STORAGE",
        "HPA",
        "POD",
        "DAEMONSET",
        "DEPLOYMENT",
        "STATEFULSET",
        "KUBELET",
        "CADVISOR",
    ],
    managedPrometheus: { enabled: true },
    advancedDatapathObservabilityConfig: { enableMetrics: true, enableRelay: false },
};

/** What comes with the cluster. Network policies need no add-on: Dataplane V2 enforces them (G1.53). */
export const ADDONS: input.container.ClusterAddonsConfig = {
    httpLoadBalancing: { disabled: false },
    horizontalPodAutoscaling: { disabled: false },
    gcePersistentDiskCsiDriverConfig: { enabled: true },
    // Mounts shared files. There is no switching it on later from what comes after the cluster.
    gcpFilestoreCsiDriverConfig: { enabled: true },
    dnsCacheConfig: { enabled: true },
};

/**
 * Who may call the API: the listed blocks on the public address, and the site's own block on the private one.
 *
 * With an empty list there is no public address. The DNS endpoint stays shut, for it asks for an identity but cannot
 * be limited to blocks; and so do the addresses of Google Cloud's other customers.
 */
export function apiAccess(apiCidrs: readonly Cidr[], network: Cidr) {
    return {
        privateClusterConfig: {
            enablePrivateNodes: true,
            enablePrivateEndpoint: apiCidrs.length === 0,
        },
        controlPlaneEndpointsConfig: {
            dnsEndpointConfig: { allowExternalTraffic: false },
            ipEndpointsConfig: { enabled: true },
        },
        masterAuthorizedNetworksConfig: {
            cidrBlocks: [
                { cidrBlock: network, displayName: "the site's own network" },
                ...apiCidrs.map((cidrBlock) => ({ cidrBlock, displayName: "API access" })),
            ],
            gcpPublicCidrsAccessEnabled: false,
            privateEndpointEnforcementEnabled: true,
        },
    };
}

/**
 * From where the API of a cluster can be reached, in words, and so from where the stack has to be run.
 *
 * A private address of GKE answers in its own region only. With a public one, that is what the kubeconfig names, and
 * Cloud NAT's own addresses are not among those let in.
 */
export function describeReach(
    name: string,
    network: Cidr,
    region: string,
    blocks: readonly Cidr[],
): string {
    const api = `The Kubernetes API of ${name} answers`;
    const vpc = `the VPC (${network}, region ${region})`;
    if (blocks.length === 0) return `${api} only inside ${vpc}: run the stack from there.`;
    const outside = `${api} over the Internet only from ${blocks.join(", ")}: run the stack from there.`;
    return `${outside} Inside ${vpc} it answers on a private address, which the kubeconfig does not name.`;
}

/** What is the same for every cluster. */
export const FIXED = {
    releaseChannel: { channel: "REGULAR" },
    maintenancePolicy: MAINTENANCE,
    loggingConfig: LOGGING,
    monitoringConfig: MONITORING,
    addonsConfig: ADDONS,
    networkingMode: "VPC_NATIVE",
    datapathProvider: "ADVANCED_DATAPATH",
    // Flow logs then show traffic between pods of one node too.
    enableIntranodeVisibility: true,
    enableL4IlbSubsetting: true,
    gatewayApiConfig: { channel: "CHANNEL_STANDARD" },
    enableShieldedNodes: true,
    enableLegacyAbac: false,
    masterAuth: { clientCertificateConfig: { issueClientCertificate: false } },
    // Only the health checks answer a caller without a name.
    anonymousAuthenticationConfig: { mode: "LIMITED" },
    rbacBindingConfig: {
        enableInsecureBindingSystemAuthenticated: false,
        enableInsecureBindingSystemUnauthenticated: false,
    },
    nodePoolDefaults: { nodeConfigDefaults: { insecureKubeletReadonlyPortEnabled: "FALSE" } },
    securityPostureConfig: { mode: "BASIC" },
    // Admits every image until the project has a policy of its own.
    binaryAuthorization: { evaluationMode: "PROJECT_SINGLETON_POLICY_ENFORCE" },
    costManagementConfig: { enabled: true },
} as const;
