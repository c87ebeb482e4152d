import { type Draft, type Refusal, type TypeRule, UNKNOWN, type World } from "../../table.ts";
import {
    apiError,
    isEnabled,
    listAt,
    needs,
    projectNumber,
    projectOf,
    refuseIf,
    textAt,
} from "./common.ts";
import { IDENTITY } from "./project.ts";

const ACCOUNT = "gcp:serviceaccount/account:Account";

/** Accounts that Google makes with an API, without being asked. */
const COMES_WITH_API: Readonly<Record<string, string>> = {
    "compute-system": "compute.googleapis.com",
    "gs-project-accounts": "storage.googleapis.com",
};

/** A service account in a grant must exist. Users and groups are not checked here, and principals never are. */
function checkMember(draft: Draft, world: World): Refusal[] {
    const member = textAt(draft.inputs, "member") ?? "";
    const email = /^serviceAccount:(.+)$/.exec(member)?.[1];
    if (email === undefined) return [];
    const domain = /@([^.]+)\./.exec(email)?.[1] ?? "";
    const project = projectOf(draft);
    const api = COMES_WITH_API[domain];
    const stands =
        world.find([ACCOUNT, IDENTITY], member, "member") !== undefined ||
        (api !== undefined &&
            isEnabled(api, project, world) &&
            email.startsWith(`service-${projectNumber(project)}@`));
    return refuseIf(
        !stands,
        "member",
        apiError(400, `Service account ${email} does not exist.`, "badRequest"),
    );
}

function checkMemberForm({ inputs }: Draft): Refusal[] {
    const member = textAt(inputs, "member");
    if (member === undefined) return [];
    const known = /^(?:(?:user|group|serviceAccount|domain):[^\s:]+|principal(?:Set)?:\/\/[^\s]+)$/;
    return refuseIf(
        !known.test(member),
        "member",
        `invalid value for member (IAM members must have one of the values outlined here: https://cloud.google.com/billing/docs/reference/rest/v1/Policy#Binding): ${member}`,
    );
}

/** A grant on something: its input that names it, and what that may be. */
export function iamMember(target: string, to: readonly string[], by?: string): TypeRule {
    return {
        repeatable: true,
        required: [target, "role", "member"],
        references: [{ path: target, to, by, blocks: false }],
        immutable: [target, "role", "member", "condition", "project", "location"],
        check: checkMemberForm,
        admit: checkMember,
        id: ({ inputs }) =>
            [inputs[target], inputs["role"], inputs["member"], textAt(inputs, "condition.title")]
                .filter((part) => part !== undefined)
                .map(String)
                .join("/"),
        outputs: ({ random }) => ({ etag: random(12) }),
        seconds: { create: 5, delete: 5 },
    };
}

const projectGrant: TypeRule = { ...iamMember("project", []), references: [] };

const account: TypeRule = {
    name: {
        property: "accountId",
        pattern: /[a-z](?:[-a-z0-9]{4,28}[a-z0-9])/,
        max: 30,
        words: (name) =>
            `"account_id" ("${name}") doesn't match regexp "^[a-z](?:[-a-z0-9]{4,28}[a-z0-9])$"`,
        taken: (name) =>
            apiError(409, `Service account ${name} already exists within project`, "alreadyExists"),
    },
    immutable: ["accountId", "project"],
    id: (draft) => `projects/${projectOf(draft)}/serviceAccounts/${emailOf(draft)}`,
    outputs: (draft, _world, id) => ({
        project: projectOf(draft),
        email: emailOf(draft),
        member: `serviceAccount:${emailOf(draft)}`,
        name: id,
        uniqueId: `1${draft.random(20, "0123456789")}`,
        disabled: false,
    }),
    seconds: { create: 3 },
};

function emailOf(draft: Draft): string {
    return `${String(draft.inputs["accountId"])}@${projectOf(draft)}.iam.gserviceaccount.com`;
}

/** A role of the project's own. Its id stays taken for a while after its deletion, which is left out here. */
const customRole: TypeRule = {
    required: ["roleId", "title", "permissions"],
    name: {
        property: "roleId",
        pattern: /[a-zA-Z0-9_.]{3,64}/,
        max: 64,
        auto: false,
        words: (id) =>
            apiError(
                400,
                `The role_id ${id} is invalid: it must match [a-zA-Z0-9_.]{3,64}`,
                "badRequest",
            ),
        taken: (id) =>
            apiError(409, `A role named ${id} in the project already exists.`, "alreadyExists"),
    },
    immutable: ["roleId", "project"],
    defaults: { stage: "GA" },
    check: ({ inputs }) =>
        listAt(inputs, "permissions")
            .map(String)
            .filter((permission) => permission !== UNKNOWN && !/^\w+\.\w+\.\w+$/.test(permission))
            .map((permission) => ({
                property: "permissions",
                reason: apiError(400, `Permission ${permission} is not valid.`, "badRequest"),
            })),
    id: (draft) => `projects/${projectOf(draft)}/roles/${String(draft.inputs["roleId"])}`,
    outputs: (draft, _world, id) => ({ project: projectOf(draft), name: id, deleted: false }),
    seconds: { create: 3 },
};

/** Service accounts, roles, and rights in the project. */
export const iamTypes: Readonly<Record<string, TypeRule>> = {
    "gcp:projects/iAMMember:IAMMember": needs("cloudresourcemanager.googleapis.com", projectGrant),
    [ACCOUNT]: needs("iam.googleapis.com", account),
    "gcp:projects/iAMCustomRole:IAMCustomRole": needs("iam.googleapis.com", customRole),
};
