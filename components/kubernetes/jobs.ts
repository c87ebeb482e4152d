import type * as pulumi from "@pulumi/pulumi";

/**
 * Annotations of a Job that runs once: one that failed is made anew by the next update. Without them the next one would
 * wait for the same failed Job again, for ever, until somebody deletes it by hand.
 *
 * @see https://www.pulumi.com/registry/packages/kubernetes/api-docs/batch/v1/job/
 */
export const AGAIN_AFTER_FAILURE = { "pulumi.com/replaceUnready": "true" } as const;

/** Seconds that the cluster gets to say that a Job's time is up, beyond that time. */
const SLACK = 60;

/**
 * Options of a Job that may take so many seconds. What it runs is decided when it is made: its pods are immutable, and what
 * stands in its name says when there has to be another one. Pulumi alone would give up after ten minutes, and the Job would
 * go on.
 */
export function jobOptions(
    deadline: number,
): Pick<pulumi.CustomResourceOptions, "ignoreChanges" | "customTimeouts"> {
    const limit = `${deadline + SLACK}s`;
    return {
        ignoreChanges: ["spec", "metadata.labels"],
        customTimeouts: { create: limit, update: limit },
    };
}
