import type * as pulumi from "@pulumi/pulumi";
import type { Cluster, WorkloadIdentity, WorkloadIdentityArgs } from "../../contracts/cluster.ts";
import type { DnsZone } from "../../contracts/dns-zone.ts";
import type { Within } from "../platform-namespace.ts";

/** An operator's identity in the cloud, with which it changes the records of one zone. */
interface ZoneWriter {
    readonly identity: WorkloadIdentity;
    /** Its pods wait for them. */
    readonly grants: readonly pulumi.Resource[];
}

/** Makes an identity for an operator, and lets it change the records of the zone and of no other. */
export function zoneWriter<C extends Cluster>(
    name: string,
    account: WorkloadIdentityArgs,
    { cluster, zone }: { readonly cluster: C; readonly zone: DnsZone<C> },
    { parent }: Within,
): ZoneWriter {
    // What is of the cloud uses the cloud's provider, not the cluster's.
    const opts = { parent };
    const identity = cluster.identity(name, account, opts);
    return { identity, grants: zone.grant(name, { cluster, identity }, opts) };
}
