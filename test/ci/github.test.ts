import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { appendFile, readFile } from "node:fs/promises";
import { join } from "node:path";
import { pinnedVersion } from "../../tools/engine/pin.ts";
import { ROOT } from "../../tools/stack/layout.ts";
import { buildActionlint, lintWorkflows } from "../../tools/workflows/actionlint.ts";
import { withCopy, workflowsCommand } from "../../tools/workflows/command.ts";
import { Paper } from "../support/paper.ts";
import { DOCUMENT, problemOf, readWorkflows, type Step } from "./support.ts";

const OWN = readWorkflows(".github/workflows/*.yaml");
const COPIED = readWorkflows("ci/github/**/*.yaml");
const SETUP = "./.github/actions/setup";

const jobs = COPIED.flatMap(({ file, jobs: all }) =>
    Object.entries(all).map(([name, job]) => ({ title: `${file}: ${name}`, file, job })),
);

function signsIn({ steps }: { readonly steps: readonly Step[] }): boolean {
    return steps.some(({ uses }) => uses === SETUP);
}

function uploadsAlerts({ uses = "" }: Step): boolean {
    return uses.startsWith("github/codeql-action/upload-sarif@");
}

describe("the workflows to copy", () => {
    it("are the three, and the action that they share", () => {
        assert.deepEqual(COPIED.map(({ file }) => file.slice("ci/github/".length)).sort(), [
            "actions/setup/action.yaml",
            "workflows/deploy.yaml",
            "workflows/drift.yaml",
            "workflows/pull-request.yaml",
        ]);
    });

    it("pin every action by a digest that the documentation lists with its version", () => {
        for (const { file, text } of [...COPIED, ...OWN]) {
            for (const [, used = ""] of text.matchAll(/uses: (.+)/g)) {
                if (used === SETUP) continue;
                const [, name = "", digest = "", version = ""] =
                    /^([\w./-]+)@([\da-f]{40}) # (v\d+\.\d+(?:\.\d+)?)$/.exec(used) ?? [];
                assert.ok(name, `${file}: ${used} is not pinned with its version beside it`);
                const row = new RegExp(`\\| \`${name}\` +\\| ${version} +\\| \`${digest}\` +\\|`);
                assert.match(DOCUMENT, row, `${file}: ${name}`);
            }
        }
    });

    it("hold no logic: each command is one line that a shell takes no expression from", () => {
        for (const { file, steps } of [...COPIED, ...OWN]) {
            for (const { run } of steps) {
                if (run === undefined) continue;
                assert.equal(problemOf(run), "", `${file}: ${run}`);
                assert.ok(!run.includes("${{"), `${file}: ${run}`);
            }
        }
    });

    it("begin with no permission, and give each job the least", () => {
        for (const { file, permissions } of COPIED.filter(({ on }) => on !== undefined)) {
            assert.deepEqual(permissions, {}, file);
        }
        const given = jobs.map(({ title, job }) => [title, job.permissions]);
        const reads = { contents: "read" };
        const signs = { ...reads, "id-token": "write" };
        assert.deepEqual(Object.fromEntries(given), {
            "ci/github/workflows/deploy.yaml: dev": signs,
            "ci/github/workflows/deploy.yaml: prod": signs,
            "ci/github/workflows/drift.yaml: look": { ...signs, issues: "write" },
            "ci/github/workflows/pull-request.yaml: check": reads,
            "ci/github/workflows/pull-request.yaml: plan": {
                ...reads,
                actions: "read",
                "pull-requests": "write",
                "security-events": "write",
            },
            "ci/github/workflows/pull-request.yaml: preview": signs,
        });
    });

    it("run what a fork sends without credentials, and never in the name of this repository", () => {
        for (const { file, on, jobs: all } of COPIED) {
            assert.doesNotMatch(JSON.stringify(on ?? ""), /pull_request_target|workflow_run/, file);
            const events = typeof on === "string" ? [on] : Object.keys(on ?? {});
            if (!events.includes("pull_request")) continue;
            for (const [name, job] of Object.entries(all)) {
                if (!signsIn(job)) continue;
                assert.match(
                    job.if ?? "",
                    /^github\.event\.pull_request\.head\.repo\.full_name == github\.repository &&/,
                    name,
                );
            }
        }
    });

    it("give no role to what a machine proposes: whoever holds its token would have the role too", () => {
        const workflow = COPIED.find(({ file }) => file.endsWith("/pull-request.yaml"));
        assert.equal(
            workflow?.jobs["preview"]?.if,
            "github.event.pull_request.head.repo.full_name == github.repository && " +
                "github.event.pull_request.user.type != 'Bot' && !endsWith(github.actor, '[bot]')",
        );
    });

    it("sign in only where an environment says to whom, and only there", () => {
        for (const { title, job } of jobs) {
            assert.equal(job.environment !== undefined, signsIn(job), title);
            assert.equal(job.permissions?.["id-token"] === "write", signsIn(job), title);
        }
    });

    it("give what any branch says another environment than what main says, even if both only look", () => {
        const environments = jobs.flatMap(({ title, job }) =>
            job.environment === undefined ? [] : [[title, job.environment]],
        );
        assert.deepEqual(Object.fromEntries(environments), {
            "ci/github/workflows/deploy.yaml: dev": "dev",
            "ci/github/workflows/deploy.yaml: prod": "prod",
            "ci/github/workflows/drift.yaml: look": "${{ matrix.stack }}-drift",
            "ci/github/workflows/pull-request.yaml: preview": "${{ matrix.stack }}-preview",
        });
    });

    it("store no secret, and document every variable", () => {
        for (const { file, text } of COPIED) {
            assert.doesNotMatch(text, /secrets[.[]/, file);
            for (const [, name = ""] of text.matchAll(/vars\.(\w+)/g)) {
                assert.match(DOCUMENT, new RegExp(`\\| \`${name}\` `), `${file}: ${name}`);
            }
        }
    });

    it("leave no credentials of git behind, and end by themselves", () => {
        for (const { file, steps } of COPIED) {
            for (const { uses = "", with: given } of steps) {
                if (!uses.startsWith("actions/checkout@")) continue;
                assert.equal(given?.["persist-credentials"], false, file);
            }
        }
        for (const { title, job } of jobs) assert.ok(job["timeout-minutes"], title);
    });

    it("tell code scanning of main too, by the same job, or every alert of a pull request is new", () => {
        const uploads = jobs.filter(({ job }) => job.steps.some(uploadsAlerts));
        assert.deepEqual(
            uploads.map(({ title }) => title),
            ["ci/github/workflows/pull-request.yaml: plan"],
        );
        const workflow = COPIED.find(({ file }) => file === uploads[0]?.file);
        const on = workflow?.on as Readonly<Record<string, unknown>>;
        assert.deepEqual(on["push"], { branches: ["main"] });
        const plans = (event: string) =>
            uploads[0]?.job.steps.filter((step) => step.if === `github.event_name == '${event}'`);
        assert.match(plans("push")?.[0]?.run ?? "", /^npm run plan -- --all --sarif plan\.sarif$/);
        assert.match(plans("pull_request")?.[0]?.run ?? "", / --against HEAD\^1 .*--sarif plan/);
    });

    it("update one stack at a time, wait for its reviewers, and never break off an update", () => {
        const updating = jobs.filter(({ job }) =>
            job.steps.some(({ run }) => run?.startsWith("pulumi up")),
        );
        assert.equal(updating.length, 2);
        for (const { title, job } of updating) {
            const stack = job.environment ?? "";
            assert.deepEqual(
                job.concurrency,
                { group: `deploy-${stack}`, "cancel-in-progress": false },
                title,
            );
            assert.ok(job.steps.at(-1)?.run?.startsWith(`pulumi up --stack ${stack} `), title);
        }
    });

    it("run the policy pack wherever something is previewed or updated", () => {
        const commands = COPIED.flatMap(({ steps }) => steps).flatMap(({ run }) => run ?? []);
        const engine = commands.filter((run) => /^pulumi (up|preview .*--diff)/.test(run));
        assert.equal(engine.length, 3);
        for (const run of engine) assert.match(run, / --policy-pack policies\/platform$/);
    });

    it("name stacks that there are, and the engine that the project is tested with", () => {
        for (const { title, job } of jobs) {
            for (const stack of job.strategy?.matrix.stack ?? []) {
                assert.ok(existsSync(join(ROOT, `Pulumi.${stack}.yaml`)), title);
            }
        }
        const versions = COPIED.flatMap(({ steps }) => steps).flatMap(
            ({ with: given }) => given?.["pulumi-version"] ?? [],
        );
        assert.deepEqual(versions, [pinnedVersion()]);
    });
});

describe("npm run check:workflows", function () {
    this.timeout(120_000);

    before(function () {
        // `.ci/run` runs the command itself, which fails without Go.
        if (spawnSync("go", ["version"]).status !== 0) this.skip();
    });

    async function check(env: NodeJS.ProcessEnv) {
        const [out, errors] = [new Paper(), new Paper()];
        const code = await workflowsCommand([], out, errors, env);
        return { code, text: out.text, errors: errors.text };
    }

    it("finds nothing in the workflows here", async () => {
        assert.deepEqual(await check(process.env), { code: 0, text: "", errors: "" });
    });

    it("finds a wrong input of the shared action, and an expression that anybody could fill", async () => {
        const actionlint = await buildActionlint(process.env);
        await withCopy(join(ROOT, "ci", "github"), async (project) => {
            const file = join(project, ".github", "workflows", "deploy.yaml");
            const step = `            - uses: ${SETUP}\n              with: { aws-rol: x }\n`;
            const run = "            - run: echo ${{ github.event.head_commit.message }}\n";
            await appendFile(file, step + run);
            assert.ok((await readFile(file, "utf8")).endsWith(run));
            const found = lintWorkflows(actionlint, project);
            assert.match(found, /input "aws-rol" is not defined in action "Set up"/);
            assert.match(found, /"github\.event\.head_commit\.message" is potentially untrusted/);
        });
    });

    it("ends with 2, and says what helps, where actionlint is missing and Go too", async () => {
        const { code, text, errors } = await check({
            PLATFORM_ENGINE_CACHE: "/nowhere",
            PATH: "",
        });
        assert.deepEqual([code, text], [2, ""]);
        assert.match(errors, /there is no Go here: https:\/\/go\.dev\/doc\/install\n$/);
    });
});
