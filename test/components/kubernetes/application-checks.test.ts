import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { databaseBinding } from "../../../components/kubernetes/application/bindings.ts";
import { applicationProblems } from "../../../components/kubernetes/application/problems.ts";
import { describeProblem } from "../../../components/lib/problem.ts";
import type { ApplicationSettings } from "../../../components/settings/types.ts";
import { SETTINGS, unknown } from "./site.ts";

const FIELDS = ["username", "password", "host", "port", "dbname", "url"];

/** Somebody may read the credentials. */
const READ = {
    reader: { provider: unknown<Record<string, unknown>>(), grants: [] },
    operator: {} as pulumi.Resource,
};

/** The database's binding, whose document has these fields. */
const database = (fields: readonly string[]) => {
    const [key, id] = [pulumi.output("key"), pulumi.output("id")];
    return databaseBinding({ credentials: { key, id, fields, name: "orders" }, destinations: [] });
};

const SCHEDULE = {
    cron: "0 1 * * *",
    timeZone: "Etc/UTC",
    deadline: 60,
    retries: 0,
    overlap: "forbid",
} as const;

/** The problems of an application, as a user reads them. */
const problems = (
    settings: Partial<ApplicationSettings> = {},
    application = "web",
    fields: readonly string[] = FIELDS,
) =>
    applicationProblems({
        application,
        settings: { ...SETTINGS, ...settings },
        bindings: "database" in settings ? [] : [database(fields)],
        calls: {},
        secrets: READ,
    }).map(describeProblem);

describe("applicationProblems", () => {
    it("finds nothing wrong with a valid application", () => {
        assert.deepEqual(problems(), []);
        assert.deepEqual(problems({ database: undefined, env: { PGHOST: "x" } }), []);
    });

    for (const name of [
        "default",
        "kube-system",
        "external-secrets",
        "gke-managed-x",
        "aks-command",
    ]) {
        it(`rejects the name ${name}, which is taken`, () => {
            assert.deepEqual(problems({}, name), [
                `applications.${name}: is the name of a namespace that the cluster or the platform keeps for itself. Rename the application.`,
            ]);
        });
    }

    for (const name of ["", "Web", "1web", "web-", "a.b", "w".repeat(64)]) {
        it(`rejects the name "${name.slice(0, 8)}", which no namespace can have`, () => {
            assert.equal(problems({}, name).length, 1);
            assert.match(problems({}, name)[0] ?? "", /is not a name that a namespace can have/);
        });
    }

    it("rejects a minimum above the maximum, and no pods at all", () => {
        const wrong = (min: number, max: number) => [
            `applications.web.replicas: ${min} to ${max} is not a range from 1 up. Set min to at least 1 and max to at least min.`,
        ];
        assert.deepEqual(problems({ replicas: { min: 3, max: 2 } }), wrong(3, 2));
        assert.deepEqual(problems({ replicas: { min: 0, max: 2 } }), wrong(0, 2));
    });

    it("rejects an amount of CPU that cannot be doubled", () => {
        assert.deepEqual(problems({ resources: { cpu: "lots", memory: "1Gi" } }), [
            "applications.web.resources.cpu: lots is not an amount of CPU that can be doubled for the limit. Write millicores such as 250m, or cores such as 0.5.",
        ]);
    });

    it("rejects memory in units that are a mistake", () => {
        assert.deepEqual(problems({ resources: { cpu: "100m", memory: "256m" } }), [
            "applications.web.resources.memory: 256m is not an amount of memory. Write it with Mi or Gi, such as 256Mi.",
        ]);
    });

    it("rejects variables that the platform sets, which would stand there twice", () => {
        assert.deepEqual(problems({ env: { POD_IP: "1", PGSSLMODE: "disable", OTHER: "x" } }), [
            "applications.web.env.POD_IP: is a variable that the platform sets. Leave it out or rename it.",
            "applications.web.env.PGSSLMODE: is a variable that the platform sets. Leave it out or rename it.",
        ]);
    });

    it("rejects credentials that lack a field", () => {
        assert.deepEqual(problems({}, "web", ["username", "password"]), [
            "applications.web.database: has credentials without host, port, dbname, url. Put the missing fields into the document that is stored.",
        ]);
    });

    it("rejects steps that do not run one after the other, and none at all", () => {
        const pipeline = { kind: "pipeline", database: undefined, schedule: SCHEDULE } as const;
        const step = { command: [], args: [], env: {}, resources: SETTINGS.resources };
        const wrong = [
            "applications.web.steps: do not run one after the other. Leave after out for the first, and let each other one come after another.",
        ];
        assert.deepEqual(problems({ ...pipeline, steps: { a: step, b: step } }), wrong);
        const ring = { a: step, b: { ...step, after: "c" }, c: { ...step, after: "b" } };
        assert.deepEqual(problems({ ...pipeline, steps: ring }), wrong);
        const row = { b: { ...step, after: "a" }, a: step };
        assert.deepEqual(problems({ ...pipeline, steps: row }), []);
        assert.deepEqual(problems({ ...pipeline, schedule: undefined, steps: {} }), [
            'applications.web.schedule: is missing, and a pipeline runs by a schedule. Write when it runs, like "30 2 * * *".',
            "applications.web.steps: is empty, and a pipeline is made of steps. Name its steps, each with a command.",
        ]);
    });

    it("rejects credentials that nobody may read for it", () => {
        const unread = applicationProblems({
            application: "web",
            settings: SETTINGS,
            bindings: [database(FIELDS)],
            calls: {},
        });
        assert.deepEqual(unread.map(describeProblem), [
            "applications.web.database: has credentials that nobody may read for it. Pass secrets: the store's reader and the operator.",
        ]);
    });

    it("rejects everything wrong at once", () => {
        const wrong = problems(
            { replicas: { min: 2, max: 1 }, resources: { cpu: "0", memory: "1Gi" } },
            "default",
        );
        assert.equal(wrong.length, 3);
    });
});
