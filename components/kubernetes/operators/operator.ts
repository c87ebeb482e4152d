import type * as pulumi from "@pulumi/pulumi";
import type { Release } from "@pulumi/kubernetes/helm/v3/release.js";
import type { input } from "@pulumi/kubernetes/types/index.js";
import type { Cluster } from "../../contracts/cluster.ts";
import type { Tags } from "../../lib/tags.ts";
import type { ChartKey } from "../charts.ts";
import type { PodSecurityLevel } from "../labels.ts";
import { allowDns, DENY_ALL } from "../network-policies.ts";
import { platformNamespace } from "../platform-namespace.ts";
import type { Within } from "../platform-namespace.ts";
import { chartRelease } from "../release.ts";

/** What every operator is installed with. */
export interface OperatorArgs {
    readonly cluster: Cluster;
    /** True if the operator survives the loss of a node and of a zone. */
    readonly highAvailability: boolean;
    /** Become labels on the namespace. */
    readonly tags: Tags;
}

/** What differs between operators. */
export interface Operator {
    readonly chart: ChartKey;
    readonly namespace: string;
    /** The most pods that may ever be in the namespace, with those that end. */
    readonly pods: number;
    /** The network policies beside DNS and the denial of everything else. */
    readonly policies: Readonly<Record<string, input.networking.v1.NetworkPolicySpec>>;
    readonly values: Readonly<Record<string, pulumi.Input<unknown>>>;
    /** The Pod Security level of the namespace. @default "restricted" */
    readonly level?: PodSecurityLevel;
    /** What has to stand before, besides the nodes and the namespace. @default - nothing */
    readonly dependsOn?: readonly pulumi.Resource[];
    /** Makes in the namespace what the chart needs there. @default - nothing */
    readonly before?: (namespace: pulumi.Output<string>) => readonly pulumi.Resource[];
}

/** Installs an operator by its chart, in a namespace of its own that holds it to what it needs. */
export function installOperator(
    name: string,
    { cluster, tags }: OperatorArgs,
    operator: Operator,
    within: Within,
): Release {
    const { chart, namespace, pods, level, values } = operator;
    const { version, nodes } = cluster;
    const policies = {
        "default-deny": DENY_ALL,
        "allow-dns": allowDns(),
        ...operator.policies,
    };
    const made = platformNamespace(
        name,
        { namespace, version, tags, pods, policies, ...(level && { level }) },
        within,
    );
    const before = [...(operator.dependsOn ?? []), ...(operator.before?.(made.name) ?? [])];
    return chartRelease(
        `${name}-${chart}`,
        { chart, version, namespace: made.name, values },
        { ...within, dependsOn: [...nodes, ...made.ready, ...before] },
    );
}

/** Requests and limits of a container that is small beside what it looks after; its memory is reserved in full. */
export function small(cpu: string, memory: string, most: string) {
    return { requests: { cpu, memory }, limits: { cpu: most, memory } };
}
