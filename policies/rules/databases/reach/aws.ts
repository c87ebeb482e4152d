import { attached, type Stack, type StackResource } from "../../../runtime/stack.ts";
import type { Value } from "../../../runtime/reader.ts";
import {
    and,
    failIf,
    holds,
    isOneOf,
    not,
    type Truth,
    type Verdict,
} from "../../../runtime/truth.ts";
import { isWorld } from "../../addresses.ts";
import { on, type Context, type StackVerdict } from "../../rule.ts";
import {
    DOCDB_CLUSTER,
    NEPTUNE_CLUSTER,
    RDS_CLUSTER,
    RDS_INSTANCE,
    RDS_PROXY,
    REDSHIFT_CLUSTER,
    REDSHIFT_WORKGROUP,
} from "../types.ts";
import { awsPeers, GROUPS, SECURITY_GROUP, type Peers } from "./aws-peers.ts";
import { elements } from "../../lists.ts";
import { isAtHome } from "./ranges.ts";

/** Where databases name their security groups, and the port if they do not name one. */
const DATABASES: Readonly<Record<string, { readonly input: string; readonly port: number }>> = {
    [RDS_INSTANCE]: { input: "vpcSecurityGroupIds", port: 5432 },
    [RDS_CLUSTER]: { input: "vpcSecurityGroupIds", port: 5432 },
    [NEPTUNE_CLUSTER]: { input: "vpcSecurityGroupIds", port: 8182 },
    [DOCDB_CLUSTER]: { input: "vpcSecurityGroupIds", port: 27017 },
    [REDSHIFT_CLUSTER]: { input: "vpcSecurityGroupIds", port: 5439 },
    [REDSHIFT_WORKGROUP]: { input: "securityGroupIds", port: 5439 },
    [RDS_PROXY]: { input: "vpcSecurityGroupIds", port: 5432 },
};

/** RDS's ports by the beginning of the engine's name. */
const ENGINE_PORTS: readonly (readonly [engine: string, port: number])[] = [
    ["aurora-mysql", 3306],
    ["mysql", 3306],
    ["mariadb", 3306],
    ["oracle", 1521],
    ["custom-oracle", 1521],
    ["sqlserver", 1433],
    ["custom-sqlserver", 1433],
    ["db2", 50000],
];

const RULE = "aws:ec2/securityGroupRule:SecurityGroupRule";
const INGRESS_RULE = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";

/** What lets somebody in, and what is looked at for it. */
export const awsDatabases = Object.keys(DATABASES);
export const awsEntries = [...GROUPS, RULE, INGRESS_RULE];

/** The ports of the databases behind a group. */
type Ports = ReadonlySet<number>;

/** The port that a database listens on; undefined while it is not known. */
function portOf({ type, given }: StackResource): number | undefined {
    const port = given.get("port").number();
    if (port.state === "known") return port.value;
    const engine = given.get(type === RDS_PROXY ? "engineFamily" : "engine").text();
    if (port.state === "unknown" || engine.state === "unknown") return undefined;
    const name = engine.state === "known" ? engine.value.toLowerCase() : "";
    const byEngine = ENGINE_PORTS.find(([start]) => name.startsWith(start))?.[1];
    return byEngine ?? DATABASES[type]?.port;
}

/** One way in. */
interface Entry {
    readonly owner: StackResource;
    readonly at: Value;
    /** Where addresses, and where groups may stand; with the input that their references are noted at. */
    readonly ranges: readonly (readonly [input: string, value: Value])[];
    readonly groups: readonly (readonly [input: string, value: Value])[];
    readonly lists: readonly Value[];
    readonly protocol: Value;
}

function inlineEntry(owner: StackResource, at: Value): Entry {
    const each = (name: string) =>
        elements(at.get(name)).map((value) => ["ingress", value] as const);
    return {
        owner,
        at,
        ranges: [...each("cidrBlocks"), ...each("ipv6CidrBlocks")],
        groups: each("securityGroups"),
        lists: elements(at.get("prefixListIds")),
        protocol: at.get("protocol"),
    };
}

function separateEntry(owner: StackResource): Entry {
    const at = owner.given;
    const isOld = owner.type === RULE;
    const each = (name: string) => elements(at.get(name)).map((value) => [name, value] as const);
    const one = (name: string) => [[name, at.get(name)] as const];
    return {
        owner,
        at,
        ranges: isOld
            ? [...each("cidrBlocks"), ...each("ipv6CidrBlocks")]
            : [...one("cidrIpv4"), ...one("cidrIpv6")],
        groups: one(isOld ? "sourceSecurityGroupId" : "referencedSecurityGroupId"),
        lists: isOld ? elements(at.get("prefixListIds")) : [at.get("prefixListId")],
        protocol: at.get(isOld ? "protocol" : "ipProtocol"),
    };
}

/** Whether a range is the cluster's. What is not known yet is told by what it refers to. */
function isPeerRange(
    stack: Stack,
    entry: Entry,
    peers: Peers,
    input: string,
    source: Value,
): Truth {
    const unsure: Truth = { unknown: source.path };
    if (source.state !== "unknown") {
        return isWorld(source) === true ? false : isAtHome(source, peers.home, unsure);
    }
    const targets = stack.targets(entry.owner, input).filter(({ type }) => !GROUPS.includes(type));
    if (targets.length === 0 || !peers.home.exists) return unsure;
    if (targets.every(({ urn }) => peers.subnets.has(urn))) return true;
    return targets.some(({ urn }) => peers.subnets.has(urn)) ? unsure : false;
}

/** Whether a group is the cluster's, or the database's own. */
function isPeerGroup(
    stack: Stack,
    entry: Entry,
    peers: Peers,
    input: string,
    source: Value,
): Truth {
    if (source.state === "absent") return true;
    const unsure: Truth = { unknown: source.path };
    const text = source.text();
    const named = text.state === "known" ? stack.named(SECURITY_GROUP, "id", text.value) : [];
    const referred = stack.targets(entry.owner, input).filter(({ type }) => isGroup(type));
    const sources = named.length > 0 ? named : referred;
    if (sources.length === 0) return unsure;
    const own = stack.targets(entry.owner, "securityGroupId").map(({ urn }) => urn);
    const inside = ({ urn }: StackResource) =>
        peers.groups.has(urn) || urn === entry.owner.urn || own.includes(urn);
    return sources.every(inside) || (peers.home.exists && !peers.otherGroups ? false : unsure);
}

const isGroup = (type: string) => GROUPS.includes(type) || type === "aws:eks/cluster:Cluster";

function fromCluster(stack: Stack, entry: Entry, peers: Peers): Truth {
    return and(
        ...entry.ranges.map(([input, source]) => isPeerRange(stack, entry, peers, input, source)),
        ...entry.groups.map(([input, source]) => isPeerGroup(stack, entry, peers, input, source)),
        ...entry.lists
            .filter(({ state }) => state !== "absent")
            .map((list) => ({ unknown: list.path })),
    );
}

function onPort({ at, protocol }: Entry, ports: Ports): Truth {
    const from = at.get("fromPort");
    const to = at.get("toPort");
    return and(
        isOneOf(protocol, ["tcp", "6"], false),
        holds(
            from,
            from.number(),
            (first) => holds(to, to.number(), (last) => last === first && ports.has(first), false),
            false,
        ),
    );
}

function judge(stack: Stack, entry: Entry, peers: Peers, ports: Ports): readonly Verdict[] {
    // Without a cluster nobody can say what has to get through, so only the world is too much.
    const narrow = peers.home.exists ? onPort(entry, ports) : true;
    const good = and(fromCluster(stack, entry, peers), narrow);
    return failIf(
        not(good),
        entry.at,
        "lets in more than the cluster's nodes and pods on the database's port",
    );
}

/** The ports behind each group, and verdicts on databases whose groups cannot all be told. */
function portsByGroup(stack: Stack, loose: boolean) {
    const ports = new Map<string, Set<number>>();
    const verdicts: StackVerdict[] = [];
    for (const database of stack.all(...awsDatabases)) {
        const input = DATABASES[database.type]?.input ?? "";
        const groups = stack.targets(database, input).filter(({ type }) => GROUPS.includes(type));
        const listed = database.given.get(input).list();
        const count = listed.state === "known" ? listed.value.length : Math.max(1, groups.length);
        const port = portOf(database);
        if (loose || port === undefined || groups.length < count) {
            verdicts.push({ state: "unknown", path: input, urn: database.urn });
        }
        if (port === undefined) continue;
        for (const { urn } of groups) ports.set(urn, (ports.get(urn) ?? new Set()).add(port));
    }
    return { ports, verdicts };
}

/** Who gets to AWS's databases, by the security groups around them. */
export function awsReach(stack: Stack, context: Context): readonly StackVerdict[] {
    const groups = stack.all(...GROUPS);
    const entries = attached(stack, groups, {
        types: [RULE, INGRESS_RULE],
        input: "securityGroupId",
        names: ["id"],
    });
    const { ports, verdicts } = portsByGroup(stack, entries.loose.length > 0);
    const peers = awsPeers(stack, context);
    const found = groups.flatMap((group) => {
        const behind = ports.get(group.urn);
        if (behind === undefined) return [];
        const inline = elements(group.given.get("ingress")).map((at) => inlineEntry(group, at));
        const separate = entries
            .of(group)
            .filter(({ given }) => isOneOf(given.get("type"), ["ingress"], true) !== false)
            .map(separateEntry);
        return [...inline, ...separate].flatMap((entry) =>
            on(entry.owner, judge(stack, entry, peers, behind)),
        );
    });
    return [...verdicts, ...found];
}
