import type * as pulumi from "@pulumi/pulumi";
import { Release } from "@pulumi/kubernetes/helm/v3/release.js";
import type { KubernetesVersion } from "../contracts/cluster.ts";
import { chartOf } from "./charts.ts";
import type { Chart, ChartKey } from "./charts.ts";

/** What a pinned chart is installed with. */
export interface ChartReleaseArgs {
    readonly chart: ChartKey;
    /** The cluster's version, which some charts' values follow. */
    readonly version: KubernetesVersion;
    readonly namespace: pulumi.Input<string>;
    readonly values: Readonly<Record<string, pulumi.Input<unknown>>>;
}

/** Seconds that a chart's pods get to become ready. A new node may have to be started for them. */
const READY_SECONDS = 600;

/**
 * Installs a pinned chart and waits until what it installs is ready.
 *
 * `atomic` takes a failed installation away again, so that the next run starts clean.
 */
export function chartRelease(
    name: string,
    args: ChartReleaseArgs,
    opts: pulumi.CustomResourceOptions,
): Release {
    const pinned = chartOf(args.chart);
    return new Release(
        name,
        {
            name: args.chart,
            ...sourceOf(pinned),
            version: pinned.version,
            namespace: args.namespace,
            values: { ...pinned.versionValues?.[args.version], ...args.values },
            atomic: true,
            cleanupOnFail: true,
            skipAwait: false,
            timeout: READY_SECONDS,
            maxHistory: 5,
        },
        opts,
    );
}

/** Where a chart comes from: one in an OCI registry is named by its whole address, one of a repository by both. */
function sourceOf({ chart, repository }: Chart) {
    return repository.startsWith("oci://")
        ? { chart: `${repository}/${chart}` }
        : { chart, repositoryOpts: { repo: repository } };
}
