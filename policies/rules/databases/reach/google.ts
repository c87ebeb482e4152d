import type { Stack, StackResource } from "../../../runtime/stack.ts";
import type { Value } from "../../../runtime/reader.ts";
import {
    and,
    failIf,
    holds,
    isOn,
    isOneOf,
    not,
    or,
    some,
    type Truth,
} from "../../../runtime/truth.ts";
import { isWorld } from "../../addresses.ts";
import { on, type Context, type StackVerdict } from "../../rule.ts";
import { ALLOYDB_CLUSTER, CLOUD_SQL } from "../types.ts";
import { elements } from "../../lists.ts";
import { homeOf, isAtHome, rangeOf, type Home } from "./ranges.ts";

const GKE = "gcp:container/cluster:Cluster";
const SUBNETWORK = "gcp:compute/subnetwork:Subnetwork";
const NETWORK = "gcp:compute/network:Network";
const FIREWALL = "gcp:compute/firewall:Firewall";

/** What is judged, and what is looked at for it. */
export const googleDatabases = [CLOUD_SQL, ALLOYDB_CLUSTER];
export const googlePeerTypes = [GKE, SUBNETWORK, NETWORK, FIREWALL];

/** Where a database names its network, and the input under which that is noted. */
const NETWORKS: Readonly<Record<string, { readonly path: string; readonly input: string }>> = {
    [CLOUD_SQL]: { path: "settings.ipConfiguration.privateNetwork", input: "settings" },
    [ALLOYDB_CLUSTER]: { path: "networkConfig.network", input: "networkConfig" },
};

const clusterSubnets = (stack: Stack) =>
    stack
        .all(GKE)
        .flatMap((cluster) => stack.targets(cluster, "subnetwork"))
        .filter(({ type }) => type === SUBNETWORK);

/** Subnets for load balancers and endpoints hold no machines that could connect. */
function holdsMachines({ given }: StackResource): Truth {
    return isOneOf(given.get("purpose"), ["private", "private_rfc_1918"], true);
}

/** Whether the option lets in whatever stands in a subnet. */
function isLetIn({ given }: StackResource, also: Home): Truth {
    const range = given.get("ipCidrRange");
    if (range.state === "absent" || also.ranges.length === 0) return false;
    return isAtHome(range, also, { unknown: range.path });
}

/** Where the clusters are, by URN, and who else may be there. */
interface Homes {
    readonly subnets: ReadonlySet<string>;
    readonly networks: ReadonlySet<string>;
    readonly also: Home;
}

function homesOf(stack: Stack, subnets: readonly StackResource[], { options }: Context): Homes {
    const networks = [
        ...stack.all(GKE).flatMap((cluster) => stack.targets(cluster, "network")),
        ...subnets.flatMap((subnet) => stack.targets(subnet, "network")),
    ];
    return {
        subnets: new Set(subnets.map(({ urn }) => urn)),
        networks: new Set(networks.map(({ urn }) => urn)),
        also: homeOf(true, elements(options.get("also"))),
    };
}

/** Whether machines that are none of the cluster's stand in a network. */
function hasStrangers(stack: Stack, network: StackResource, { subnets, also }: Homes): Truth {
    const others = stack
        .referrers(network, SUBNETWORK, "network")
        .filter(({ urn }) => !subnets.has(urn));
    // A rule against going out may keep them from the database; where it leads is not followed.
    const guarded = stack
        .referrers(network, FIREWALL, "network")
        .some(({ given }) => isOneOf(given.get("direction"), ["egress"], false) !== false);
    const strangers = or(
        isOn(network.given.get("autoCreateSubnetworks"), true),
        ...others.map((other) => and(holdsMachines(other), not(isLetIn(other, also)))),
    );
    return guarded && strangers !== false ? { unknown: "network" } : strangers;
}

/** Private services access opens a database to its whole network, so nobody else may be in there. */
function judgeNetwork(
    stack: Stack,
    database: StackResource,
    homes: Homes,
): readonly StackVerdict[] {
    const { path, input } = NETWORKS[database.type] ?? { path: "", input: "" };
    const at = database.given.at(path);
    if (at.state === "absent") return [];
    const unsure: Truth = { unknown: path };
    const [network] = stack.targets(database, input).filter(({ type }) => type === NETWORK);
    if (network === undefined || homes.networks.size === 0) {
        return on(database, failIf(unsure, at, ""));
    }
    const shared = homes.networks.has(network.urn);
    const bad = shared ? hasStrangers(stack, network, homes) : true;
    return on(
        database,
        failIf(
            typeof bad === "object" ? unsure : bad,
            at,
            "is reached from a network in which the cluster is not alone",
        ),
    );
}

function googleHome(stack: Stack, subnets: readonly StackResource[], { options }: Context): Home {
    const home = homeOf(stack.all(GKE).length > 0, [
        ...subnets.flatMap(({ given }) => [
            given.get("ipCidrRange"),
            ...elements(given.get("secondaryIpRanges")).map((range) => range.get("ipCidrRange")),
        ]),
        ...elements(options.get("also")),
    ]);
    return { ...home, partial: home.partial || subnets.length === 0 };
}

const PRIVATE = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10"];

/** Nobody but the cloud knows to whom a public address belongs: it may be the cluster's way out. */
function isStranger(value: Value, home: Home): Truth {
    if (isWorld(value) === true) return true;
    const unsure: Truth = { unknown: value.path };
    const inside = isAtHome(value, home, unsure);
    if (inside !== false) return inside === true ? false : unsure;
    return holds(value, value.text(), (text) => isPrivate(text) || unsure, false);
}

function isPrivate(text: string): boolean {
    const range = rangeOf(text);
    return PRIVATE.some((block) => {
        const whole = rangeOf(block);
        return (
            range !== undefined &&
            whole !== undefined &&
            whole.from <= range.from &&
            range.to <= whole.to
        );
    });
}

function judgeAuthorized(database: StackResource, home: Home): readonly StackVerdict[] {
    const address = database.given.at("settings.ipConfiguration");
    const networks = elements(address.get("authorizedNetworks"));
    const consumers = some(address.get("pscConfigs"), (config) =>
        and(
            isOn(config.get("pscEnabled"), false),
            config.get("allowedConsumerProjects").state !== "absent",
        ),
    );
    return [
        ...networks.flatMap((network) =>
            on(
                database,
                failIf(
                    isStranger(network.get("value"), home),
                    network,
                    "lets in more than the cluster's nodes and pods",
                ),
            ),
        ),
        // Which network of a project connects is not said here.
        ...on(
            database,
            consumers === false
                ? []
                : failIf({ unknown: address.get("pscConfigs").path }, address, ""),
        ),
    ];
}

/** Who gets to Google Cloud's databases, by their networks and by the addresses that they let in. */
export function googleReach(stack: Stack, context: Context): readonly StackVerdict[] {
    const subnets = clusterSubnets(stack);
    const homes = homesOf(stack, subnets, context);
    const home = googleHome(stack, subnets, context);
    return stack
        .all(...googleDatabases)
        .flatMap((database) => [
            ...judgeNetwork(stack, database, homes),
            ...judgeAuthorized(database, home),
        ]);
}
