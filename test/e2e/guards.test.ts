import assert from "node:assert/strict";
import { access, readFile, readdir, writeFile } from "node:fs/promises";
import { delimiter, join } from "node:path";
import platform from "../../index.ts";
import { secretValues } from "../../simulator/inspect.ts";
import { assertSame, standing } from "./support/compare.ts";
import { STACKS, Stage } from "./support/stage.ts";

describe("the security pack", () => {
    let stage: Stage;
    afterEach(() => stage.dispose());

    it("stops a public database before anything is created", async () => {
        stage = await Stage.empty("dev");
        const { code, text } = await stage.tryIt([], async () => {
            const outputs = await platform();
            const { Instance } = await import("@pulumi/aws/rds/instance.js");
            const { Provider } = await import("@pulumi/aws/provider.js");
            const provider = new Provider("careless", { region: "eu-central-1" });
            new Instance(
                "careless",
                {
                    engine: "postgres",
                    instanceClass: "db.t4g.micro",
                    allocatedStorage: 20,
                    username: "dbadmin",
                    manageMasterUserPassword: true,
                    publiclyAccessible: true,
                    skipFinalSnapshot: true,
                },
                { provider },
            );
            return { ...outputs };
        });
        assert.equal(code, 3, text);
        assert.match(text, /The policy pack stopped the run/);
        assert.match(text, /careless/);
        assertSame(standing(stage), []);
    });
});

describe("a local run", () => {
    let stage: Stage;
    const { PATH = "" } = process.env;
    afterEach(() => {
        process.env.PATH = PATH;
        return stage.dispose();
    });

    it("never starts a provider that lies on the PATH, which would work on the real cloud", async () => {
        stage = await Stage.empty("dev");
        const started = join(stage.folder, "started");
        const provider = join(stage.folder, "pulumi-resource-aws");
        await writeFile(provider, `#!/bin/sh\ntouch "${started}"\nexit 1\n`, { mode: 0o755 });
        process.env.PATH = [stage.folder, PATH].join(delimiter);
        await stage.succeed("preview");
        await assert.rejects(access(started));
    });
});

for (const name of STACKS) {
    describe(`the secrets of ${name}`, () => {
        let stage: Stage;
        afterEach(() => stage.dispose());

        it("stand in plain text neither in the state nor in any output", async () => {
            stage = await Stage.empty(name);
            const { code, text } = await stage.tryIt([]);
            assert.equal(code, 0, text);
            let log = text;
            const { error } = await stage.run("up", {
                onOutput: (chunk) => (log += chunk),
                onEvent: (event) => {
                    // The SDK's debugging messages hold everything; the engine shows them only with --debug.
                    const { severity } = event.diagnosticEvent ?? {};
                    if (String(severity) !== "debug") log += JSON.stringify(event);
                },
            });
            assert.equal(error, undefined);
            // Shorter ones are words that stand for a certificate.
            const secrets = stage.world(secretValues).filter(({ length }) => length >= 16);
            assert.ok(secrets.length >= 2, "there are secrets to look for");
            const files = await contents(stage);
            assert.ok(files.has("state"), "the state was read");
            files.set("output", log);
            for (const [where, words] of files) {
                for (const secret of secrets) {
                    // Inside a JSON text, quotes and line ends are escaped.
                    const escaped = JSON.stringify(secret).slice(1, -1);
                    assert.ok(
                        !words.includes(secret) && !words.includes(escaped),
                        `a secret stands in ${where}`,
                    );
                }
            }
        });
    });
}

/** The text of every file of the run except the simulated clouds' own, by what it is. */
async function contents(stage: Stage): Promise<Map<string, string>> {
    const result = new Map<string, string>();
    for (const [what, folder] of [
        ["state", stage.layout.state],
        ["project", stage.layout.project],
        ["home", stage.layout.home],
    ] as const) {
        for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
            if (!entry.isFile()) continue;
            const text = await readFile(join(entry.parentPath, entry.name), "utf8");
            result.set(what, `${result.get(what) ?? ""}${text}`);
        }
    }
    result.set("env", await readFile(join(stage.folder, "env"), "utf8"));
    return result;
}
