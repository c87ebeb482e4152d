import type * as pulumi from "@pulumi/pulumi";
import { GlobalAddress } from "@pulumi/gcp/compute/globalAddress.js";
import { GlobalForwardingRule } from "@pulumi/gcp/compute/globalForwardingRule.js";
import type { Network as Vpc } from "@pulumi/gcp/compute/network.js";
import { ManagedZone } from "@pulumi/gcp/dns/managedZone.js";
import { RecordSet } from "@pulumi/gcp/dns/recordSet.js";
import { type NameRule, compose } from "../lib/names.ts";
import type { GcpFoundation } from "./foundation.ts";
import { type Ranges, endpointAddress } from "./ranges.ts";

/** Domains of Google's services that the platform uses: APIs, Artifact Registry, and its older address. */
const DOMAINS = ["googleapis.com", "pkg.dev", "gcr.io"] as const;

/** The stricter rule for endpoints of Google's APIs: no hyphen, no automatic name. */
const ENDPOINT_NAME: NameRule = {
    kind: "Private Service Connect endpoint",
    max: 20,
    separator: "",
    see: "https://docs.cloud.google.com/vpc/docs/configure-private-service-connect-apis",
};

/**
 * A private address for all of Google's APIs in the network (Private Service Connect), and the names that lead to it.
 *
 * Images, secrets, logs and metrics then neither need nor use the way out to the Internet.
 */
export function privateGoogleApis(
    name: string,
    args: {
        readonly foundation: GcpFoundation;
        readonly network: Vpc;
        readonly ranges: Ranges;
    },
    opts: pulumi.CustomResourceOptions,
): void {
    const { foundation, network, ranges } = args;
    const address = new GlobalAddress(
        `${name}-google-apis`,
        {
            network: network.id,
            purpose: "PRIVATE_SERVICE_CONNECT",
            addressType: "INTERNAL",
            address: endpointAddress(ranges),
        },
        opts,
    );
    new GlobalForwardingRule(
        `${name}-google-apis`,
        {
            name: compose(ENDPOINT_NAME, name, "apis"),
            target: "all-apis",
            network: network.id,
            ipAddress: address.id,
            // Google wants it empty here, and takes a missing one for EXTERNAL.
            loadBalancingScheme: "",
            // The zones below answer for the names that clients use.
            noAutomateDnsZone: true,
        },
        // It takes the place of an address that only one can have.
        { ...opts, deleteBeforeReplace: true },
    );
    for (const domain of DOMAINS) {
        resolve(
            `${name}-${domain.replaceAll(".", "-")}`,
            domain,
            foundation,
            network,
            address,
            opts,
        );
    }
}

/** Lets a domain and all names below it resolve to the address, inside the network only. */
function resolve(
    name: string,
    domain: string,
    foundation: GcpFoundation,
    network: Vpc,
    address: GlobalAddress,
    opts: pulumi.CustomResourceOptions,
): void {
    const zone = new ManagedZone(
        name,
        {
            dnsName: `${domain}.`,
            description: "Leads to the private endpoint for Google's APIs",
            visibility: "private",
            privateVisibilityConfig: { networks: [{ networkUrl: network.id }] },
        },
        { ...opts, dependsOn: [foundation.apis.dns] },
    );
    const shared = { managedZone: zone.name, ttl: 300 };
    new RecordSet(
        name,
        { ...shared, name: `${domain}.`, type: "A", rrdatas: [address.address] },
        opts,
    );
    new RecordSet(
        `${name}-names`,
        { ...shared, name: `*.${domain}.`, type: "CNAME", rrdatas: [`${domain}.`] },
        opts,
    );
}
