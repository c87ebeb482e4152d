import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { application } from "../../components/settings/application-schema.ts";
import { problemsOf, stack } from "./support.ts";

const PAGE = join(import.meta.dirname, "..", "..", "docs", "application.md");
const EXAMPLES = [...readFileSync(PAGE, "utf8").matchAll(/^```yaml\n(.*?)^```/gms)].map(
    ([, text = ""]) => parse(text) as { config: Record<string, unknown> },
);

/** What the examples take for granted. */
const SITE = {
    databases: { main: {} },
    caches: { sessions: {} },
    queues: { mail: {} },
    streams: { events: { topics: { orders: {}, payments: {} } } },
    searches: { texts: {} },
    objectStores: { media: {}, reports: {} },
    sharedFiles: { media: {} },
    registries: { images: { repositories: ["shop"] } },
};

/** An example as the program reads it. */
const settingsIn = ({ config }: (typeof EXAMPLES)[number]) =>
    Object.fromEntries(
        Object.entries(config).map(([key, value]) => [key.replace(/^platform:/, ""), value]),
    );

describe("docs/application.md", () => {
    for (const example of EXAMPLES) {
        const applications = settingsIn(example)["applications"] as Record<string, unknown>;
        it(`is right about ${Object.keys(applications).join(" and ")}`, () => {
            assert.deepEqual(problemsOf(stack({ ...SITE, ...settingsIn(example) })), []);
        });
    }

    it("shows every key of an application", () => {
        const all = EXAMPLES.flatMap((one) => Object.values(settingsIn(one)["applications"] ?? {}));
        const shown = new Set(all.flatMap((one: object) => Object.keys(one)));
        const missing = Object.keys(application.fields).filter((key) => !shown.has(key));
        assert.deepEqual(missing, []);
    });
});
