import type * as pulumi from "@pulumi/pulumi";
import { Address } from "@pulumi/gcp/compute/address.js";
import { GlobalAddress } from "@pulumi/gcp/compute/globalAddress.js";
import { RegionSslPolicy } from "@pulumi/gcp/compute/regionSslPolicy.js";
import { SSLPolicy } from "@pulumi/gcp/compute/sslpolicy.js";
import { Subnetwork } from "@pulumi/gcp/compute/subnetwork.js";
import type { Reach } from "../contracts/edge.ts";
import type { GcpFoundation } from "./foundation.ts";
import type { GcpNetwork } from "./network.ts";

/** Where a gateway is entered: a reserved address, so that names need not change when a balancer does. */
export interface Entrance {
    /** The address's name, by which GKE takes it. */
    readonly address: pulumi.Output<string>;
    /** The name of the policy that says which versions of TLS are taken. */
    readonly sslPolicy?: pulumi.Output<string>;
    readonly resources: readonly pulumi.Resource[];
}

interface Site {
    readonly foundation: GcpFoundation;
    readonly network: GcpNetwork;
}

/** TLS 1.2 and later, with forward secrecy and authenticated ciphers only. */
const TLS = { minTlsVersion: "TLS_1_2", profile: "RESTRICTED" } as const;

/** The entrance of a network load balancer, which lies in the site's region whatever its reach. */
export function balancerEntrance(
    name: string,
    reach: Reach,
    site: Site,
    opts: pulumi.CustomResourceOptions,
): Entrance {
    const { foundation } = site;
    const address =
        reach === "internal"
            ? internalAddress(name, "GCE_ENDPOINT", site, opts)
            : new Address(
                  name,
                  { region: foundation.region, addressType: "EXTERNAL", networkTier: "PREMIUM" },
                  { ...opts, dependsOn: [foundation.apis.compute] },
              );
    return { address: address.name, resources: [address] };
}

/** The entrance of an application load balancer: global from the internet, regional from inside. */
export function gatewayEntrance(
    name: string,
    reach: Reach,
    site: Site,
    opts: pulumi.CustomResourceOptions,
): Entrance {
    return reach === "internal"
        ? internalGateway(name, site, opts)
        : publicGateway(name, site, opts);
}

function publicGateway(
    name: string,
    { foundation }: Site,
    opts: pulumi.CustomResourceOptions,
): Entrance {
    const within = { ...opts, dependsOn: [foundation.apis.compute] };
    const address = new GlobalAddress(name, { addressType: "EXTERNAL" }, within);
    const policy = new SSLPolicy(name, TLS, within);
    return { address: address.name, sslPolicy: policy.name, resources: [address, policy] };
}

function internalGateway(name: string, site: Site, opts: pulumi.CustomResourceOptions): Entrance {
    const { foundation, network } = site;
    const { region } = foundation;
    // Its two listeners are two balancers to Google, which share the address.
    const address = internalAddress(name, "SHARED_LOADBALANCER_VIP", site, opts);
    const policy = new RegionSslPolicy(
        name,
        { region, ...TLS },
        { ...opts, dependsOn: [foundation.apis.compute] },
    );
    const proxies = new Subnetwork(
        `${name}-proxies`,
        {
            network: network.networkId,
            region,
            ipCidrRange: network.ranges.proxies,
            purpose: "REGIONAL_MANAGED_PROXY",
            role: "ACTIVE",
        },
        // A network has only one of them in a region.
        { ...opts, deleteBeforeReplace: true },
    );
    return {
        address: address.name,
        sslPolicy: policy.name,
        resources: [address, policy, proxies],
    };
}

function internalAddress(
    name: string,
    purpose: "GCE_ENDPOINT" | "SHARED_LOADBALANCER_VIP",
    { foundation, network }: Site,
    opts: pulumi.CustomResourceOptions,
): Address {
    return new Address(
        name,
        {
            region: foundation.region,
            addressType: "INTERNAL",
            purpose,
            subnetwork: network.subnetwork.id,
        },
        opts,
    );
}
