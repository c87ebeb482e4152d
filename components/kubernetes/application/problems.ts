import type { Problem } from "../../lib/problem.ts";
import { isMemory, millicores } from "../../lib/quantities.ts";
import { isReservedNamespace, POD_VARIABLES } from "../../lib/reserved.ts";
import { RUNNING } from "../../contracts/application-kind.ts";
import { chain } from "../../lib/chain.ts";
import type { ApplicationSettings } from "../../settings/application-types.ts";
import type { ApplicationArgs } from "./application.ts";
import { quotaProblems } from "./quota-problems.ts";

/** The form of names in DNS, which namespaces and Services have. */
const DNS_LABEL = /^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/;

/** The part of an application's arguments that can contradict itself. */
type Checked = Pick<ApplicationArgs, "application" | "settings" | "bindings" | "calls" | "secrets">;

/**
 * What an application's objects would contradict, in words; empty if nothing.
 *
 * The settings have checked all that can be said about the configuration. This is for callers of the component, who may
 * pass anything.
 */
export function applicationProblems(args: Checked): Problem[] {
    const { application, settings } = args;
    const path = `applications.${application}`;
    return [
        ...nameProblems(application, path),
        ...sizeProblems(settings, path),
        ...kindProblems(settings, path),
        ...quotaProblems(path, settings),
        ...variableProblems(args, path),
        ...bindingProblems(args, path),
    ];
}

function nameProblems(application: string, path: string): Problem[] {
    if (!DNS_LABEL.test(application)) {
        return [
            {
                path,
                message:
                    "is not a name that a namespace can have: up to 63 lower-case letters, digits and hyphens, a letter first, no hyphen last",
                fix: "Rename the application",
            },
        ];
    }
    if (!isReservedNamespace(application)) return [];
    return [
        {
            path,
            message: "is the name of a namespace that the cluster or the platform keeps for itself",
            fix: "Rename the application",
        },
    ];
}

function sizeProblems({ replicas, resources, kind }: ApplicationSettings, path: string): Problem[] {
    const problems: Problem[] = [];
    const { min, max } = replicas;
    if ((min < 1 && kind !== "worker") || min < 0 || max < Math.max(min, 1)) {
        problems.push({
            path: `${path}.replicas`,
            value: `${min} to ${max}`,
            message: "is not a range from 1 up",
            fix: "Set min to at least 1 and max to at least min",
        });
    }
    if (millicores(resources.cpu) === undefined) {
        problems.push({
            path: `${path}.resources.cpu`,
            value: resources.cpu,
            message: "is not an amount of CPU that can be doubled for the limit",
            fix: "Write millicores such as 250m, or cores such as 0.5",
        });
    }
    if (!isMemory(resources.memory)) {
        problems.push({
            path: `${path}.resources.memory`,
            value: resources.memory,
            message: "is not an amount of memory",
            fix: "Write it with Mi or Gi, such as 256Mi",
        });
    }
    return problems;
}

/** What a kind cannot be without. */
function kindProblems({ kind, schedule, steps }: ApplicationSettings, path: string): Problem[] {
    const problems: Problem[] = [];
    if (!RUNNING.includes(kind) && schedule === undefined) {
        problems.push({
            path: `${path}.schedule`,
            message: `is missing, and a ${kind} runs by a schedule`,
            fix: 'Write when it runs, like "30 2 * * *"',
        });
    }
    if (kind === "pipeline" && Object.keys(steps).length === 0) {
        problems.push({
            path: `${path}.steps`,
            message: "is empty, and a pipeline is made of steps",
            fix: "Name its steps, each with a command",
        });
    }
    if (chain(steps).length < Object.keys(steps).length) {
        problems.push({
            path: `${path}.steps`,
            message: "do not run one after the other",
            fix: "Leave after out for the first, and let each other one come after another",
        });
    }
    return problems;
}

/** Two variables of one name would be refused by the API server only once everything else stands. */
function variableProblems({ settings, bindings, calls }: Checked, path: string): Problem[] {
    const given = [
        ...POD_VARIABLES,
        ...bindings.flatMap(({ env, secret }) => [
            ...Object.keys(env),
            ...Object.keys(secret?.variables ?? {}),
        ]),
        ...Object.values(calls).map(({ variable }) => variable),
    ];
    const twice = given.filter((name, at) => given.indexOf(name) !== at);
    const taken = Object.keys(settings.env).filter((name) => given.includes(name));
    return [...new Set([...twice, ...taken])].map((name) => ({
        path: `${path}.env.${name}`,
        message: "is a variable that the platform sets",
        fix: "Leave it out or rename it",
    }));
}

/** Documents that lack what variables are read from, and credentials that nobody may read. */
function bindingProblems({ bindings, secrets }: Checked, path: string): Problem[] {
    return bindings.flatMap(({ name, secret }) => {
        if (secret === undefined) return [];
        const wanted = Object.values(secret.variables);
        const missing = wanted.filter((field) => !secret.reference.fields.includes(field));
        if (missing.length > 0) {
            return [
                {
                    path: `${path}.${name}`,
                    message: `has credentials without ${missing.join(", ")}`,
                    fix: "Put the missing fields into the document that is stored",
                },
            ];
        }
        if (secrets !== undefined) return [];
        return [
            {
                path: `${path}.${name}`,
                message: "has credentials that nobody may read for it",
                fix: "Pass secrets: the store's reader and the operator",
            },
        ];
    });
}
