import type { Draft, Refusal, SimName, TypeRule, World } from "../../table.ts";
import {
    apiError,
    listAt,
    needs,
    numberAt,
    prevented,
    projectNumber,
    projectOf,
    refuseIf,
    textAt,
} from "./common.ts";
import { FILESTORE } from "./filestore.ts";

const API = "backupdr.googleapis.com";
const VAULT = "gcp:backupdisasterrecovery/backupVault:BackupVault";
const PLAN = "gcp:backupdisasterrecovery/backupPlan:BackupPlan";
const DAY = 24 * 60 * 60;

/** How many days the backups of a recurrence are kept. */
const RETENTION: Readonly<Record<string, readonly [number, number]>> = {
    HOURLY: [1, 90],
    DAILY: [1, 90],
    WEEKLY: [7, 186],
    MONTHLY: [30, 732],
    YEARLY: [365, 36_159],
};

function badRequest(message: string): string {
    return apiError(400, message, "badRequest");
}

function idOf(property: string): SimName {
    return {
        property,
        pattern: /[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?/,
        max: 63,
        auto: false,
        unique: "path:location",
        words: (id) =>
            badRequest(`Invalid resource ID '${id}': it must match [a-z][a-z0-9-]{0,62}`),
        taken: (id) => apiError(409, `Resource '${id}' already exists`, "alreadyExists"),
    };
}

function nameIn(kind: string, property: string) {
    return (draft: Draft): string =>
        `projects/${projectOf(draft)}/locations/${String(draft.inputs["location"])}/${kind}/${String(draft.inputs[property])}`;
}

/** The seconds of a duration as Google writes it: `86400s`. */
function secondsIn(duration: string | undefined): number {
    return Number(/^(\d+)s$/.exec(duration ?? "")?.[1] ?? 0);
}

const vault: TypeRule = {
    required: ["location", "backupVaultId", "backupMinimumEnforcedRetentionDuration"],
    name: idOf("backupVaultId"),
    immutable: ["location", "backupVaultId", "project", "encryptionConfig"],
    defaults: { accessRestriction: "WITHIN_ORGANIZATION" },
    check: ({ inputs }) => {
        const duration = textAt(inputs, "backupMinimumEnforcedRetentionDuration");
        return refuseIf(
            duration !== undefined && secondsIn(duration) < DAY,
            "backupMinimumEnforcedRetentionDuration",
            badRequest("Backup minimum enforced retention must be between 1 day and 99 years"),
        );
    },
    id: nameIn("backupVaults", "backupVaultId"),
    outputs: (draft, _world, id) => ({
        project: projectOf(draft),
        name: id,
        state: "ACTIVE",
        serviceAccount: `vault-${projectNumber(projectOf(draft))}-${draft.random(6, "0123456789")}@gcp-sa-backupdr-pr.iam.gserviceaccount.com`,
    }),
    refuseDelete: prevented,
    seconds: { create: 60 },
};

function checkRules({ inputs }: Draft): Refusal[] {
    return listAt(inputs, "backupRules").flatMap((rule, index) => {
        const at = `backupRules[${index}]`;
        const recurrence = textAt(rule, "standardSchedule.recurrenceType") ?? "";
        const [least = 1, most = 36_159] = RETENTION[recurrence] ?? [];
        const days = numberAt(rule, "backupRetentionDays") ?? least;
        const start = numberAt(rule, "standardSchedule.backupWindow.startHourOfDay") ?? 0;
        const end = numberAt(rule, "standardSchedule.backupWindow.endHourOfDay") ?? 24;
        return [
            ...refuseIf(
                days < least || days > most,
                `${at}.backupRetentionDays`,
                badRequest(
                    `Backup retention days must be between ${least} and ${most} for ${recurrence} backups`,
                ),
            ),
            ...refuseIf(
                end - start < 6,
                `${at}.standardSchedule.backupWindow`,
                badRequest("The backup window must be at least 6 hours long"),
            ),
        ];
    });
}

/** A plan never promises less than its vault enforces. */
function admitRules({ inputs }: Draft, world: World): Refusal[] {
    const standing = world.find([VAULT], inputs["backupVault"] ?? null);
    const enforced = secondsIn(textAt(standing?.inputs, "backupMinimumEnforcedRetentionDuration"));
    return listAt(inputs, "backupRules").flatMap((rule, index) =>
        refuseIf(
            (numberAt(rule, "backupRetentionDays") ?? 0) * DAY < enforced,
            `backupRules[${index}].backupRetentionDays`,
            badRequest(
                "Backup retention days must not be below the minimum enforced retention of the backup vault",
            ),
        ),
    );
}

const plan: TypeRule = {
    required: [
        "location",
        "backupPlanId",
        "resourceType",
        "backupVault",
        "backupRules[].ruleId",
        "backupRules[].backupRetentionDays",
        "backupRules[].standardSchedule.recurrenceType",
        "backupRules[].standardSchedule.timeZone",
    ],
    name: idOf("backupPlanId"),
    references: [{ path: "backupVault", to: [VAULT] }],
    immutable: ["location", "backupPlanId", "resourceType", "backupVault", "project"],
    check: checkRules,
    admit: admitRules,
    id: nameIn("backupPlans", "backupPlanId"),
    outputs: (draft, _world, id) => ({ project: projectOf(draft), name: id }),
    refuseDelete: prevented,
    seconds: { create: 15 },
};

const association: TypeRule = {
    required: ["location", "backupPlanAssociationId", "resourceType", "resource", "backupPlan"],
    name: idOf("backupPlanAssociationId"),
    references: [
        { path: "resource", to: [FILESTORE] },
        { path: "backupPlan", to: [PLAN], by: "name" },
    ],
    immutable: ["location", "backupPlanAssociationId", "resourceType", "resource", "project"],
    id: nameIn("backupPlanAssociations", "backupPlanAssociationId"),
    outputs: (draft, _world, id) => ({ project: projectOf(draft), name: id }),
    refuseDelete: prevented,
    seconds: { create: 30 },
};

/** Vaults, plans, and what is backed up by them. */
export const backupTypes: Readonly<Record<string, TypeRule>> = {
    [VAULT]: needs(API, vault),
    [PLAN]: needs(API, plan),
    "gcp:backupdisasterrecovery/backupPlanAssociation:BackupPlanAssociation": needs(
        API,
        association,
    ),
};
