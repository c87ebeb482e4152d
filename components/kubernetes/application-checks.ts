import type { Problem } from "../lib/problem.ts";
import { isMemory, millicores } from "../lib/quantities.ts";
import { isReservedNamespace, isReservedVariable } from "../lib/reserved.ts";
import type { ApplicationSettings } from "../settings/types.ts";
import { CREDENTIAL_FIELDS } from "./database-secret.ts";

/** The form of names in DNS, which namespaces and Services have. */
const DNS_LABEL = /^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/;

/** What an application is to be checked for. */
export interface Checked {
    readonly application: string;
    readonly settings: ApplicationSettings;
    /** The fields of the credentials of the database that was found for it; undefined if none was. */
    readonly credentialFields: readonly string[] | undefined;
}

/**
 * What an application's objects would contradict, in words; empty if nothing.
 *
 * The forms of single values (image, port, paths) are the settings' to check.
 */
export function applicationProblems(checked: Checked): Problem[] {
    const { application, settings } = checked;
    const path = `applications.${application}`;
    return [
        ...nameProblems(application, path),
        ...sizeProblems(settings, path),
        ...variableProblems(settings, path),
        ...databaseProblems(checked, path),
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

function sizeProblems({ replicas, resources }: ApplicationSettings, path: string): Problem[] {
    const problems: Problem[] = [];
    const { min, max } = replicas;
    if (min < 1 || max < min) {
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

/** Two variables of one name would be refused by the API server only once everything else stands. */
function variableProblems({ env, database }: ApplicationSettings, path: string): Problem[] {
    return Object.keys(env)
        .filter((name) => isReservedVariable(name, database !== undefined))
        .map((name) => ({
            path: `${path}.env.${name}`,
            message: "is a variable that the platform sets",
            fix: "Leave it out or rename it",
        }));
}

function databaseProblems({ settings, credentialFields }: Checked, path: string): Problem[] {
    const { database } = settings;
    if (database === undefined) return [];
    if (credentialFields === undefined) {
        return [
            {
                path: `${path}.database`,
                value: database,
                message: "is not a database of the same site",
                fix: "Add the database to the site or name another",
            },
        ];
    }
    const missing = CREDENTIAL_FIELDS.filter((field) => !credentialFields.includes(field));
    if (missing.length === 0) return [];
    return [
        {
            path: `${path}.database`,
            value: database,
            message: `has credentials without ${missing.join(", ")}`,
            fix: "Put the missing fields into the document that the database stores",
        },
    ];
}
