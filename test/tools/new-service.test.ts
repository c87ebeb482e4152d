import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import prettier from "prettier";
import { parse } from "yaml";
import { CLOUDS } from "../../components/contracts/cloud.ts";
import { readArguments } from "../../tools/new/arguments.ts";
import { serviceTexts, type Forge, type Service } from "../../tools/new/service/files.ts";
import { readPins } from "../../tools/new/service/pins.ts";
import type { Delivery } from "../../tools/new/service/place.ts";
import { RUNTIMES } from "../../tools/new/service/runtime.ts";
import { ROOT } from "../../tools/stack/layout.ts";
import { buildActionlint, lintWorkflows } from "../../tools/workflows/actionlint.ts";
import { validate } from "../ci/gitlab-schema.ts";
import { DOCUMENT, type Job } from "../ci/support.ts";

const REGIONS = { aws: "eu-central-1", azure: "westeurope", gcp: "europe-west3" } as const;

const DELIVERY: Delivery = {
    application: "shop",
    registry: "images",
    repository: "shop",
    stack: "prod",
    sites: CLOUDS.map((cloud) => ({ site: cloud, cloud, region: REGIONS[cloud] })),
};

const SERVICE: Service = { runtime: "node", forge: "github", port: 8080, delivery: DELIVERY };

async function textOf(name: string, service: Partial<Service> = {}): Promise<string> {
    return (await serviceTexts({ ...SERVICE, ...service })).get(name) ?? "";
}

/** The instructions of an image's last stage, each a word and the rest of its line. */
function lastStage(text: string): readonly (readonly [instruction: string, rest: string])[] {
    const lines = text.slice(text.lastIndexOf("\nFROM ") + 1).split("\n");
    return lines.flatMap((line) => {
        const [, word = "", rest = ""] = /^([A-Z]+) (.*)$/.exec(line) ?? [];
        return word === "" ? [] : [[word, rest] as const];
    });
}

describe("the Dockerfile of a new service", () => {
    for (const runtime of RUNTIMES) {
        describe(`for ${runtime}`, () => {
            it("names every image by a tag that tells its version, and none by latest", async () => {
                const text = await textOf("Dockerfile", { runtime });
                const stages = [...text.matchAll(/^FROM (\S+)(?: AS (\w+))?$/gm)];
                assert.ok(stages.length >= 3);
                const names = stages.flatMap(([, , name]) => name ?? []);
                const images = stages.flatMap(([, image = ""]) =>
                    names.includes(image) ? [] : [image],
                );
                for (const image of images) assert.match(image, /\d.*:|:[^/]*\d/, image);
                for (const image of images) assert.doesNotMatch(image, /:latest|^[^:]*$/);
            });

            it("runs as user 10001 on the port that the settings name, and leaves health to probes", async () => {
                const text = await textOf("Dockerfile", { runtime, port: 9898 });
                const last = lastStage(text);
                const of = (word: string) => last.filter(([one]) => one === word);
                assert.deepEqual(of("USER"), [["USER", "10001:10001"]]);
                assert.deepEqual(of("EXPOSE"), [["EXPOSE", "9898"]]);
                assert.deepEqual(of("RUN"), []);
                assert.doesNotMatch(text, /HEALTHCHECK|\{\{|ADD |ARG /);
            });

            it("has a stage that tests, which nothing that is shipped comes from", async () => {
                const text = await textOf("Dockerfile", { runtime });
                assert.match(text, /^FROM build AS test\n(ENV .*\n)?RUN .*(test|vet)/m);
                assert.doesNotMatch(text, /--from=test/);
            });
        });
    }

    it("speaks of no port where nobody is answered", async () => {
        const text = await textOf("Dockerfile", { runtime: "go", port: undefined });
        assert.doesNotMatch(text, /EXPOSE|PORT/);
        assert.match(text, /^USER 10001:10001\nENTRYPOINT/m);
    });

    it("keeps credentials out of the image", async () => {
        const ignored = (await textOf(".dockerignore")).split("\n");
        for (const name of [".git", ".env*", "*.pem", "*.key", "gha-creds-*.json"]) {
            assert.ok(ignored.includes(name), name);
        }
    });
});

interface Pipeline {
    readonly permissions: unknown;
    readonly jobs: Readonly<Record<string, Job & { readonly needs?: string }>>;
}

describe("the workflow of a new service", () => {
    let text: string;
    let jobs: Pipeline["jobs"];
    before(async () => {
        text = await textOf(".github/workflows/deliver.yaml");
        jobs = (parse(text) as Pipeline).jobs;
    });

    it("passes actionlint, for each cloud alone and for all together", async () => {
        const actionlint = await buildActionlint(process.env);
        const folder = await mkdtemp(join(tmpdir(), "deliver-"));
        try {
            await mkdir(join(folder, ".git"));
            for (const sites of [DELIVERY.sites, ...DELIVERY.sites.map((site) => [site])]) {
                const name = `${sites.map(({ site }) => site).join("-")}.yaml`;
                const file = join(folder, ".github", "workflows", name);
                await mkdir(dirname(file), { recursive: true });
                const delivery = { ...DELIVERY, sites };
                await writeFile(file, await textOf(".github/workflows/deliver.yaml", { delivery }));
            }
            assert.equal(lintWorkflows(actionlint, folder), "");
        } finally {
            await rm(folder, { recursive: true, force: true });
        }
    });

    it("names every action by the digest that the project's own pipelines name it by", async () => {
        const own = ["pull-request.yaml"].map((file) =>
            readFileSync(join(ROOT, "ci", "github", "workflows", file), "utf8"),
        );
        assert.ok(own[0]!.includes((await readPins())("actions/checkout")));
        const used = [...text.matchAll(/uses: (.+)/g)].map(([, action = ""]) => action);
        assert.equal(used.length, 8);
        for (const action of used) {
            const [, name = "", digest = "", version = ""] =
                /^([\w./-]+)@([\da-f]{40}) # (v[\d.]+)$/.exec(action) ?? [];
            const row = new RegExp(`\\| \`${name}\` +\\| ${version} +\\| \`${digest}\` +\\|`);
            assert.match(DOCUMENT, row, action);
        }
        await assert.rejects(async () => (await readPins())("acme/unknown"), /acme\/unknown/);
    });

    it("begins with no permission, and gives each job the least", () => {
        assert.deepEqual((parse(text) as Pipeline).permissions, {});
        const given = Object.entries(jobs).map(([name, { permissions }]) => [name, permissions]);
        assert.deepEqual(Object.fromEntries(given), {
            test: { contents: "read" },
            build: { contents: "read", "id-token": "write" },
            propose: {},
        });
        for (const { "timeout-minutes": most } of Object.values(jobs)) assert.ok(most);
    });

    it("gives what a fork sends nothing, and signs in for what is merged only", () => {
        assert.equal(jobs["test"]?.environment, undefined);
        assert.equal(jobs["build"]?.if, "github.event_name == 'push'");
        assert.equal(jobs["build"]?.environment, "delivery");
        assert.deepEqual([jobs["build"]?.needs, jobs["propose"]?.needs], ["test", "build"]);
    });

    it("builds once for all sites, and passes the digest on", () => {
        const steps = jobs["build"]?.steps ?? [];
        const builds = steps.filter(({ run }) => run?.includes("buildx build"));
        assert.deepEqual(
            builds.map(({ run }) => run),
            [
                'docker buildx build --push --metadata-file pushed.json --tag "$AWS_REGISTRY/shop:$TAG" --tag "$AZURE_REGISTRY/shop:$TAG" --tag "$GCP_REGISTRY/shop:$TAG" .',
            ],
        );
        const signed = steps.flatMap(({ uses = "" }) => /^[\w-]+\/[\w-]+/.exec(uses)?.[0] ?? []);
        assert.deepEqual(signed, [
            "actions/checkout",
            "aws-actions/configure-aws-credentials",
            "azure/login",
            "google-github-actions/auth",
        ]);
    });

    it("takes no expression into a shell, and proposes by a command that there is", () => {
        const commands = Object.values(jobs)
            .flatMap(({ steps }) => steps)
            .flatMap(({ run }) => run ?? []);
        for (const run of commands) assert.ok(!run.includes("${{") && !run.includes("\n"), run);
        const proposal = commands.find((run) => run.startsWith("npm run new -- "))!;
        const words = proposal.slice("npm run new -- ".length).replaceAll('"', "").split(" ");
        assert.deepEqual(readArguments(words), {
            thing: "image",
            stack: "prod",
            dryRun: false,
            help: false,
            answers: { application: "shop", registry: "images", image: "$IMAGE" },
        });
    });
});

describe("both pipelines of a new service", () => {
    const NAMES: Readonly<Record<Forge, string>> = {
        github: ".github/workflows/deliver.yaml",
        gitlab: ".gitlab-ci.yml",
    };
    for (const [forge, name] of Object.entries(NAMES) as [Forge, string][]) {
        it(`are written as prettier writes them: ${forge}`, async () => {
            const text = await textOf(name, { forge });
            const options = await prettier.resolveConfig(join(ROOT, name));
            assert.equal(await prettier.format(text, { ...options, filepath: name }), text);
        });

        it(`read only variables and secrets that docs/golden-path.md lists: ${forge}`, async () => {
            const page = readFileSync(join(ROOT, "docs", "golden-path.md"), "utf8");
            const text = await textOf(name, { forge });
            const found = [
                ...text.matchAll(/(?:vars|secrets)\.(\w+)/g),
                ...text.matchAll(/\$\{?((?:AWS|AZURE|GCP|PLATFORM)_\w+)/g),
            ].map(([, variable = ""]) => variable.replace(/^(AWS|AZURE|GCP)_/, "SITE_"));
            assert.ok(found.length > 4);
            for (const variable of found.filter((one) => !one.endsWith("_ID_TOKEN"))) {
                assert.ok(page.includes(`\`${variable}\``), variable);
            }
        });
    }

    it("are taken by GitLab's own schema: gitlab", async () => {
        const text = await textOf(".gitlab-ci.yml", { forge: "gitlab" });
        const { status, said } = await validate(text);
        assert.equal(status, 0, said);
        for (const job of ["test", "build", "propose"]) {
            assert.match(said, new RegExp(`^${job} `, "m"));
        }
    });

    it("hand the job's token on by an input, never on a command line: gitlab", async () => {
        const text = await textOf(".gitlab-ci.yml", { forge: "gitlab" });
        const uses = [...text.matchAll(/^.*\$\w+_ID_TOKEN.*$/gm)].map(([line]) => line.trim());
        assert.equal(uses.length, 3);
        for (const line of uses) assert.match(line, /^printf %s "\$\w+_ID_TOKEN" \| docker run /);
    });
});
