import type { Cidr } from "../lib/cidr.ts";
import { POD_CIDR, type SubnetPlan } from "./addresses.ts";

/** A rule of a network security group, as the platform uses them: TCP or all, from one place to anywhere in the subnet. */
interface InboundRule {
    readonly name: string;
    readonly description: string;
    readonly priority: number;
    readonly access: "Allow" | "Deny";
    readonly protocol: "Tcp" | "*";
    readonly sources: readonly (Cidr | "VirtualNetwork" | "AzureLoadBalancer" | "Internet")[];
    readonly ports: readonly string[];
}

/** Which inbound traffic each kind of subnet accepts. Azure's own rules then deny what comes from outside the network. */
export function inboundRules(plan: SubnetPlan, gateways: Cidr) {
    const nodes = Object.values(plan.nodes);
    return {
        nodes: [
            // Overlay traffic reaches the subnet with pods' addresses, which the VirtualNetwork tag does not cover.
            allow("AllowPods", 100, "Pods to pods on other nodes", "*", [POD_CIDR], ["*"]),
            // The group that AKS keeps on the nodes' interfaces opens a port only for a Service that asks for it, but
            // this one would still close it: AKS never writes into a group of the user's.
            allow("AllowWeb", 110, "Public load balancers", "Tcp", ["Internet"], ["80", "443"]),
            // They reach pods at addresses that, again, the VirtualNetwork tag does not cover.
            allow("AllowGateways", 120, "The cloud's own gateways", "Tcp", [gateways], ["*"]),
        ],
        api: [
            allow("AllowNodes", 100, "Nodes to the API", "Tcp", nodes, ["443", "4443"]),
            allow("AllowProbes", 110, "Probes", "Tcp", ["AzureLoadBalancer"], ["9988"]),
        ],
        database: [
            allow("AllowNodes", 100, "PostgreSQL from nodes", "Tcp", nodes, ["5432"]),
            allow("AllowStandby", 110, "Replication", "Tcp", [plan.database], ["5432", "6432"]),
            deny("DenyNetwork", 4000),
        ],
        endpoints: [
            // HTTPS for the registry, secrets and objects, NFS for files, and the port of Azure Managed Redis.
            allow("AllowNodes", 100, "Services", "Tcp", nodes, ["443", "2049", "10000"]),
            deny("DenyNetwork", 4000),
        ],
    } satisfies Record<keyof SubnetPlan, InboundRule[]>;
}

/** What the subnet of the cloud's own gateways accepts. */
export function gatewayRules(): InboundRule[] {
    return [allow("AllowWeb", 100, "Web", "Tcp", ["Internet"], ["80", "443"])];
}

/** The rule in Azure's form. */
export function toSecurityRule(rule: InboundRule) {
    const { sources, ports, ...rest } = rule;
    return {
        ...rest,
        direction: "Inbound",
        destinationAddressPrefix: "*",
        sourcePortRange: "*",
        ...(sources.length === 1
            ? { sourceAddressPrefix: sources[0] }
            : { sourceAddressPrefixes: [...sources] }),
        ...(ports.length === 1
            ? { destinationPortRange: ports[0] }
            : { destinationPortRanges: [...ports] }),
    };
}

function allow(
    name: string,
    priority: number,
    description: string,
    protocol: InboundRule["protocol"],
    sources: InboundRule["sources"],
    ports: InboundRule["ports"],
): InboundRule {
    return { name, description, priority, access: "Allow", protocol, sources, ports };
}

/** Without it, Azure's own rules let the whole network in. Probes of load balancers stay allowed. */
function deny(name: string, priority: number): InboundRule {
    return {
        name,
        description: "Everything else in the network",
        priority,
        access: "Deny",
        protocol: "*",
        sources: ["VirtualNetwork"],
        ports: ["*"],
    };
}
