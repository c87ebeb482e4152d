import type * as pulumi from "@pulumi/pulumi";
import type { Cluster } from "./cluster.ts";

/** A private registry for container images. */
export interface RegistryArgs {
    /** The images it holds, by name: lower-case letters, digits, `-` and `/`. */
    readonly repositories: readonly string[];
    /** True if a tag, once pushed, can never point to another image. On Azure a task locks new tags once an hour. */
    readonly immutableTags: boolean;
    /** How many images of each repository the clean-up leaves, newest first. */
    readonly keepImages: number;
    /** True if the cloud and Pulumi both refuse to delete the registry with its images. */
    readonly deletionProtection: boolean;
}

/** A registry that stands. */
export interface Registry<C extends Cluster = Cluster> extends pulumi.ComponentResource {
    /** What image names begin with: `<url>/<repository>:<tag>`. */
    readonly url: pulumi.Output<string>;
    /** The address of each repository, without a tag. */
    readonly addresses: Readonly<Record<string, pulumi.Output<string>>>;
    /** Lets the cluster's nodes pull, with their own cloud identity and no stored password. */
    grantPull(name: string, cluster: C, opts?: pulumi.CustomResourceOptions): void;
}
