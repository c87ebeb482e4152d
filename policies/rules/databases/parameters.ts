import type { Stack, StackResource } from "../../runtime/stack.ts";
import type { Value } from "../../runtime/reader.ts";
import { holds, or, type Truth } from "../../runtime/truth.ts";
import { parameterIn } from "./traits.ts";
import { DOCDB_CLUSTER, RDS_CLUSTER, RDS_INSTANCE, RDS_MEMBER, REDSHIFT_CLUSTER } from "./types.ts";

/** Where AWS's databases name their parameters. */
const GROUPS: Readonly<Record<string, { readonly input: string; readonly type: string }>> = {
    [RDS_INSTANCE]: {
        input: "parameterGroupName",
        type: "aws:rds/parameterGroup:ParameterGroup",
    },
    [RDS_CLUSTER]: {
        input: "dbClusterParameterGroupName",
        type: "aws:rds/clusterParameterGroup:ClusterParameterGroup",
    },
    [DOCDB_CLUSTER]: {
        input: "dbClusterParameterGroupName",
        type: "aws:docdb/clusterParameterGroup:ClusterParameterGroup",
    },
    [REDSHIFT_CLUSTER]: {
        input: "clusterParameterGroupName",
        type: "aws:redshift/parameterGroup:ParameterGroup",
    },
};

/** The types of AWS's parameter groups. */
export const PARAMETER_GROUPS: readonly string[] = Object.values(GROUPS).map(({ type }) => type);

/** The input in which a database names its parameters. */
export function groupOf({ type, given }: StackResource): Value {
    return given.get(GROUPS[type]?.input ?? "");
}

/**
 * Whether a parameter of an AWS database satisfies a test. `absent` is the answer if nothing sets it.
 *
 * A group that is made elsewhere may hold anything, so it leaves the answer open.
 */
export function parameterOf(
    stack: Stack,
    database: StackResource,
    name: string,
    test: (value: Value) => Truth,
    absent: Truth,
): Truth {
    const link = GROUPS[database.type];
    if (link === undefined) return absent;
    const named = groupOf(database);
    const text = named.text();
    const [group] = [
        ...stack.targets(database, link.input).filter(({ type }) => type === link.type),
        ...(text.state === "known" ? stack.named(link.type, "name", text.value) : []),
    ];
    if (group !== undefined) return parameterIn(group.given.get("parameters"), name, test, absent);
    return holds(named, text, (it) => (isShared(it) ? absent : { unknown: named.path }), absent);
}

/** Groups named `default.postgres17` are AWS's own and cannot be changed. */
function isShared(name: string): boolean {
    return name.startsWith("default.");
}

/** The same where members of a cluster may set the parameter too, in groups of their own. */
export function parameterOfAll(
    stack: Stack,
    database: StackResource,
    name: string,
    test: (value: Value) => Truth,
    absent: Truth,
): Truth {
    const own = parameterOf(stack, database, name, test, absent);
    const members = stack.referrers(database, RDS_MEMBER, "clusterIdentifier");
    const [elsewhere] = members.filter(
        ({ given }) => given.get("dbParameterGroupName").state !== "absent",
    );
    return elsewhere === undefined ? own : or(own, { unknown: groupOf(database).path });
}
