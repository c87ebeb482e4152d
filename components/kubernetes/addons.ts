import type * as pulumi from "@pulumi/pulumi";
import type { Release } from "@pulumi/kubernetes/helm/v3/release.js";
import type { Cluster, ClusterAddon } from "../contracts/cluster.ts";
import { isChartKey } from "./charts.ts";
import type { ChartKey } from "./charts.ts";
import type { Within } from "./platform-namespace.ts";
import { chartRelease } from "./release.ts";

/**
 * Installs the charts that a cloud asks for, by key, after what they wait for. Keys that are no pinned chart were refused
 * before.
 */
export function installAddons(
    name: string,
    { version, nodes }: Pick<Cluster, "version" | "nodes">,
    addons: readonly ClusterAddon[],
    within: Within,
    after: readonly pulumi.Resource[] = [],
): Record<string, Release> {
    const install = ({ namespace, values, dependsOn }: ClusterAddon, chart: ChartKey) =>
        chartRelease(
            `${name}-${chart}`,
            { chart, version, namespace, values },
            { ...within, dependsOn: [...nodes, ...dependsOn, ...after] },
        );
    return Object.fromEntries(
        addons.flatMap((addon) =>
            isChartKey(addon.chart) ? [[addon.chart, install(addon, addon.chart)]] : [],
        ),
    );
}
