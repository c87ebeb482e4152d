import type { Registry } from "@pulumi/azure-native/containerregistry/registry.js";
import { Task } from "@pulumi/azure-native/containerregistry/task.js";
import type * as pulumi from "@pulumi/pulumi";
import type { RegistryArgs } from "../contracts/registry.ts";
import type { AzureFoundation } from "./foundation.ts";
import { grant } from "./roles.ts";

/** Pinned for the lock task; the purge command is the registry's own. */
const AZURE_CLI = "mcr.microsoft.com/azure-cli:2.77.0";

export interface TasksArgs extends RegistryArgs {
    readonly foundation: AzureFoundation;
    readonly registry: Registry;
}

/** Makes the tasks that do what the registry cannot do by itself, and returns them with the roles they got. */
export function makeTasks(
    name: string,
    args: TasksArgs,
    opts: pulumi.CustomResourceOptions,
): pulumi.Resource[] {
    const { repositories, keepImages, immutableTags } = args;
    const make = (role: string, schedule: string, steps: string, roles: readonly TaskRole[]) => {
        const task = makeTask(`${name}-${role}`, { ...args, schedule, steps }, opts);
        return [task, ...giveRoles(`${name}-${role}`, args, task, roles, opts)];
    };
    const purge = purgeSteps(repositories, keepImages);
    return [
        ...make("purge", "0 1 * * *", purge, ["acrPull", "acrDelete"]),
        ...(immutableTags
            ? make("lock-tags", "15 * * * *", lockSteps(repositories), ["acrPull", "acrPush"])
            : []),
    ];
}

type TaskRole = "acrPull" | "acrPush" | "acrDelete";

/** Leaves the newest images of each repository, and no layers that nothing refers to; locks do not save the others. */
function purgeSteps(repositories: readonly string[], keep: number): string {
    const filters = repositories.map((path) => `--filter '${path}:.*'`).join(" ");
    const command = `acr purge ${filters} --ago 0d --keep ${keep} --untagged --include-locked`;
    return stepsFile(command);
}

/** Makes every tag of each repository read-only. */
function lockSteps(repositories: readonly string[]): string {
    const commands = [
        "az login --identity --output none",
        `for path in ${repositories.join(" ")}; do ` +
            "for tag in $(az acr repository show-tags --name $Registry --repository $path --output tsv); do " +
            "az acr repository update --name $Registry --image $path:$tag --write-enabled false --output none; " +
            "done; done",
    ];
    return stepsFile(`${AZURE_CLI} bash -c '${commands.join(" && ")}'`);
}

/** @see https://learn.microsoft.com/azure/container-registry/container-registry-tasks-reference-yaml */
function stepsFile(command: string): string {
    return `version: v1.1.0\nsteps:\n  - cmd: ${JSON.stringify(command)}\n    timeout: 3600\n`;
}

function makeTask(
    name: string,
    args: TasksArgs & { readonly schedule: string; readonly steps: string },
    opts: pulumi.CustomResourceOptions,
): Task {
    const { foundation, registry, schedule, steps } = args;
    return new Task(
        name,
        {
            resourceGroupName: foundation.resourceGroupName,
            registryName: registry.name,
            location: foundation.region,
            status: "Enabled",
            identity: { type: "SystemAssigned" },
            platform: { os: "Linux", architecture: "amd64" },
            agentConfiguration: { cpu: 2 },
            timeout: 3600,
            step: {
                type: "EncodedTask",
                encodedTaskContent: Buffer.from(steps).toString("base64"),
            },
            credentials: {
                customRegistries: registry.loginServer.apply((server) => ({
                    [server]: { identity: "[system]" },
                })),
            },
            trigger: { timerTriggers: [{ name: "schedule", schedule, status: "Enabled" }] },
            tags: foundation.tags,
        },
        { ...opts, deletedWith: registry },
    );
}

function giveRoles(
    name: string,
    args: TasksArgs,
    task: Task,
    roles: readonly TaskRole[],
    opts: pulumi.CustomResourceOptions,
): pulumi.Resource[] {
    const principalId = task.identity.apply((identity) => identity?.principalId ?? "");
    return roles.map((role) =>
        grant(
            `${name}-${role.toLowerCase()}`,
            {
                foundation: args.foundation,
                role,
                principalId,
                principalType: "ServicePrincipal",
                scope: args.registry.id,
            },
            opts,
        ),
    );
}
