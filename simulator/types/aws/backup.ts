import type { Draft, Properties, Refusal, SimName, TypeRule } from "../../table.ts";
import { arn, byArn, number, objects, text, trusts, unless } from "./common.ts";

const VAULT = "aws:backup/vault:Vault";
const PLAN = "aws:backup/plan:Plan";
const BAD = "api error InvalidParameterValueException:";

/** Backups have the ids of UUIDs. */
function uuid({ random }: Draft): string {
    return random(32).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

const named = {
    property: "name",
    pattern: /[a-zA-Z0-9_.-]+/,
    max: 50,
} as const satisfies SimName;

function checkRule(rule: Properties): Refusal[] {
    const schedule = text(rule, "schedule");
    const start = number(rule, "startWindow") ?? 480;
    const end = number(rule, "completionWindow") ?? 10_080;
    const cold = number(rule, "lifecycle.coldStorageAfter") ?? 0;
    const gone = number(rule, "lifecycle.deleteAfter") ?? 0;
    return [
        ...unless(
            schedule === undefined || /^(cron\(\S+( \S+){5}\)|rate\(\d+ \w+\))$/.test(schedule),
            `${BAD} Invalid cron expression: ${schedule}`,
            "rules",
        ),
        ...unless(
            start >= 60 && end >= start + 60,
            `${BAD} The completion window has to be at least 60 minutes longer than the start window of 60 minutes or more`,
            "rules",
        ),
        ...unless(
            gone === 0 || (Number.isInteger(gone) && gone > 0),
            `${BAD} Invalid lifecycle. DeleteAfterDays has to be a positive number`,
            "rules",
        ),
        ...unless(
            gone === 0 || cold === 0 || gone >= cold + 90,
            `${BAD} Invalid lifecycle. DeleteAfterDays cannot be less than 90 days apart from MoveToColdStorageAfterDays`,
            "rules",
        ),
    ];
}

/** Copies of data, when they are made and for how long they are kept. */
export const backup: Readonly<Record<string, TypeRule>> = {
    [VAULT]: {
        name: {
            ...named,
            pattern: /[a-zA-Z0-9_-]{2,}/,
            unique: "region",
            taken: (name) =>
                `api error AlreadyExistsException: Backup vault with the same name already exists: ${name}`,
        },
        references: [
            byArn("kmsKeyArn", "aws:kms/key:Key", (key) => `${BAD} Key ${key} does not exist`),
        ],
        immutable: ["name", "kmsKeyArn"],
        defaults: { forceDestroy: false },
        id: ({ inputs }) => text(inputs, "name") ?? "",
        outputs: (draft, _world, id) => ({
            arn: arn(draft, "backup", `backup-vault:${id}`),
            recoveryPoints: 0,
        }),
        seconds: { create: 3 },
    },
    [PLAN]: {
        required: ["rules", "rules[].ruleName", "rules[].targetVaultName"],
        name: { ...named, unique: "none" },
        references: [
            {
                path: "rules[].targetVaultName",
                to: [VAULT],
                by: "name",
                words: (name) => `${BAD} Backup vault does not exist: ${name}`,
            },
        ],
        immutable: ["name"],
        check: ({ inputs }) => objects(inputs, "rules").flatMap((rule) => checkRule(rule)),
        id: uuid,
        outputs: (draft, _world, id) => ({
            arn: arn(draft, "backup", `backup-plan:${id}`),
            version: draft.random(48),
        }),
        seconds: { create: 3 },
    },
    "aws:backup/selection:Selection": {
        required: ["iamRoleArn", "planId"],
        name: { ...named, unique: "path:planId" },
        references: [
            {
                path: "planId",
                to: [PLAN],
                words: (id) => `${BAD} Cannot find Backup plan with ID ${id}`,
            },
        ],
        immutable: ["*"],
        admit: ({ inputs }, world) => {
            const role = text(inputs, "iamRoleArn") ?? "";
            return unless(
                trusts(world, role, "backup.amazonaws.com"),
                `${BAD} IAM Role ${role} cannot be assumed by AWS Backup`,
            );
        },
        id: uuid,
        seconds: { create: 3 },
    },
};
