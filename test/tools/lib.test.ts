import { traceOf } from "../../tools/lib/trace.ts";
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { PassThrough } from "node:stream";
import { readCommandLine, readOptions } from "../../tools/lib/options.ts";
import { allowEarlyEnd } from "../../tools/lib/output.ts";

describe("readOptions", () => {
    const options = {
        stack: { type: "string", default: "dev" },
        json: { type: "boolean" },
    } as const;

    it("reads options and their defaults", () => {
        assert.deepEqual(
            { ...readOptions("try", ["--json"], options) },
            { stack: "dev", json: true },
        );
    });

    it("rejects an unknown option with the way to the help, and exit code 2", () => {
        assert.throws(() => readOptions("try", ["--stak", "dev"], options), {
            name: "UserError",
            message:
                "Unknown option '--stak'. Did you mean --stack?\nnpm run try -- --help shows the options.",
            exitCode: 2,
        });
        assert.throws(() => readCommandLine("new", ["--stak", "dev"], options), {
            message:
                "Unknown option '--stak'. Did you mean --stack?\nnpm run new -- --help shows the options.",
        });
    });

    it("rejects an option that is given as nothing, as a pipeline does by a variable that is not set", () => {
        assert.throws(() => readOptions("try", ["--stack", ""], options), {
            name: "UserError",
            message:
                "--stack is empty. Give it a value or leave it out.\nnpm run try -- --help shows the options.",
            exitCode: 2,
        });
    });

    it("takes no word for one of two letters that happens to be in it", () => {
        assert.throws(() => readOptions("world", ["--nonsense"], { on: { type: "string" } }), {
            message: "Unknown option '--nonsense'\nnpm run world -- --help shows the options.",
        });
    });

    it("takes a word by itself for the name of a stack", () => {
        assert.throws(() => readOptions("try", ["prod"], options), {
            message: /Did you mean --stack prod\?\n/,
        });
    });

    it("refuses to go on without an option that npm took for its own", () => {
        const before = { ...process.env };
        Object.assign(process.env, { npm_lifecycle_event: "try", npm_config_json: "true" });
        try {
            assert.throws(() => readOptions("try", [], options), {
                name: "UserError",
                message: /npm run try -- --json$/,
                exitCode: 2,
            });
            assert.deepEqual({ ...readOptions("plan", [], options) }, { stack: "dev" });
            // npm names its cache to every script, whoever wrote --cache.
            process.env["npm_config_cache"] = "/somewhere";
            assert.throws(() => readOptions("try", [], { ...options, cache: { type: "string" } }), {
                message: /npm run try -- --json$/,
            });
            delete process.env["npm_config_json"];
            assert.deepEqual(
                { ...readOptions("try", [], { ...options, cache: { type: "string" } }) },
                { stack: "dev" },
            );
        } finally {
            process.env = before;
        }
    });
});

describe("allowEarlyEnd", () => {
    const failing = (code: string) => {
        const output = new PassThrough();
        allowEarlyEnd(output);
        return () => output.emit("error", Object.assign(new Error(code), { code }));
    };

    it("lets a reader go away", () => {
        assert.equal(failing("EPIPE")(), true);
    });

    it("rejects every other failure", () => {
        assert.throws(failing("ENOSPC"), { code: "ENOSPC" });
    });
});

describe("traceOf", () => {
    it("keeps the lines of the project and leaves Node's own out", () => {
        const error = new Error("no such file");
        error.stack = [
            "Error: no such file",
            "    at load (file:///project/index.ts:3:1)",
            "    at node:internal/modules/esm/loader:1:1",
            "    at async run (node:internal/process/task_queues:95:5)",
        ].join("\n");
        assert.equal(
            traceOf(error),
            "Error: no such file\n    at load (file:///project/index.ts:3:1)",
        );
        assert.equal(traceOf("thrown text"), "thrown text");
    });
});

describe("what nobody catches", () => {
    const MODULE = new URL("../../tools/lib/uncaught.ts", import.meta.url).href;
    const ends = (program: string) => {
        const begin = `import { endBrokenIfUncaught } from "${MODULE}"; endBrokenIfUncaught();`;
        const flags = ["--input-type=module", "--eval", `${begin}\n${program}`];
        const { status, stderr } = spawnSync(process.execPath, flags, { encoding: "utf8" });
        return { status, said: stderr };
    };

    it("ends a command with 2, and is shown with its place", () => {
        const thrown = ends('await Promise.resolve();\nthrow new Error("no such rule");');
        assert.equal(thrown.status, 2);
        assert.match(thrown.said, /Error: no such rule\n\s+at .*:3:7/);
        assert.equal(ends('await import("data:text/javascript,const = 1");').status, 2);
    });

    it("leaves the exit code of a command that ends by itself", () => {
        assert.deepEqual(
            ["", "process.exitCode = 1;", "process.exitCode = 2;"].map(
                (program) => ends(program).status,
            ),
            [0, 1, 2],
        );
    });
});
