import assert from "node:assert/strict";
import { jobOptions } from "../../../components/kubernetes/jobs.ts";
import type { RecordedResource } from "../../../tools/offline/mocks.ts";
import { NAME, plan } from "./program.ts";
import type { Json } from "./program.ts";

/** The Job that prepares the server `main` for these applications, by the name that each gives its database. */
async function jobFor(databases: Readonly<Record<string, string>>): Promise<RecordedResource> {
    const applications = Object.entries(databases).map(
        ([key, name]) => [key, { database: { server: "main", name } }] as const,
    );
    const { resources } = await plan(Object.fromEntries(applications), { databases: { main: {} } });
    const parent = `$platform:kubernetes:LogicalDatabases::${NAME}`;
    const jobs = resources.filter(
        ({ type, parent: of }) => type === "kubernetes:batch/v1:Job" && of.endsWith(parent),
    );
    assert.equal(jobs.length, 1);
    return jobs[0] as RecordedResource;
}

describe("the Job of a database server", () => {
    it("is made anew if it failed", async () => {
        const { inputs, options } = await jobFor({ shop: "shop" });
        const { annotations } = inputs["metadata"] as Json;
        assert.deepEqual(annotations, { "pulumi.com/replaceUnready": "true" });
        assert.deepEqual(options.ignoreChanges, ["spec", "metadata.labels"]);
        assert.equal((inputs["spec"] as Json)["activeDeadlineSeconds"], 600);
    });

    it("runs again when an application is renamed and its database is not: its password is another", async () => {
        const [before, after] = [await jobFor({ shop: "data" }), await jobFor({ store: "data" })];
        assert.notEqual(after.name, before.name);
        assert.equal((await jobFor({ shop: "data" })).name, before.name);
    });
});

describe("jobOptions", () => {
    it("waits longer than the Job may take: Pulumi alone gives up after ten minutes", () => {
        assert.deepEqual(jobOptions(900), {
            ignoreChanges: ["spec", "metadata.labels"],
            customTimeouts: { create: "960s", update: "960s" },
        });
    });
});
