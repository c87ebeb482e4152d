import { attached, type Stack, type StackResource } from "../../../runtime/stack.ts";
import { failIf, isOneOf, type Truth } from "../../../runtime/truth.ts";
import { on, type Context, type StackVerdict } from "../../rule.ts";
import { AZURE_MYSQL, AZURE_POSTGRES, AZURE_SQL } from "../types.ts";
import { judgeRules, type Door } from "./azure-rules.ts";
import { elements } from "../../lists.ts";
import { homeOf, type Home } from "./ranges.ts";

const AKS = "azure-native:containerservice:ManagedCluster";
const POOL = "azure-native:containerservice:AgentPool";
const SUBNET = "azure-native:network:Subnet";
const GROUP = "azure-native:network:NetworkSecurityGroup";
const RULE = "azure-native:network:SecurityRule";
const ENDPOINT = "azure-native:network:PrivateEndpoint";
const NETWORK_RULE = "azure-native:sql:VirtualNetworkRule";

/** What lets somebody in, and what is looked at for it. */
export const azureDatabases = [AZURE_POSTGRES, AZURE_MYSQL, AZURE_SQL];
export const azureEntries = [SUBNET, GROUP, RULE, NETWORK_RULE];
export const azurePeerTypes = [AKS, POOL, ENDPOINT];

/** Ports of a server; the flexible one for PostgreSQL has PgBouncer beside it. */
const PORTS: Readonly<Record<string, readonly number[]>> = {
    [AZURE_POSTGRES]: [5432, 6432],
    [AZURE_MYSQL]: [3306],
    [AZURE_SQL]: [1433],
};

const rangesIn = ({ given }: StackResource) => [
    given.get("addressPrefix"),
    ...elements(given.get("addressPrefixes")),
];

/** The subnets of nodes and pods. */
function nodeSubnets(stack: Stack): readonly StackResource[] {
    return [
        ...stack.all(AKS).flatMap((cluster) => stack.targets(cluster, "agentPoolProfiles")),
        ...stack
            .all(POOL)
            .flatMap((pool) => [
                ...stack.targets(pool, "vnetSubnetID"),
                ...stack.targets(pool, "podSubnetID"),
            ]),
    ].filter(({ type }) => type === SUBNET);
}

/** Types that name subnets in order to let them in: nothing of theirs stands there. */
const LISTING: ReadonlySet<string> = new Set([
    "azure-native:containerregistry:Registry",
    "azure-native:keyvault:Vault",
    "azure-native:storage:StorageAccount",
]);

/** The subnets an input of the resource names. What it merely waits for does not count: it may be an order of creation. */
function namedBy({ given, references }: StackResource): readonly string[] {
    const entries = given.entries();
    return entries.state === "known" ? entries.value.flatMap(([input]) => references(input)) : [];
}

/** Subnets beside the nodes' own from which nobody can come, because nothing stands in them: those of zones without nodes. */
function emptySubnets(stack: Stack, nodes: readonly StackResource[]): readonly StackResource[] {
    if (nodes.length === 0) return [];
    const empty = new Map(stack.all(SUBNET).map((subnet) => [subnet.urn, subnet]));
    for (const resource of stack.resources) {
        if (!resource.type.startsWith("azure-native:") || LISTING.has(resource.type)) continue;
        if (!resource.dependencies.some((urn) => empty.has(urn))) continue;
        for (const urn of namedBy(resource)) empty.delete(urn);
    }
    return [...empty.values()];
}

/** From where databases may be reached: by nodes and pods, and by subnets from which nobody comes. */
function azureHome(
    stack: Stack,
    nodes: readonly StackResource[],
    empty: readonly StackResource[],
    { options }: Context,
): Home {
    const clusters = stack.all(AKS);
    const home = homeOf(clusters.length > 0, [
        ...[...nodes, ...empty].flatMap(rangesIn),
        ...clusters.flatMap(({ given }) => [
            given.at("networkProfile.podCidr"),
            ...elements(given.at("networkProfile.podCidrs")),
        ]),
        ...elements(options.get("also")),
    ]);
    return { ...home, partial: home.partial || nodes.length === 0 };
}

/** The subnet in which a database, or its private endpoint, is reached. */
interface Place {
    readonly subnet: StackResource;
    readonly ports: readonly number[];
    readonly isEndpoint: boolean;
}

function placesOf(stack: Stack): readonly Place[] {
    const inSubnet = stack.all(AZURE_POSTGRES, AZURE_MYSQL).flatMap((server) =>
        stack
            .targets(server, "network")
            .filter(({ type }) => type === SUBNET)
            .map((subnet) => ({ subnet, ports: PORTS[server.type] ?? [], isEndpoint: false })),
    );
    const byEndpoint = stack.all(ENDPOINT).flatMap((endpoint) => {
        const ports = stack
            .targets(endpoint, "privateLinkServiceConnections")
            .flatMap(({ type }) => PORTS[type] ?? []);
        return ports.length === 0
            ? []
            : stack
                  .targets(endpoint, "subnet")
                  .filter(({ type }) => type === SUBNET)
                  .map((subnet) => ({ subnet, ports, isEndpoint: true }));
    });
    return [...inSubnet, ...byEndpoint];
}

/** Databases whose subnet is named by an id, so that nothing is known of it. */
function placedElsewhere(stack: Stack): readonly StackVerdict[] {
    return stack
        .all(AZURE_POSTGRES, AZURE_MYSQL)
        .filter((server) => {
            const subnets = stack.targets(server, "network").filter(({ type }) => type === SUBNET);
            const named = server.given.at("network.delegatedSubnetResourceId");
            return subnets.length === 0 && named.state !== "absent";
        })
        .map(({ urn }) => ({
            state: "unknown",
            path: "network.delegatedSubnetResourceId",
            urn,
        }));
}

const OPEN = "everything in the network gets to the database here";

/** A subnet is guarded by its security group; private endpoints heed it only where the subnet says so. */
function judgePlace(
    stack: Stack,
    { subnet, ports, isEndpoint }: Place,
    rulesOf: (group: StackResource) => readonly StackResource[],
    nodes: ReadonlySet<string>,
    home: Home,
): readonly StackVerdict[] {
    const { given } = subnet;
    const policies = given.get("privateEndpointNetworkPolicies");
    const heeded: Truth = isEndpoint
        ? isOneOf(policies, ["enabled", "networksecuritygroupenabled"], false)
        : true;
    if (heeded !== true) return on(subnet, failIf(heeded === false || heeded, policies, OPEN));
    const at = given.get("networkSecurityGroup");
    if (at.state === "absent") return on(subnet, failIf(true, at, OPEN));
    const [group] = stack
        .targets(subnet, "networkSecurityGroup")
        .filter(({ type }) => type === GROUP);
    if (group === undefined) return [{ state: "unknown", path: at.path, urn: subnet.urn }];
    const door: Door = {
        stack,
        group,
        ports,
        isShared: isEndpoint,
        home,
        own: homeOf(true, rangesIn(subnet)),
    };
    return judgeRules(door, rulesOf(group), nodes);
}

/** Azure SQL lets subnets in by name. */
function networkRules(stack: Stack, nodes: ReadonlySet<string>): readonly StackVerdict[] {
    return stack.all(NETWORK_RULE).flatMap((rule) => {
        const at = rule.given.get("virtualNetworkSubnetId");
        const subnets = stack
            .targets(rule, "virtualNetworkSubnetId")
            .filter(({ type }) => type === SUBNET);
        // Without a subnet of nodes in the stack, this may well be theirs.
        const unsure = subnets.length === 0 || nodes.size === 0;
        const outside = subnets.some(({ urn }) => !nodes.has(urn));
        return on(
            rule,
            failIf(
                unsure ? { unknown: at.path } : outside,
                at,
                "lets in another subnet than the nodes'",
            ),
        );
    });
}

/** Who gets to Azure's databases, by the security groups of their subnets. */
export function azureReach(stack: Stack, context: Context): readonly StackVerdict[] {
    const groups = stack.all(GROUP);
    const separate = attached(stack, groups, {
        types: [RULE],
        input: "networkSecurityGroupName",
        names: ["networkSecurityGroupName", "name"],
    });
    const subnets = nodeSubnets(stack);
    const nodes = new Set(subnets.map(({ urn }) => urn));
    const places = placesOf(stack);
    const judgePlaces = (empty: readonly StackResource[]) => {
        const home = azureHome(stack, subnets, empty, context);
        return places.flatMap((place): readonly StackVerdict[] =>
            separate.loose.length > 0
                ? [{ state: "unknown", path: "networkSecurityGroup", urn: place.subnet.urn }]
                : judgePlace(stack, place, separate.of, nodes, home),
        );
    };
    // To learn who stands where takes a look at every resource, and matters only where something else is let in.
    const isClosed = judgePlaces([]).length === 0;
    return [
        ...placedElsewhere(stack),
        ...(isClosed ? [] : judgePlaces(emptySubnets(stack, subnets))),
        ...networkRules(stack, nodes),
    ];
}
