import type * as pulumi from "@pulumi/pulumi";
import type { Cidr } from "../lib/cidr.ts";
import type { Days } from "../lib/units.ts";

/** The private network of a site, with room for nodes, pods, databases and private endpoints. */
export interface NetworkArgs {
    /**
     * The block all subnets are derived from (G1.11): between /12 and /20, and overlapping no other site's (G1.10).
     *
     * Changing it later replaces the network and everything in it.
     */
    readonly cidr: Cidr;
    /**
     * True if the way out to the Internet survives the loss of a zone: a NAT gateway per zone on AWS, a zone-redundant
     * one on Azure. Google's Cloud NAT always does.
     */
    readonly highAvailability: boolean;
    /**
     * True if the cloud's own services are reached through private endpoints in the network instead of through NAT:
     * interface endpoints on AWS, private endpoints on Azure, Private Service Connect on Google Cloud.
     */
    readonly privateEndpoints: boolean;
    /** How long flow logs are kept. */
    readonly logRetention: Days;
}

/** A network that stands. What else a cloud's own components need of it lies in that cloud's class. */
export interface Network extends pulumi.ComponentResource {
    /** The cloud's id of the network. */
    readonly networkId: pulumi.Output<string>;
    /** The block the network was made from. */
    readonly cidr: Cidr;
}
