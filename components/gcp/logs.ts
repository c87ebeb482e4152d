import * as pulumi from "@pulumi/pulumi";
import { ProjectBucketConfig } from "@pulumi/gcp/logging/projectBucketConfig.js";
import { ProjectExclusion } from "@pulumi/gcp/logging/projectExclusion.js";
import { ProjectSink } from "@pulumi/gcp/logging/projectSink.js";
import { type Days, amount } from "../lib/units.ts";
import type { GcpFoundation } from "./foundation.ts";

export interface RetainedLogsArgs {
    readonly foundation: GcpFoundation;
    /** What the bucket holds, for the console. */
    readonly description: string;
    /** Which entries: a filter in Cloud Logging's query language. */
    readonly filter: pulumi.Input<string>;
    readonly retention: Days;
}

/**
 * Keeps some of the project's log entries for a time of their own, in a bucket of their own in the site's region.
 *
 * Without it they would lie in the project's `_Default` bucket, whose one retention all sites share. The exclusion
 * keeps them out of there, so that they are not stored and paid twice.
 */
export function retainLogs(
    name: string,
    args: RetainedLogsArgs,
    opts: pulumi.CustomResourceOptions,
): void {
    const { foundation, description, filter } = args;
    const bucket = new ProjectBucketConfig(
        name,
        {
            project: foundation.project,
            location: foundation.region,
            // Google keeps a deleted bucket's name for seven days.
            bucketId: pulumi.interpolate`${name}-${foundation.suffix}`,
            description,
            retentionDays: amount(args.retention),
        },
        { ...opts, dependsOn: [foundation.apis.logging] },
    );
    const sink = new ProjectSink(
        name,
        {
            destination: pulumi.interpolate`logging.googleapis.com/${bucket.id}`,
            description,
            filter,
        },
        opts,
    );
    new ProjectExclusion(
        name,
        { description: `Kept elsewhere: ${description}`, filter },
        { ...opts, dependsOn: [sink] },
    );
}
