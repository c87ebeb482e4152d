import type { ManagedCluster } from "@pulumi/azure-native/containerservice/managedCluster.js";
import { AzureMonitorWorkspace } from "@pulumi/azure-native/monitor/azureMonitorWorkspace.js";
import { DataCollectionEndpoint } from "@pulumi/azure-native/monitor/dataCollectionEndpoint.js";
import { DataCollectionRule } from "@pulumi/azure-native/monitor/dataCollectionRule.js";
import { DataCollectionRuleAssociation } from "@pulumi/azure-native/monitor/dataCollectionRuleAssociation.js";
import type * as pulumi from "@pulumi/pulumi";
import { compose, type NameRule } from "../lib/names.ts";
import type { AzureFoundation } from "./foundation.ts";

/** What the cluster's collector sends. */
const STREAM = "Microsoft-PrometheusMetrics";

/** The name that the collector looks for. */
const ASSOCIATION = "ContainerInsightsMetricsExtension";

/** Shorter than what a generated name may come to. */
const ENDPOINT: NameRule = {
    kind: "Azure data collection endpoint",
    max: 44,
    see: "https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules#microsoftinsights",
};

export interface MetricsArgs {
    readonly foundation: AzureFoundation;
    readonly cluster: ManagedCluster;
}

/**
 * Gives the cluster's managed Prometheus a place to write to, which keeps metrics for 18 months (G1.41).
 *
 * @see https://learn.microsoft.com/azure/azure-monitor/containers/kubernetes-monitoring-enable
 */
export function collectMetrics(
    name: string,
    args: MetricsArgs,
    opts: pulumi.CustomResourceOptions,
): DataCollectionRuleAssociation {
    const { foundation, cluster } = args;
    const common = {
        resourceGroupName: foundation.resourceGroupName,
        location: foundation.region,
        tags: foundation.tags,
    };
    const workspace = new AzureMonitorWorkspace(`${name}-metrics`, common, opts);
    const endpoint = new DataCollectionEndpoint(
        `${name}-metrics`,
        {
            ...common,
            dataCollectionEndpointName: compose(ENDPOINT, name, "metrics"),
            kind: "Linux",
            networkAcls: { publicNetworkAccess: "Enabled" },
        },
        { ...opts, deleteBeforeReplace: true },
    );
    const rule = new DataCollectionRule(
        `${name}-metrics`,
        {
            ...common,
            kind: "Linux",
            dataCollectionEndpointId: endpoint.id,
            dataSources: { prometheusForwarder: [{ name: "prometheus", streams: [STREAM] }] },
            destinations: {
                monitoringAccounts: [{ name: "workspace", accountResourceId: workspace.id }],
            },
            dataFlows: [{ streams: [STREAM], destinations: ["workspace"] }],
        },
        opts,
    );
    return new DataCollectionRuleAssociation(
        `${name}-metrics`,
        {
            associationName: ASSOCIATION,
            resourceUri: cluster.id,
            dataCollectionRuleId: rule.id,
        },
        opts,
    );
}
