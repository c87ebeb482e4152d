import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "yaml";
import { pinnedVersion } from "../../tools/engine/pin.ts";
import { ROOT } from "../../tools/stack/layout.ts";
import { validate } from "./gitlab-schema.ts";
import { DOCUMENT, problemOf } from "./support.ts";

const FILE = join(ROOT, "ci", "gitlab", ".gitlab-ci.yml");

interface Job {
    readonly extends?: string;
    readonly script?: readonly string[];
    readonly before_script?: readonly string[];
    readonly id_tokens?: object;
    readonly timeout?: string;
    readonly interruptible?: boolean;
    readonly resource_group?: string;
    readonly environment?: { readonly name: string; readonly action?: string };
    readonly rules?: readonly { readonly if: string; readonly when?: string }[];
    readonly allow_failure?: boolean;
    readonly needs?: readonly string[];
    readonly artifacts?: { readonly reports?: object };
    readonly parallel?: { readonly matrix: readonly { readonly STACK: readonly string[] }[] };
    readonly variables?: Readonly<Record<string, string>>;
}

describe("the pipeline for GitLab to copy", () => {
    let text: string;
    let jobs: Readonly<Record<string, Job>>;
    let defaults: Readonly<Record<string, string>>;

    before(async () => {
        text = await readFile(FILE, "utf8");
        const { stages, workflow, variables, ...rest } = parse(text) as Record<string, unknown>;
        assert.ok(stages && workflow);
        jobs = rest as Readonly<Record<string, Job>>;
        defaults = variables as Readonly<Record<string, string>>;
    });

    /** What a job says itself, or takes from what it extends. */
    function inherited<K extends keyof Job>(name: string, key: K): Job[K] {
        const job = jobs[name];
        if (job === undefined) return undefined;
        return job[key] ?? (job.extends === undefined ? undefined : inherited(job.extends, key));
    }

    const real = () => Object.keys(jobs).filter((name) => !name.startsWith("."));

    it("is one that GitLab's schema takes, which would refuse a wrong one", async () => {
        const { status, said } = await validate(text);
        assert.equal(status, 0, said);
        for (const job of real()) assert.match(said, new RegExp(`^${job}\\b`, "m"));
        const wrong = await validate(text.replace("interruptible: true", "interruptable: true"));
        assert.equal(wrong.status, 1);
        assert.match(wrong.said, /'interruptable' property is not expected/);
    }).timeout(30_000);

    it("holds no logic: each command is one line, and names scripts and options that there are", () => {
        for (const [name, { script = [], before_script = [] }] of Object.entries(jobs)) {
            for (const command of [...before_script, ...script]) {
                assert.equal(problemOf(command), "", `${name}: ${command}`);
            }
        }
    });

    it("asks for a token of the job wherever the engine runs, and nowhere else", () => {
        for (const name of real()) {
            const engine = inherited(name, "script")?.some((line) => line.startsWith("pulumi "));
            assert.equal(inherited(name, "id_tokens") !== undefined, engine, name);
            assert.equal(inherited(name, "environment") !== undefined, engine, name);
            assert.ok(inherited(name, "timeout"), name);
        }
    });

    it("gives a fork's code neither a role nor the token for notes", () => {
        for (const name of ["note", "preview"]) {
            for (const rule of inherited(name, "rules") ?? []) {
                assert.match(
                    rule.if ?? "",
                    / && \$CI_MERGE_REQUEST_SOURCE_PROJECT_ID == \$CI_PROJECT_ID && /,
                );
            }
        }
    });

    it("gives what any branch says another environment than what main says, even if both only look", () => {
        for (const name of ["preview", "drift"]) {
            const expected = { name: `$STACK-${name}`, action: "access" };
            assert.deepEqual(inherited(name, "environment"), expected);
        }
    });

    it("updates one stack at a time, on the default branch, prod by hand, and never breaks off", () => {
        for (const name of ["deploy-dev", "deploy-prod"]) {
            assert.equal(inherited(name, "interruptible"), false);
            assert.equal(inherited(name, "resource_group"), "$STACK");
            assert.deepEqual(inherited(name, "environment"), { name: "$STACK" });
            const [rule, ...others] = inherited(name, "rules") ?? [];
            assert.match(rule?.if ?? "", /"push" && \$CI_COMMIT_BRANCH == \$CI_DEFAULT_BRANCH$/);
            assert.equal(rule?.when, name === "deploy-prod" ? "manual" : undefined);
            assert.deepEqual(others, []);
        }
        assert.equal(jobs["deploy-prod"]?.allow_failure, false);
    });

    it("leaves a report on the default branch that merge requests are compared with", () => {
        const reporting = real().filter((name) => jobs[name]?.artifacts?.reports !== undefined);
        assert.deepEqual(reporting, ["plan", "plan-main"]);
        assert.deepEqual(jobs["plan-main"]?.rules, jobs["deploy-dev"]?.rules);
        // The report keeps no deployment waiting.
        assert.deepEqual(jobs["deploy-dev"]?.needs, []);
    });

    it("runs the policy pack wherever something is previewed or updated", () => {
        for (const name of ["preview", "deploy-dev", "deploy-prod"]) {
            assert.match(
                inherited(name, "script")?.at(-1) ?? "",
                /--policy-pack policies\/platform$/,
            );
        }
    });

    it("names stacks that there are, and the engine that the project is tested with", () => {
        for (const { parallel, variables } of Object.values(jobs)) {
            const all = parallel?.matrix.flatMap(({ STACK }) => STACK) ?? [];
            for (const stack of [...all, ...(variables?.["STACK"] ? [variables["STACK"]] : [])]) {
                assert.ok(existsSync(join(ROOT, `Pulumi.${stack}.yaml`)), stack);
            }
        }
        assert.ok(defaults["PULUMI_IMAGE"]?.endsWith(`:${pinnedVersion()}`));
    });

    it("stores nothing itself, and documents every variable that it is to be given", () => {
        const known = new Set(["STACK", ...Object.keys(defaults)]);
        for (const { variables, id_tokens } of Object.values(jobs)) {
            for (const name of Object.keys({ ...variables, ...id_tokens })) known.add(name);
        }
        for (const [, name = ""] of text.matchAll(/\$([A-Z]\w+)/g)) {
            if (known.has(name) || name.startsWith("CI_")) continue;
            assert.match(DOCUMENT, new RegExp(`\\| \`${name}\` `), name);
        }
    });
});
