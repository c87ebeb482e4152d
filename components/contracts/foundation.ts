import type * as pulumi from "@pulumi/pulumi";
import type { Tags } from "../lib/tags.ts";

/** What a cloud wants before anything else can stand in it. */
export interface FoundationArgs {
    /**
     * The cloud's own name of the region: `eu-central-1`, `westeurope`, `europe-west3`.
     *
     * Changing it later replaces everything in the site.
     */
    readonly region: string;
    /**
     * Where the site is billed: AWS account id (12 digits), Azure subscription id (UUID) or Google Cloud project id.
     *
     * The provider refuses to run with credentials of another account, so a wrong login cannot touch the wrong one.
     */
    readonly account: string;
    /** Put on everything that takes tags or labels, in the cloud's allowed form. */
    readonly tags: Tags;
}

/** The explicit providers of a site, and what the cloud's other components share. */
export interface Foundation extends pulumi.ComponentResource {
    /** Every provider a site's components need; default providers are disabled in every stack. */
    readonly providers: readonly pulumi.ProviderResource[];
}
