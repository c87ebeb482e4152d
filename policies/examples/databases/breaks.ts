import type { Break, Example, Inputs, Json } from "../example.ts";

/** A break by one input. The finding stands there unless told otherwise. */
export function breakAt(
    title: string,
    path: string,
    value: Json | undefined,
    at: string = path,
): Break {
    return { title, set: [path, value], at: [at] };
}

/** A break by taking an input away, where the default is bad. */
export function missing(path: string, at: string = path): Break {
    return breakAt("nothing is said, and the default is bad", path, undefined, at);
}

/** The same example for several types. */
export function forEach(types: readonly string[], example: Omit<Example, "type">): Example[] {
    return types.map((type) => ({ type, ...example }));
}

/** An example of a type that cannot break a rule. */
export function kept(type: string, good: Inputs): Example {
    return { type, good, breaks: [] };
}

export const RDS = "aws:rds/instance:Instance";
export const AURORA = "aws:rds/cluster:Cluster";
export const MEMBER = "aws:rds/clusterInstance:ClusterInstance";
export const NEPTUNE = "aws:neptune/cluster:Cluster";
export const DOCDB = "aws:docdb/cluster:Cluster";
export const REDSHIFT = "aws:redshift/cluster:Cluster";
export const POSTGRES = "azure-native:dbforpostgresql/v20250801:Server";
export const MYSQL = "azure-native:dbformysql:Server";
export const SQL_SERVER = "azure-native:sql:Server";
export const SQL_DATABASE = "azure-native:sql/v20230801:Database";
export const SQL_MANAGED = "azure-native:sql:ManagedInstance";
export const CLOUD_SQL = "gcp:sql/databaseInstance:DatabaseInstance";
export const ALLOYDB = "gcp:alloydb/cluster:Cluster";
export const ALLOYDB_INSTANCE = "gcp:alloydb/instance:Instance";
