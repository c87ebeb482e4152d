import * as pulumi from "@pulumi/pulumi";
import { VirtualNetwork } from "@pulumi/azure-native/network/virtualNetwork.js";
import { Workspace } from "@pulumi/azure-native/operationalinsights/workspace.js";
import type { PrivateZone } from "@pulumi/azure-native/privatedns/privateZone.js";
import type { Network, NetworkArgs } from "../contracts/network.ts";
import { prefixOf, type Cidr } from "../lib/cidr.ts";
import { refuse } from "../lib/errors.ts";
import type { Problem } from "../lib/problem.ts";
import {
    clashesWithCluster,
    gatewayBlock,
    planSubnets,
    POD_CIDR,
    SERVICE_CIDR,
    type Zone,
} from "./addresses.ts";
import { linkedZone } from "./dns.ts";
import { makeFlowLogs } from "./flow-logs.ts";
import type { AzureFoundation } from "./foundation.ts";
import { makeGateways } from "./nat.ts";
import { retentionProblems, workspaceArgs } from "./logs.ts";
import { PrivateZones, type PrivateService } from "./private-zones.ts";
import { makeSubnets } from "./subnets.ts";

export interface AzureNetworkArgs extends NetworkArgs {
    readonly foundation: AzureFoundation;
}

/**
 * A virtual network with a subnet of nodes per zone, and one each for databases, private endpoints and the cluster's
 * API; all private, each behind its own security group.
 *
 * The NAT gateway that this SDK can make (SKU Standard) lives in one zone. `highAvailability` therefore makes one per
 * zone and puts each zone's nodes into a subnet that leaves through its own, so that a lost zone takes no other zone's
 * way out with it. Otherwise all subnets share the one in zone 1. Switching over adds gateways and moves no node.
 *
 * Flow logs go through the subscription's network watcher of the region, which Azure makes with the first network and
 * of which there can be only one; they need it in its usual place (group NetworkWatcherRG).
 *
 * Creates the network, 6 subnets, 4 security groups, 1 or 3 gateways with an address each, 1 to 3 private DNS zones, a
 * Log Analytics workspace and a storage account for the flow logs; a gateway is most of what it costs. A zone more comes
 * with the first data service of each kind.
 *
 * @see https://learn.microsoft.com/azure/nat-gateway/nat-availability-zones
 */
export class AzureNetwork extends pulumi.ComponentResource implements Network {
    readonly networkId: pulumi.Output<string>;
    readonly cidr: Cidr;
    /** The subnet of each zone's nodes. */
    readonly nodeSubnetIds: Readonly<Record<Zone, pulumi.Output<string>>>;
    /** The blocks of those subnets, which also is where pods come from when they leave the cluster. */
    readonly nodeCidrs: readonly Cidr[];
    readonly apiSubnetId: pulumi.Output<string>;
    readonly databaseSubnetId: pulumi.Output<string>;
    readonly databaseCidr: Cidr;
    readonly endpointSubnetId: pulumi.Output<string>;
    readonly endpointCidr: Cidr;
    /** The block of the cloud's own gateways, whose subnet is made with them. */
    readonly gatewayCidr: Cidr;
    readonly resource: VirtualNetwork;
    /** What a further subnet has to wait for: Azure changes one subnet of a network at a time. */
    readonly lastSubnet: pulumi.Resource;
    /** Where databases get their names, linked to the network; a server has to wait for the link. */
    readonly databaseZone: { readonly zone: PrivateZone; readonly link: pulumi.Resource };
    /** The public addresses that traffic to the Internet comes from. */
    readonly egressAddresses: readonly pulumi.Output<string>[];
    /** Logs of everything in the site but the cluster. */
    readonly workspace: Workspace;
    private readonly privateZones: PrivateZones;

    constructor(name: string, args: AzureNetworkArgs, opts?: pulumi.ComponentResourceOptions) {
        super("platform:azure:Network", name, {}, opts);
        refuse(this, name, problemsOf(args));
        const { foundation, privateEndpoints } = args;
        const plan = planSubnets(args.cidr);
        const gatewayCidr = gatewayBlock(args.cidr);
        const scope = { foundation, opts: { parent: this } };

        const network = new VirtualNetwork(
            name,
            {
                resourceGroupName: foundation.resourceGroupName,
                location: foundation.region,
                addressSpace: { addressPrefixes: [args.cidr] },
                tags: foundation.tags,
            },
            // Azure would change it in place, and then refuse to move subnets that are in use.
            { parent: this, replaceOnChanges: ["addressSpace"] },
        );
        const gateways = makeGateways(name, args.highAvailability, scope);
        const subnets = makeSubnets(name, {
            ...scope,
            ...{ network, plan, gatewayCidr, gateways, privateEndpoints },
        });
        this.databaseZone = linkedZone(name, "database", databaseZoneName(name), network, scope);
        this.privateZones = new PrivateZones(name, { ...scope, network, privateEndpoints });
        this.workspace = new Workspace(
            `${name}-logs`,
            workspaceArgs(foundation, args.logRetention),
            { parent: this },
        );
        makeFlowLogs(name, { ...scope, network, retention: args.logRetention });

        this.networkId = network.id;
        this.cidr = args.cidr;
        this.nodeSubnetIds = subnets.nodes;
        this.nodeCidrs = Object.values(plan.nodes);
        this.apiSubnetId = subnets.api;
        this.databaseSubnetId = subnets.database;
        this.databaseCidr = plan.database;
        this.endpointSubnetId = subnets.endpoints;
        this.endpointCidr = plan.endpoints;
        this.gatewayCidr = gatewayCidr;
        this.resource = network;
        this.lastSubnet = subnets.last;
        this.egressAddresses = Object.values(gateways).map((gateway) => gateway.address);
        this.registerOutputs({ networkId: this.networkId });
    }

    /** Where a service's private endpoint gets its name; undefined for a service that is reached without one. */
    privateZone(service: PrivateService): PrivateZone | undefined {
        return this.privateZones.of(service);
    }
}

function problemsOf(args: AzureNetworkArgs): Problem[] {
    const problems = retentionProblems(args.logRetention);
    const prefix = prefixOf(args.cidr);
    if (prefix < 12 || prefix > 20) {
        problems.push({
            path: "cidr",
            value: args.cidr,
            message: "is not between /12 and /20",
            fix: "Choose a block such as 10.20.0.0/16",
        });
    }
    if (clashesWithCluster(args.cidr)) {
        problems.push({
            path: "cidr",
            value: args.cidr,
            message: `overlaps the addresses of pods (${POD_CIDR}) or services (${SERVICE_CIDR})`,
            fix: "Choose a block of 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16",
        });
    }
    return problems;
}

/**
 * The zone of the site's databases. Azure demands the ending, and a name that no server in it has.
 *
 * @see https://learn.microsoft.com/azure/postgresql/flexible-server/concepts-networking-private
 */
function databaseZoneName(name: string): string {
    return `${name}.private.postgres.database.azure.com`;
}
