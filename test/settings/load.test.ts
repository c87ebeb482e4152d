import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { loadSettings, readRaw } from "../../components/settings.ts";

const SITES = { main: { cloud: "aws", region: "eu-central-1", account: "123456789012" } };

const GOOD = {
    "platform:environment": "dev",
    "platform:owner": "platform-team",
    "platform:costCentre": "1000",
    "platform:sites": JSON.stringify(SITES),
    "aws:region": "us-east-1",
};

/** Runs with a configuration as the engine hands it over; returns the number of resources registered meanwhile. */
async function under(
    config: Record<string, string>,
    run: () => void,
    secretKeys: string[] = [],
): Promise<number> {
    let registered = 0;
    await pulumi.runtime.setMocks(
        {
            newResource: () => {
                registered++;
                return { id: "id", state: {} };
            },
            call: () => ({}),
        },
        "platform",
        "dev",
    );
    pulumi.runtime.setAllConfig(config, secretKeys);
    try {
        run();
    } finally {
        pulumi.runtime.setAllConfig({});
        await pulumi.runtime.disconnect();
    }
    return registered;
}

describe("settings of a running stack", () => {
    it("are read from the project's namespace alone, texts as texts and the rest from JSON", async () => {
        await under({ ...GOOD, "platform:misspelt": "[1", "platform:project": "" }, () => {
            assert.deepEqual(readRaw(), {
                environment: "dev",
                owner: "platform-team",
                costCentre: "1000",
                sites: SITES,
                misspelt: "[1",
            });
        });
    });

    it("refuse what stands under a misspelt namespace, which the engine would ignore, and no other's keys", async () => {
        await under({ ...GOOD, "platfrom:caches": "{}" }, () => {
            assert.throws(
                loadSettings,
                /\n {2}1\. platfrom:caches: is not a setting\. Did you mean "caches"\?$/,
            );
        });
    });

    it("rejects encrypted values and repeats none of them", async () => {
        const applications = JSON.stringify({ web: { env: { NOTE: "hunter2-hunter2" } } });
        const registered = await under(
            { ...GOOD, "platform:applications": applications },
            () =>
                assert.throws(loadSettings, (error: Error) => {
                    assert.match(error.message, /applications: holds an encrypted value/);
                    assert.doesNotMatch(error.message, /hunter2/);
                    return error instanceof pulumi.RunError;
                }),
            ["platform:applications"],
        );
        assert.equal(registered, 0);
    });

    it("are complete when they are right", async () => {
        await under(GOOD, () => {
            const settings = loadSettings();
            assert.deepEqual(
                [settings.costCentre, settings.sites[0]?.name],
                ["1000", "myapp-dev-main"],
            );
        });
    });

    it("rejects everything wrong in one error without a stack trace, before any resource", async () => {
        const bad = { ...GOOD, "platform:environment": "prd", "platform:chaces": "x" };
        const registered = await under(bad, () => {
            assert.throws(loadSettings, (error: unknown) => {
                assert.ok(pulumi.RunError.isInstance(error));
                assert.equal(
                    error.message,
                    [
                        "Pulumi.dev.yaml has 2 problems; nothing was created:",
                        '  1. environment: "prd" is not one of dev, staging, prod. Did you mean "prod"?',
                        '  2. chaces: is not a setting. Did you mean "caches"?',
                    ].join("\n"),
                );
                return true;
            });
        });
        assert.equal(registered, 0);
    });

    it("load no provider's SDK", function () {
        // Starts another Node, which takes its time on a busy machine.
        this.timeout(30_000);
        const script = `
            await import("./components/settings.ts");
            const { createRequire } = await import("node:module");
            const { cache } = createRequire(import.meta.url);
            const sdks = Object.keys(cache).filter((file) => /@pulumi.(aws|azure-native|gcp|kubernetes|random)/.test(file));
            console.log(JSON.stringify([Object.keys(cache).length > 0, sdks]));
        `;
        const root = join(import.meta.dirname, "..", "..");
        const { stdout, stderr } = spawnSync(
            process.execPath,
            ["--input-type=module", "--eval", script],
            { cwd: root, encoding: "utf8" },
        );
        assert.equal(stdout.trim(), "[true,[]]", stderr);
    });
});
