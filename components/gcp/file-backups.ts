import * as pulumi from "@pulumi/pulumi";
import { BackupPlan } from "@pulumi/gcp/backupdisasterrecovery/backupPlan.js";
import { BackupPlanAssociation } from "@pulumi/gcp/backupdisasterrecovery/backupPlanAssociation.js";
import { BackupVault } from "@pulumi/gcp/backupdisasterrecovery/backupVault.js";
import type { Instance } from "@pulumi/gcp/filestore/instance.js";
import { type Days, amount } from "../lib/units.ts";
import type { GcpFoundation } from "./foundation.ts";

const FILES = "file.googleapis.com/Instance";

/** A day: the least that a vault keeps what is put into it, whoever wants it gone. */
const LOCKED = `${24 * 60 * 60}s`;

export interface FileBackupArgs {
    readonly foundation: GcpFoundation;
    readonly instance: Instance;
    readonly retention: Days;
}

/**
 * Backs a file system up every night, into a vault of its own.
 *
 * A vault can only be deleted once it is empty, and its backups only once they are old enough. It is therefore left to
 * Google when the stack goes: the backups expire by themselves, and an empty vault costs nothing.
 *
 * @see https://docs.cloud.google.com/backup-disaster-recovery/docs/cloud-console/filestore/filestore-instance-backup
 */
export function backUpDaily(
    name: string,
    { foundation, instance, retention }: FileBackupArgs,
    opts: pulumi.CustomResourceOptions,
): void {
    const { region: location, suffix } = foundation;
    const vault = new BackupVault(
        name,
        {
            location,
            // The vault of an earlier stack may still stand.
            backupVaultId: pulumi.interpolate`${name}-${suffix}`,
            description: `Backups of ${name}`,
            backupMinimumEnforcedRetentionDuration: LOCKED,
            accessRestriction: "WITHIN_ORGANIZATION",
            deletionPolicy: "ABANDON",
        },
        { ...opts, dependsOn: [foundation.onDemand.api("backups")] },
    );
    const plan = new BackupPlan(
        name,
        {
            location,
            backupPlanId: pulumi.interpolate`${name}-${suffix}`,
            description: `Backs ${name} up every night`,
            resourceType: FILES,
            backupVault: vault.id,
            backupRules: [nightly(retention)],
        },
        // Its id can only be taken once.
        { ...opts, deleteBeforeReplace: true },
    );
    new BackupPlanAssociation(
        name,
        {
            location,
            backupPlanAssociationId: pulumi.interpolate`${name}-${suffix}`,
            resourceType: FILES,
            resource: instance.id,
            backupPlan: plan.name,
        },
        { ...opts, deleteBeforeReplace: true },
    );
}

/** Six hours are the shortest window there is. */
function nightly(retention: Days) {
    return {
        ruleId: "daily",
        backupRetentionDays: amount(retention),
        standardSchedule: {
            recurrenceType: "DAILY",
            timeZone: "UTC",
            backupWindow: { startHourOfDay: 0, endHourOfDay: 6 },
        },
    };
}
