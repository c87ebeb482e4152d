import * as pulumi from "@pulumi/pulumi";
import { Provider } from "@pulumi/aws/provider.js";
import { Provider as RandomProvider } from "@pulumi/random/provider.js";
import type { Foundation, FoundationArgs } from "../contracts/foundation.ts";
import { toTags } from "../lib/tags.ts";

/**
 * The account and region of a site: the AWS provider bound to both, with tags for everything it makes, and the random
 * provider for passwords.
 */
export class AwsFoundation extends pulumi.ComponentResource implements Foundation {
    readonly providers: readonly pulumi.ProviderResource[];
    /** The site's name, which physical names begin with. */
    readonly site: string;
    readonly region: string;
    readonly account: string;
    /** The tags on everything. Instances and volumes that AWS itself makes need them spelt out. */
    readonly tags: Readonly<Record<string, string>>;

    constructor(name: string, args: FoundationArgs, opts?: pulumi.ComponentResourceOptions) {
        super("platform:aws:Foundation", name, {}, opts);
        this.site = name;
        this.region = args.region;
        this.account = args.account;
        this.tags = toTags(args.tags);
        const aws = new Provider(
            name,
            {
                region: args.region,
                allowedAccountIds: [args.account],
                defaultTags: { tags: { ...this.tags } },
            },
            { parent: this },
        );
        const random = new RandomProvider(`${name}-random`, {}, { parent: this });
        this.providers = [aws, random];
        this.registerOutputs({ region: this.region, account: this.account });
    }
}
