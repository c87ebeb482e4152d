import type * as pulumi from "@pulumi/pulumi";
import { Deployment } from "@pulumi/kubernetes/apps/v1/deployment.js";
import { StatefulSet } from "@pulumi/kubernetes/apps/v1/statefulSet.js";
import { CronJob } from "@pulumi/kubernetes/batch/v1/cronJob.js";
import { Job } from "@pulumi/kubernetes/batch/v1/job.js";
import type { input } from "@pulumi/kubernetes/types/index.js";
import { shortHash } from "../../lib/names.ts";
import type { ScheduleSettings } from "../../settings/application-types.ts";
import { AGAIN_AFTER_FAILURE, jobOptions } from "../jobs.ts";
import { selectorLabels } from "../labels.ts";
import type { Labels } from "../labels.ts";
import { rollingUpdate } from "../scaling.ts";
import { oncePod, pipelinePod, runningPod } from "./pod.ts";
import type { PodArgs } from "./pod.ts";
import { blockClaims, hasBlockVolumes } from "./volumes.ts";

/** The metadata of every object in the application's namespace. */
export interface Metadata {
    readonly name: string;
    readonly namespace: pulumi.Output<string>;
    readonly labels: Labels;
}

/** What makes the pods. */
export interface WorkloadArgs {
    readonly pod: PodArgs;
    readonly metadata: Metadata;
    /** True if block volumes outlive the application, until somebody deletes them in the cloud. */
    readonly keepVolumes: boolean;
}

/** The object that the autoscaler scales. */
export interface Scaled {
    readonly kind: "Deployment" | "StatefulSet";
    readonly name: string;
}

/** What runs all the time: a Deployment, or a StatefulSet where each pod has a volume of its own. */
export function makeRunning(
    name: string,
    { pod, metadata, keepVolumes }: WorkloadArgs,
    opts: pulumi.CustomResourceOptions,
): Scaled {
    const matchLabels = selectorLabels(pod.application);
    // No number of replicas stands here: the autoscaler owns it (G3.5).
    const spec = {
        revisionHistoryLimit: 5,
        selector: { matchLabels },
        template: runningPod(pod),
    };
    if (!hasBlockVolumes(pod.settings)) {
        const strategy = rollingUpdate(pod.settings.update);
        new Deployment(name, { metadata, spec: { ...spec, strategy } }, opts);
        return { kind: "Deployment", name: metadata.name };
    }
    new StatefulSet(
        name,
        {
            metadata,
            spec: {
                ...spec,
                serviceName: pod.application,
                podManagementPolicy: "Parallel",
                updateStrategy: { type: "RollingUpdate" },
                // Claims go with the namespace only: a StatefulSet that is replaced finds its volumes again.
                persistentVolumeClaimRetentionPolicy: {
                    whenDeleted: "Retain",
                    whenScaled: "Retain",
                },
                volumeClaimTemplates: blockClaims(pod.settings, keepVolumes),
            },
        },
        opts,
    );
    return { kind: "StatefulSet", name: metadata.name };
}

/** How often and how long a run is tried. */
function jobSpec(
    { retries, deadline }: Pick<ScheduleSettings, "retries" | "deadline">,
    template: input.core.v1.PodTemplateSpec,
): input.batch.v1.JobSpec {
    return {
        backoffLimit: retries,
        activeDeadlineSeconds: deadline,
        // A pod that is being taken away still runs: the next one waits until it is gone.
        podReplacementPolicy: "Failed",
        template,
    };
}

/** Kubernetes' words for what happens when the last run still runs. */
const OVERLAP = { forbid: "Forbid", replace: "Replace", allow: "Allow" } as const;

/**
 * What runs by a schedule.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/
 */
export function makeScheduled(
    name: string,
    { pod, metadata }: WorkloadArgs,
    schedule: ScheduleSettings,
    opts: pulumi.CustomResourceOptions,
): CronJob {
    const { settings } = pod;
    const template =
        settings.kind === "pipeline" ? pipelinePod(pod) : oncePod(pod, "job", settings);
    return new CronJob(
        name,
        {
            metadata,
            spec: {
                schedule: schedule.cron,
                timeZone: schedule.timeZone,
                concurrencyPolicy: OVERLAP[schedule.overlap],
                // A run that is missed by more is left out: after an outage of the control plane not all start at once.
                startingDeadlineSeconds: 600,
                successfulJobsHistoryLimit: 3,
                failedJobsHistoryLimit: 3,
                jobTemplate: {
                    metadata: { labels: metadata.labels },
                    spec: jobSpec(schedule, template),
                },
            },
        },
        opts,
    );
}

/** A release is tried again once: a lost node is no reason to stop, a migration that fails twice is. */
const RELEASE_RETRIES = 1;

/**
 * What runs once per release, before the first new pod.
 *
 * The names hold a digest of all that makes a release: another release is another Job, and nothing else, such as more
 * memory, runs the same one twice.
 */
export function makeRelease(
    name: string,
    { pod, metadata }: WorkloadArgs,
    opts: pulumi.CustomResourceOptions,
): Job | undefined {
    const { release, image, env, files } = pod.settings;
    if (release === undefined) return undefined;
    const digest = shortHash(JSON.stringify([image, env, files, release]), 8);
    return new Job(
        `${name}-release-${digest}`,
        {
            metadata: {
                ...metadata,
                name: `${pod.application}-release-${digest}`,
                annotations: AGAIN_AFTER_FAILURE,
            },
            spec: jobSpec(
                { retries: RELEASE_RETRIES, deadline: release.deadline },
                oncePod(pod, "release", release),
            ),
        },
        { ...opts, ...jobOptions(release.deadline) },
    );
}
