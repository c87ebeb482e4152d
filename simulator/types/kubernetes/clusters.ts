/** Which cluster of which cloud an API server's address belongs to. */
import YAML from "yaml";

import { get } from "../../paths.ts";
import {
    UNKNOWN,
    type Draft,
    type Instance,
    type Json,
    type Properties,
    type World,
} from "../../table.ts";

/** Where each cloud's cluster says under which names its API server can be reached, by its type. */
const ADDRESSES: Readonly<Record<string, readonly string[]>> = {
    "aws:eks/cluster:Cluster": ["endpoint"],
    "azure-native:containerservice:ManagedCluster": ["fqdn", "privateFQDN"],
    "gcp:container/cluster:Cluster": [
        "endpoint",
        "privateClusterConfig.privateEndpoint",
        "privateClusterConfig.publicEndpoint",
        "controlPlaneEndpointsConfig.dnsEndpointConfig.endpoint",
    ],
};

/** The cloud a cluster stands on: the first word of its type. */
export function cloudOf(cluster: Instance): string {
    return cluster.type.split(":")[0] ?? "";
}

/** The host of a URL or a bare address; the port does not matter. */
function host(address: Json | undefined): string {
    if (typeof address !== "string" || address === "") return "";
    return address
        .replace(/^\w+:\/\//, "")
        .replace(/[:/].*$/, "")
        .toLowerCase();
}

function answersAt(cluster: Instance, server: string): boolean {
    const wanted = host(server);
    const paths = ADDRESSES[cluster.type] ?? [];
    return wanted !== "" && paths.some((path) => host(get(cluster.outputs, path)) === wanted);
}

/** The clusters that stand. */
export function clusters(world: World): readonly Instance[] {
    return Object.keys(ADDRESSES).flatMap((type) => world.all(type));
}

/** The cluster whose API server has this address. */
export function clusterAt(server: string, world: World): Instance | undefined {
    return clusters(world).find((cluster) => answersAt(cluster, server));
}

/** The instances of a type in the draft's own cluster. */
export function here(draft: Draft, world: World, type: string): readonly Instance[] {
    return world.all(type).filter(({ scope }) => scope.account === draft.scope.account);
}

/** What stands inside a cluster, and vanishes together with it. Clouds' tables name it in `takesAlong`. */
export function insideCluster(cluster: Instance, world: World): readonly Instance[] {
    return world
        .all()
        .filter(({ type }) => type.startsWith("kubernetes:"))
        .filter(({ scope }) => answersAt(cluster, scope.account));
}

interface Kubeconfig {
    readonly "current-context"?: string;
    readonly contexts?: readonly { name: string; context: { cluster: string } }[];
    readonly clusters?: readonly { name: string; cluster: { server?: string } }[];
}

/** The API server that a provider's configuration points at; UNKNOWN in a preview, empty where it names none. */
export function serverOf(config: Properties): string {
    const text = config["kubeconfig"];
    if (text === UNKNOWN) return UNKNOWN;
    if (typeof text !== "string") return "";
    const file = parseKubeconfig(text);
    const current = config["context"] ?? file?.["current-context"];
    const context = file?.contexts?.find(({ name }) => name === current)?.context;
    const cluster = file?.clusters?.find(({ name }) => name === context?.cluster);
    return cluster?.cluster.server ?? "";
}

function parseKubeconfig(text: string): Kubeconfig | undefined {
    try {
        const parsed: unknown = YAML.parse(text);
        return typeof parsed === "object" && parsed !== null ? (parsed as Kubeconfig) : undefined;
    } catch {
        return undefined;
    }
}
