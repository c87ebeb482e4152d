import type { input } from "@pulumi/gcp/types/index.js";
import type { ClusterArgs } from "../contracts/cluster.ts";
import type { Cidr } from "../lib/cidr.ts";

/**
 * When Google may upgrade: Sundays from 04:00 UTC, after the databases' backup (G13.9).
 *
 * GKE demands 48 hours of window in any 32 days. Those hold four Sundays, so each has to give 12 hours. The dates only
 * say on which Sunday the series began.
 *
 * @see https://docs.cloud.google.com/kubernetes-engine/docs/concepts/maintenance-windows-and-exclusions
 */
export const MAINTENANCE: input.container.ClusterMaintenancePolicy = {
    recurringWindow: {
        startTime: "2026-01-04T04:00:00Z",
        endTime: "2026-01-04T16:00:00Z",
        recurrence: "FREQ=WEEKLY;BYDAY=SU",
    },
};

/** All logs that GKE gives: of the nodes, of the workloads, and all of the control plane. */
export const LOGGING: input.container.ClusterLoggingConfig = {
    enableComponents: [
        "SYSTEM_COMPONENTS",
        "WORKLOADS",
        "APISERVER",
        "CONTROLLER_MANAGER",
        "SCHEDULER",
    ],
};

/** Metrics of the control plane and of what runs, gathered by Google's managed Prometheus (G1.58). */
export const MONITORING: input.container.ClusterMonitoringConfig = {
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

/** In words, from where the API can be reached. */
export function reach(args: Pick<ClusterArgs, "apiCidrs">, network: Cidr, region: string): string {
    const inside = `from inside its network (${network}, region ${region})`;
    return args.apiCidrs.length === 0
        ? `only ${inside}: run the stack on a machine there`
        : `from ${args.apiCidrs.join(", ")} and ${inside}`;
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
    costManagementConfig: { enabled: true },
} as const;
