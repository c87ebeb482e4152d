import { get } from "../../paths.ts";
import { ADDON } from "../aws/eks-common.ts";
import type {
    Draft,
    Instance,
    Properties,
    Refusal,
    SimName,
    TypeRule,
    World,
} from "../../table.ts";
import { cloudOf, clusterAt, here } from "./clusters.ts";
import { admitPods } from "./pods.ts";
import { GATEWAY_ADMISSION, GATEWAY_STATUS } from "./gateways.ts";
import {
    BUILT_IN_GROUPS,
    BUILT_IN_NAMESPACES,
    CHART_GROUPS,
    CLUSTER_WIDE,
    GKE_GROUPS,
    KINDS,
    SNAPSHOT_GROUP,
    type Kind,
} from "./kinds.ts";

/** A Helm release, which the provider treats like an object. */
export const RELEASE = "kubernetes:helm.sh/v3:Release";
const NAMESPACE = "kubernetes:core/v1:Namespace";
const DEFINITION = "kubernetes:apiextensions.k8s.io/v1:CustomResourceDefinition";

const LABEL = /[a-z0-9]([-a-z0-9]*[a-z0-9])?/;
const SUBDOMAIN = /[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*/;

/** The parts of a token: `kubernetes:apps/v1:Deployment` → group `apps`, version `v1`, kind `Deployment`. */
export function partsOf(type: string): { group: string; version: string; kind: string } {
    const [, api = "", kind = ""] = type.split(":");
    const [group = "", version = ""] = api.split("/");
    return { group, version, kind };
}

/** The namespace of an object; undefined for what belongs to none. */
function namespaceOf(type: string, inputs: Properties): string | undefined {
    if (CLUSTER_WIDE.has(partsOf(type).kind)) return undefined;
    const given = type === RELEASE ? inputs["namespace"] : get(inputs, "metadata.namespace");
    return typeof given === "string" && given !== "" ? given : "default";
}

/** The rule of any kind of object. */
export function objectRule(type: string): TypeRule {
    const { group, kind } = partsOf(type);
    const own: Kind = KINDS[`${group}:${kind}`] ?? {};
    return {
        required: own.required,
        name: nameOf(kind),
        immutable: ["metadata.name", "metadata.namespace", ...(own.immutable ?? [])],
        deleteBeforeReplace: keepsName,
        admit: (draft, world) => [
            ...admitKind(draft, world),
            ...admitNamespace(draft, world),
            ...(own.pods ? admitPods(draft, own.pods, namespaceOf(type, draft.inputs), world) : []),
            ...(GATEWAY_ADMISSION[`${group}:${kind}`]?.(draft, world) ?? []),
        ],
        id: ({ inputs }) => idOf(type, inputs),
        outputs: (draft, world) => computed(kind, draft, world),
        secrets: own.secrets,
        takesAlong: kind === "Namespace" ? insideNamespace : undefined,
        seconds: own.seconds ?? { create: 1 },
    };
}

/** `namespace/name`, or the name alone for what belongs to no namespace. */
export function idOf(type: string, inputs: Properties): string {
    const name = String(type === RELEASE ? inputs["name"] : get(inputs, "metadata.name"));
    const namespace = namespaceOf(type, inputs);
    return namespace === undefined ? name : `${namespace}/${name}`;
}

function nameOf(kind: string): SimName {
    const isLabel = kind === "Namespace" || kind === "Service";
    return {
        property: "metadata.name",
        pattern: isLabel ? LABEL : SUBDOMAIN,
        max: isLabel ? 63 : 253,
        // Two objects of one name have one id, and that is refused for every type.
        unique: "none",
    };
}

/**
 * An object that keeps its name and its namespace cannot stand twice, unless the name is a generated one, which becomes
 * another.
 */
export function keepsName(draft: Draft, olds: Properties): boolean {
    if (idOf(draft.type, olds) !== idOf(draft.type, draft.inputs)) return false;
    const name = get(draft.inputs, "metadata.name") ?? draft.inputs["name"];
    return !(
        typeof name === "string" &&
        /-[0-9a-f]{8}$/.test(name) &&
        name.startsWith(draft.logicalName)
    );
}

/** Refuses a custom resource that nothing in the cluster has defined. */
function admitKind(draft: Draft, world: World): Refusal[] {
    const { group, version, kind } = partsOf(draft.type);
    if (BUILT_IN_GROUPS.has(group)) return [];
    // Unit tests use clusters that stand nowhere; those are taken to have what is needed.
    const cluster = clusterAt(draft.scope.account, world);
    if (!cluster || bringsGroup(cluster, group, world)) return [];
    const byChart = here(draft, world, RELEASE).some(({ inputs }) =>
        CHART_GROUPS[chartName(inputs)]?.includes(group),
    );
    const byDefinition = here(draft, world, DEFINITION).some(
        ({ inputs }) => get(inputs, "spec.group") === group,
    );
    if (byChart || byDefinition) return [];
    const reason =
        `no matches for kind "${kind}" in version "${group}/${version}": ` +
        `ensure CRDs are installed first`;
    return [{ property: "kind", reason }];
}

/** What a cluster's cloud brings: the types of snapshots, and on GKE those of the Gateway API and of its own balancers. */
function bringsGroup(cluster: Instance, group: string, world: World): boolean {
    if (group === SNAPSHOT_GROUP) return takesSnapshots(cluster, world);
    return (
        GKE_GROUPS.has(group) &&
        cloudOf(cluster) === "gcp" &&
        get(cluster.inputs, "gatewayApiConfig.channel") === "CHANNEL_STANDARD"
    );
}

/** AKS snapshots unless it is switched off, GKE with its driver for disks, EKS with an add-on. */
function takesSnapshots(cluster: Instance, world: World): boolean {
    switch (cloudOf(cluster)) {
        case "azure-native":
            return get(cluster.inputs, "storageProfile.snapshotController.enabled") !== false;
        case "gcp":
            return (
                get(cluster.inputs, "addonsConfig.gcePersistentDiskCsiDriverConfig.enabled") ===
                true
            );
        default:
            return world
                .all(ADDON)
                .some(
                    ({ inputs }) =>
                        inputs["clusterName"] === get(cluster.inputs, "name") &&
                        inputs["addonName"] === "snapshot-controller",
                );
    }
}

/** The last part of a chart's address: `oci://ghcr.io/org/charts/flagger` → `flagger`. */
export function chartName(inputs: Properties): string {
    return String(inputs["chart"]).split("/").at(-1) ?? "";
}

/** Refuses an object in a namespace that does not stand. */
export function admitNamespace(draft: Draft, world: World): Refusal[] {
    const namespace = namespaceOf(draft.type, draft.inputs);
    if (namespace === undefined || BUILT_IN_NAMESPACES.has(namespace)) return [];
    if (draft.type === RELEASE && draft.inputs["createNamespace"] === true) return [];
    if (here(draft, world, NAMESPACE).some(({ id }) => id === namespace)) return [];
    const made = here(draft, world, RELEASE).some(
        ({ inputs }) => inputs["namespace"] === namespace && inputs["createNamespace"] === true,
    );
    return made
        ? []
        : [{ property: "metadata.namespace", reason: `namespaces "${namespace}" not found` }];
}

/** What stands in a namespace, and vanishes with it. */
function insideNamespace(namespace: Instance, world: World): readonly Instance[] {
    return world
        .all()
        .filter(
            ({ type, scope }) =>
                type.startsWith("kubernetes:") && scope.account === namespace.scope.account,
        )
        .filter(({ type, inputs }) => namespaceOf(type, inputs) === namespace.id);
}

/** What the API server and the controllers fill in. */
function computed(kind: string, draft: Draft, world: World): Properties {
    const metadata = { uid: uuid(draft), resourceVersion: "1", generation: 1 };
    const status = STATUS[kind]?.(draft, world) ?? GATEWAY_STATUS[kind]?.(balancer(draft, world));
    return { metadata, ...status };
}

function uuid(draft: Draft): string {
    const digits = draft.random(32);
    return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

/** What a certificate authority of the cluster shows of itself: PEM, in Base64. */
const SIGNER = Buffer.from(
    "-----BEGIN CERTIFICATE-----\nc2ltdWxhdGVk\n-----END CERTIFICATE-----\n",
).toString("base64");

const STATUS: Readonly<Record<string, (draft: Draft, world: World) => Properties>> = {
    CertificateRequest: () => ({ status: { ca: SIGNER } }),
    Namespace: () => ({ status: { phase: "Active" } }),
    Service: serviceStatus,
    Deployment: replicaStatus,
    StatefulSet: replicaStatus,
    PersistentVolumeClaim: () => ({ status: { phase: "Bound" } }),
};

function replicaStatus(draft: Draft): Properties {
    const replicas = get(draft.inputs, "spec.replicas") ?? 1;
    const counts = { replicas, readyReplicas: replicas, availableReplicas: replicas };
    return { status: { observedGeneration: 1, updatedReplicas: replicas, ...counts } };
}

function serviceStatus(draft: Draft, world: World): Properties {
    const type = get(draft.inputs, "spec.type") ?? "ClusterIP";
    if (type === "ExternalName") return {};
    const given = get(draft.inputs, "spec.clusterIP");
    const clusterIP = given ?? `10.96.${octet(draft, 1)}.${octet(draft, 2)}`;
    const ingress = type === "LoadBalancer" ? [balancer(draft, world)] : [];
    return {
        spec: { clusterIP, clusterIPs: [clusterIP] },
        status: { loadBalancer: ingress.length > 0 ? { ingress } : {} },
    };
}

/** The address of a load balancer: a name on AWS, a number elsewhere. */
function balancer(draft: Draft, world: World): Properties {
    const cluster = clusterAt(draft.scope.account, world);
    if (cluster && cloudOf(cluster) === "aws") {
        const hostname = `k8s-${draft.random(10)}.elb.${cluster.scope.region}.amazonaws.com`;
        return { hostname };
    }
    return { ip: `203.0.113.${octet(draft, 3)}` };
}

/** A number from 1 to 254 that hangs on the resource. */
function octet(draft: Draft, which: number): number {
    return 1 + (Number.parseInt(draft.random(16).slice(which * 4, which * 4 + 4), 16) % 254);
}
