import type * as pulumi from "@pulumi/pulumi";
import { Eip } from "@pulumi/aws/ec2/eip.js";
import type { InternetGateway } from "@pulumi/aws/ec2/internetGateway.js";
import { NatGateway } from "@pulumi/aws/ec2/natGateway.js";
import { Route } from "@pulumi/aws/ec2/route.js";
import { RouteTable } from "@pulumi/aws/ec2/routeTable.js";
import { RouteTableAssociation } from "@pulumi/aws/ec2/routeTableAssociation.js";
import type { Subnet } from "@pulumi/aws/ec2/subnet.js";
import type { Subnets } from "./subnet-tiers.ts";
import type { Zone } from "./subnets.ts";
import { ZONES, perZone } from "./subnets.ts";

const ANYWHERE = "0.0.0.0/0";

/** What the routes of a tier consist of. */
export interface Routes {
    readonly tables: readonly RouteTable[];
    /** The routes and associations: traffic flows once they stand. */
    readonly ready: readonly pulumi.Resource[];
}

/** Binds a subnet to a route table. */
function bind(
    name: string,
    table: RouteTable,
    subnet: Subnet,
    parent: pulumi.Resource,
): RouteTableAssociation {
    return new RouteTableAssociation(
        name,
        { routeTableId: table.id, subnetId: subnet.id },
        { parent },
    );
}

/** A route table without routes beyond the network's own. */
function routeTable(
    name: string,
    vpcId: pulumi.Input<string>,
    parent: pulumi.Resource,
): RouteTable {
    return new RouteTable(name, { vpcId, tags: { Name: name } }, { parent });
}

/** Routes the public subnets to the Internet. */
export function routePublic(
    name: string,
    vpcId: pulumi.Input<string>,
    subnets: Subnets["public"],
    internet: InternetGateway,
    parent: pulumi.Resource,
): Routes {
    const table = routeTable(`${name}-public`, vpcId, parent);
    const route = new Route(
        `${name}-public`,
        { routeTableId: table.id, destinationCidrBlock: ANYWHERE, gatewayId: internet.id },
        { parent },
    );
    const bound = ZONES.map((zone) => bind(`${name}-public-${zone}`, table, subnets[zone], parent));
    return { tables: [table], ready: [route, ...bound] };
}

/** Gives the database subnets a table without any route, so that nothing leads in or out of the network. */
export function routeDatabases(
    name: string,
    vpcId: pulumi.Input<string>,
    subnets: Subnets["database"],
    parent: pulumi.Resource,
): void {
    const table = routeTable(`${name}-database`, vpcId, parent);
    for (const zone of ZONES) bind(`${name}-database-${zone}`, table, subnets[zone], parent);
}

/**
 * Routes the private subnets out through NAT, one gateway per zone if the way out has to survive the loss of a zone
 * (G1.14), after the Internet gateway (G11.6).
 */
export function routePrivate(
    name: string,
    vpcId: pulumi.Input<string>,
    subnets: Subnets,
    internet: InternetGateway,
    highAvailability: boolean,
    parent: pulumi.Resource,
): Routes {
    const gateway = (zone: Zone) =>
        natGateway(`${name}-${zone}`, subnets.public[zone], internet, parent);
    const shared = gateway("a");
    const gateways = perZone((zone) =>
        zone === "a" || !highAvailability ? shared : gateway(zone),
    );
    const routes = ZONES.map((zone) => {
        const key = `${name}-private-${zone}`;
        const table = routeTable(key, vpcId, parent);
        const args = { routeTableId: table.id, destinationCidrBlock: ANYWHERE };
        const route = new Route(key, { ...args, natGatewayId: gateways[zone].id }, { parent });
        return { table, ready: [route, bind(key, table, subnets.private[zone], parent)] };
    });
    return {
        tables: routes.map(({ table }) => table),
        ready: routes.flatMap(({ ready }) => ready),
    };
}

/** A NAT gateway with its own fixed address. */
function natGateway(
    name: string,
    subnet: Subnets["public"][Zone],
    internet: InternetGateway,
    parent: pulumi.Resource,
): NatGateway {
    const address = new Eip(
        `${name}-nat`,
        { domain: "vpc", tags: { Name: `${name}-nat` } },
        { parent, dependsOn: internet },
    );
    return new NatGateway(
        `${name}-nat`,
        { allocationId: address.id, subnetId: subnet.id, tags: { Name: `${name}-nat` } },
        { parent, dependsOn: internet },
    );
}
