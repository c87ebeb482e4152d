import { CustomResource } from "@pulumi/kubernetes/apiextensions/customResource.js";
import type * as pulumi from "@pulumi/pulumi";
import type { BackupRetention } from "../../contracts/queue.ts";
import { amount } from "../../lib/units.ts";
import type { Days } from "../../lib/units.ts";
import { applicationLabels } from "../labels.ts";
import type { Labels } from "../labels.ts";
import type { Within } from "../platform-namespace.ts";
import { SNAPSHOT_CLASS } from "../snapshot-class.ts";
import type { ServiceArgs, ServiceSpace } from "./service.ts";

/** A schedule of snapshots. Nobody publishes the type for TypeScript; this follows snapscheduler 3.5. */
export interface SnapshotSchedule {
    readonly apiVersion: "snapscheduler.backube/v1";
    readonly kind: "SnapshotSchedule";
    readonly metadata: {
        readonly name: string;
        readonly namespace: pulumi.Input<string>;
        readonly labels: Labels;
    };
    readonly spec: {
        /** Which claims of the namespace are copied. */
        readonly claimSelector: { readonly matchLabels: Labels };
        /** In the words of cron, UTC. */
        readonly schedule: string;
        /** After how many hours a snapshot is deleted. */
        readonly retention: { readonly expires: `${number}h` };
        readonly snapshotTemplate: { readonly labels: Labels; readonly snapshotClassName: string };
    };
}

/** The name of the schedule, which becomes part of the names of its snapshots: `CLAIM-daily-202611210200`. */
const DAILY = "daily";

/** Two in the morning UTC: databases begin at three, and everything is maintained from four. */
const AT_TWO = "0 2 * * *";

/** What is copied, and for how long it is kept. */
export interface VolumeBackupsArgs extends ServiceArgs {
    readonly backupRetention: BackupRetention;
    /** The labels that the service's operator gives to its claims. */
    readonly claims: Labels;
}

/** The schedule of a service's snapshots. */
export function scheduleManifest(
    namespace: pulumi.Input<string>,
    labels: Labels,
    claims: Labels,
    retention: Days,
): SnapshotSchedule {
    return {
        apiVersion: "snapscheduler.backube/v1",
        kind: "SnapshotSchedule",
        metadata: { name: DAILY, namespace, labels },
        spec: {
            claimSelector: { matchLabels: claims },
            schedule: AT_TWO,
            retention: { expires: `${amount(retention) * 24}h` },
            snapshotTemplate: { labels, snapshotClassName: SNAPSHOT_CLASS },
        },
    };
}

/**
 * Has the volumes of a service copied every day, if it has backups. Each copy is what a machine that lost power would find
 * on its disk; copies of several volumes are seconds apart.
 *
 * Without backups nothing is made, and the copies of a schedule that goes stay until somebody deletes them.
 */
export function backUpVolumes(
    name: string,
    args: VolumeBackupsArgs,
    space: ServiceSpace,
    within: Within,
): void {
    const { backupRetention, snapshots, tags, claims } = args;
    if (backupRetention === "none" || snapshots === undefined) return;
    const labels = applicationLabels(space.key, tags);
    const manifest = scheduleManifest(space.name, labels, claims, backupRetention);
    new CustomResource(`${name}-${DAILY}`, manifest, { ...within, dependsOn: [...snapshots] });
}
