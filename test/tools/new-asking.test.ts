import assert from "node:assert/strict";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { terminal } from "../../tools/new/terminal.ts";
import { IMAGE, run, withProject, written } from "./new-support.ts";

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

describe("npm run new on a terminal", () => {
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
                "It is none of these. Did you mean web?\nIts kind (web, service, worker, job, pipeline): ",
                "Its first image, with a tag: ",
                "It is not a pinned image. Add the tag or the digest that was tested, like :1.4.2.\nIts first image, with a tag: ",
                "Its port (8080): ",
                "It is not a whole number from 1024 to 65535. Write it like 1024.\nIts port (8080): ",
                "The database server that it uses (main; none): ",
                "It is none of these. Did you mean main?\nThe database server that it uses (main; none): ",
                "What it is written in (node, python, go, java, static): ",
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

    it("asks which registry where there are several, and shows what the folder is written in", async () => {
        await withProject(async (root) => {
            const file = join(root, "Pulumi.dev.yaml");
            const text = await readFile(file, "utf8");
            const registries = /( {4}platform:registries:\n)/;
            await writeFile(
                file,
                text.replace(registries, "$1        extra: { repositories: [pages] }\n"),
            );
            await mkdir(join(root, "..", "shop"));
            await writeFile(join(root, "..", "shop", "go.mod"), "module shop\n");
            const { prompt, asked } = answering({ "Its first": IMAGE, "The registry": "extra" });
            const args = ["application", "--name", "shop", "--kind", "worker"];
            const { code, errors } = await run(args, { root, prompt });
            assert.deepEqual([code, errors], [0, ""]);
            assert.deepEqual(asked.slice(2), [
                "The registry that its pipeline pushes to (extra, images): ",
                "What it is written in (node, python, go, java, static; go): ",
                "Where its repository is (github, gitlab; github): ",
            ]);
            assert.match(await written(root), / {12}registry: extra\n$/);
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
