import type { Draft, Instance, Properties, Refusal, TypeRule, World } from "../../table.ts";
import { get } from "../../paths.ts";
import { insideCluster } from "../kubernetes.ts";
import { addressIn } from "./addresses.ts";
import {
    apiError,
    listAt,
    mayUseKey,
    nameOf,
    needs,
    numberAt,
    prevented,
    projectOf,
    refuseIf,
    textAt,
} from "./common.ts";
import { NETWORK, SUBNETWORK } from "./network.ts";

export const CLUSTER = "gcp:container/cluster:Cluster";
export const NODE_POOL = "gcp:container/nodePool:NodePool";

/** What the minor versions are at present. */
const PATCHES: Readonly<Record<string, string>> = {
    "1.35": "1.35.8-gke.1036000",
    "1.36": "1.36.4-gke.1391000",
    "1.37": "1.37.1-gke.1108000",
};

/** A refusal of GKE. */
export function badRequest(message: string): string {
    return apiError(400, message, "badRequest");
}

/** The minor version asked for: `1.36` of `1.36.4-gke.1391000`. */
function minorOf(version: string): string {
    return version.split(".").slice(0, 2).join(".");
}

/** The region or zone of a cluster or pool. */
export function locationOf({ inputs, scope }: Draft): string {
    return textAt(inputs, "location") ?? scope.region;
}

function checkVersion({ inputs }: Draft): Refusal[] {
    const version = textAt(inputs, "minMasterVersion");
    const unsupported = version !== undefined && PATCHES[minorOf(version)] === undefined;
    const words = badRequest(`Master version "${version}" is unsupported.`);
    return refuseIf(unsupported, "minMasterVersion", words);
}

function checkLocation({ inputs }: Draft): Refusal[] {
    const location = textAt(inputs, "location");
    const wrong = location !== undefined && !/^[a-z]+-[a-z]+\d+(?:-[a-z])?$/.test(location);
    const words = apiError(
        403,
        `Permission denied on 'locations/${location}' (or it may not exist).`,
        "forbidden",
    );
    return refuseIf(wrong, "location", words);
}

/** Hours that a recurring window leaves open in 32 days; undefined if it does not say. */
function openHours({ inputs }: Draft): number | undefined {
    const window = "maintenancePolicy.recurringWindow";
    const recurrence = textAt(inputs, `${window}.recurrence`);
    const start = Date.parse(textAt(inputs, `${window}.startTime`) ?? "");
    const end = Date.parse(textAt(inputs, `${window}.endTime`) ?? "");
    if (recurrence === undefined || Number.isNaN(start) || Number.isNaN(end)) return undefined;
    const hours = (end - start) / 3_600_000;
    // A window shorter than four hours does not count.
    if (hours < 4) return 0;
    if (recurrence.includes("FREQ=DAILY")) return hours * 32;
    const days = /BYDAY=([A-Z,]+)/.exec(recurrence)?.[1]?.split(",").length ?? 1;
    return hours * 4 * days;
}

function checkMaintenance(draft: Draft): Refusal[] {
    const hours = openHours(draft);
    const words =
        "maintenance policy would go longer than 32d without 48h maintenance availability of at least 4h contiguous duration (in UTC)";
    return refuseIf(
        hours !== undefined && hours < 48,
        "maintenancePolicy.recurringWindow",
        badRequest(words),
    );
}

function checkNetworking({ inputs }: Draft): Refusal[] {
    const control = textAt(inputs, "privateClusterConfig.masterIpv4CidrBlock");
    const advanced = inputs["datapathProvider"] === "ADVANCED_DATAPATH";
    const closed = get(inputs, "privateClusterConfig.enablePrivateEndpoint") === true;
    const listed = get(inputs, "masterAuthorizedNetworksConfig") !== undefined;
    return [
        ...refuseIf(
            control !== undefined && !control.endsWith("/28"),
            "privateClusterConfig.masterIpv4CidrBlock",
            badRequest(`Invalid master IPv4 CIDR block "${control}": it must be a /28 subnet`),
        ),
        ...refuseIf(
            advanced && get(inputs, "networkPolicy.enabled") === true,
            "networkPolicy.enabled",
            badRequest(
                "Enabling NetworkPolicy for clusters with DatapathProvider=ADVANCED_DATAPATH is not allowed (yet)",
            ),
        ),
        ...refuseIf(
            closed && !listed,
            "masterAuthorizedNetworksConfig",
            badRequest(
                "enable_private_endpoint is true but master_authorized_networks_config is not enabled",
            ),
        ),
    ];
}

function checkFirstPool({ inputs }: Draft): Refusal[] {
    const count = numberAt(inputs, "initialNodeCount") ?? 0;
    const removed = inputs["removeDefaultNodePool"] === true;
    const words = "Cluster.initial_node_count must be greater than zero.";
    return refuseIf(removed && count < 1, "initialNodeCount", badRequest(words));
}

/** Everything a creation needs from the world: ranges in the subnet, grants of the key, the right identity pool. */
function admitCluster(draft: Draft, world: World, old?: Instance): Refusal[] {
    return [
        ...admitRanges(draft, world),
        ...mayUseKey(
            textAt(draft.inputs, "databaseEncryption.keyName"),
            "container-engine-robot",
            "databaseEncryption.keyName",
            world,
        ),
        ...admitDisks(draft, "nodeConfig.bootDiskKmsKey", world),
        ...admitIdentityPool(draft),
        ...admitDowngrade(draft, old),
    ];
}

function admitRanges({ inputs }: Draft, world: World): Refusal[] {
    const subnet = world.find([SUBNETWORK], inputs["subnetwork"] ?? null);
    if (subnet === undefined) return [];
    const names = listAt(subnet.inputs, "secondaryIpRanges").map((one) => textAt(one, "rangeName"));
    return (["clusterSecondaryRangeName", "servicesSecondaryRangeName"] as const).flatMap(
        (field) => {
            const name = textAt(inputs, `ipAllocationPolicy.${field}`);
            const kind = field.startsWith("cluster") ? "Pod" : "Services";
            const words = `${kind} secondary range "${name}" does not exist in network "${String(subnet.inputs["network"])}", subnetwork "${subnet.id}".`;
            return refuseIf(
                name !== undefined && !names.includes(name),
                `ipAllocationPolicy.${field}`,
                badRequest(words),
            );
        },
    );
}

/** Boot disks are encrypted by Compute Engine, whose agent needs the key. */
export function admitDisks({ inputs }: Draft, property: string, world: World): Refusal[] {
    return mayUseKey(textAt(inputs, property), "compute-system", property, world);
}

function admitIdentityPool(draft: Draft): Refusal[] {
    const pool = textAt(draft.inputs, "workloadIdentityConfig.workloadPool");
    const only = `${projectOf(draft)}.svc.id.goog`;
    const words = `Currently, the only supported Workload Identity Pool is "${only}"; got "${pool}"`;
    return refuseIf(
        pool !== undefined && pool !== only,
        "workloadIdentityConfig.workloadPool",
        badRequest(words),
    );
}

/** A control plane goes up, one minor at a time, and never down. */
function admitDowngrade({ inputs }: Draft, old?: Instance): Refusal[] {
    const before = textAt(old?.outputs, "masterVersion");
    const wanted = textAt(inputs, "minMasterVersion");
    if (before === undefined || wanted === undefined) return [];
    const [from = 0, to = 0] = [before, wanted].map((one) => Number(minorOf(one).split(".")[1]));
    const words =
        to < from
            ? `Master cannot be downgraded from ${before} to ${wanted}`
            : `Master cannot be upgraded to "${wanted}": cannot upgrade the master more than one minor version at a time`;
    return refuseIf(to < from || to > from + 1, "minMasterVersion", badRequest(words));
}

/** Digits of an address that no two clusters share. */
function octets(draft: Draft): number[] {
    const digits = draft.random(6);
    return [0, 2, 4].map((at) => 1 + (Number.parseInt(digits.slice(at, at + 2), 16) % 253));
}

function clusterOutputs(draft: Draft, world: World, id: string): Properties {
    const { inputs } = draft;
    const subnet = world.find([SUBNETWORK], inputs["subnetwork"] ?? null);
    const nodes = textAt(subnet?.inputs, "ipCidrRange") ?? "10.0.0.0/24";
    const publicEndpoint = `34.${octets(draft).join(".")}`;
    // Google takes the private address from the nodes' range.
    const privateEndpoint = addressIn(nodes, 2 + (octets(draft)[0] ?? 0));
    const closed = get(inputs, "privateClusterConfig.enablePrivateEndpoint") === true;
    const minor = minorOf(textAt(inputs, "minMasterVersion") ?? "1.36");
    return {
        project: projectOf(draft),
        location: locationOf(draft),
        endpoint: closed ? privateEndpoint : publicEndpoint,
        masterVersion: PATCHES[minor] ?? minor,
        masterAuth: {
            clusterCaCertificate: Buffer.from(`simulated certificate of ${id}`).toString("base64"),
        },
        privateClusterConfig: {
            privateEndpoint,
            ...(closed ? {} : { publicEndpoint }),
        },
        selfLink: `https://container.googleapis.com/v1/${id}`,
        operation: null,
    };
}

const PROTECTED =
    "Cannot destroy cluster because deletion_protection is set to true. Set it to false to proceed with cluster deletion.";

const cluster: TypeRule = {
    name: {
        property: "name",
        pattern: /[a-z](?:[-a-z0-9]{0,38}[a-z0-9])?/,
        max: 40,
        unique: "path:location",
        words: (name) =>
            badRequest(
                `Invalid value for field "cluster.name": "${name}". Must be a match of regex '(?:[a-z](?:[-a-z0-9]{0,38}[a-z0-9])?)'.`,
            ),
        taken: (name) => apiError(409, `Already exists: cluster "${name}".`, "alreadyExists"),
    },
    references: [
        { path: "network", to: [NETWORK] },
        { path: "subnetwork", to: [SUBNETWORK] },
        { path: "databaseEncryption.keyName", to: ["gcp:kms/cryptoKey:CryptoKey"], blocks: false },
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
        "location",
        "project",
        "network",
        "subnetwork",
        "initialNodeCount",
        "networkingMode",
        "datapathProvider",
        "defaultMaxPodsPerNode",
        "ipAllocationPolicy.clusterSecondaryRangeName",
        "ipAllocationPolicy.servicesSecondaryRangeName",
        "privateClusterConfig.masterIpv4CidrBlock",
        "nodeConfig",
        "description",
        "enableAutopilot",
    ],
    defaults: { deletionProtection: true },
    check: (draft) => [
        ...checkVersion(draft),
        ...checkLocation(draft),
        ...checkMaintenance(draft),
        ...checkNetworking(draft),
        ...checkFirstPool(draft),
    ],
    admit: admitCluster,
    id: (draft) =>
        `projects/${projectOf(draft)}/locations/${locationOf(draft)}/clusters/${nameOf(draft)}`,
    outputs: clusterOutputs,
    refuseDelete: (standing) =>
        standing.inputs["deletionProtection"] === false ? prevented(standing) : PROTECTED,
    takesAlong: (standing, world) => [
        ...world.all(NODE_POOL).filter(({ inputs }) => inputs["cluster"] === standing.id),
        ...insideCluster(standing, world),
    ],
    seconds: { create: 480, update: 60, delete: 240 },
};

/** Clusters. */
export const clusterTypes: Readonly<Record<string, TypeRule>> = {
    [CLUSTER]: needs("container.googleapis.com", cluster),
};
