import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { json } from "node:stream/consumers";
import { postCommand } from "../../tools/post/command.ts";
import { Paper } from "../support/paper.ts";

/** A row as either forge's API tells it. */
type Row = Record<string, unknown>;

/** How the two APIs tell what the pipeline wrote, and what somebody else did. */
const MINE = { user: { type: "Bot" }, author: { id: 1 } };
const OTHERS = { user: { type: "User" }, author: { id: 2 } };

/** As much of the two APIs as the command uses, over lists that a test looks into. */
class FakeForge {
    readonly notes: Row[] = [];
    readonly issues: Row[] = [];
    readonly asked: string[] = [];
    refuses = false;
    #server: Server | undefined;

    async start(): Promise<string> {
        this.#server = createServer((request, response) => {
            void (async () => {
                const { method = "", url = "" } = request;
                const given = method === "GET" ? {} : ((await json(request)) as Row);
                this.asked.push(`${method} ${url}`);
                response.statusCode = this.refuses ? 403 : 200;
                response.end(
                    JSON.stringify(this.refuses ? "no" : this.#answer(url, method, given)),
                );
            })();
        });
        await new Promise<void>((resolve) => this.#server?.listen(0, "127.0.0.1", resolve));
        return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
    }

    stop(): void {
        this.#server?.close();
    }

    #answer(url: string, method: string, given: Row): unknown {
        const { pathname, searchParams } = new URL(url, "http://here");
        if (pathname === "/user") return { id: 1 };
        const list = /comments|notes/.test(pathname) ? this.notes : this.issues;
        const page = Number(searchParams.get("page"));
        if (method === "GET") return list.filter(isOpen).slice((page - 1) * 100, page * 100);
        const { title, body = given["description"], state = given["state_event"] } = given;
        const id = /\/(\d+)$/.exec(pathname)?.[1];
        if (id === undefined) {
            const number = list.length + 1;
            list.push({ id: number, number, iid: number, title, body, description: body, ...MINE });
        } else {
            Object.assign(list[Number(id) - 1] ?? {}, body && { body, description: body }, {
                state,
            });
        }
        return {};
    }
}

function isOpen({ state }: Row): boolean {
    return state === undefined;
}

const FORGES = {
    GitHub: (base: string) => ({
        GITHUB_ACTIONS: "true",
        GITHUB_API_URL: base,
        GITHUB_REPOSITORY: "acme/platform",
        GITHUB_TOKEN: "not-a-token",
        GITHUB_REF: "refs/pull/7/merge",
    }),
    GitLab: (base: string) => ({
        GITLAB_CI: "true",
        CI_API_V4_URL: base,
        CI_PROJECT_ID: "42",
        CI_MERGE_REQUEST_IID: "7",
        GITLAB_TOKEN: "not-a-token",
    }),
};

for (const [name, environment] of Object.entries(FORGES)) {
    describe(`npm run post, on ${name}`, () => {
        let forge: FakeForge;
        let env: NodeJS.ProcessEnv;
        let folder: string;
        let file: string;

        beforeEach(async () => {
            forge = new FakeForge();
            env = environment(await forge.start());
            folder = await mkdtemp(join(tmpdir(), "post-"));
            file = join(folder, "said.md");
            await writeFile(file, "## 3 added\n");
        });

        afterEach(async () => {
            forge.stop();
            await rm(folder, { recursive: true, force: true });
        });

        async function post(
            ...args: string[]
        ): Promise<{ code: number; text: string; errors: string }> {
            const [out, errors] = [new Paper(), new Paper()];
            const code = await postCommand(args, out, errors, env);
            return { code, text: out.text, errors: errors.text };
        }

        it("writes a comment once, and brings it up to date afterwards", async () => {
            assert.equal((await post("--comment", "plan", "--file", file)).code, 0);
            await writeFile(file, "## 4 added\n");
            assert.match((await post("--comment", "plan", "--file", file)).text, /up to date/);
            assert.deepEqual(
                forge.notes.map(({ body }) => body),
                ["<!-- posted as plan -->\n## 4 added\n"],
            );
        });

        it("takes the line with which a text names itself for its marker", async () => {
            await writeFile(file, "<!-- npm run plan: platform/all -->\n## 3 added\n");
            await post("--comment", "plan", "--file", file);
            await writeFile(file, "<!-- npm run plan: platform/all -->\n## 4 added\n");
            await post("--comment", "plan", "--file", file);
            assert.deepEqual(
                forge.notes.map(({ body }) => body),
                ["<!-- npm run plan: platform/all -->\n## 4 added\n"],
            );
        });

        it("finds its comment behind a hundred others, and leaves those alone", async () => {
            for (let id = 1; id <= 130; id++) {
                forge.notes.push({ id, body: "see <!-- posted as plan -->", ...MINE });
            }
            await post("--comment", "plan", "--file", file);
            await post("--comment", "plan", "--file", file);
            assert.equal(forge.notes.length, 131);
            assert.ok(
                forge.notes
                    .slice(0, 130)
                    .every(({ body }) => body === "see <!-- posted as plan -->"),
            );
        });

        it("leaves alone what somebody else wrote to look like its own", async () => {
            const body = "<!-- posted as plan -->\nAll is well.";
            forge.notes.push({ id: 1, body, ...OTHERS });
            await post("--comment", "plan", "--file", file);
            await post("--comment", "plan", "--file", file);
            assert.deepEqual(
                forge.notes.map((note) => note["body"]),
                [body, "<!-- posted as plan -->\n## 3 added\n"],
            );
        });

        it("closes an issue whatever its text begins with", async () => {
            await writeFile(file, "<!-- a note -->\n## Drift\n");
            await post("--issue", "Drift in dev", "--file", file);
            assert.match((await post("--issue", "Drift in dev", "--close")).text, /closed/);
        });

        it("keeps one open issue for each title, and closes it", async () => {
            const drift = ["--issue", "Drift in dev"];
            assert.match((await post(...drift, "--close")).text, /none is open/);
            await post(...drift, "--file", file);
            await post("--issue", "Drift in prod", "--file", file);
            assert.match((await post(...drift, "--file", file)).text, /up to date/);
            assert.deepEqual(
                forge.issues.map(({ title }) => title),
                ["Drift in dev", "Drift in prod"],
            );
            assert.match((await post(...drift, "--close")).text, /closed/);
            assert.deepEqual(forge.issues.map(isOpen), [false, true]);
            assert.match((await post(...drift, "--file", file)).text, /opened/);
        });

        it("shows the output of a command as it is", async () => {
            await writeFile(file, "\u001b[31m~ update\u001b[0m\n```\n@everyone\n");
            await post("--issue", "Drift in dev", "--text", "--file", file);
            assert.match(
                String(forge.issues[0]?.["body"]),
                /-->\n````text\n~ update\n```\n@everyone\n````$/,
            );
        });

        it("cuts what the forge would refuse, and keeps the end of a command's output", async () => {
            const most = name === "GitHub" ? 65_536 : 1_000_000;
            await writeFile(file, `${"🙂".repeat(most)}the end`);
            await post("--comment", "plan", "--file", file);
            await post("--issue", "Drift in dev", "--text", "--file", file);
            const [comment, issue] = [forge.notes, forge.issues].map(([row]) =>
                String(row?.["body"]),
            );
            assert.ok((comment?.length ?? 0) <= most && (comment?.length ?? 0) > most - 10);
            assert.match(comment ?? "", /the pipeline's log has all of it\.$/);
            assert.ok((issue?.length ?? 0) <= most && (issue?.length ?? 0) > most - 20);
            assert.match(issue ?? "", /the end\n```$/);
        });

        it("says what the forge refused, without the token", async () => {
            forge.refuses = true;
            const { code, text, errors } = await post("--comment", "plan", "--file", file);
            assert.deepEqual([code, text], [2, ""]);
            assert.match(errors, /was refused: 403 "no"\nLook at what the job's token may do/);
            assert.ok(!errors.includes("not-a-token"));
        });

        it("says which variable is missing", async () => {
            for (const variable of Object.keys(env)) {
                const { [variable]: _, ...rest } = env;
                const [out, errors] = [new Paper(), new Paper()];
                const args = ["--comment", "plan", "--file", file];
                assert.equal(await postCommand(args, out, errors, rest), 2, variable);
                assert.equal(out.text, "");
                assert.notEqual(errors.text, "");
            }
            assert.deepEqual(forge.asked, []);
        });

        it("refuses options that do not belong together", async () => {
            for (const args of [
                [],
                ["--comment", "plan"],
                ["--comment", "plan", "--issue", "Drift", "--file", file],
                ["--comment", "plan", "--close"],
                ["--issue", "Drift", "--close", "--file", file],
                ["--issue", "Drift"],
                ["--issue", "Drift", "--file", `${file}.not`],
            ]) {
                assert.equal((await post(...args)).code, 2, args.join(" "));
            }
            assert.match((await post("--help")).text, /Exit codes: 0 .+ · 2 /);
        });
    });
}
