import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { bundleCommand } from "../../tools/bundle/command.ts";
import { lockFor, type Lockfile, type Manifest } from "../../tools/bundle/lock.ts";
import { ROOT } from "../../tools/stack/layout.ts";
import { Paper } from "../support/paper.ts";

async function run(
    ...args: readonly string[]
): Promise<{ code: number; text: string; errors: string }> {
    const [out, errors] = [new Paper(), new Paper()];
    const code = await bundleCommand(args, out, errors);
    return { code, text: out.text, errors: errors.text };
}

describe("npm run bundle", () => {
    it("says what it needs, and which packs there are, where errors belong", async () => {
        assert.deepEqual(await run(), {
            code: 2,
            text: "",
            errors: "Say where to: --out FOLDER.\n",
        });
        assert.deepEqual(await run("--out", "nowhere", "--pack", "safety"), {
            code: 2,
            text: "",
            errors: 'There is no pack "safety". There are: platform, security, reliability, cost.\n',
        });
    });
});

function manifestFor(dependencies: Readonly<Record<string, string>>): Manifest {
    return { name: "pack", version: "1.0.0", license: "MIT", type: "commonjs", dependencies };
}

describe("the lock file of a bundle", () => {
    const whole: Lockfile = {
        name: "whole",
        version: "2.0.0",
        lockfileVersion: 3,
        requires: true,
        packages: {
            "": { dependencies: { "@a/one": "1.0.0", other: "1.0.0" } },
            "node_modules/@a/one": {
                dependencies: { deep: "^1.0.0", shared: "^2.0.0" },
                peerDependencies: { asked: "*", typescript: "*" },
                peerDependenciesMeta: { typescript: { optional: true } },
            },
            "node_modules/@a/one/node_modules/shared": { dependencies: { deep: "^1.0.0" } },
            "node_modules/asked": { optionalDependencies: { fast: "1.0.0", absent: "1.0.0" } },
            "node_modules/deep": { dependencies: { shared: "^1.0.0" } },
            "node_modules/fast": {},
            "node_modules/other": {},
            "node_modules/shared": {},
            "node_modules/typescript": {},
        },
    };

    it("holds what is needed, where Node looks for it, and nothing else", () => {
        const manifest = manifestFor({ "@a/one": "1.0.0" });
        const { packages, ...head } = lockFor(manifest, whole);
        assert.deepEqual(head, {
            name: "pack",
            version: "1.0.0",
            lockfileVersion: 3,
            requires: true,
        });
        assert.deepEqual(Object.keys(packages), [
            "",
            "node_modules/@a/one",
            "node_modules/@a/one/node_modules/shared",
            "node_modules/asked",
            "node_modules/deep",
            "node_modules/fast",
            "node_modules/shared",
        ]);
        assert.deepEqual(packages[""], {
            name: "pack",
            version: "1.0.0",
            license: "MIT",
            dependencies: { "@a/one": "1.0.0" },
        });
    });

    it("pins every package of the real one by version and digest", async () => {
        const text = await readFile(join(ROOT, "package-lock.json"), "utf8");
        const needed = manifestFor({ "@pulumi/policy": "*", "@pulumi/pulumi": "*" });
        const { "": _, ...packages } = lockFor(needed, JSON.parse(text) as Lockfile).packages;
        assert.ok("node_modules/@grpc/grpc-js" in packages);
        assert.ok(!("node_modules/@pulumi/aws" in packages));
        for (const [path, locked] of Object.entries(packages)) {
            assert.match(JSON.stringify(locked), /"version":"\d.*"integrity":"sha512-/, path);
        }
    });
});
