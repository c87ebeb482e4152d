import type { Value } from "../../runtime/reader.ts";
import type { Stack, StackResource } from "../../runtime/stack.ts";
import { failIf, isOn, or, some, type Truth } from "../../runtime/truth.ts";
import { on, type Rule, type StackVerdict } from "../rule.ts";
import { CLUSTER, NODE_GROUP } from "./types.ts";

const SUBNET = "aws:ec2/subnet:Subnet";
const ROUTE = "aws:ec2/route:Route";
const ROUTE_TABLE = "aws:ec2/routeTable:RouteTable";
const DEFAULT_TABLE = "aws:ec2/defaultRouteTable:DefaultRouteTable";
const ASSOCIATION = "aws:ec2/routeTableAssociation:RouteTableAssociation";
const INTERNET_GATEWAY = "aws:ec2/internetGateway:InternetGateway";

/** Whether a route, or a list of them, goes to an internet gateway: one of the stack, or one known by its id. */
function isInternet(stack: Stack, resource: StackResource, input: string, gateway: Value): Truth {
    const targets = stack.targets(resource, input);
    if (targets.some(({ type }) => type === INTERNET_GATEWAY)) return true;
    const id = gateway.text();
    if (id.state === "known") return id.value.startsWith("igw-");
    return id.state === "absent" || targets.length > 0 ? false : { unknown: gateway.path };
}

/** Whether a route table leads to the internet, by routes of its own or by separate ones. */
function leadsOut(stack: Stack, table: StackResource): Truth {
    const own = some(table.given.get("routes"), (route) =>
        isInternet(stack, table, "routes", route.get("gatewayId")),
    );
    const separate = stack
        .referrers(table, ROUTE, "routeTableId")
        .map((route) => isInternet(stack, route, "gatewayId", route.given.get("gatewayId")));
    return or(own, ...separate);
}

/** Whether a subnet is public. One without a route table of its own uses the VPC's, which the stack may not show. */
function isPublic(stack: Stack, subnet: StackResource): Truth {
    const assigns = isOn(subnet.given.get("mapPublicIpOnLaunch"), false);
    const tables = stack
        .referrers(subnet, ASSOCIATION, "subnetId")
        .flatMap((association) => stack.targets(association, "routeTableId"))
        .filter(({ type }) => type === ROUTE_TABLE || type === DEFAULT_TABLE);
    const untold: Truth = { unknown: subnet.given.get("vpcId").path };
    return or(
        assigns,
        ...tables.map((table) => leadsOut(stack, table)),
        tables.length === 0 && untold,
    );
}

/**
 * Whether one of the subnets that a list names is public.
 *
 * @param input the input that the list is in, by which the engine knows what it refers to
 */
function holdsPublic(stack: Stack, owner: StackResource, input: string, list: Value): Truth {
    const elements = list.list();
    const ids = elements.state === "known" ? elements.value.map((element) => element.text()) : [];
    const named = ids.flatMap((id) =>
        id.state === "known" ? stack.named(SUBNET, "id", id.value) : [],
    );
    const referred = stack.targets(owner, input).filter(({ type }) => type === SUBNET);
    const found = [...new Set([...named, ...referred])];
    const untold: Truth = { unknown: list.path };
    const some = or(...found.map((subnet) => isPublic(stack, subnet)));
    // A component's output may refer to more subnets than it holds, and nobody tells which it holds.
    if (ids.length > 0 && found.length > ids.length) return some === true ? untold : some;
    const isWhole = found.length >= Math.max(ids.length, 1);
    return isWhole ? some : or(some, untold);
}

function publicNodes(stack: Stack): readonly StackVerdict[] {
    const judge = (owner: StackResource, input: string, list: Value) =>
        on(
            owner,
            failIf(
                holdsPublic(stack, owner, input, list),
                list,
                "puts nodes into a subnet that gives out public addresses or leads to the internet",
            ),
        );
    const automatic = stack
        .all(CLUSTER)
        .filter(({ given }) => isOn(given.at("computeConfig.enabled"), false) === true);
    return [
        ...stack
            .all(NODE_GROUP)
            .flatMap((group) => judge(group, "subnetIds", group.given.get("subnetIds"))),
        ...automatic.flatMap((cluster) =>
            judge(cluster, "vpcConfig", cluster.given.at("vpcConfig.subnetIds")),
        ),
    ];
}

/** Nodes are in subnets that nothing outside reaches. */
export const eksNodesPrivate: Rule = {
    id: "aws-eks-nodes-private",
    title: "The nodes of an EKS cluster are in private subnets.",
    why: "In a public subnet one careless security group is enough to put kubelets and node ports on the internet.",
    clouds: ["aws"],
    pack: "security",
    severity: "high",
    requirements: { "CIS EKS": ["5.4.3"] },
    analogies: { "PCI DSS": ["1.4.2"] },
    remediation:
        "Give subnetIds subnets whose mapPublicIpOnLaunch is false and whose route table leads to a NAT gateway and not " +
        "to an internet gateway. That replaces the node group.",
    see: "https://docs.aws.amazon.com/eks/latest/userguide/network-reqs.html",
    checks: {},
    stack: {
        judges: [NODE_GROUP, CLUSTER],
        reads: [SUBNET, ROUTE, ROUTE_TABLE, DEFAULT_TABLE, ASSOCIATION, INTERNET_GATEWAY],
        check: publicNodes,
    },
    note:
        "Judges node groups, and the subnets of clusters in Auto Mode. A subnet without a route table of its own uses the " +
        "VPC's, which is not told.",
};
