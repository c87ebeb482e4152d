import { get } from "../../paths.ts";
import type { Draft, Instance, Refusal, TypeRule } from "../../table.ts";
import { arn, byArn, listed, number, objects, statements, text, unless } from "./common.ts";

const REPOSITORY = "aws:ecr/repository:Repository";
const SECRET = "aws:secretsmanager/secret:Secret";

const inRepository = {
    path: "repository",
    to: [REPOSITORY],
    by: "name",
    blocks: false,
    words: (name: string) =>
        `api error RepositoryNotFoundException: The repository with name '${name}' does not exist in the registry`,
} as const;

/** A policy on a repository is there once, under the repository's own name. */
const onRepository: TypeRule = {
    required: ["repository", "policy"],
    references: [inRepository],
    immutable: ["repository"],
    id: ({ inputs }) => text(inputs, "repository") ?? "",
    outputs: ({ scope }) => ({ registryId: scope.account }),
    seconds: { create: 2 },
};

/** Priorities are unique, and a rule for any image comes last. */
function checkLifecycle({ inputs }: Draft): Refusal[] {
    const policy = text(inputs, "policy");
    if (policy === undefined) return [];
    const rules = objects(JSON.parse(policy) as Draft["inputs"], "rules");
    const priorities = rules.map((rule) => number(rule, "rulePriority") ?? 0);
    const any = rules.findIndex((rule) => get(rule, "selection.tagStatus") === "any");
    const bad = "api error InvalidParameterException: Invalid parameter at 'LifecyclePolicyText'";
    return [
        ...unless(
            new Set(priorities).size === priorities.length,
            `${bad}: rulePriority must be unique`,
            "policy",
        ),
        ...unless(
            any === -1 || priorities[any] === Math.max(...priorities),
            `${bad}: a rule with tagStatus ANY must have the highest value for rulePriority`,
            "policy",
        ),
    ];
}

/** A resource policy may deny deletion to everyone. */
function denied({ outputs, id }: Instance): string | undefined {
    const deny = (statements(outputs["policy"]) ?? []).some(
        (statement) =>
            statement["Effect"] === "Deny" &&
            listed(statement["Action"]).includes("secretsmanager:DeleteSecret"),
    );
    if (!deny) return undefined;
    return `api error AccessDeniedException: not authorized to perform: secretsmanager:DeleteSecret on resource: ${id} with an explicit deny in a resource-based policy`;
}

/** Images and secrets. */
export const stores: Readonly<Record<string, TypeRule>> = {
    [REPOSITORY]: {
        name: {
            property: "name",
            pattern: /[a-z0-9]+(?:[._-][a-z0-9]+)*(?:\/[a-z0-9]+(?:[._-][a-z0-9]+)*)*/,
            max: 256,
            unique: "region",
            from: (name) => name.toLowerCase(),
            taken: (name) =>
                `api error RepositoryAlreadyExistsException: The repository with name '${name}' already exists in the registry`,
        },
        references: [
            byArn(
                "encryptionConfigurations[].kmsKey",
                "aws:kms/key:Key",
                (key) => `api error KmsException: Key '${key}' does not exist`,
            ),
        ],
        immutable: ["name", "encryptionConfigurations"],
        defaults: { imageTagMutability: "MUTABLE", forceDelete: false },
        check: ({ inputs }) => {
            const allowed = [
                "IMMUTABLE",
                "MUTABLE",
                "IMMUTABLE_WITH_EXCLUSION",
                "MUTABLE_WITH_EXCLUSION",
            ];
            const value = text(inputs, "imageTagMutability");
            return unless(
                value === undefined || allowed.includes(value),
                `expected image_tag_mutability to be one of [${allowed.join(" ")}], got ${value}`,
                "imageTagMutability",
            );
        },
        id: ({ inputs }) => text(inputs, "name") ?? "",
        outputs: (draft, _world, id) => ({
            arn: arn(draft, "ecr", `repository/${id}`),
            registryId: draft.scope.account,
            repositoryUrl: `${draft.scope.account}.dkr.ecr.${draft.scope.region}.amazonaws.com/${id}`,
        }),
        seconds: { create: 2 },
    },
    "aws:ecr/lifecyclePolicy:LifecyclePolicy": { ...onRepository, check: checkLifecycle },
    "aws:ecr/repositoryPolicy:RepositoryPolicy": onRepository,
    "aws:ecr/replicationConfiguration:ReplicationConfiguration": {
        id: ({ scope }) => scope.account,
        outputs: ({ scope }) => ({ registryId: scope.account }),
        seconds: { create: 2 },
    },
    [SECRET]: {
        name: {
            property: "name",
            pattern: /[A-Za-z0-9/_+=.@-]+/,
            max: 512,
            unique: "region",
            taken: (name) =>
                `api error ResourceExistsException: The operation failed because the secret ${name} already exists.`,
        },
        references: [
            byArn(
                "kmsKeyId",
                "aws:kms/key:Key",
                (key) => `api error InvalidRequestException: The KMS key ${key} does not exist`,
            ),
        ],
        immutable: ["name", "namePrefix", "type"],
        defaults: { recoveryWindowInDays: 30, forceOverwriteReplicaSecret: false },
        check: ({ inputs }) => {
            const days = number(inputs, "recoveryWindowInDays") ?? 30;
            return unless(
                days === 0 || (days >= 7 && days <= 30),
                `expected recovery_window_in_days to be one of 0 or in the range (7 - 30), got ${days}`,
                "recoveryWindowInDays",
            );
        },
        id: (draft) =>
            arn(
                draft,
                "secretsmanager",
                `secret:${text(draft.inputs, "name") ?? ""}-${draft.random(6, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")}`,
            ),
        outputs: (_draft, _world, id) => ({ arn: id }),
        refuseDelete: denied,
        takesAlong: ({ id }, world) =>
            world
                .all("aws:secretsmanager/secretVersion:SecretVersion")
                .filter(({ outputs }) => outputs["secretId"] === id),
        seconds: { create: 2 },
    },
    "aws:secretsmanager/secretVersion:SecretVersion": {
        required: ["secretId"],
        references: [
            {
                path: "secretId",
                to: [SECRET],
                blocks: false,
                words: () =>
                    "api error ResourceNotFoundException: Secrets Manager can't find the specified secret.",
            },
        ],
        immutable: ["secretId", "secretString", "secretBinary"],
        id: ({ inputs, random }) => `${text(inputs, "secretId") ?? ""}|terraform-${random(26)}`,
        outputs: ({ inputs, random }) => ({
            arn: text(inputs, "secretId") ?? "",
            versionId: `terraform-${random(26)}`,
            versionStages: ["AWSCURRENT"],
        }),
        secrets: ["secretString"],
        seconds: { create: 2 },
    },
};
