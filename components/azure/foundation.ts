import * as pulumi from "@pulumi/pulumi";
import { getClientConfigOutput } from "@pulumi/azure-native/authorization/getClientConfig.js";
import { Provider } from "@pulumi/azure-native/provider.js";
import { ResourceGroup } from "@pulumi/azure-native/resources/resourceGroup.js";
import { Provider as RandomProvider } from "@pulumi/random/provider.js";
import type { Foundation, FoundationArgs } from "../contracts/foundation.ts";
import { toTags } from "../lib/tags.ts";

/**
 * The providers of a site on Azure and the resource group that everything in it lives in.
 *
 * Azure has no tags at provider level, so every component puts `tags` on each of its resources that takes them.
 *
 * Creates a resource group; it costs nothing.
 */
export class AzureFoundation extends pulumi.ComponentResource implements Foundation {
    readonly providers: readonly pulumi.ProviderResource[];
    readonly resourceGroup: ResourceGroup;
    readonly resourceGroupName: pulumi.Output<string>;
    readonly region: string;
    readonly subscriptionId: string;
    /** The Microsoft Entra tenant that the deploying identity belongs to. */
    readonly tenantId: pulumi.Output<string>;
    /** The object id of the identity that runs the stack. */
    readonly deployerId: pulumi.Output<string>;
    readonly tags: Readonly<Record<string, string>>;

    constructor(name: string, args: FoundationArgs, opts?: pulumi.ComponentResourceOptions) {
        super("platform:azure:Foundation", name, {}, opts);
        this.region = args.region;
        this.subscriptionId = args.account;
        this.tags = toTags(args.tags);

        const provider = new Provider(
            name,
            { subscriptionId: args.account, location: args.region },
            { parent: this },
        );
        this.providers = [provider, new RandomProvider(name, {}, { parent: this })];

        const client = getClientConfigOutput({ parent: this, provider });
        this.tenantId = client.tenantId;
        this.deployerId = client.objectId;
        this.resourceGroup = new ResourceGroup(
            name,
            { location: args.region, tags: this.tags },
            { parent: this, provider },
        );
        this.resourceGroupName = this.resourceGroup.name;
        this.registerOutputs({ resourceGroupName: this.resourceGroupName });
    }
}
