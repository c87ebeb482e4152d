import type { Stack, StackResource } from "../../runtime/stack.ts";
import type { Value } from "../../runtime/reader.ts";
import {
    and,
    failIf,
    holds,
    isOn,
    isPresent,
    not,
    or,
    some,
    type Truth,
} from "../../runtime/truth.ts";
import { on, type Rule, type StackVerdict } from "../rule.ts";
import { isClosedServer } from "./public.ts";
import { hasOwnSettings, isDefault } from "./traits.ts";
import {
    CLOUD_SQL,
    DOCDB_CLUSTER,
    FLEXIBLE_SERVERS,
    NEPTUNE_CLUSTER,
    RDS_CLUSTER,
    RDS_INSTANCE,
    REDSHIFT_CLUSTER,
    REDSHIFT_WORKGROUP,
} from "./types.ts";

const OUTSIDE = "is not in a private subnet";

const AZURE_SUBNET = "azure-native:network:Subnet";
const GOOGLE_NETWORK = "gcp:compute/network:Network";

/** What an input refers to tells more than an id that is not known yet. */
const refersTo = (stack: Stack, from: StackResource, input: string, wanted: string): boolean =>
    stack.targets(from, input).some(({ type }) => type === wanted);

function serversOutside(stack: Stack): readonly StackVerdict[] {
    return stack.all(...FLEXIBLE_SERVERS).flatMap((server) => {
        const { given } = server;
        const at = given.at("network.delegatedSubnetResourceId");
        const refers = at.state === "unknown" && refersTo(stack, server, "network", AZURE_SUBNET);
        const inside = or(isClosedServer(given), refers);
        return on(server, failIf(not(inside), at, OUTSIDE));
    });
}

function cloudSqlOutside(stack: Stack): readonly StackVerdict[] {
    return stack.all(CLOUD_SQL).flatMap((instance) => {
        const { given } = instance;
        const network = given.at("settings.ipConfiguration");
        const at = network.get("privateNetwork");
        const inside = or(
            isPresent(at),
            some(network.get("pscConfigs"), (config) => isOn(config.get("pscEnabled"), false)),
            at.state === "unknown" && refersTo(stack, instance, "settings", GOOGLE_NETWORK),
        );
        const bad = and(hasOwnSettings(given), not(inside));
        return on(instance, failIf(bad, at, OUTSIDE));
    });
}

/** Where AWS's databases name their subnet groups. */
const SUBNET_GROUPS: Readonly<Record<string, { readonly input: string; readonly type: string }>> = {
    [RDS_INSTANCE]: { input: "dbSubnetGroupName", type: "aws:rds/subnetGroup:SubnetGroup" },
    [RDS_CLUSTER]: { input: "dbSubnetGroupName", type: "aws:rds/subnetGroup:SubnetGroup" },
    [DOCDB_CLUSTER]: { input: "dbSubnetGroupName", type: "aws:docdb/subnetGroup:SubnetGroup" },
    [NEPTUNE_CLUSTER]: {
        input: "neptuneSubnetGroupName",
        type: "aws:neptune/subnetGroup:SubnetGroup",
    },
    [REDSHIFT_CLUSTER]: {
        input: "clusterSubnetGroupName",
        type: "aws:redshift/subnetGroup:SubnetGroup",
    },
};

const AWS = [...Object.keys(SUBNET_GROUPS), REDSHIFT_WORKGROUP];

const SUBNET = "aws:ec2/subnet:Subnet";
const TABLE = "aws:ec2/routeTable:RouteTable";
const ROUTE = "aws:ec2/route:Route";
const ASSOCIATION = "aws:ec2/routeTableAssociation:RouteTableAssociation";
const MAIN = "aws:ec2/mainRouteTableAssociation:MainRouteTableAssociation";
const DEFAULT_TABLE = "aws:ec2/defaultRouteTable:DefaultRouteTable";
const GATEWAY = "aws:ec2/internetGateway:InternetGateway";

/** Whether a gateway is the internet's: by reference, or by its id. */
function isInternet(stack: Stack, owner: StackResource, input: string, gateway: Value): Truth {
    const targets = stack.targets(owner, input);
    if (targets.some(({ type }) => type === GATEWAY)) return true;
    if (gateway.state === "unknown" && owner.references(input).length > 0) return false;
    return holds(gateway, gateway.text(), (id) => id.startsWith("igw-"), false);
}

/** Whether a route table leads to the internet, by its own routes or by routes of their own. */
function leadsOut(stack: Stack, table: StackResource): Truth {
    const inline = some(table.given.get("routes"), (route) =>
        isInternet(stack, table, "routes", route.get("gatewayId")),
    );
    const separate = stack
        .referrers(table, ROUTE, "routeTableId")
        .map((route) => isInternet(stack, route, "gatewayId", route.given.get("gatewayId")));
    return or(inline, ...separate);
}

/** A subnet without a table of its own has its network's main one, which AWS makes without a way out. */
function mainLeadsOut(stack: Stack, subnet: StackResource): Truth {
    const [network] = stack.targets(subnet, "vpcId");
    if (network === undefined) return { unknown: subnet.given.get("vpcId").path };
    const main = stack
        .referrers(network, MAIN, "vpcId")
        .flatMap((one) => stack.targets(one, "routeTableId"));
    const taken = stack.referrers(network, DEFAULT_TABLE, "defaultRouteTableId");
    return or(...[...main, ...taken, network].map((table) => leadsOut(stack, table)));
}

/** Whether what stands in a subnet can have a public address that works. */
function isPublic(stack: Stack, subnet: StackResource): Truth {
    const tables = stack
        .referrers(subnet, ASSOCIATION, "subnetId")
        .flatMap((one) => stack.targets(one, "routeTableId"));
    const out =
        tables.length > 0
            ? or(...tables.map((table) => leadsOut(stack, table)))
            : mainLeadsOut(stack, subnet);
    return or(isOn(subnet.given.get("mapPublicIpOnLaunch"), false), out);
}

const inputOf = ({ type }: StackResource): string => SUBNET_GROUPS[type]?.input ?? "subnetIds";

/** The resource that lists a database's subnets: its subnet group, or the database itself. */
function holderOf(stack: Stack, database: StackResource, at: Value): StackResource | undefined {
    const link = SUBNET_GROUPS[database.type];
    if (link === undefined) return database;
    const name = at.text();
    const [group] = [
        ...stack.targets(database, link.input).filter(({ type }) => type === link.type),
        ...(name.state === "known" ? stack.named(link.type, "name", name.value) : []),
    ];
    return group;
}

/** Whether one of the subnets of a database is public. Those that are made elsewhere leave it open. */
function sitsInPublic(stack: Stack, database: StackResource): Truth {
    const at = database.given.get(inputOf(database));
    // The default group, and the default network, have public subnets only.
    if (at.state === "absent") return isDefault(database.given, true);
    const holder = holderOf(stack, database, at);
    if (holder === undefined) return { unknown: at.path };
    const subnets = stack.targets(holder, "subnetIds").filter(({ type }) => type === SUBNET);
    const publics = subnets.map((subnet) => isPublic(stack, subnet));
    const listed = holder.given.get("subnetIds").list();
    const unsure: Truth = { unknown: at.path };
    if (listed.state === "known") {
        return or(...publics, subnets.length < listed.value.length && unsure);
    }
    // A list that is unknown as a whole depends on what it refers to, but need not hold all of it.
    const some = or(...publics);
    const every = publics.length > 0 && and(...publics);
    return publics.length === 0 || some !== every ? unsure : some;
}

function databasesInPublicSubnets(stack: Stack): readonly StackVerdict[] {
    return stack
        .all(...AWS)
        .flatMap((database) =>
            on(
                database,
                failIf(
                    sitsInPublic(stack, database),
                    database.given.get(inputOf(database)),
                    OUTSIDE,
                ),
            ),
        );
}

/** Databases stand where the internet has no way to. */
export const databasePrivateSubnets: Rule = {
    id: "db-private-subnets",
    title: "A database stands in subnets that have no way from the internet.",
    why: "In a public subnet one switch, or one new default, is all that lies between the database and the internet.",
    clouds: ["aws", "azure", "gcp"],
    pack: "security",
    severity: "high",
    requirements: { "PCI DSS": ["1.3.1", "1.4.1"] },
    analogies: { "SOC 2": ["CC6.6"] },
    remediation: {
        aws:
            "Name a subnet group whose subnets have no route to an internet gateway and do not give " +
            "out public addresses. That replaces the database.",
        "azure-native":
            "Delegate a subnet to the server, which replaces it, or reach it by private endpoints " +
            "only.",
        gcp: "Name a privateNetwork, or use Private Service Connect.",
    },
    see: "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_VPC.WorkingWithRDSInstanceinaVPC.html",
    note:
        "A database without a subnet group lands in AWS's default group, whose subnets are public. AlloyDB and managed instances " +
        "of Azure SQL always stand in a network.",
    checks: {},
    stack: {
        judges: [...AWS, ...FLEXIBLE_SERVERS, CLOUD_SQL],
        reads: [
            ...new Set(Object.values(SUBNET_GROUPS).map(({ type }) => type)),
            "aws:ec2/vpc:Vpc",
            SUBNET,
            TABLE,
            ROUTE,
            ASSOCIATION,
            MAIN,
            DEFAULT_TABLE,
            GATEWAY,
            AZURE_SUBNET,
            GOOGLE_NETWORK,
        ],
        check: (stack) => [
            ...databasesInPublicSubnets(stack),
            ...serversOutside(stack),
            ...cloudSqlOutside(stack),
        ],
    },
};
