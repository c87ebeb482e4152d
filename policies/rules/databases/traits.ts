import type { Value } from "../../runtime/reader.ts";
import { holds, isOneOf, isPresent, or, type Truth } from "../../runtime/truth.ts";

/** Whether an RDS engine is PostgreSQL. A copy need not name its engine. */
export function isPostgres(engine: Value): Truth {
    return holds(engine, engine.text(), (name) => /postgres/i.test(name), { unknown: engine.path });
}

/** Whether a Cloud SQL instance runs PostgreSQL or MySQL. */
export function isCloudSql(inputs: Value, engine: "POSTGRES" | "MYSQL"): Truth {
    const version = inputs.get("databaseVersion");
    return holds(version, version.text(), (text) => text.toUpperCase().startsWith(engine), {
        unknown: version.path,
    });
}

/** Whether an RDS instance copies another one. Its source keeps the data. */
export function isRdsReplica(inputs: Value): Truth {
    return isPresent(inputs.get("replicateSourceDb"));
}

/** Whether an Azure server copies another one. */
export function isAzureReplica(inputs: Value): Truth {
    return isOneOf(
        inputs.get("createMode"),
        ["replica", "georeplica", "secondary", "onlinesecondary"],
        false,
    );
}

/** Whether a Cloud SQL instance copies another one. */
export function isCloudSqlReplica(inputs: Value): Truth {
    return or(
        isPresent(inputs.get("masterInstanceName")),
        isOneOf(inputs.get("instanceType"), ["read_replica_instance", "read_pool_instance"], false),
    );
}

/** Whether a Cloud SQL instance is of the larger edition; which one it gets by itself depends on its version. */
export function isEnterprisePlus(inputs: Value): Truth {
    const edition = inputs.at("settings.edition");
    return holds(edition, edition.text(), (text) => text.toUpperCase() === "ENTERPRISE_PLUS", {
        unknown: edition.path,
    });
}

/** Whether an AlloyDB cluster copies another one in another region. Its primary keeps the backups. */
export function isAlloyDbSecondary(inputs: Value): Truth {
    return isOneOf(inputs.get("clusterType"), ["secondary"], false);
}

/** Whether a Cloud SQL instance's settings stand here. A clone may take over those of its source. */
export function hasOwnSettings(inputs: Value): Truth {
    if (inputs.get("settings").state !== "absent") return true;
    return isPresent(inputs.get("clone")) === false || { unknown: "settings" };
}

/** Whether a number is at least so much. */
export function isAtLeast(value: Value, least: number, absent: Truth): Truth {
    return holds(value, value.number(), (number) => number >= least, absent);
}

/** What starts from something that exists takes from there what it does not say itself. */
const COPIED_FROM: readonly string[] = [
    "snapshotIdentifier",
    "snapshotArn",
    "restoreToPointInTime",
    "replicateSourceDb",
    "replicationSourceIdentifier",
    "globalClusterIdentifier",
    "s3Import",
    "clone",
];

/** Whether a setting that does not stand here has its default, or comes from the source of a copy. */
export function isDefault(inputs: Value, answer: boolean): Truth {
    const source = COPIED_FROM.find((name) => isPresent(inputs.get(name)) !== false);
    return source === undefined ? answer : { unknown: source };
}

const ON: readonly string[] = ["on", "true", "yes", "t", "y", "enabled", "all"];

/** Whether a server parameter is on, in any of the words that databases take. */
export function isSwitchedOn(value: Value): Truth {
    const number = value.number();
    if (number.state === "known") return number.value !== 0;
    const flag = value.flag();
    return flag.state === "known" ? flag.value : isOneOf(value, ON, false);
}

/** Whether a parameter in a list of names and values satisfies a test. `absent` is the answer if the list lacks it. */
export function parameterIn(
    list: Value,
    name: string,
    test: (value: Value) => Truth,
    absent: Truth,
): Truth {
    return holds(
        list,
        list.list(),
        (entries) => {
            const named = entries.map((entry) => [
                isOneOf(entry.get("name"), [name], false),
                entry,
            ]) satisfies [Truth, Value][];
            const own = named.find(([is]) => is === true)?.[1];
            if (own !== undefined) return test(own.get("value"));
            return named.find(([is]) => is !== false)?.[0] ?? absent;
        },
        absent,
    );
}
