import type { PlannedResource } from "../../model.ts";
import { count } from "../../show/paint.ts";
import { box, type Box } from "./boxes.ts";
import { CLUSTERS, innerPools, POOLS, type Pool } from "./facts.ts";
import { given, range, shortName, text } from "./read.ts";
import { wordsOf, type Part } from "./parts.ts";

/** A cluster as a frame around its nodes, what runs for people, and what runs for the cluster. */
export function clusterBox({ id, component, resources }: Part, inside: readonly Part[]): Box {
    const lines = resources.flatMap((one) => CLUSTERS[one.type]?.(one) ?? []);
    const addons = resources.filter(({ type }) => type === "aws:eks/addon:Addon").length;
    const bare = inside.filter((part) => !hasBox(part));
    const charts = bare.flatMap((part) => part.resources).flatMap(chartBox);
    return box(id, "cluster", "Cluster", {
        lines: given(...lines, addons > 0 && count(addons, "add-on")),
        rows: [
            poolBoxes(resources, component),
            ...inside.filter(hasBox).map((one) => [workloadBox(one)]),
            charts,
        ],
    });
}

function poolBoxes(resources: readonly PlannedResource[], cluster: string): readonly Box[] {
    const pools = resources.flatMap((resource): readonly (Pool & { id: string })[] => {
        const { urn, type, name } = resource;
        const own = POOLS[type]?.(resource);
        const named = own && [{ lines: own.lines, name: shortName(name, cluster), id: urn }];
        const inner = innerPools(resource).map((pool, place) => ({
            ...pool,
            id: `${urn} ${place}`,
        }));
        return [...(named ?? []), ...inner];
    });
    return pools.map(({ id, name, lines }) =>
        box(id, "pool", `Nodes ${name ?? ""}`.trim(), { lines }),
    );
}

const WORKLOADS =
    /^kubernetes:(?:apps:(?:Deployment|StatefulSet|DaemonSet)|batch:(?:CronJob|Job))$/;

/** What every cluster gets is drawn as its charts: no line leads to it or away from it. */
function hasBox({ kind }: Part): boolean {
    return kind !== "ClusterServices";
}

function workloadBox({ id, kind: part, name, resources }: Part): Box {
    const workloads = resources.filter(({ type }) => WORKLOADS.test(type));
    const [running] = workloads;
    const pods = scaled(resources) ?? (running && text(running, "spec.replicas"));
    const image = running && text(running, "spec.template.spec.containers[0].image");
    const single = running?.type.slice(running.type.lastIndexOf(":") + 1);
    const kind = workloads.length > 1 ? count(workloads.length, single ?? "") : single;
    const lines = given(given(kind, pods && `${pods} pods`).join(", "), image);
    return box(id, "workload", name || wordsOf(part), {
        lines: lines.length > 0 ? lines : [count(resources.length, "resource")],
        rows: [resources.flatMap(chartBox)],
    });
}

/** Between how many pods a scaler chooses, if there is one that says so. */
function scaled(resources: readonly PlannedResource[]): string | undefined {
    const scaler = resources.find(({ type }) =>
        /:(?:HorizontalPodAutoscaler|ScaledObject)$/.test(type),
    );
    if (scaler === undefined) return undefined;
    const least = text(scaler, "spec.minReplicas", "spec.minReplicaCount");
    return range(least, text(scaler, "spec.maxReplicas", "spec.maxReplicaCount"));
}

function isChart({ type }: PlannedResource): boolean {
    return type.startsWith("kubernetes:helm.sh:Release");
}

function chartBox(resource: PlannedResource): readonly Box[] {
    if (!isChart(resource)) return [];
    const { urn, name } = resource;
    const version = text(resource, "version");
    const lines = given(version ? `chart ${version}` : "chart");
    return [box(urn, "chart", text(resource, "name", "chart") ?? name, { lines })];
}
