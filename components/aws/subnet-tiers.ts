import type * as pulumi from "@pulumi/pulumi";
import { NetworkAcl } from "@pulumi/aws/ec2/networkAcl.js";
import { Subnet } from "@pulumi/aws/ec2/subnet.js";
import { getAvailabilityZonesOutput } from "@pulumi/aws/getAvailabilityZones.js";
import { DATABASE_PORT } from "../contracts/database.ts";
import type { SubnetPlan, Tier, Zone } from "./subnets.ts";
import { CACHE_PORT, ZONES, perZone } from "./subnets.ts";

/** The subnets, by tier and zone. */
export type Subnets = Readonly<Record<Tier, Readonly<Record<Zone, Subnet>>>>;

/**
 * Zones in which EKS does not accept subnets.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/network-reqs.html#network-requirements-subnets
 */
const ZONES_WITHOUT_EKS = ["use1-az3", "usw1-az2", "cac1-az3"];

/** Tags by tier: load balancer controllers find their subnets by them (G1.16). */
const TIER_TAGS: Readonly<Record<Tier, Readonly<Record<string, string>>>> = {
    public: { Type: "public", "kubernetes.io/role/elb": "1" },
    private: { Type: "private", "kubernetes.io/role/internal-elb": "1" },
    database: { Type: "database" },
};

/**
 * Makes the subnets of all tiers. No tier gives out public addresses: load balancers and NAT gateways bring their own.
 */
export function makeSubnets(
    name: string,
    vpcId: pulumi.Input<string>,
    plan: SubnetPlan,
    parent: pulumi.Resource,
): Subnets {
    const zones = zoneNames(parent);
    const tier = (kind: Tier) =>
        perZone(
            (zone) =>
                new Subnet(
                    `${name}-${kind}-${zone}`,
                    {
                        vpcId,
                        cidrBlock: plan[kind][zone],
                        availabilityZone: zones[zone],
                        mapPublicIpOnLaunch: false,
                        tags: { Name: `${name}-${kind}-${zone}`, ...TIER_TAGS[kind] },
                    },
                    // A zone that AWS adds or takes out of service must not move, and so replace, subnets that stand.
                    { parent, ignoreChanges: ["availabilityZone"] },
                ),
        );
    return { public: tier("public"), private: tier("private"), database: tier("database") };
}

/** The names of the region's first three zones. Their number is fixed; only the names are looked up. */
function zoneNames(parent: pulumi.Resource): Readonly<Record<Zone, pulumi.Output<string>>> {
    const available = getAvailabilityZonesOutput(
        {
            state: "available",
            // Leaves out local and wavelength zones.
            filters: [{ name: "opt-in-status", values: ["opt-in-not-required"] }],
            excludeZoneIds: ZONES_WITHOUT_EKS,
        },
        { parent },
    );
    return perZone((zone, index) =>
        available.names.apply((names) => {
            const found = [...names].sort()[index];
            if (found !== undefined) return found;
            throw new Error(
                `zone ${zone}: the region has only ${names.length} zones that take EKS, not three`,
            );
        }),
    );
}

/**
 * A second lock around the database subnets besides their security groups (D7): in come connections of PostgreSQL and of
 * caches from the private subnets, out go the answers, and nothing else.
 */
export function guardDatabases(
    name: string,
    vpcId: pulumi.Input<string>,
    plan: SubnetPlan,
    subnets: Subnets["database"],
    parent: pulumi.Resource,
): void {
    const rule = (ruleNo: number, zone: Zone, fromPort: number, toPort: number) => ({
        ruleNo,
        action: "allow",
        protocol: "tcp",
        cidrBlock: plan.private[zone],
        fromPort,
        toPort,
    });
    new NetworkAcl(
        `${name}-database`,
        {
            vpcId,
            subnetIds: ZONES.map((zone) => subnets[zone].id),
            ingress: [DATABASE_PORT, CACHE_PORT].flatMap((port, service) =>
                ZONES.map((zone, index) =>
                    rule((service + 1) * 100 + index * 10, zone, port, port),
                ),
            ),
            // Answers go to the port that the client chose.
            egress: ZONES.map((zone, index) => rule(100 + index * 10, zone, 1024, 65_535)),
            tags: { Name: `${name}-database` },
        },
        { parent },
    );
}
