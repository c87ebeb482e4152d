import type { Draft, Properties, Refusal, TypeRule, World } from "../../table.ts";
import { CLUSTER, NODE_POOL, admitDisks, badRequest, locationOf } from "./cluster.ts";
import { apiError, listAt, needs, numberAt, projectOf, refuseIf, textAt } from "./common.ts";

/** A location is a zone if it ends in a letter. */
function isZonal(location: string): boolean {
    return /^[a-z]+-[a-z]+\d+-[a-z]$/.test(location);
}

function zonesOf(location: string): number {
    return isZonal(location) ? 1 : 3;
}

/** Effects of taints, as GKE spells them. */
const EFFECTS = ["NO_SCHEDULE", "PREFER_NO_SCHEDULE", "NO_EXECUTE"];

function checkPool({ inputs }: Draft): Refusal[] {
    const total = ["totalMinNodeCount", "totalMaxNodeCount"].map((one) =>
        numberAt(inputs, `autoscaling.${one}`),
    );
    const perZone = ["minNodeCount", "maxNodeCount"].map((one) =>
        numberAt(inputs, `autoscaling.${one}`),
    );
    const [least, most] = total[1] === undefined ? perZone : total;
    const mixed = [total, perZone].every((counts) => counts.some((one) => one !== undefined));
    return [
        ...refuseIf(
            mixed,
            "autoscaling",
            "autoscaling: per-zone limits (min_node_count, max_node_count) conflict with total limits (total_min_node_count, total_max_node_count)",
        ),
        ...refuseIf(
            least !== undefined && most !== undefined && least > most,
            "autoscaling",
            badRequest(`Minimum node count ${least} must not be above maximum node count ${most}.`),
        ),
        ...refuseIf(
            most === 0,
            "autoscaling",
            badRequest("Maximum node count must be at least 1."),
        ),
        ...checkUpgrades(inputs),
        ...checkNodes(inputs),
    ];
}

function checkUpgrades(inputs: Properties): Refusal[] {
    const [surge, unavailable] = ["maxSurge", "maxUnavailable"].map((one) =>
        numberAt(inputs, `upgradeSettings.${one}`),
    );
    const words = "Both max_surge and max_unavailable cannot be zero.";
    return refuseIf(surge === 0 && unavailable === 0, "upgradeSettings", badRequest(words));
}

function checkNodes(inputs: Properties): Refusal[] {
    const size = numberAt(inputs, "nodeConfig.diskSizeGb");
    const taints = listAt(inputs, "nodeConfig.taints").flatMap((taint, index) => {
        const effect = textAt(taint, "effect");
        const words = `expected node_config.0.taint.${index}.effect to be one of ${JSON.stringify(EFFECTS)}, got ${effect}`;
        return refuseIf(
            effect !== undefined && !EFFECTS.includes(effect),
            `nodeConfig.taints[${index}].effect`,
            words,
        );
    });
    const words = `Invalid disk size: ${size} GB. The smallest allowed disk size is 10GB.`;
    return [
        ...taints,
        ...refuseIf(
            size !== undefined && (size < 10 || size > 65_536),
            "nodeConfig.diskSizeGb",
            badRequest(words),
        ),
    ];
}

/** The first nodes stand in every zone, and must not be more than the pool may have. */
function admitPool(draft: Draft, world: World): Refusal[] {
    const { inputs } = draft;
    const parent = world.find([CLUSTER], inputs["cluster"] ?? null);
    const location = textAt(parent?.outputs, "location") ?? locationOf(draft);
    const first = (numberAt(inputs, "initialNodeCount") ?? 0) * zonesOf(location);
    const most = numberAt(inputs, "autoscaling.totalMaxNodeCount");
    const words = `Initial node count ${first} over all zones is above the total maximum ${most}.`;
    return [
        ...refuseIf(
            textAt(inputs, "location") !== undefined && inputs["location"] !== location,
            "location",
            apiError(404, `Not found: ${String(inputs["cluster"])}.`, "notFound"),
        ),
        ...refuseIf(most !== undefined && first > most, "initialNodeCount", badRequest(words)),
        ...admitDisks(draft, "nodeConfig.bootDiskKmsKey", world),
    ];
}

const nodePool: TypeRule = {
    required: ["cluster"],
    name: {
        property: "name",
        pattern: /[a-z](?:[-a-z0-9]{0,38}[a-z0-9])?/,
        max: 40,
        unique: "path:cluster",
        words: (name) =>
            badRequest(
                `Invalid value for field "node_pool.name": "${name}". Must be a match of regex '(?:[a-z](?:[-a-z0-9]{0,38}[a-z0-9])?)'.`,
            ),
        taken: (name) => apiError(409, `Already exists: node pool "${name}".`, "alreadyExists"),
    },
    references: [
        {
            path: "cluster",
            to: [CLUSTER],
            words: (id) => apiError(404, `Not found: ${id}.`, "notFound"),
            blocks: false,
        },
        {
            path: "nodeConfig.serviceAccount",
            to: ["gcp:serviceaccount/account:Account"],
            by: "email",
            words: (email) => badRequest(`Service account "${email}" does not exist.`),
            blocks: false,
        },
    ],
    immutable: [
        "name",
        "cluster",
        "location",
        "project",
        "initialNodeCount",
        "maxPodsPerNode",
        "nodeConfig.spot",
        "nodeConfig.preemptible",
        "nodeConfig.serviceAccount",
        "nodeConfig.oauthScopes",
        "nodeConfig.bootDiskKmsKey",
        "nodeConfig.shieldedInstanceConfig",
        "nodeConfig.metadata",
        "nodeConfig.minCpuPlatform",
    ],
    check: checkPool,
    admit: admitPool,
    id: ({ inputs }) => `${String(inputs["cluster"])}/nodePools/${String(inputs["name"])}`,
    outputs: (draft, world, id) => {
        const parent = world.find([CLUSTER], draft.inputs["cluster"] ?? null);
        const location = textAt(parent?.outputs, "location") ?? locationOf(draft);
        return {
            project: projectOf(draft),
            location,
            version: textAt(parent?.outputs, "masterVersion") ?? "",
            nodeCount: numberAt(draft.inputs, "initialNodeCount") ?? 0,
            operation: null,
            instanceGroupUrls: [`https://www.googleapis.com/compute/v1/${id}`],
        };
    },
    seconds: { create: 120, update: 90, delete: 120 },
};

/** Pools of nodes. */
export const nodePoolTypes: Readonly<Record<string, TypeRule>> = {
    [NODE_POOL]: needs("container.googleapis.com", nodePool),
};
