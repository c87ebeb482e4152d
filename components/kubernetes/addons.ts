import type { Release } from "@pulumi/kubernetes/helm/v3/release.js";
import type { Cluster, ClusterAddon } from "../contracts/cluster.ts";
import { isChartKey } from "./charts.ts";
import type { ChartKey } from "./charts.ts";
import type { Within } from "./platform-namespace.ts";
import { chartRelease } from "./release.ts";

/** Installs the charts that a cloud asks for, by key. Keys that are no pinned chart were refused before. */
export function installAddons(
    name: string,
    { version, nodes }: Pick<Cluster, "version" | "nodes">,
    addons: readonly ClusterAddon[],
    within: Within,
): Record<string, Release> {
    const install = ({ namespace, values, dependsOn }: ClusterAddon, chart: ChartKey) =>
        chartRelease(
            `${name}-${chart}`,
            { chart, version, namespace, values },
            { ...within, dependsOn: [...nodes, ...dependsOn] },
        );
    return Object.fromEntries(
        addons.flatMap((addon) =>
            isChartKey(addon.chart) ? [[addon.chart, install(addon, addon.chart)]] : [],
        ),
    );
}
