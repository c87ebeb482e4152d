import type { Value } from "../../runtime/reader.ts";
import { failIf, type Verdict } from "../../runtime/truth.ts";
import { forTypes, type Check, type Context, type Rule } from "../rule.ts";
import { engineSupport, type DatabaseService } from "./engine-windows.ts";
import { AZURE_MYSQL, AZURE_POSTGRES, CLOUD_SQL, RDS_CLUSTER, RDS_INSTANCE } from "./types.ts";

const WARN_DAYS = 90;

/** The day to judge by, and how early to warn. */
function datesOf({ options, today }: Context) {
    const date = options.get("date").text();
    const warnDays = options.get("warnDays").number();
    return {
        date: date.state === "known" && date.value !== "" ? date.value : today,
        warnDays: warnDays.state === "known" ? warnDays.value : WARN_DAYS,
    };
}

/** The findings on a version of a service. */
function judge(
    service: DatabaseService,
    version: string,
    at: Value,
    context: Context,
): readonly Verdict[] {
    const support = engineSupport(service, version, datesOf(context));
    switch (support.state) {
        case "supported":
            return [];
        case "untold":
            return [{ state: "unknown", path: at.path }];
        case "ended":
            return failIf(true, at, `is past the standard support of ${service}`);
        case "ends soon":
            return failIf(
                true,
                at,
                `leaves the standard support of ${service} in ${support.days} days`,
            );
    }
}

/** Reads a text and judges by it. Where none stands, the cloud chose once, and nobody can tell how old that has become. */
function withText(value: Value, then: (text: string) => readonly Verdict[]): readonly Verdict[] {
    const text = value.text();
    return text.state === "known" ? then(text.value) : [{ state: "unknown", path: value.path }];
}

const ONE_NUMBER = /^(\d+)/;
const TWO_NUMBERS = /^(\d+\.\d+)/;

/** RDS's engines, and how many numbers make a major version. */
const RDS_ENGINES: ReadonlyMap<string, readonly [DatabaseService, RegExp]> = new Map([
    ["postgres", ["RDS for PostgreSQL", ONE_NUMBER]],
    ["aurora-postgresql", ["Aurora PostgreSQL", ONE_NUMBER]],
    ["mysql", ["RDS for MySQL", TWO_NUMBERS]],
    ["aurora-mysql", ["Aurora MySQL", TWO_NUMBERS]],
    ["mariadb", ["RDS for MariaDB", TWO_NUMBERS]],
]);

/** `17.4` is 17, and `8.0.mysql_aurora.3.08.0` is 8.0. Undecided where no version can be read. */
function judgeVersion(
    service: DatabaseService,
    form: RegExp,
    at: Value,
    context: Context,
): readonly Verdict[] {
    return withText(at, (text) => {
        const version = form.exec(text)?.[1];
        return version === undefined
            ? [{ state: "unknown", path: at.path }]
            : judge(service, version, at, context);
    });
}

const rds: Check = ({ inputs }, context) =>
    withText(inputs.get("engine"), (engine) => {
        const known = RDS_ENGINES.get(engine.toLowerCase());
        return known === undefined
            ? []
            : judgeVersion(...known, inputs.get("engineVersion"), context);
    });

const azure =
    (service: DatabaseService, form: RegExp): Check =>
    ({ inputs }, context) =>
        judgeVersion(service, form, inputs.get("version"), context);

const CLOUD_SQL_VERSION = /^(POSTGRES|MYSQL)_(\d+)(?:_(\d+))?/i;

const cloudSql: Check = ({ inputs }, context) => {
    const at = inputs.get("databaseVersion");
    return withText(at, (text) => {
        const [, engine, major, minor] = CLOUD_SQL_VERSION.exec(text) ?? [];
        // SQL Server has a life cycle of its own, which is not in the tables.
        if (engine === undefined || major === undefined) return [];
        return engine.toUpperCase() === "POSTGRES"
            ? judge("Cloud SQL for PostgreSQL", major, at, context)
            : judge("Cloud SQL for MySQL", `${major}.${minor ?? "0"}`, at, context);
    });
};

/** The database gets fixes. */
export const databaseSupportedEngine: Rule = {
    id: "db-supported-engine",
    title: "A database's engine has standard support, and will have it for a while.",
    why: "After its last day a version gets fixes for much money or not at all, and is upgraded when the cloud likes.",
    clouds: ["aws", "azure", "gcp"],
    pack: "reliability",
    severity: "medium",
    requirements: { "PCI DSS": ["6.3.3"] },
    remediation: {
        aws:
            "Raise engineVersion to a supported major version, with allowMajorVersionUpgrade; try it " +
            "on a copy first.",
        "azure-native": "Raise version to a supported major version; try it on a copy first.",
        gcp: "Raise databaseVersion to a supported major version; try it on a copy first.",
    },
    see: "https://docs.aws.amazon.com/AmazonRDS/latest/PostgreSQLReleaseNotes/postgresql-release-calendar.html",
    note:
        "Days are judged from tables in the pack. Google Cloud does not say early when standard support ends, so versions of " +
        "Cloud SQL are judged by the end of the project's own support, and undecided between the two. SQL Server, Oracle and " +
        "Db2 are not judged.",
    options: {
        properties: {
            date: {
                type: "string",
                default: "",
                description:
                    "The day to judge by, as 2027-01-31, to see what will be found then. By default the day of the run.",
            },
            warnDays: {
                type: "integer",
                minimum: 0,
                default: WARN_DAYS,
                description: "How many days before its end support counts as ending soon.",
            },
        },
    },
    checks: {
        ...forTypes([RDS_INSTANCE, RDS_CLUSTER], rds),
        [AZURE_POSTGRES]: azure("Azure Database for PostgreSQL", ONE_NUMBER),
        [AZURE_MYSQL]: azure("Azure Database for MySQL", TWO_NUMBERS),
        [CLOUD_SQL]: cloudSql,
    },
};
