import * as pulumi from "@pulumi/pulumi";
import { DnsManagedZoneIamMember } from "@pulumi/gcp/dns/dnsManagedZoneIamMember.js";
import { ManagedZone } from "@pulumi/gcp/dns/managedZone.js";
import { IAMCustomRole } from "@pulumi/gcp/projects/iamcustomRole.js";
import { IAMMember } from "@pulumi/gcp/projects/iammember.js";
import type { WorkloadIdentity } from "../contracts/cluster.ts";
import type { DnsZone, DnsZoneArgs } from "../contracts/dns-zone.ts";
import { type NameRule, compose } from "../lib/names.ts";
import type { GcpCluster } from "./cluster.ts";
import type { GcpFoundation } from "./foundation.ts";

export interface GcpDnsZoneArgs extends DnsZoneArgs {
    readonly foundation: GcpFoundation;
}

/** Leaves room for the random digits of a name that Google keeps for 37 days after its deletion. */
const ROLE_ID: NameRule = {
    kind: "custom role",
    min: 3,
    max: 57,
    separator: "_",
    see: "https://docs.cloud.google.com/iam/docs/creating-custom-roles",
};

/** What it takes to change records. Google's own role could delete the zone, too, and give it to others. */
const RECORD_PERMISSIONS = [
    "dns.changes.create",
    "dns.changes.get",
    "dns.changes.list",
    "dns.managedZones.get",
    "dns.resourceRecordSets.create",
    "dns.resourceRecordSets.delete",
    "dns.resourceRecordSets.get",
    "dns.resourceRecordSets.list",
    "dns.resourceRecordSets.update",
] as const;

/**
 * A public zone in Cloud DNS, signed (DNSSEC), whose queries are logged.
 *
 * Signatures count once the parent domain has the zone's DS record, which `gcloud dns dns-keys list` shows. Take that
 * record away before the zone is replaced, or its names resolve for nobody who checks signatures.
 *
 * An unprotected zone is deleted with the records that workloads have written into it. Costs 0.20 USD a month, and 0.40
 * USD for each million queries.
 */
export class GcpDnsZone extends pulumi.ComponentResource implements DnsZone<GcpCluster> {
    readonly domain: string;
    readonly nameServers: pulumi.Output<readonly string[]>;
    readonly externalDns: DnsZone["externalDns"];
    /** The zone itself. */
    readonly resource: ManagedZone;
    readonly #project: string;
    readonly #writer: IAMCustomRole;

    constructor(name: string, args: GcpDnsZoneArgs, opts?: pulumi.ComponentResourceOptions) {
        super("platform:gcp:DnsZone", name, {}, opts);
        const { foundation, domain } = args;
        const within = { parent: this };
        this.domain = domain;
        this.#project = foundation.project;
        this.resource = makeZone(name, args, within);
        this.#writer = recordWriter(name, foundation, within);
        this.nameServers = this.resource.nameServers;
        this.externalDns = {
            provider: { name: "google" },
            domainFilters: [domain],
            extraArgs: [
                `--google-project=${foundation.project}`,
                "--google-zone-visibility=public",
                pulumi.interpolate`--zone-id-filter=${this.resource.name}`,
            ],
        };
        this.registerOutputs({ nameServers: this.nameServers });
    }

    /** With the zone's name given, cert-manager looks for no other. */
    solver(): Readonly<Record<string, pulumi.Input<unknown>>> {
        return { cloudDNS: { project: this.#project, hostedZoneName: this.resource.name } };
    }

    grant(
        name: string,
        args: { readonly cluster: GcpCluster; readonly identity: WorkloadIdentity },
        opts?: pulumi.CustomResourceOptions,
    ): readonly pulumi.Resource[] {
        const { principal: member } = args.identity;
        const within = pulumi.mergeOptions({ parent: this }, opts);
        const records = new DnsManagedZoneIamMember(
            name,
            { managedZone: this.resource.name, role: this.#writer.name, member },
            within,
        );
        // Who looks for a zone has to see the project's others, too: Google lists all or none.
        const zones = new IAMMember(
            `${name}-zones`,
            { project: this.#project, role: "roles/dns.reader", member },
            within,
        );
        return [records, zones];
    }
}

function makeZone(
    name: string,
    { foundation, domain, deletionProtection }: GcpDnsZoneArgs,
    opts: pulumi.CustomResourceOptions,
): ManagedZone {
    return new ManagedZone(
        name,
        {
            dnsName: `${domain}.`,
            description: `Public names of ${domain}`,
            visibility: "public",
            dnssecConfig: { state: "on" },
            cloudLoggingConfig: { enableLogging: true },
            forceDestroy: !deletionProtection,
            deletionPolicy: deletionProtection ? "PREVENT" : "DELETE",
        },
        { ...opts, protect: deletionProtection, dependsOn: [foundation.apis.dns] },
    );
}

function recordWriter(
    name: string,
    foundation: GcpFoundation,
    opts: pulumi.CustomResourceOptions,
): IAMCustomRole {
    return new IAMCustomRole(
        name,
        {
            roleId: pulumi.interpolate`${compose(ROLE_ID, name)}_${foundation.suffix}`,
            title: `Changes records of ${name}`,
            permissions: [...RECORD_PERMISSIONS],
        },
        { ...opts, dependsOn: [foundation.apis.iam] },
    );
}
