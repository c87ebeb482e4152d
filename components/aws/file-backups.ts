import type * as pulumi from "@pulumi/pulumi";
import { Plan } from "@pulumi/aws/backup/plan.js";
import { Selection } from "@pulumi/aws/backup/selection.js";
import { Vault } from "@pulumi/aws/backup/vault.js";
import { BackupPolicy } from "@pulumi/aws/efs/backupPolicy.js";
import type { FileSystem } from "@pulumi/aws/efs/fileSystem.js";
import type { Days } from "../lib/units.ts";
import { amount } from "../lib/units.ts";
import { ServiceRole, serviceTrust } from "./iam.ts";

/** Which files are backed up, and how. */
export interface FileBackupsArgs {
    readonly fileSystem: FileSystem;
    /** The key that encrypts the backups. */
    readonly keyArn: pulumi.Output<string>;
    readonly backupRetention: Days;
    /** True if backups keep their vault from being deleted; else they go with it. */
    readonly deletionProtection: boolean;
}

/** 03:00 UTC, when databases are backed up too (G1.28). */
const SCHEDULE = "cron(0 3 * * ? *)";

/** Backs a file system up every night, each backup for as long as asked. */
export function backUp(name: string, args: FileBackupsArgs, parent: pulumi.Resource): void {
    const { fileSystem, deletionProtection } = args;
    // EFS's own backups are kept for 35 days, and are on by default in one zone.
    new BackupPolicy(
        name,
        { fileSystemId: fileSystem.id, backupPolicy: { status: "DISABLED" } },
        { parent },
    );
    const vault = new Vault(
        name,
        { kmsKeyArn: args.keyArn, forceDestroy: !deletionProtection, tags: { Name: name } },
        { parent, protect: deletionProtection },
    );
    const role = new ServiceRole(
        `${name}-backup`,
        {
            description: `Backups of ${name}`,
            // AWS Backup does not say on whose behalf it asks; it takes only roles of the account that asks it.
            trust: serviceTrust("backup.amazonaws.com"),
            managed: ["service-role/AWSBackupServiceRolePolicyForBackup"],
        },
        { parent },
    );
    const plan = new Plan(name, nightly(name, vault, args.backupRetention), { parent });
    new Selection(
        name,
        { planId: plan.id, iamRoleArn: role.arn, resources: [fileSystem.arn] },
        { parent, dependsOn: role },
    );
}

/** Each backup begins within an hour and ends within eight, or it counts as failed. */
function nightly(name: string, vault: Vault, retention: Days) {
    return {
        rules: [
            {
                ruleName: "nightly",
                targetVaultName: vault.name,
                schedule: SCHEDULE,
                startWindow: 60,
                completionWindow: 480,
                lifecycle: { deleteAfter: amount(retention) },
                recoveryPointTags: { Name: name },
            },
        ],
        tags: { Name: name },
    };
}
