import type { Problem } from "../lib/errors.ts";
import type { ApplicationSettings } from "../settings/types.ts";
import { CREDENTIAL_FIELDS, DATABASE_ENV, DATABASE_VARIABLES } from "./database-secret.ts";
import { PLATFORM_VARIABLES } from "./pod.ts";
import { millicores } from "./quantities.ts";

/** The form of names in DNS, which namespaces and Services have. */
const DNS_LABEL = /^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/;

/** The form of a variable's name that every shell can read. */
const VARIABLE = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** Memory in the units that are written for it; `m` is allowed by Kubernetes and always a mistake. */
const MEMORY = /^[1-9]\d*(Ki|Mi|Gi)$/;

/** Namespaces that belong to the cluster, or to the platform. */
const TAKEN = ["default", "external-secrets", "gatekeeper-system", "gmp-system", "aks-command"];

/** What an application is to be checked for. */
export interface Checked {
    readonly application: string;
    readonly settings: ApplicationSettings;
    /** The fields of the credentials of the database that was found for it; undefined if none was. */
    readonly credentialFields: readonly string[] | undefined;
}

/** Everything that is wrong with an application, in words; empty if nothing is. Pure: settings ask the same. */
export function applicationProblems(checked: Checked): Problem[] {
    const { application, settings } = checked;
    const path = `applications.${application}`;
    return [
        ...nameProblems(application, path),
        ...imageProblems(settings.image, path),
        ...numberProblems(settings, path),
        ...resourceProblems(settings.resources, path),
        ...healthProblems(settings.health, path),
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
    if (!TAKEN.includes(application) && !/^(kube|gke|eks|aks)-/.test(application)) return [];
    return [
        {
            path,
            message: "is the name of a namespace that the cluster or the platform has already",
            fix: "Rename the application",
        },
    ];
}

/** A tag that moves would run other code on each node, and could not be rolled back to. */
function imageProblems(image: string, path: string): Problem[] {
    const [name = "", digest] = image.split("@");
    const tag = name.slice(name.lastIndexOf("/") + 1).split(":")[1];
    if (/^sha256:[0-9a-f]{64}$/.test(digest ?? "")) return [];
    if (digest === undefined && tag && tag !== "latest") return [];
    return [
        {
            path: `${path}.image`,
            value: image,
            message: "has neither a tag other than latest nor a digest",
            fix: "Add the tag or the digest of the image that was tested",
        },
    ];
}

function numberProblems({ port, replicas }: ApplicationSettings, path: string): Problem[] {
    const problems: Problem[] = [];
    if (!Number.isInteger(port) || port < 1024 || port > 65_535) {
        problems.push({
            path: `${path}.port`,
            value: String(port),
            message: "is not a port from 1024 to 65535, which a container without root can open",
            fix: "Let the container listen on another port, such as 8080",
        });
    }
    const { min, max } = replicas;
    if (!Number.isInteger(min) || !Number.isInteger(max) || min < 1 || max < min) {
        problems.push({
            path: `${path}.replicas`,
            value: `${min} to ${max}`,
            message: "is not a range of whole numbers from 1 up",
            fix: "Set min to at least 1 and max to at least min",
        });
    }
    return problems;
}

function resourceProblems(
    { cpu, memory }: ApplicationSettings["resources"],
    path: string,
): Problem[] {
    const problems: Problem[] = [];
    if (millicores(cpu) === undefined) {
        problems.push({
            path: `${path}.resources.cpu`,
            value: cpu,
            message: "is not an amount of CPU",
            fix: "Write millicores such as 250m, or cores such as 0.5",
        });
    }
    if (!MEMORY.test(memory)) {
        problems.push({
            path: `${path}.resources.memory`,
            value: memory,
            message: "is not an amount of memory",
            fix: "Write it with Ki, Mi or Gi, such as 256Mi",
        });
    }
    return problems;
}

function healthProblems(health: ApplicationSettings["health"], path: string): Problem[] {
    return Object.entries(health)
        .filter(([, value]) => !value.startsWith("/"))
        .map(([key, value]) => ({
            path: `${path}.health.${key}`,
            value,
            message: "is not a path",
            fix: "Begin it with a slash",
        }));
}

/** Two variables of one name would be refused by the API server only once everything else stands. */
function variableProblems({ env, database }: ApplicationSettings, path: string): Problem[] {
    const taken: readonly string[] = [
        ...PLATFORM_VARIABLES,
        ...(database === undefined
            ? []
            : [...DATABASE_VARIABLES.map(({ name }) => name), ...Object.keys(DATABASE_ENV)]),
    ];
    return Object.keys(env).flatMap((name) => {
        const at = `${path}.env.${name}`;
        if (!VARIABLE.test(name)) {
            return [
                {
                    path: at,
                    message: "is not a name of letters, digits and underscores with no digit first",
                    fix: "Rename the variable",
                },
            ];
        }
        if (!taken.includes(name)) return [];
        return [
            {
                path: at,
                message: "is a variable that the platform sets",
                fix: "Leave it out or rename it",
            },
        ];
    });
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
