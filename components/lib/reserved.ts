/**
 * Names that an application cannot take, because the clusters or the platform use them already.
 *
 * The settings refuse them before anything is created, the component that makes the objects once more.
 */

/** Variables that the platform sets in every pod. */
export const POD_VARIABLES = ["POD_NAME", "POD_IP"] as const;

/** Variables that it sets as well in the pods of an application with a database: libpq's. */
export const DATABASE_VARIABLES = [
    "PGHOST",
    "PGPORT",
    "PGUSER",
    "PGPASSWORD",
    "PGDATABASE",
    "PGSSLMODE",
] as const;

const NAMESPACES = ["default", "external-secrets", "gatekeeper-system"];
const NAMESPACE_PREFIX = /^(kube|aks|amazon|gke|gmp)-/;

/** True if the namespace of that name is not an application's to have. */
export function isReservedNamespace(name: string): boolean {
    return NAMESPACES.includes(name) || NAMESPACE_PREFIX.test(name);
}

/** True if the platform sets the variable itself. */
export function isReservedVariable(name: string, withDatabase: boolean): boolean {
    const reserved: readonly string[] = withDatabase
        ? [...POD_VARIABLES, ...DATABASE_VARIABLES]
        : POD_VARIABLES;
    return reserved.includes(name);
}
