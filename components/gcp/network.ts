import * as pulumi from "@pulumi/pulumi";
import { Firewall } from "@pulumi/gcp/compute/firewall.js";
import { GlobalAddress } from "@pulumi/gcp/compute/globalAddress.js";
import { Network as Vpc } from "@pulumi/gcp/compute/network.js";
import { Router } from "@pulumi/gcp/compute/router.js";
import { RouterNat } from "@pulumi/gcp/compute/routerNat.js";
import { Subnetwork } from "@pulumi/gcp/compute/subnetwork.js";
import { Connection } from "@pulumi/gcp/servicenetworking/connection.js";
import type { Destination } from "../contracts/destination.ts";
import type { Network, NetworkArgs } from "../contracts/network.ts";
import type { Cidr } from "../lib/cidr.ts";
import type { Days } from "../lib/units.ts";
import { googleApis } from "./destinations.ts";
import type { GcpFoundation } from "./foundation.ts";
import { privateGoogleApis } from "./google-apis.ts";
import { retainLogs } from "./logs.ts";
import { type Ranges, rangesOf } from "./ranges.ts";

/** Names of the subnet's secondary ranges (G1.49). */
export const SECONDARY_RANGES = { pods: "gke-pods", services: "gke-services" } as const;

export interface GcpNetworkArgs extends NetworkArgs {
    readonly foundation: GcpFoundation;
}

/**
 * A custom-mode VPC with one regional subnet, whose pods and services have ranges of their own, all derived from the
 * site's block.
 *
 * Nothing in it has a public address: the way out is Cloud NAT, which spans the region's zones; Google's APIs are
 * reached privately; nothing is let in. Outgoing traffic is limited by the network policies of the namespaces, which
 * know who sends; firewall rules only know nodes. Databases lie in a network of Google's, peered with this one.
 *
 * Costs at defaults: Cloud NAT by the hour and by traffic, flow logs by volume (half of the flows are sampled).
 */
export class GcpNetwork extends pulumi.ComponentResource implements Network {
    readonly networkId: pulumi.Output<string>;
    readonly cidr: Cidr;
    readonly ranges: Ranges;
    /** The subnet that the cluster lies in. */
    readonly subnetwork: Subnetwork;
    /** The way out, which nodes need from their first minute. */
    readonly nat: RouterNat;
    /** Where pods have to be let out to, to use Google's APIs. */
    readonly googleApis: Destination;
    /** How long the logs of the network, and of what is reached through it, are kept. */
    readonly logRetention: Days;
    /** The peering that has to stand before the first database (G11.6), and the range it takes addresses from. */
    readonly databaseAccess: { readonly connection: Connection; readonly range: GlobalAddress };

    constructor(name: string, args: GcpNetworkArgs, opts?: pulumi.ComponentResourceOptions) {
        super("platform:gcp:Network", name, {}, opts);
        const within = { parent: this };
        this.cidr = args.cidr;
        this.ranges = rangesOf(args.cidr);
        this.googleApis = googleApis(this.ranges, args.privateEndpoints);
        this.logRetention = args.logRetention;

        const vpc = new Vpc(
            name,
            { autoCreateSubnetworks: false, routingMode: "REGIONAL" },
            { ...within, dependsOn: [args.foundation.apis.compute] },
        );
        this.networkId = vpc.id;
        this.subnetwork = makeSubnetwork(name, vpc, args.foundation.region, this.ranges, within);
        this.nat = makeNat(name, vpc, this.subnetwork, within);
        denyIngress(name, vpc, within);
        this.databaseAccess = peerDatabases(name, vpc, args.foundation, this.ranges, within);
        if (args.privateEndpoints) {
            privateGoogleApis(name, { network: vpc, ranges: this.ranges, ...args }, within);
        }
        retainLogs(
            `${name}-network`,
            {
                foundation: args.foundation,
                description: `Flow and firewall logs of ${name}`,
                filter: pulumi.interpolate`resource.type="gce_subnetwork" AND resource.labels.subnetwork_name="${this.subnetwork.name}"`,
                retention: args.logRetention,
            },
            within,
        );
        this.registerOutputs({ networkId: this.networkId });
    }
}

function makeSubnetwork(
    name: string,
    vpc: Vpc,
    region: string,
    ranges: Ranges,
    opts: pulumi.CustomResourceOptions,
): Subnetwork {
    const secondary = ["pods", "services"] as const;
    return new Subnetwork(
        name,
        {
            network: vpc.id,
            region,
            ipCidrRange: ranges.nodes,
            secondaryIpRanges: secondary.map((range) => ({
                rangeName: SECONDARY_RANGES[range],
                ipCidrRange: ranges[range],
            })),
            privateIpGoogleAccess: true,
            logConfig: {
                aggregationInterval: "INTERVAL_5_SEC",
                flowSampling: 0.5,
                metadata: "INCLUDE_ALL_METADATA",
            },
        },
        opts,
    );
}

function makeNat(
    name: string,
    vpc: Vpc,
    subnetwork: Subnetwork,
    opts: pulumi.CustomResourceOptions,
): RouterNat {
    const router = new Router(name, { network: vpc.id, region: subnetwork.region }, opts);
    return new RouterNat(
        name,
        {
            router: router.name,
            region: router.region,
            natIpAllocateOption: "AUTO_ONLY",
            sourceSubnetworkIpRangesToNat: "LIST_OF_SUBNETWORKS",
            subnetworks: [{ name: subnetwork.id, sourceIpRangesToNats: ["ALL_IP_RANGES"] }],
            // A node shares its ports among all its pods. With a fixed number, a busy node loses connections.
            enableDynamicPortAllocation: true,
            enableEndpointIndependentMapping: false,
            minPortsPerVm: 64,
            maxPortsPerVm: 4096,
            logConfig: { enable: true, filter: "ERRORS_ONLY" },
        },
        opts,
    );
}

/** Google denies unasked traffic anyway. Said aloud, it can be logged; GKE's own rules (priority 1000) go first. */
function denyIngress(name: string, vpc: Vpc, opts: pulumi.CustomResourceOptions): void {
    new Firewall(
        `${name}-deny-ingress`,
        {
            network: vpc.id,
            direction: "INGRESS",
            priority: 65_534,
            denies: [{ protocol: "all" }],
            sourceRanges: ["0.0.0.0/0"],
            logConfig: { metadata: "INCLUDE_ALL_METADATA" },
        },
        opts,
    );
}

/**
 * Private services access (G1.57).
 *
 * Cloud SQL holds the peering for up to four days after the last database is gone, so that deleting it fails right
 * then. It is therefore left to the network. Where Google does not delete a network that is still peered,
 * `gcloud compute networks peerings delete servicenetworking-googleapis-com --network NAME` takes the peering away, and
 * a second destroy the network. A later provider does so itself (`REMOVE_PEERING`); that of @pulumi/gcp 9.37 does not
 * know how.
 *
 * @see https://github.com/GoogleCloudPlatform/magic-modules/pull/18476
 */
function peerDatabases(
    name: string,
    vpc: Vpc,
    foundation: GcpFoundation,
    ranges: Ranges,
    opts: pulumi.CustomResourceOptions,
): GcpNetwork["databaseAccess"] {
    const [address, prefix] = ranges.databases.split("/");
    const range = new GlobalAddress(
        `${name}-databases`,
        {
            network: vpc.id,
            purpose: "VPC_PEERING",
            addressType: "INTERNAL",
            address,
            prefixLength: Number(prefix),
        },
        opts,
    );
    const connection = new Connection(
        `${name}-databases`,
        {
            network: vpc.id,
            service: "servicenetworking.googleapis.com",
            reservedPeeringRanges: [range.name],
            deletionPolicy: "ABANDON",
        },
        { ...opts, dependsOn: [foundation.apis.serviceNetworking] },
    );
    return { connection, range };
}
