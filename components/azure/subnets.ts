import type * as pulumi from "@pulumi/pulumi";
import { NetworkSecurityGroup } from "@pulumi/azure-native/network/networkSecurityGroup.js";
import { Subnet, type SubnetArgs } from "@pulumi/azure-native/network/subnet.js";
import type { VirtualNetwork } from "@pulumi/azure-native/network/virtualNetwork.js";
import type { Cidr } from "../lib/cidr.ts";
import type { SubnetPlan, Zone } from "./addresses.ts";
import type { AzureFoundation } from "./foundation.ts";
import type { Gateways } from "./nat.ts";
import { inboundRules, toSecurityRule } from "./security-rules.ts";

export interface SubnetsArgs {
    readonly foundation: AzureFoundation;
    readonly opts: pulumi.CustomResourceOptions;
    readonly network: VirtualNetwork;
    readonly plan: SubnetPlan;
    /** The block of the cloud's own gateways. */
    readonly gatewayCidr: Cidr;
    readonly gateways: Gateways;
    /** True if services are reached through private endpoints, so that nodes need no other way to them. */
    readonly privateEndpoints: boolean;
}

/** The ids of a network's subnets. */
export interface Subnets {
    readonly nodes: Readonly<Record<Zone, pulumi.Output<string>>>;
    readonly api: pulumi.Output<string>;
    readonly database: pulumi.Output<string>;
    readonly endpoints: pulumi.Output<string>;
    /** The last one that was made. */
    readonly last: pulumi.Resource;
}

type Kind = keyof SubnetPlan;

/** The services that listen to the nodes' subnets where there are no private endpoints. */
const SERVICE_ENDPOINTS = [{ service: "Microsoft.KeyVault" }, { service: "Microsoft.Storage" }];

/**
 * Makes the subnets as resources of their own, one after the other: Azure refuses to change two subnets of a network
 * at once (AnotherOperationInProgress). Those that need no gateway come first, while the gateways are made.
 */
export function makeSubnets(name: string, args: SubnetsArgs): Subnets {
    const { plan, gateways, privateEndpoints } = args;
    const groups = makeSecurityGroups(name, args);
    let previous: Subnet | undefined;
    const make = (role: string, kind: Kind, block: string, more: Partial<SubnetArgs>) => {
        previous = makeSubnet(name, role, args, previous, {
            addressPrefix: block,
            networkSecurityGroup: { id: groups[kind].id },
            ...more,
        });
        return previous;
    };
    const makeNodes = (zone: Zone) => {
        const gateway = gateways[zone] ?? gateways["1"];
        return make(`nodes-${zone}`, "nodes", plan.nodes[zone], {
            natGateway: { id: gateway.id },
            serviceEndpoints: privateEndpoints ? [] : SERVICE_ENDPOINTS,
        });
    };
    const api = make(
        "api",
        "api",
        plan.api,
        delegatedTo("Microsoft.ContainerService/managedClusters"),
    );
    const database = make("database", "database", plan.database, {
        ...delegatedTo("Microsoft.DBforPostgreSQL/flexibleServers"),
    });
    const endpoints = make("endpoints", "endpoints", plan.endpoints, {
        privateEndpointNetworkPolicies: "NetworkSecurityGroupEnabled",
    });
    const nodes = { "1": makeNodes("1"), "2": makeNodes("2"), "3": makeNodes("3") };
    return {
        nodes: { "1": nodes["1"].id, "2": nodes["2"].id, "3": nodes["3"].id },
        api: api.id,
        database: database.id,
        endpoints: endpoints.id,
        last: nodes["3"],
    };
}

/** Hands a subnet over to a service, with the one action that Azure gives it. */
export function delegatedTo(serviceName: string): Partial<SubnetArgs> {
    const actions = ["Microsoft.Network/virtualNetworks/subnets/join/action"];
    return { delegations: [{ name: "service", serviceName, actions }] };
}

function makeSubnet(
    name: string,
    role: string,
    args: SubnetsArgs,
    previous: Subnet | undefined,
    more: Partial<SubnetArgs>,
): Subnet {
    return new Subnet(
        `${name}-${role}`,
        {
            resourceGroupName: args.foundation.resourceGroupName,
            virtualNetworkName: args.network.name,
            subnetName: role,
            defaultOutboundAccess: false,
            ...more,
        },
        { ...args.opts, dependsOn: previous },
    );
}

function makeSecurityGroups(name: string, args: SubnetsArgs): Record<Kind, NetworkSecurityGroup> {
    const { foundation, opts, plan, gatewayCidr } = args;
    const rules = inboundRules(plan, gatewayCidr);
    const make = (kind: Kind) =>
        new NetworkSecurityGroup(
            `${name}-${kind}`,
            {
                resourceGroupName: foundation.resourceGroupName,
                location: foundation.region,
                securityRules: rules[kind].map((rule) => toSecurityRule(rule)),
                tags: foundation.tags,
            },
            opts,
        );
    return {
        nodes: make("nodes"),
        api: make("api"),
        database: make("database"),
        endpoints: make("endpoints"),
    };
}
