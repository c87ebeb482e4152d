import { UNKNOWN, type Example, type StackExample } from "../example.ts";

const ECR = "aws:ecr/repository:Repository";
const ACR = "azure-native:containerregistry:Registry";
const ARTIFACT_REGISTRY = "gcp:artifactregistry/repository:Repository";

export const lifecycleExamples: Record<string, readonly Example[]> = {
    "registry-lifecycle": [
        {
            type: "aws:ecr/repositoryCreationTemplate:RepositoryCreationTemplate",
            good: { prefix: "ROOT", lifecyclePolicy: '{"rules":[]}' },
            breaks: [
                {
                    title: "repositories made from it have no policy",
                    set: ["lifecyclePolicy", undefined],
                    at: ["lifecyclePolicy"],
                },
            ],
            undecided: "lifecyclePolicy",
        },
        {
            type: ARTIFACT_REGISTRY,
            good: {
                format: "DOCKER",
                cleanupPolicies: [
                    { id: "old", action: "DELETE" },
                    { id: "new", action: "KEEP" },
                ],
            },
            breaks: [
                {
                    title: "there are no policies",
                    set: ["cleanupPolicies", undefined],
                    at: ["cleanupPolicies"],
                },
                {
                    title: "policies only keep",
                    set: ["cleanupPolicies", [{ id: "new", action: "KEEP" }]],
                    at: ["cleanupPolicies"],
                },
                {
                    title: "policies are only tried",
                    set: ["cleanupPolicyDryRun", true],
                    at: ["cleanupPolicyDryRun"],
                },
            ],
            undecided: "cleanupPolicies",
        },
        {
            type: ARTIFACT_REGISTRY,
            good: { format: "DOCKER", mode: "VIRTUAL_REPOSITORY" },
            breaks: [],
            undecided: "mode",
        },
    ],
};

/** A task of Azure that runs a command. */
function taskFile(command: string): string {
    return Buffer.from(`version: v1.1.0\nsteps:\n  - cmd: ${command}\n`).toString("base64");
}

export const lifecycleStackExamples: Record<string, readonly StackExample[]> = {
    "registry-lifecycle": [
        {
            title: "a repository with its policy",
            good: [
                { name: "app", type: ECR, inputs: {} },
                {
                    name: "old",
                    type: "aws:ecr/lifecyclePolicy:LifecyclePolicy",
                    inputs: { repository: UNKNOWN, policy: "{}" },
                    references: { repository: ["app"] },
                },
            ],
            breaks: [
                { title: "there is no policy", remove: "old", at: [["app", ""]] },
                {
                    title: "the policy is another repository's",
                    set: ["old", "repository", "another"],
                    at: [["app", ""]],
                },
            ],
            undecided: ["old", "repository"],
        },
        {
            title: "a registry of Azure that deletes what is untagged",
            good: [
                {
                    name: "images",
                    type: ACR,
                    inputs: { policies: { retentionPolicy: { status: "enabled", days: 7 } } },
                },
            ],
            breaks: [
                {
                    title: "it deletes nothing",
                    set: ["images", "policies.retentionPolicy.status", "disabled"],
                    at: [["images", "policies.retentionPolicy.status"]],
                },
                {
                    title: "nothing is said, and it deletes nothing by default",
                    set: ["images", "policies", undefined],
                    at: [["images", "policies.retentionPolicy.status"]],
                },
            ],
            undecided: ["images", "policies.retentionPolicy.status"],
        },
        {
            title: "a registry of Azure with a task that purges",
            good: [
                { name: "images", type: ACR, inputs: { sku: { name: "Basic" } } },
                {
                    name: "purge",
                    type: "azure-native:containerregistry:Task",
                    inputs: {
                        registryName: UNKNOWN,
                        step: {
                            type: "EncodedTask",
                            encodedTaskContent: taskFile("acr purge --filter 'app:.*' --ago 30d"),
                        },
                        trigger: { timerTriggers: [{ name: "daily", schedule: "0 1 * * *" }] },
                    },
                    references: { registryName: ["images"] },
                },
            ],
            breaks: [
                {
                    title: "the task does something else",
                    set: ["purge", "step.encodedTaskContent", taskFile("acr build .")],
                    at: [["images", "policies.retentionPolicy.status"]],
                },
                {
                    title: "nothing starts the task",
                    set: ["purge", "trigger", undefined],
                    at: [["images", "policies.retentionPolicy.status"]],
                },
                {
                    title: "the task is switched off",
                    set: ["purge", "status", "Disabled"],
                    at: [["images", "policies.retentionPolicy.status"]],
                },
            ],
            undecided: ["purge", "step"],
        },
    ],
};
