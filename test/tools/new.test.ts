import assert from "node:assert/strict";
import { chmod, stat } from "node:fs/promises";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { HELP } from "../../tools/new/help.ts";
import { terminal } from "../../tools/new/questions.ts";
import { contents, IMAGE, run, SHOP, withProject, written } from "./new-support.ts";

/** Somebody who answers by how a question begins, and nothing to the others. */
function answering(answers: Readonly<Record<string, string>>) {
    const asked: string[] = [];
    const ask = (question: string) => {
        asked.push(question);
        const start = Object.keys(answers).find((one) => question.startsWith(one));
        return Promise.resolve(start === undefined ? "" : (answers[start] ?? ""));
    };
    return { asked, prompt: { ask, close: () => undefined } };
}

describe("npm run new", () => {
    it("says what can be made, and what was probably meant", async () => {
        assert.deepEqual(await run(["--help"], {}), { code: 0, text: `${HELP}\n`, errors: "" });
        assert.deepEqual(await run([], {}), { code: 0, text: `${HELP}\n`, errors: "" });
        assert.deepEqual(await run(["aplication"], {}), {
            code: 2,
            text: "",
            errors: "Say what to make first: application, site, image. Did you mean application?\nnpm run new -- --help shows what can be made.\n",
        });
        const { errors } = await run(["site", "--regoin", "x"], {});
        assert.match(errors, /Did you mean --region\?/);
    });

    it("lists what is missing where nobody can be asked, and asks for no more than that", async () => {
        await withProject(async (root) => {
            const { code, errors } = await run(["application", "--kind", "pipeline"], { root });
            assert.equal(code, 2);
            assert.equal(
                errors,
                "npm run new -- application needs --name, --image, --schedule, --step, and there is no terminal to ask on.\n" +
                    "npm run new -- --help shows the options.\n",
            );
            const site = await run(["site"], { root });
            assert.match(site.errors, /needs --name, --cloud, --region, --account, and there/);
        });
    });

    it("writes an application, its service's repository, and nothing else", async () => {
        await withProject(async (root) => {
            const before = await contents(join(root, ".."));
            const { code, text, errors } = await run([...SHOP, "--runtime", "go"], { root });
            assert.deepEqual([code, errors], [0, ""]);
            const after = await contents(join(root, ".."));
            assert.deepEqual(Object.keys(after), [
                "platform/Pulumi.dev.yaml",
                "platform/Pulumi.yaml",
                "shop/.dockerignore",
                "shop/.github/workflows/deliver.yaml",
                "shop/Dockerfile",
            ]);
            assert.equal(
                after["platform/Pulumi.dev.yaml"],
                before["platform/Pulumi.dev.yaml"]!.replace("[podinfo]", "[podinfo, shop]") +
                    `        shop:\n            kind: web\n            image: ${IMAGE}\n            registry: images\n`,
            );
            assert.match(
                text,
                /^Written: \.\.\/shop\/Dockerfile\nWritten: \.\.\/shop\/\.dockerignore\nWritten: \.\.\/shop\/\.github\/workflows\/deliver\.yaml\nWritten: Pulumi\.dev\.yaml\n\napplication shop · adds 0 resources\n\ndev · /,
            );
            assert.match(
                text,
                /\nThen {2}commit Pulumi\.dev\.yaml here and \.\.\/shop there\. What its pipeline needs: docs\/golden-path\.md#the-delivery\.\n$/,
            );
        });
    });

    it("takes every answer by an option, and writes it as short as it can be", async () => {
        await withProject(async (root) => {
            const options = [
                ...["--port", "9000", "--live", "/up", "--ready", "/ok", "--replicas", "2..4"],
                ...[
                    "--env",
                    "LOG_LEVEL=info",
                    "--env",
                    "QUERY=a=b",
                    "--secret",
                    "STRIPE=stripe#key",
                ],
                ...["--generate", "SIGNING", "--database", "main", "--cache", "sessions"],
                ...["--queue", "mail", "--stream", "events", "--produces", "orders"],
                ...["--bucket", "pictures=write", "--calls", "podinfo", "--reach", "internal"],
                ...["--slo", "99.95", "--owner", "shop-team", "--site", "aws"],
                ...["--add-services", "--settings-only"],
            ];
            const { code, errors } = await run([...SHOP, ...options], { root });
            assert.deepEqual([code, errors], [0, ""]);
            assert.equal(
                await written(root),
                `        shop:
            kind: web
            image: ${IMAGE}
            registry: images
            port: 9000
            replicas: { min: 2, max: 4 }
            health: { live: /up, ready: /ok }
            env: { LOG_LEVEL: info, QUERY: a=b }
            secrets:
                STRIPE: { from: stripe, field: key }
                SIGNING: { generate: 32 }
            database: main
            cache: sessions
            queue: mail
            stream: { name: events, produces: [orders] }
            buckets: { pictures: write }
            calls: [podinfo]
            expose: internal
            slo: 99.95
            sites: [aws]
            owner: shop-team
    platform:caches:
        sessions: {}
    platform:queues:
        mail: {}
    platform:streams:
        events:
            topics: { orders: {} }
    platform:objectStores:
        pictures: {}
`,
            );
        });
    });

    it("keeps the rights of the stack's file", async () => {
        await withProject(async (root) => {
            const file = join(root, "Pulumi.dev.yaml");
            await chmod(file, 0o640);
            await run([...SHOP, "--settings-only"], { root });
            assert.equal((await stat(file)).mode & 0o777, 0o640);
        });
    });

    it("shows by --dry-run what it would write, and writes nothing", async () => {
        await withProject(async (root) => {
            const before = await contents(join(root, ".."));
            const { code, text } = await run([...SHOP, "--runtime", "go", "--dry-run"], { root });
            assert.equal(code, 0);
            assert.match(text, /^--- \/dev\/null\n\+\+\+ \.\.\/shop\/Dockerfile\n\+FROM golang/);
            assert.match(
                text,
                /\n-            repositories: \[podinfo\]\n\+            repositories: \[podinfo, shop\]\n/,
            );
            assert.match(text, /\n {13}database: main\n\+        shop:\n\+            kind: web\n/);
            assert.match(text, /\nNothing was written\.\n$/);
            assert.deepEqual(await contents(join(root, "..")), before);
        });
    });

    it("asks for what is missing, again where an answer is none, and then for what may be of use", async () => {
        await withProject(async (root) => {
            const [input, output] = [new PassThrough(), new PassThrough()];
            const answers = ["Shop", "shop", "", "website", "web", "nginx", IMAGE, "80"];
            answers.push("", "mian", "main", "go", "");
            const asked: string[] = [];
            output.on("data", (chunk: Buffer) => {
                asked.push(chunk.toString());
                const next = answers.shift();
                if (next !== undefined) input.write(`${next}\n`);
            });
            const prompt = terminal(input, output);
            const { code, errors } = await run(["application"], { root, prompt });
            assert.deepEqual([code, errors], [0, ""]);
            assert.deepEqual(asked, [
                "Its name: ",
                "It is not an application's name: lower-case letters, digits and single hyphens, a letter first, 30 characters at most. Write it like shop.\nIts name: ",
                "Its kind (web, service, worker, job, pipeline): ",
                "Its kind (web, service, worker, job, pipeline): ",
                "Its kind (web, service, worker, job, pipeline): ",
                "Its first image, with a tag: ",
                "It is not a pinned image. Add the tag or the digest that was tested, like :1.4.2.\nIts first image, with a tag: ",
                "Its port (8080): ",
                "It is not a whole number from 1024 to 65535. Write it like 1024.\nIts port (8080): ",
                "The database server that it uses (main; none): ",
                "The database server that it uses (main; none): ",
                "What it is written in, unless its folder shows it (node, python, go, java, static; none): ",
                "Where its repository is (github, gitlab; github): ",
            ]);
            assert.equal(
                await written(root),
                `        shop:\n            kind: web\n            image: ${IMAGE}\n            registry: images\n            database: main\n`,
            );
        });
    });

    it("takes a new service beside those that there are where it is to add them", async () => {
        await withProject(async (root) => {
            const { prompt, asked } = answering({ "The cache": "sessions", "Its first": IMAGE });
            const said = ["--name", "shop", "--kind", "worker"];
            const args = ["application", ...said, "--add-services", "--settings-only"];
            const { code, errors } = await run(args, { root, prompt });
            assert.deepEqual([code, errors], [0, ""]);
            assert.deepEqual(asked, [
                "Its first image, with a tag: ",
                "The database server that it uses (main, a new one; none): ",
                "The cache that it uses (a new one; none): ",
                "The queue that it uses (a new one; none): ",
            ]);
            assert.match(await written(root), / {4}platform:caches:\n {8}sessions: \{\}\n$/);
        });
    });

    it("lets choose the application of a new image", async () => {
        await withProject(async (root) => {
            const image = "ghcr.io/stefanprodan/podinfo:6.10.0";
            const { prompt, asked } = answering({ "The app": "podinfo", "Its new": image });
            const { code, errors } = await run(["image"], { root, prompt });
            assert.deepEqual([code, errors], [0, ""]);
            assert.deepEqual(asked, ["The application (podinfo): ", "Its new image: "]);
        });
    });

    it("writes nothing when whoever is asked goes away", async () => {
        await withProject(async (root) => {
            const [input, output] = [new PassThrough(), new PassThrough()];
            output.on("data", () => input.end());
            const { code, errors } = await run(["site"], { root, prompt: terminal(input, output) });
            assert.deepEqual([code, errors], [2, "Nothing was written.\n"]);
        });
    });
});
