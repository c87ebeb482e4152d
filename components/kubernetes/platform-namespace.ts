import type * as pulumi from "@pulumi/pulumi";
import { LimitRange } from "@pulumi/kubernetes/core/v1/limitRange.js";
import { Namespace } from "@pulumi/kubernetes/core/v1/namespace.js";
import { ResourceQuota } from "@pulumi/kubernetes/core/v1/resourceQuota.js";
import { NetworkPolicy } from "@pulumi/kubernetes/networking/v1/networkPolicy.js";
import type { input } from "@pulumi/kubernetes/types/index.js";
import type { KubernetesVersion } from "../contracts/cluster.ts";
import type { Tags } from "../lib/tags.ts";
import { CONTAINER_DEFAULTS, podQuota } from "./bounds.ts";
import { namespaceLabels } from "./labels.ts";
import type { PodSecurityLevel } from "./labels.ts";

/** The options that everything in a cluster shares. */
export type Within = Pick<
    pulumi.CustomResourceOptions,
    "parent" | "provider" | "deletedWith" | "dependsOn"
>;

/** A namespace for something of the platform's own: an operator, a broker, a gateway. */
export interface PlatformNamespaceArgs {
    readonly namespace: string;
    readonly version: KubernetesVersion;
    readonly tags: Tags;
    /** The most pods that may ever be in it, with those that end. */
    readonly pods: number;
    /** Its network policies by name. `default-deny` belongs to them. */
    readonly policies: Readonly<Record<string, input.networking.v1.NetworkPolicySpec>>;
    /** The Pod Security level. @default "restricted" */
    readonly level?: PodSecurityLevel;
}

/** A namespace that stands, and what has to stand before pods run in it. */
export interface PlatformNamespace {
    readonly name: pulumi.Output<string>;
    readonly ready: readonly pulumi.Resource[];
}

/** Makes a namespace that holds what runs in it to a Pod Security level, to bounds, and to the connections it needs. */
export function platformNamespace(
    name: string,
    args: PlatformNamespaceArgs,
    within: Within,
): PlatformNamespace {
    const { namespace, version, tags, level, policies } = args;
    const prefix = `${name}-${namespace}`;
    const labels = namespaceLabels(namespace, tags, version, level);
    const { metadata } = new Namespace(prefix, { metadata: { name: namespace, labels } }, within);
    const inNamespace = (role: string) => ({ name: role, namespace: metadata.name });
    new ResourceQuota(
        `${prefix}-pods`,
        { metadata: inNamespace("pods"), spec: podQuota(args.pods) },
        within,
    );
    new LimitRange(prefix, { metadata: inNamespace("defaults"), spec: CONTAINER_DEFAULTS }, within);
    const ready = Object.entries(policies).map(
        ([role, spec]) =>
            new NetworkPolicy(`${prefix}-${role}`, { metadata: inNamespace(role), spec }, within),
    );
    return { name: metadata.name, ready };
}
