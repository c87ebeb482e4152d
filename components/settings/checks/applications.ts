import { NODE_CAPACITY, NODE_SIZES } from "../../contracts/cluster.ts";
import { gibibytes, millicores } from "../../lib/quantities.ts";
import { isReservedNamespace, isReservedVariable } from "../../lib/reserved.ts";
import { nearest } from "../shape.ts";
import type { SiteContext } from "../site-context.ts";
import type { ApplicationSettings } from "../types.ts";
import { isSecretText, namesSecret, oneOf } from "../words.ts";

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
    const { cpu, memory } = NODE_CAPACITY[largest];
    const { resources } = application;
    const fix = "Ask for less, or add a pool of a larger size without taints";
    if ((millicores(resources.cpu) ?? 0) >= cpu * 1000) {
        const message = `fits no node: the largest without taints, ${largest}, has ${cpu} CPU, of which the system takes a part`;
        add({ at: `${at}.resources.cpu`, value: resources.cpu, message, fix });
    }
    if ((gibibytes(resources.memory) ?? 0) >= memory) {
        const message = `fits no node: the largest without taints, ${largest}, has ${memory} GiB, of which the system takes a part`;
        add({ at: `${at}.resources.memory`, value: resources.memory, message, fix });
    }
}

function checkVariables({ add }: SiteContext, at: string, application: ApplicationSettings): void {
    for (const [name, value] of Object.entries(application.env)) {
        if (isReservedVariable(name, application.database !== undefined)) {
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
        if (isReservedNamespace(key)) {
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
