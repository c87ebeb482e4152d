import { Zone } from "@pulumi/azure-native/dns/zone.js";
import { ResourceGroup } from "@pulumi/azure-native/resources/resourceGroup.js";
import * as pulumi from "@pulumi/pulumi";
import type { WorkloadIdentity } from "../contracts/cluster.ts";
import type { DnsZone, DnsZoneArgs } from "../contracts/dns-zone.ts";
import type { AzureCluster } from "./cluster.ts";
import type { AzureFoundation } from "./foundation.ts";
import { CLIENT_ID } from "./identities.ts";
import { grant } from "./roles.ts";

export interface AzureDnsZoneArgs extends DnsZoneArgs {
    readonly foundation: AzureFoundation;
}

/**
 * A public zone in Azure DNS, in a resource group of its own: external-dns looks for zones by listing a group, and may so
 * read all that is in it.
 *
 * `deletionProtection` is Pulumi's alone: a lock on the zone would keep controllers from deleting records. An unprotected
 * zone is deleted with all its records.
 *
 * Costs 0.50 USD a month, and 0.40 USD for each million queries.
 *
 * @see https://learn.microsoft.com/azure/dns/dns-protect-zones-recordsets
 */
export class AzureDnsZone extends pulumi.ComponentResource implements DnsZone<AzureCluster> {
    readonly domain: string;
    readonly nameServers: pulumi.Output<readonly string[]>;
    readonly externalDns: DnsZone["externalDns"];
    readonly resource: Zone;
    private readonly group: ResourceGroup;
    private readonly foundation: AzureFoundation;

    constructor(name: string, args: AzureDnsZoneArgs, opts?: pulumi.ComponentResourceOptions) {
        super("platform:azure:DnsZone", name, {}, opts);
        const { foundation, domain, deletionProtection } = args;
        const child = { parent: this, protect: deletionProtection };
        const group = new ResourceGroup(
            name,
            { location: foundation.region, tags: foundation.tags },
            child,
        );
        const zone = new Zone(
            name,
            {
                resourceGroupName: group.name,
                zoneName: domain,
                zoneType: "Public",
                location: "global",
                tags: foundation.tags,
            },
            { ...child, deleteBeforeReplace: true },
        );
        this.group = group;
        this.foundation = foundation;
        this.resource = zone;
        this.domain = domain;
        this.nameServers = zone.nameServers;
        this.externalDns = {
            provider: { name: "azure" },
            domainFilters: [domain],
            // Not secret; the chart has no other way to bring the file that external-dns reads.
            secretConfiguration: {
                enabled: true,
                mountPath: "/etc/kubernetes",
                data: { "azure.json": this.clientFile() },
            },
        };
        this.registerOutputs({ nameServers: this.nameServers });
    }

    /** @see https://cert-manager.io/docs/configuration/acme/dns01/azuredns/ */
    solver(identity: WorkloadIdentity): Readonly<Record<string, pulumi.Input<unknown>>> {
        return {
            azureDNS: {
                environment: "AzurePublicCloud",
                hostedZoneName: this.domain,
                resourceGroupName: this.group.name,
                subscriptionID: this.foundation.subscriptionId,
                managedIdentity: { clientID: identity.annotations[CLIENT_ID] },
            },
        };
    }

    grant(
        name: string,
        args: { readonly cluster: AzureCluster; readonly identity: WorkloadIdentity },
        opts?: pulumi.CustomResourceOptions,
    ): readonly pulumi.Resource[] {
        const child = { parent: this, ...opts };
        const common = {
            foundation: this.foundation,
            principalId: args.identity.principal,
            principalType: "ServicePrincipal" as const,
        };
        const change = { role: "dnsZoneContributor" as const, scope: this.resource.id };
        const find = { role: "reader" as const, scope: this.group.id };
        return [
            grant(name, { ...common, ...change }, child),
            grant(`${name}-group`, { ...common, ...find }, child),
        ];
    }

    /** @see https://kubernetes-sigs.github.io/external-dns/latest/docs/tutorials/azure/ */
    private clientFile(): pulumi.Output<string> {
        return pulumi.jsonStringify({
            tenantId: this.foundation.tenantId,
            subscriptionId: this.foundation.subscriptionId,
            resourceGroup: this.group.name,
            useWorkloadIdentityExtension: true,
        });
    }
}
