import type * as pulumi from "@pulumi/pulumi";
import { Eip } from "@pulumi/aws/ec2/eip.js";
import { Protection } from "@pulumi/aws/shield/protection.js";
import { isAdvanced } from "../contracts/ddos.ts";
import type { DnsZone } from "../contracts/dns-zone.ts";
import type { EdgeArgs } from "../contracts/edge.ts";
import type { AwsCluster } from "./cluster.ts";
import { AwsDnsZone } from "./dns-zone.ts";
import type { BalancerAddresses } from "./edge-objects.ts";
import type { AwsFoundation } from "./foundation.ts";
import type { AwsNetwork } from "./network.ts";
import { ZONES } from "./subnets.ts";

/** What is put under Shield Advanced, and where. */
export interface ShieldArgs extends Pick<EdgeArgs, "gateway" | "reaches" | "ddosProtection"> {
    readonly foundation: AwsFoundation;
    readonly network: AwsNetwork;
    readonly zone?: DnsZone<AwsCluster>;
}

/** A public gateway under AWS Shield Advanced. */
export interface Shield {
    /** What a network load balancer has to be made with. The controller protects the others by itself. */
    readonly addresses?: BalancerAddresses;
    readonly protections: readonly pulumi.Resource[];
}

/**
 * Puts a public gateway under AWS Shield Advanced; undefined where it is not asked for.
 *
 * The site's zone is protected too: what cannot be looked up cannot be reached either. AWS refuses all of it where the
 * account is not subscribed, and before there is a balancer: the controller would only leave an unprotected one behind.
 *
 * @see https://docs.aws.amazon.com/waf/latest/developerguide/ddos-advanced-summary-protected-resources.html
 */
export function makeShield(
    name: string,
    args: ShieldArgs,
    parent: pulumi.Resource,
): Shield | undefined {
    if (!isAdvanced(args)) return undefined;
    const { gateway, foundation, network, zone } = args;
    const names = zone instanceof AwsDnsZone ? [protectZone(name, zone, parent)] : [];
    if (gateway === "cloud") return { protections: names };
    const made = ZONES.map((zone) => protectAddress(`${name}-${zone}`, foundation, parent));
    const allocations = made.map(({ address }) => address.allocationId);
    return {
        addresses: { subnets: network.publicSubnetIds, allocations },
        protections: [...names, ...made.map(({ protection }) => protection)],
    };
}

function protectZone(
    name: string,
    { zoneId }: AwsDnsZone,
    parent: pulumi.Resource,
): pulumi.Resource {
    const arn = zoneId.apply((id) => `arn:aws:route53:::hostedzone/${id}`);
    return protect(`${name}-zone`, arn, parent);
}

/**
 * An address that is protected, for a network load balancer: Shield Advanced knows no such balancer, and protects it by the
 * Elastic IPs that it has. A region has 5 of them unless the quota is raised, and NAT gateways take theirs of the same.
 */
function protectAddress(
    name: string,
    { region, account }: AwsFoundation,
    parent: pulumi.Resource,
): { readonly address: Eip; readonly protection: pulumi.Resource } {
    const address = new Eip(name, { domain: "vpc", tags: { Name: name } }, { parent });
    const arn = address.allocationId.apply(
        (id) => `arn:aws:ec2:${region}:${account}:eip-allocation/${id}`,
    );
    return { address, protection: protect(name, arn, parent) };
}

function protect(
    name: string,
    resourceArn: pulumi.Output<string>,
    parent: pulumi.Resource,
): Protection {
    return new Protection(name, { name, resourceArn, tags: { Name: name } }, { parent });
}
