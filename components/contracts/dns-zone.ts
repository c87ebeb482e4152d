import type * as pulumi from "@pulumi/pulumi";
import type { Cluster, WorkloadIdentity } from "./cluster.ts";

/** A public DNS zone for the names of a site. */
export interface DnsZoneArgs {
    /** The zone's domain, like `aws.example.com`: lower case, no dot at the end. Changing it replaces the zone. */
    readonly domain: string;
    /** True if Pulumi refuses to delete the zone. Switch it off in a step of its own. */
    readonly deletionProtection: boolean;
}

/** A zone that stands. It answers once its name servers are entered at the parent domain. */
export interface DnsZone<C extends Cluster = Cluster> extends pulumi.ComponentResource {
    readonly domain: string;
    /** What the parent domain's NS record has to name. */
    readonly nameServers: pulumi.Output<readonly string[]>;
    /** The values of external-dns's chart for this zone and no other (`provider`, `extraArgs`, …). */
    readonly externalDns: Readonly<Record<string, pulumi.Input<unknown>>>;
    /** cert-manager's `solvers[].dns01` for this zone. */
    solver(identity: WorkloadIdentity): Readonly<Record<string, pulumi.Input<unknown>>>;
    /**
     * Lets a workload change records of this zone and of no other, with its own cloud identity.
     *
     * Returns the grants, which its pods have to wait for.
     */
    grant(
        name: string,
        args: { readonly cluster: C; readonly identity: WorkloadIdentity },
        opts?: pulumi.CustomResourceOptions,
    ): readonly pulumi.Resource[];
}
