import { attached, maybe, type Stack, type StackResource } from "../../runtime/stack.ts";
import {
    and,
    failIf,
    holds,
    isOn,
    isOneOf,
    isPresent,
    not,
    or,
    some,
    type Truth,
} from "../../runtime/truth.ts";
import { on, type Check, type Rule, type StackVerdict } from "../rule.ts";
import { ACR, ARTIFACT_REGISTRY, ECR, ECR_TEMPLATE } from "./types.ts";

const ECR_LIFECYCLE = "aws:ecr/lifecyclePolicy:LifecyclePolicy";
const ACR_TASK = "azure-native:containerregistry:Task";
const KEEPS_ALL = "keeps every image that was ever pushed";

const template: Check = ({ inputs }) => {
    const policy = inputs.get("lifecyclePolicy");
    return failIf(not(isPresent(policy)), policy, KEEPS_ALL);
};

const googleCleanup: Check = ({ inputs }) => {
    const policies = inputs.get("cleanupPolicies");
    const dryRun = inputs.get("cleanupPolicyDryRun");
    const isView = isOneOf(inputs.get("mode"), ["virtual_repository"], false);
    // Policies that keep delete nothing by themselves.
    const deletes = some(policies, (policy) => isOneOf(policy.get("action"), ["delete"], true));
    return [
        ...failIf(and(not(isView), not(deletes)), policies, KEEPS_ALL),
        ...failIf(isOn(dryRun, false), dryRun, "only says what it would delete"),
    ];
};

function ecrRepositories(stack: Stack): readonly StackVerdict[] {
    const repositories = stack.all(ECR);
    const policies = attached(stack, repositories, {
        types: [ECR_LIFECYCLE],
        input: "repository",
        names: ["name", "id"],
    });
    return repositories.flatMap((repository) => {
        const kept = or(policies.of(repository).length > 0, maybe(policies.loose, "repository"));
        return on(repository, failIf(not(kept), repository.inputs, KEEPS_ALL));
    });
}

/** Whether a task purges the registry it belongs to. What stands in a file elsewhere cannot be told. */
function purges({ given }: StackResource): Truth {
    const content = given.at("step.encodedTaskContent");
    const scheduled = some(given.at("trigger.timerTriggers"), (trigger) =>
        isOneOf(trigger.get("status"), ["enabled"], true),
    );
    const isFile = isOneOf(given.at("step.type"), ["filetask"], false);
    const purging = holds(
        content,
        content.text(),
        (text) => Buffer.from(text, "base64").toString("utf8").includes("acr purge"),
        isFile === false ? false : { unknown: content.path },
    );
    return and(isOneOf(given.get("status"), ["enabled"], true), scheduled, purging);
}

function azureRegistries(stack: Stack): readonly StackVerdict[] {
    const registries = stack.all(ACR);
    const tasks = attached(stack, registries, {
        types: [ACR_TASK],
        input: "registryName",
        names: ["registryName", "name"],
    });
    return registries.flatMap((registry) => {
        const status = registry.given.at("policies.retentionPolicy.status");
        const kept = or(
            isOneOf(status, ["enabled"], false),
            ...tasks.of(registry).map(purges),
            maybe(tasks.loose, "registryName"),
        );
        return on(registry, failIf(not(kept), status, KEEPS_ALL));
    });
}

/** Old images go away. */
export const registryLifecycle: Rule = {
    id: "registry-lifecycle",
    title: "A registry deletes images that nobody needs any more.",
    why: "Every build leaves an image behind; those of years ago cost storage, and can still be deployed with all their known flaws.",
    clouds: ["aws", "azure", "gcp"],
    pack: "cost",
    severity: "low",
    requirements: { "PCI DSS": ["3.2.1"] },
    remediation: {
        aws: "Add a LifecyclePolicy for the repository.",
        "aws:ecr/repositoryCreationTemplate": "Set lifecyclePolicy.",
        "azure-native":
            "Set policies.retentionPolicy.status to enabled, which needs sku.name Premium, or " +
            "schedule a Task that runs acr purge.",
        gcp: "Set cleanupPolicies with one that deletes, and cleanupPolicyDryRun to false.",
    },
    see: "https://docs.aws.amazon.com/AmazonECR/latest/userguide/LifecyclePolicies.html",
    checks: { [ECR_TEMPLATE]: template, [ARTIFACT_REGISTRY]: googleCleanup },
    stack: {
        judges: [ECR, ACR],
        reads: [ECR_LIFECYCLE, ACR_TASK],
        check: (stack) => [...ecrRepositories(stack), ...azureRegistries(stack)],
    },
    note: "Azure's retention policy deletes untagged manifests only; a task can purge tagged images too.",
};
