import type { Draft, InvokeRule, Refusal, TypeRule, World } from "../../table.ts";
import {
    apiError,
    isEnabled,
    mayUseKey,
    nameOf,
    needs,
    notEnabled,
    plainName,
    prevented,
    projectNumber,
    projectOf,
    refuseIf,
    textAt,
} from "./common.ts";

const IDENTITY = "gcp:projects/serviceIdentity:ServiceIdentity";
const ACCOUNT = "gcp:serviceaccount/account:Account";

/** Domains of the accounts that Google's services act with. */
const AGENTS: Readonly<Record<string, string>> = {
    "artifactregistry.googleapis.com": "gcp-sa-artifactregistry",
    "container.googleapis.com": "container-engine-robot",
    "secretmanager.googleapis.com": "gcp-sa-secretmanager",
    "sqladmin.googleapis.com": "gcp-sa-cloud-sql",
};

/** Accounts that Google makes with an API, without being asked. */
const COMES_WITH_API: Readonly<Record<string, string>> = {
    "compute-system": "compute.googleapis.com",
};

function agentOf(draft: Draft): string {
    const domain = AGENTS[String(draft.inputs["service"])];
    return `service-${projectNumber(projectOf(draft))}@${domain}.iam.gserviceaccount.com`;
}

const service: TypeRule = {
    repeatable: true,
    required: ["service"],
    immutable: ["service", "project"],
    defaults: { disableOnDestroy: false },
    check: ({ inputs }) => {
        const name = textAt(inputs, "service");
        return refuseIf(
            name !== undefined && !/^[a-z0-9.-]+\.googleapis\.com$/.test(name),
            "service",
            apiError(404, `Not found or permission denied for service(s): ${name}.`, "notFound"),
        );
    },
    id: (draft) => `${projectOf(draft)}/${String(draft.inputs["service"])}`,
    outputs: (draft) => ({ project: projectOf(draft) }),
    seconds: { create: 30, update: 1, delete: 1 },
};

const serviceIdentity: TypeRule = {
    repeatable: true,
    required: ["service"],
    immutable: ["service", "project"],
    admit: (draft, world) => {
        const api = String(draft.inputs["service"]);
        if (!isEnabled(api, projectOf(draft), world)) {
            return [{ reason: notEnabled(api, projectOf(draft)) }];
        }
        const words = `Service ${api} does not support service identities`;
        return refuseIf(!(api in AGENTS), "service", apiError(400, words, "badRequest"));
    },
    id: (draft) => `projects/${projectOf(draft)}/services/${String(draft.inputs["service"])}`,
    outputs: (draft) => ({
        project: projectOf(draft),
        email: agentOf(draft),
        member: `serviceAccount:${agentOf(draft)}`,
    }),
    seconds: { create: 3, delete: 0 },
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

const keyRing: TypeRule = {
    required: ["location"],
    name: plainName("name", 63, "path:location"),
    immutable: ["name", "location", "project"],
    id: (draft) =>
        `projects/${projectOf(draft)}/locations/${String(draft.inputs["location"])}/keyRings/${nameOf(draft)}`,
    outputs: (draft) => ({ project: projectOf(draft) }),
    seconds: { create: 3, delete: 0 },
};

const DAY = 24 * 60 * 60;

const cryptoKey: TypeRule = {
    required: ["keyRing"],
    name: plainName("name", 63, "path:keyRing"),
    references: [
        {
            path: "keyRing",
            to: ["gcp:kms/keyRing:KeyRing"],
            words: (ring) => apiError(404, `KeyRing ${ring} not found.`, "notFound"),
            // A ring cannot be deleted at all: the provider only forgets it.
            blocks: false,
        },
    ],
    immutable: ["name", "keyRing", "purpose", "importOnly", "destroyScheduledDuration"],
    defaults: { purpose: "ENCRYPT_DECRYPT", destroyScheduledDuration: "2592000s" },
    check: ({ inputs }) => {
        const period = textAt(inputs, "rotationPeriod");
        if (period === undefined) return [];
        const seconds = Number(/^(\d+(?:\.\d{1,9})?)s$/.exec(period)?.[1] ?? 0);
        return refuseIf(
            seconds <= DAY,
            "rotationPeriod",
            `rotation period must be greater than ${DAY}s, got ${period}`,
        );
    },
    id: (draft) => `${String(draft.inputs["keyRing"])}/cryptoKeys/${nameOf(draft)}`,
    outputs: (_draft, _world, id) => ({
        primaries: [{ name: `${id}/cryptoKeyVersions/1`, state: "ENABLED" }],
    }),
    refuseDelete: prevented,
    seconds: { create: 3, delete: 3 },
};

const logBucket: TypeRule = {
    required: ["project", "location", "bucketId"],
    name: {
        property: "bucketId",
        pattern: /[a-zA-Z0-9_][a-zA-Z0-9_.-]{0,99}/,
        max: 100,
        auto: false,
        unique: "path:location",
    },
    immutable: ["project", "location", "bucketId"],
    defaults: { retentionDays: 30 },
    check: ({ inputs }) => {
        const days = inputs["retentionDays"];
        const wrong = typeof days === "number" && (days < 1 || days > 3650);
        const words = "Retention days must be between 1 and 3650";
        return refuseIf(wrong, "retentionDays", apiError(400, words, "badRequest"));
    },
    id: ({ inputs }) =>
        `projects/${String(inputs["project"])}/locations/${String(inputs["location"])}/buckets/${String(inputs["bucketId"])}`,
    outputs: (_draft, _world, id) => ({ name: id, lifecycleState: "ACTIVE" }),
    seconds: { create: 5 },
};

const sink: TypeRule = {
    required: ["destination"],
    name: plainName("name", 100, "account"),
    immutable: ["name", "project", "uniqueWriterIdentity"],
    defaults: { uniqueWriterIdentity: true },
    admit: ({ inputs }, world) => {
        const destination = String(inputs["destination"]);
        const bucket = /^logging\.googleapis\.com\/(.+\/buckets\/.+)$/.exec(destination)?.[1];
        const missing =
            bucket !== undefined &&
            world.find(["gcp:logging/projectBucketConfig:ProjectBucketConfig"], bucket) ===
                undefined;
        const words = `Sink destination does not exist: ${destination}`;
        return refuseIf(missing, "destination", apiError(404, words, "notFound"));
    },
    id: (draft) => `projects/${projectOf(draft)}/sinks/${nameOf(draft)}`,
    outputs: (draft) => ({
        project: projectOf(draft),
        writerIdentity: `serviceAccount:service-${projectNumber(projectOf(draft))}@gcp-sa-logging.iam.gserviceaccount.com`,
    }),
    seconds: { create: 3 },
};

const exclusion: TypeRule = {
    required: ["filter"],
    name: plainName("name", 100, "account"),
    immutable: ["name", "project"],
    id: (draft) => `projects/${projectOf(draft)}/exclusions/${nameOf(draft)}`,
    outputs: (draft) => ({ project: projectOf(draft) }),
    seconds: { create: 3 },
};

const repository: TypeRule = {
    required: ["repositoryId", "format"],
    name: {
        property: "repositoryId",
        pattern: /[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?/,
        max: 63,
        auto: false,
        unique: "path:location",
        words: (name) =>
            apiError(
                400,
                `Invalid repository ID "${name}": it must start with a letter, end with a letter or number, and contain only lowercase letters, numbers, and hyphens`,
                "badRequest",
            ),
        taken: () => apiError(409, "the repository already exists", "alreadyExists"),
    },
    references: [
        {
            path: "kmsKeyName",
            to: ["gcp:kms/cryptoKey:CryptoKey"],
            words: (key) => apiError(404, `CryptoKey ${key} not found.`, "notFound"),
            blocks: false,
        },
    ],
    immutable: ["repositoryId", "location", "format", "kmsKeyName", "mode", "project"],
    defaults: { mode: "STANDARD_REPOSITORY" },
    check: checkCleanup,
    admit: ({ inputs }, world) =>
        mayUseKey(textAt(inputs, "kmsKeyName"), "gcp-sa-artifactregistry", "kmsKeyName", world),
    id: (draft) =>
        `projects/${projectOf(draft)}/locations/${locationOf(draft)}/repositories/${String(draft.inputs["repositoryId"])}`,
    outputs: (draft) => ({
        project: projectOf(draft),
        location: locationOf(draft),
        name: String(draft.inputs["repositoryId"]),
        registryUri: `${locationOf(draft)}-docker.pkg.dev/${projectOf(draft)}/${String(draft.inputs["repositoryId"])}`,
    }),
    refuseDelete: prevented,
    seconds: { create: 12 },
};

function locationOf(draft: Draft): string {
    return textAt(draft.inputs, "location") ?? draft.scope.region;
}

function checkCleanup({ inputs }: Draft): Refusal[] {
    const policies = inputs["cleanupPolicies"];
    if (!Array.isArray(policies)) return [];
    return policies.flatMap((policy, index) => {
        const recent = textAt(policy, "action") === "DELETE" && hasRecent(policy);
        const words = "most_recent_versions may only be specified with a Keep action";
        return refuseIf(
            recent,
            `cleanupPolicies[${index}].mostRecentVersions`,
            apiError(400, words, "badRequest"),
        );
    });
}

function hasRecent(policy: unknown): boolean {
    return typeof policy === "object" && policy !== null && "mostRecentVersions" in policy;
}

/** Projects, identities, keys, logs and registries. */
export const projectTypes: Readonly<Record<string, TypeRule>> = {
    "gcp:projects/service:Service": service,
    [IDENTITY]: serviceIdentity,
    "gcp:projects/iAMMember:IAMMember": needs("cloudresourcemanager.googleapis.com", projectGrant),
    [ACCOUNT]: needs("iam.googleapis.com", account),
    "gcp:kms/keyRing:KeyRing": needs("cloudkms.googleapis.com", keyRing),
    "gcp:kms/cryptoKey:CryptoKey": needs("cloudkms.googleapis.com", cryptoKey),
    "gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember": iamMember("cryptoKeyId", [
        "gcp:kms/cryptoKey:CryptoKey",
    ]),
    "gcp:logging/projectBucketConfig:ProjectBucketConfig": needs(
        "logging.googleapis.com",
        logBucket,
    ),
    "gcp:logging/projectSink:ProjectSink": needs("logging.googleapis.com", sink),
    "gcp:logging/projectExclusion:ProjectExclusion": needs("logging.googleapis.com", exclusion),
    "gcp:artifactregistry/repository:Repository": needs(
        "artifactregistry.googleapis.com",
        repository,
    ),
    "gcp:artifactregistry/repositoryIamMember:RepositoryIamMember": iamMember(
        "repository",
        ["gcp:artifactregistry/repository:Repository"],
        "name",
    ),
};

/** The project itself: only its number is of interest. */
export const getProject: InvokeRule = (args, scope, world) => {
    const project = typeof args["projectId"] === "string" ? args["projectId"] : scope.account;
    const api = "cloudresourcemanager.googleapis.com";
    if (!isEnabled(api, project, world)) throw new Error(notEnabled(api, project));
    return {
        id: `projects/${project}`,
        projectId: project,
        name: project,
        number: projectNumber(project),
    };
};
