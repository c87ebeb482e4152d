import type { Json, PlannedResource } from "../../model.ts";
import { count } from "../../show/paint.ts";
import { given, input, inside, isHidden, items, range, text } from "./read.ts";

/** What a picture says of a main resource, in short lines, by its type. */
type Facts = (resource: PlannedResource) => readonly string[];

const database = (paths: {
    readonly engine: Facts;
    readonly size: string;
    readonly storage: string;
    readonly standby: Question;
}): Facts => {
    return (resource) => {
        const storage = text(resource, paths.storage);
        return [
            ...paths.engine(resource),
            given(text(resource, paths.size), storage && `${storage} GiB`).join(", "),
            told(resource, paths.standby, ["standby in another zone", "no standby", "standby"]),
        ].filter(Boolean);
    };
};

/** The databases' facts by their server's type. */
export const DATABASES: Readonly<Record<string, Facts>> = {
    "aws:rds/instance:Instance": database({
        engine: (one) => given([text(one, "engine"), text(one, "engineVersion")].join(" ").trim()),
        size: "instanceClass",
        storage: "allocatedStorage",
        standby: ["multiAz", (value) => value === true],
    }),
    "azure-native:dbforpostgresql:Server": database({
        engine: (one) => given(`PostgreSQL ${text(one, "version") ?? ""}`.trim()),
        size: "sku.name",
        storage: "storage.storageSizeGB",
        standby: ["highAvailability.mode", (value) => /Zone/.test(String(value))],
    }),
    "gcp:sql/databaseInstance:DatabaseInstance": database({
        engine: (one) => given(text(one, "databaseVersion")?.replaceAll("_", " ")),
        size: "settings.tier",
        storage: "settings.diskSize",
        standby: ["settings.availabilityType", (value) => value === "REGIONAL"],
    }),
};

/** The clusters' facts by type: the version, and from where the API answers. */
export const CLUSTERS: Readonly<Record<string, Facts>> = {
    "aws:eks/cluster:Cluster": (one) => [
        ...given(version(text(one, "version"))),
        api(
            one,
            ["vpcConfig.endpointPublicAccess", (value) => value !== false],
            "vpcConfig.publicAccessCidrs",
        ),
    ],
    "azure-native:containerservice:ManagedCluster": (one) => [
        ...given(version(text(one, "kubernetesVersion"))),
        api(
            one,
            ["apiServerAccessProfile.enablePrivateCluster", (value) => value !== true],
            "apiServerAccessProfile.authorizedIPRanges",
        ),
    ],
    "gcp:container/cluster:Cluster": (one) => [
        ...given(version(text(one, "minMasterVersion"))),
        api(
            one,
            ["privateClusterConfig.enablePrivateEndpoint", (value) => value !== true],
            "masterAuthorizedNetworksConfig.cidrBlocks",
        ),
    ],
};

function version(text: string | undefined): string | undefined {
    return text && `Kubernetes ${text}`;
}

function api(resource: PlannedResource, question: Question, blocks: string): string {
    const named = items(resource, blocks).map((one) => inside(one, "cidrBlock") ?? one);
    const limited = named.length > 0 && !named.includes("0.0.0.0/0");
    const yes = `API on the Internet too${limited ? ", for named addresses" : ""}`;
    return told(resource, question, [yes, "API inside the network only", "API's reach"]);
}

/** The input that decides, and what it has to say for a yes. */
type Question = readonly [path: string, holds: (value: Json | undefined) => boolean];

/** The words for yes or no, or that nobody knows yet: what is hidden is neither. */
function told(
    resource: PlannedResource,
    [path, holds]: Question,
    [yes, no, subject]: readonly [string, string, string],
): string {
    if (isHidden(resource, path)) return `${subject} not known yet`;
    return holds(input(resource, path)) ? yes : no;
}

/** A group of nodes: its name, how many, of which size, where. */
export interface Pool {
    /** Undefined where the resource's own name says it. */
    readonly name?: string | undefined;
    readonly lines: readonly string[];
}

/** The node groups by type. */
export const POOLS: Readonly<Record<string, (resource: PlannedResource) => Pool>> = {
    "aws:eks/nodeGroup:NodeGroup": (one) => ({
        lines: given(
            nodes(text(one, "scalingConfig.minSize"), text(one, "scalingConfig.maxSize")),
            text(one, "instanceTypes[0]"),
            input(one, "capacityType") === "SPOT" && "spot",
        ),
    }),
    "azure-native:containerservice:AgentPool": (one) => azurePool(one.inputs),
    "gcp:container/nodePool:NodePool": (one) => ({
        lines: given(
            nodes(
                text(one, "autoscaling.totalMinNodeCount", "autoscaling.minNodeCount", "nodeCount"),
                text(one, "autoscaling.totalMaxNodeCount", "autoscaling.maxNodeCount", "nodeCount"),
            ),
            text(one, "nodeConfig.machineType"),
            input(one, "nodeConfig.spot") === true && "spot",
        ),
    }),
};

/** The node groups that stand within the cluster itself. */
export function innerPools(cluster: PlannedResource): readonly Pool[] {
    return items(cluster, "agentPoolProfiles").map(azurePool);
}

function azurePool(pool: Json): Pool {
    const word = (path: string) => {
        const value = inside(pool, path);
        return typeof value === "string" || typeof value === "number" ? String(value) : undefined;
    };
    const zones = inside(pool, "availabilityZones");
    return {
        name: word("name"),
        lines: given(
            nodes(word("minCount") ?? word("count"), word("maxCount") ?? word("count")),
            word("vmSize")?.replace(/^Standard_/, ""),
            Array.isArray(zones) && zones.length > 0 && `zone ${zones.join(", ")}`,
            word("scaleSetPriority") === "Spot" && "spot",
        ),
    };
}

function nodes(least: string | undefined, most: string | undefined): string | undefined {
    const number = range(least, most);
    return number && `${number} ${number === "1" ? "node" : "nodes"}`;
}

/** The range of addresses of a network or a part of it. */
export function addressRange(resource: PlannedResource): string | undefined {
    const address = text(resource, "address");
    const length = text(resource, "prefixLength");
    if (address !== undefined && length !== undefined) return `${address}/${length}`;
    return text(
        resource,
        "cidrBlock",
        "addressPrefix",
        "ipCidrRange",
        "addressSpace.addressPrefixes[0]",
        "addressPrefixes[0]",
    );
}

/** What a network has besides its subnets, counted: the ways out and in. */
const COUNTED: Readonly<Record<string, string>> = {
    InternetGateway: "Internet gateway",
    NatGateway: "NAT gateway",
    RouterNat: "NAT gateway",
    VpcEndpoint: "private endpoint",
    Firewall: "firewall rule",
    NetworkSecurityGroup: "security group",
    SecurityGroup: "security group",
    PrivateZone: "private DNS zone",
    ManagedZone: "private DNS zone",
    FlowLog: "flow log",
};

/** `3 NAT gateways · 14 private endpoints`. */
export function countParts(resources: readonly PlannedResource[]): readonly string[] {
    const numbers = new Map<string, number>();
    for (const { token } of resources) {
        const word = COUNTED[token.slice(token.lastIndexOf(":") + 1)];
        if (word !== undefined) numbers.set(word, (numbers.get(word) ?? 0) + 1);
    }
    return [...new Set(Object.values(COUNTED))].flatMap((word) => {
        const number = numbers.get(word);
        return number === undefined ? [] : [count(number, word)];
    });
}
