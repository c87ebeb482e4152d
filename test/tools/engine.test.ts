import assert from "node:assert/strict";
import { chmod, mkdir, mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { buildEngine } from "../../tools/engine/build.ts";
import { findEngine } from "../../tools/engine/find.ts";
import { isAtLeast, pinnedVersion } from "../../tools/engine/pin.ts";

const PINNED = pinnedVersion();

describe("the version of the engine", () => {
    for (const [version, minimum, expected] of [
        ["3.259.0", "3.259.0", true],
        ["3.260.0", "3.259.0", true],
        ["v4.0.0", "3.259.0", true],
        ["3.259.1-alpha.1", "3.259.0", true],
        ["3.258.9", "3.259.0", false],
        ["3.99.0", "3.259.0", false],
        ["2.300.0", "3.259.0", false],
    ] as const) {
        it(`says that ${version} is ${expected ? "" : "not "}at least ${minimum}`, () =>
            assert.equal(isAtLeast(version, minimum), expected));
    }

    it("is pinned once, in go.mod, for engine and SDK alike", async () => {
        const text = await readFile(join(import.meta.dirname, "../../tools/engine/go.mod"), "utf8");
        const versions = [...text.matchAll(/pulumi\/pulumi\/(?:pkg|sdk)\/v3 v(\S+)/g)].map(
            ([, v]) => v,
        );
        assert.deepEqual(versions, [PINNED, PINNED]);
    });
});

describe("finding the engine", () => {
    let home: string;
    let said: string[];
    beforeEach(async () => {
        home = await mkdtemp(join(tmpdir(), "platform-engine-"));
        said = [];
    });
    afterEach(() => rm(home, { recursive: true, force: true }));

    /** A script that answers like `pulumi version`, or does not run. */
    async function script(path: string, body: string): Promise<string> {
        const file = join(home, path);
        await mkdir(dirname(file), { recursive: true });
        await writeFile(file, `#!/bin/sh\n${body}\n`);
        await chmod(file, 0o755);
        return file;
    }
    const pulumi = (path: string, version: string) => script(path, `echo v${version}`);
    const find = (env: NodeJS.ProcessEnv = {}) =>
        findEngine({
            env: { PATH: join(home, "bin"), ...env },
            home,
            say: (line) => said.push(line),
        });

    it("takes the one on the PATH first", async () => {
        const command = await pulumi("bin/pulumi", PINNED);
        await pulumi(`.pulumi/bin/pulumi`, "9.0.0");
        assert.deepEqual(await find(), { command, version: PINNED, why: "found on the PATH" });
        assert.deepEqual(said, []);
    });

    it("passes over one that is too old or does not run, and says so", async () => {
        const old = await pulumi("bin/pulumi", "3.100.0");
        const broken = await script(`.pulumi/versions/${PINNED}/bin/pulumi`, "exit 1");
        const command = await pulumi(".pulumi/bin/pulumi", "3.300.0");
        assert.deepEqual(await find(), {
            command,
            version: "3.300.0",
            why: "installed by Pulumi's installer",
        });
        assert.deepEqual(said, [
            `${old} is pulumi 3.100.0, older than ${PINNED}; looking further.`,
            `${broken} does not run; looking further.`,
        ]);
    });

    it("takes the one that PLATFORM_ENGINE names, whatever is on the PATH", async () => {
        await pulumi("bin/pulumi", PINNED);
        const command = await pulumi("mine/pulumi", "3.1.0");
        const found = await find({ PLATFORM_ENGINE: command });
        assert.deepEqual(found, { command, version: "3.1.0", why: "named by PLATFORM_ENGINE" });
    });

    it("rejects a PLATFORM_ENGINE that is no pulumi", async () => {
        await assert.rejects(find({ PLATFORM_ENGINE: "/nowhere/pulumi" }), {
            message:
                'PLATFORM_ENGINE is "/nowhere/pulumi", which is not the absolute path of a pulumi executable. Correct it or unset it.',
        });
    });

    it("rejects a machine with neither pulumi nor Go, with what to install", async () => {
        await assert.rejects(find(), (error: Error) => {
            assert.match(error.message, new RegExp(`npx pulumi@${PINNED} version`));
            assert.match(error.message, /https:\/\/go\.dev\/doc\/install/);
            return true;
        });
    });

    /** A Go whose build writes a script that says it is this version. */
    const go = (version: string, before = "") =>
        script(
            "bin/go",
            [
                before,
                'case "$1" in version) exit 0;; list) printf "a\\nb\\n"; exit 0;; esac',
                'while [ "$1" != "-o" ]; do shift; done',
                `printf '#!/bin/sh\\necho v${version}\\n' > "$2"; /bin/chmod +x "$2"`,
            ].join("\n"),
        );

    it("builds it where there is Go, keeps it, and leaves nothing else behind", async () => {
        await go(PINNED);
        const built = await find();
        assert.equal(built.why, "built from Go modules, kept for the next time");
        assert.match(said.join("\n"), /About 4 minutes on two cores/);
        assert.deepEqual(await readdir(dirname(built.command)), ["pulumi"]);
        assert.deepEqual(await find(), { ...built, why: "built here before" });
    });

    it("rejects a build whose result is another version", async () => {
        await go("1.0.0");
        await assert.rejects(
            find(),
            /Building the engine from Go modules failed:\nThe result does not run/,
        );
    });

    it("builds once when two ask at the same time", async () => {
        await go(PINNED, `[ "$1" != build ] || { echo built >>"${home}/builds"; /bin/sleep 0.3; }`);
        const options = {
            folder: join(home, "cache"),
            version: PINNED,
            env: { PATH: join(home, "bin") },
            say: (line: string) => said.push(line),
        };
        await Promise.all([buildEngine(options), buildEngine(options)]);
        assert.equal(await readFile(join(home, "builds"), "utf8"), "built\n");
        assert.ok(said.some((line) => line.includes("is building the engine already")));
    });

    it("takes over the lock of a builder that is gone", async () => {
        await go(PINNED);
        const folder = join(
            home,
            ".cache",
            "platform-engine",
            `${PINNED}-${process.platform}-${process.arch}`,
        );
        await mkdir(folder, { recursive: true });
        await writeFile(join(folder, "building"), "999999999");
        assert.equal((await find()).command, join(folder, "pulumi"));
    });
});
