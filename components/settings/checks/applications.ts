import { NODE_SIZES, type NodeSize } from "../../contracts/cluster.ts";
import { nearest } from "../shape.ts";
import type { SiteContext } from "../site-context.ts";
import type { ApplicationSettings } from "../types.ts";
import { isSecretText, namesSecret, oneOf } from "../words.ts";

/** vCPU and GiB of memory by node size, as the contract defines them. */
const NODES: Readonly<Record<NodeSize, readonly [cpu: number, memory: number]>> = {
    small: [2, 4],
    medium: [2, 8],
    large: [4, 16],
    xlarge: [8, 32],
    "2xlarge": [16, 64],
};

/** Namespaces that the clusters and the platform use themselves: by name, and by what their names begin with. */
const TAKEN = ["default", "external-secrets", "gatekeeper-system"];
const TAKEN_PREFIX = /^(kube|aks|amazon|gke|gmp)-/;

/** Variables that the platform sets in every pod, and in those with a database. */
export const PLATFORM_VARIABLES: readonly string[] = ["POD_NAME", "POD_IP"];
export const DATABASE_VARIABLES: readonly string[] = [
    "PGHOST",
    "PGPORT",
    "PGUSER",
    "PGPASSWORD",
    "PGDATABASE",
    "PGSSLMODE",
];

const cpuOf = (quantity: string) =>
    quantity.endsWith("m") ? Number(quantity.slice(0, -1)) / 1000 : Number(quantity);

const gibibytesOf = (quantity: string) =>
    Number(quantity.slice(0, -2)) / (quantity.endsWith("Mi") ? 1024 : 1);

function checkRoom(
    { effective, add }: SiteContext,
    at: string,
    application: ApplicationSettings,
): void {
    const sizes = Object.values(effective.cluster.nodePools)
        .filter((pool) => pool.taints.length === 0)
        .map((pool) => pool.size);
    const largest = NODE_SIZES.findLast((size) => sizes.includes(size));
    if (largest === undefined) return;
    const [cpu, memory] = NODES[largest];
    const { resources } = application;
    const fix = "Ask for less, or add a pool of a larger size without taints";
    if (cpuOf(resources.cpu) >= cpu) {
        const message = `fits no node: the largest without taints, ${largest}, has ${cpu} CPU, of which the system takes a part`;
        add({ at: `${at}.resources.cpu`, value: resources.cpu, message, fix });
    }
    if (gibibytesOf(resources.memory) >= memory) {
        const message = `fits no node: the largest without taints, ${largest}, has ${memory} GiB, of which the system takes a part`;
        add({ at: `${at}.resources.memory`, value: resources.memory, message, fix });
    }
}

function checkVariables({ add }: SiteContext, at: string, application: ApplicationSettings): void {
    const taken = application.database === undefined ? [] : DATABASE_VARIABLES;
    for (const [name, value] of Object.entries(application.env)) {
        if (PLATFORM_VARIABLES.includes(name) || taken.includes(name)) {
            const message = "is a variable that the platform sets itself";
            add({ at: `${at}.env.${name}`, message, fix: "Remove it, or give it another name" });
            continue;
        }
        if (!namesSecret(name) && !isSecretText(value)) continue;
        add({
            at: `${at}.env.${name}`,
            message:
                "looks like a credential, and plain variables stand in the state and in the cluster for all to read",
            fix: "Remove it; for a database's credentials write database: and its name",
        });
    }
}

function checkDatabase(
    { effective, add }: SiteContext,
    at: string,
    application: ApplicationSettings,
): void {
    const { database } = application;
    if (database === undefined || Object.hasOwn(effective.databases, database)) return;
    const known = Object.keys(effective.databases);
    const meant = nearest(database, known);
    add({
        at: `${at}.database`,
        involves: [`databases.${database}`],
        value: database,
        message: "is not a database of the site",
        fix: meant
            ? `Did you mean ${JSON.stringify(meant)}?`
            : known.length > 0
              ? `Write ${oneOf(known)}`
              : `Add it under databases, like ${database}: {}`,
    });
}

/** Applications that the cluster can run. */
export function checkApplications(context: SiteContext): void {
    const { effective, add } = context;
    for (const [key, application] of Object.entries(effective.applications)) {
        const at = `applications.${key}`;
        const { min, max } = application.replicas;
        if (TAKEN.includes(key) || TAKEN_PREFIX.test(key)) {
            const message = "is a namespace that Kubernetes or the platform uses itself";
            add({ at, message, fix: "Give the application another name" });
        }
        if (min > max) {
            const involves = [`${at}.replicas.min`];
            const message = `is below min ${min}`;
            add({
                at: `${at}.replicas.max`,
                involves,
                value: max,
                message,
                fix: "Raise max or lower min",
            });
        }
        checkRoom(context, at, application);
        checkVariables(context, at, application);
        checkDatabase(context, at, application);
    }
}
