import type { Draft, Refusal, TypeRule } from "../../table.ts";
import { apiError, mayUseKey, needs, prevented, projectOf, refuseIf, textAt } from "./common.ts";
import { iamMember } from "./iam.ts";

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

/** Registries, and who may pull. */
export const registryTypes: Readonly<Record<string, TypeRule>> = {
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
