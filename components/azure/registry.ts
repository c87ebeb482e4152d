import { Registry as ContainerRegistry } from "@pulumi/azure-native/containerregistry/registry.js";
import * as pulumi from "@pulumi/pulumi";
import type { Registry, RegistryArgs } from "../contracts/registry.ts";
import { compose, shortHash } from "../lib/names.ts";
import type { AzureCluster } from "./cluster.ts";
import type { AzureFoundation } from "./foundation.ts";
import { AZURE_LIMITS } from "./limits.ts";
import { lock } from "./lock.ts";
import { sendLogs } from "./logs.ts";
import type { AzureNetwork } from "./network.ts";
import { privateLink } from "./private-link.ts";
import { makeTasks } from "./registry-tasks.ts";
import { grant } from "./roles.ts";

export interface AzureRegistryArgs extends RegistryArgs {
    readonly foundation: AzureFoundation;
    readonly network: AzureNetwork;
}

/**
 * A Premium container registry over all zones, reached only from the site's network. Repositories come into being with
 * their first push, which has to come from inside the network too.
 *
 * Azure has neither a clean-up by count nor immutable tags, so a task in the registry keeps house: every night it
 * deletes what exceeds `keepImages`, and with `immutableTags` every hour it locks new tags. Until then, an hour at
 * most, a tag can still be moved: deploy by digest. A registry whose network is closed lets its tasks in only after
 * this, once, which the API of this SDK cannot say:
 * `az resource update --ids REGISTRY_ID --api-version 2025-11-01 --set properties.networkRuleBypassAllowedForTasks=true`
 *
 * Its data is encrypted with Microsoft's keys. `deletionProtection` is a lock.
 *
 * Creates a registry, its task, and a private endpoint where the network has them; Premium is most of what it costs.
 *
 * @see https://learn.microsoft.com/azure/container-registry/
 */
export class AzureRegistry extends pulumi.ComponentResource implements Registry<AzureCluster> {
    readonly url: pulumi.Output<string>;
    readonly addresses: Readonly<Record<string, pulumi.Output<string>>>;
    readonly resource: ContainerRegistry;
    private readonly foundation: AzureFoundation;

    constructor(name: string, args: AzureRegistryArgs, opts?: pulumi.ComponentResourceOptions) {
        super("platform:azure:Registry", name, {}, opts);
        const { foundation, network } = args;
        const child = { parent: this };
        const registry = new ContainerRegistry(
            name,
            {
                registryName: registryName(name, foundation),
                resourceGroupName: foundation.resourceGroupName,
                location: foundation.region,
                sku: { name: "Premium" },
                zoneRedundancy: "Enabled",
                adminUserEnabled: false,
                anonymousPullEnabled: false,
                networkRuleBypassOptions: "AzureServices",
                policies: { retentionPolicy: { status: "enabled", days: 7 } },
                ...networkAccess(network),
                tags: foundation.tags,
            },
            { ...child, protect: args.deletionProtection, deleteBeforeReplace: true },
        );
        const service = "registry" as const;
        const logs = { resource: registry, workspaceId: network.workspace.id };
        const covered = [
            ...privateLink(name, { foundation, network, service, target: registry }, child),
            ...makeTasks(name, { ...args, registry }, child),
            sendLogs(name, logs, child),
        ];
        if (args.deletionProtection) lock(name, registry, covered, child);

        this.foundation = foundation;
        this.resource = registry;
        this.url = registry.loginServer;
        this.addresses = Object.fromEntries(
            args.repositories.map((path) => [path, pulumi.interpolate`${this.url}/${path}`]),
        );
        this.registerOutputs({ url: this.url });
    }

    grantPull(name: string, cluster: AzureCluster, opts?: pulumi.CustomResourceOptions): void {
        grant(
            name,
            {
                foundation: this.foundation,
                role: "acrPull",
                principalId: cluster.kubeletPrincipalId,
                principalType: "ServicePrincipal",
                scope: this.resource.id,
            },
            { parent: this, ...opts },
        );
    }
}

/** Letters and digits only, and unique in all of Azure (G1.46). */
function registryName(name: string, { subscriptionId, region }: AzureFoundation): string {
    return compose(AZURE_LIMITS.names.registry, name, shortHash(`${subscriptionId}/${region}`));
}

/** Without private endpoints the registry listens to the site's own way out, and to nobody else. */
function networkAccess(network: AzureNetwork) {
    if (network.privateZone("registry") !== undefined) {
        return { publicNetworkAccess: "Disabled", networkRuleSet: { defaultAction: "Deny" } };
    }
    const ipRules = network.egressAddresses.map((iPAddressOrRange) => ({
        action: "Allow",
        iPAddressOrRange,
    }));
    return { publicNetworkAccess: "Enabled", networkRuleSet: { defaultAction: "Deny", ipRules } };
}
