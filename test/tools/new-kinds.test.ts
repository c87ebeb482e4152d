import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import prettier from "prettier";
import program from "../../index.ts";
import { ROOT } from "../../tools/stack/layout.ts";
import { IMAGE, run, withProject, written } from "./new-support.ts";

/** What somebody says who wants one of each, and the kinds of objects that have to come of it. */
const KINDS: Readonly<
    Record<string, { readonly options: readonly string[]; readonly made: RegExp }>
> = {
    web: {
        options: [
            "--database",
            "main",
            "--cache",
            "sessions",
            "--slo",
            "99.9",
            "--runtime",
            "node",
        ],
        made: /Application shop .*Deployment.*HTTPRoute.*PrometheusRule/,
    },
    service: {
        options: ["--database", "main", "--calls", "podinfo", "--runtime", "go"],
        made: /Application shop .*Deployment.*Service/,
    },
    worker: {
        options: [
            "--queue",
            "mail",
            "--replicas",
            "0..5",
            "--messages",
            "20",
            "--runtime",
            "python",
        ],
        made: /Application shop .*Deployment.*ScaledObject/,
    },
    job: {
        options: ["--schedule", "30 2 * * *", "--database", "main", "--runtime", "java"],
        made: /Application shop .*CronJob/,
    },
    pipeline: {
        options: [
            ...["--schedule", "0 3 * * *", "--step", "extract=python extract.py"],
            ...[
                "--step",
                "load=python load.py",
                "--bucket",
                "pictures=write",
                "--runtime",
                "python",
            ],
        ],
        made: /Application shop .*CronJob/,
    },
};

describe("a new application of each kind", function () {
    this.timeout(120_000);
    for (const [kind, { options, made }] of Object.entries(KINDS)) {
        it(`is ten lines or fewer, pretty, and takes all checks: ${kind}`, async () => {
            await withProject(async (root) => {
                const args = ["application", "--name", "shop", "--kind", kind, "--image", IMAGE];
                const { code, text, errors } = await run([...args, "--add-services", ...options], {
                    root,
                    program,
                });
                assert.deepEqual([code, errors], [0, ""]);
                const lines = (await written(root))
                    .split("    platform:")[0]!
                    .trimEnd()
                    .split("\n");
                assert.ok(lines.length <= 10, lines.join("\n"));
                const file = join(root, "Pulumi.dev.yaml");
                const stack = await readFile(file, "utf8");
                const style = await prettier.resolveConfig(join(ROOT, "Pulumi.dev.yaml"));
                assert.equal(await prettier.format(stack, { ...style, filepath: file }), stack);
                const [, title] = text.split("\n\n");
                assert.match(title!.replaceAll(/│\n│[ │]*/g, " "), made);
                assert.match(text, /\nNext {2}Nothing /);
            });
        });
    }
});

describe("a new site", function () {
    this.timeout(120_000);
    it("takes all checks, and what it adds is shown first", async () => {
        await withProject(async (root) => {
            const options = [
                ...["--name", "gcp", "--cloud", "gcp", "--region", "europe-west3"],
                ...["--account", "my-project-id", "--administrator", "group:team@example.com"],
            ];
            const { code, text, errors } = await run(["site", ...options], { root, program });
            assert.deepEqual([code, errors], [0, ""]);
            assert.match(text, /^Written: Pulumi\.dev\.yaml\n\nsite gcp · adds 1?\d\d resources\n/);
            assert.match(text, /\n│ gcp +│ Cluster +│/);
            assert.match(text, /\ndev · 2 sites, /);
        });
    });
});
