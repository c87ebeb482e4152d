import assert from "node:assert/strict";
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { cp, readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { rules } from "../../policies/rules/index.ts";
import type { Comparison } from "../../tools/plan/against/model.ts";
import { ROOT } from "../../tools/stack/layout.ts";
import { Repository } from "../plan/repository.ts";
import { plan } from "../plan/support.ts";

const run = promisify(execFile);

/** A program with one network, whose options and range are the arguments. */
function program(cidrBlock: string, name = "net", options = ""): string {
    return `
        import { Vpc } from "@pulumi/aws/ec2/vpc.js";
        import { Provider } from "@pulumi/aws/provider.js";
        export default () => {
            const provider = new Provider("p", { region: "eu-central-1" });
            new Vpc("${name}", { cidrBlock: "${cidrBlock}" }, { provider, ${options} });
            return {};
        };
    `;
}

describe("npm run plan -- --against", function () {
    // Each starts processes that load SDKs.
    this.timeout(60_000);

    it("compares the files as they are with a commit, and leaves tree and index alone", () =>
        Repository.use(async (repository) => {
            await repository.write("index.ts", program("10.0.0.0/16"));
            await repository.write("Pulumi.small.yaml", "config: {}\n");
            await repository.commit();
            await repository.write("staged.txt", "staged");
            await repository.git("add", "staged.txt");
            await repository.write("index.ts", program("10.1.0.0/16"));
            const before = await repository.git("status", "--porcelain");
            const { code, text, against } = await repository.against("HEAD");
            assert.equal(code, 0, text);
            assert.match(text, /1 replaced; 1 network would be replaced/);
            assert.deepEqual(
                against?.resources.map(({ kind, changes }) => [
                    kind,
                    changes[0]?.old,
                    changes[0]?.new,
                ]),
                [["replaced", "10.0.0.0/16", "10.1.0.0/16"]],
            );
            assert.equal(await repository.git("status", "--porcelain"), before);
            await repository.assertClean();
        }));

    it("tells that a text differs in which something is unknown, and shows none of what was made up", () =>
        Repository.use(async (repository) => {
            const text = (end: string) => `
                import * as pulumi from "@pulumi/pulumi";
                import { SecurityGroup } from "@pulumi/aws/ec2/securityGroup.js";
                import { Vpc } from "@pulumi/aws/ec2/vpc.js";
                import { Provider } from "@pulumi/aws/provider.js";
                export default () => {
                    const provider = new Provider("p", { region: "eu-central-1" });
                    const vpc = new Vpc("net", { cidrBlock: "10.0.0.0/16" }, { provider });
                    for (const name of ["changed", "same"]) {
                        const end = name === "same" ? "" : "${end}";
                        const description = pulumi.interpolate\`\${vpc.id} \${end}\`;
                        new SecurityGroup(name, { vpcId: vpc.id, description }, { provider });
                    }
                };
            `;
            await repository.write("index.ts", text("a"));
            await repository.write("Pulumi.small.yaml", "config: {}\n");
            await repository.commit();
            await repository.write("index.ts", text("b"));
            const { against, text: shown } = await repository.against("HEAD");
            const [change, ...others] = against?.resources ?? [];
            assert.deepEqual(others, []);
            assert.deepEqual(
                change?.changes.map(({ path, hidden, certainty }) => [path, hidden, certainty]),
                [["description", true, "will"]],
            );
            assert.deepEqual([change?.name, change?.kind], ["changed", "replaced"]);
            assert.doesNotMatch(shown, /vpc-0/);
        }));

    it("names the stacks that only the other revision has", () =>
        Repository.use(async (repository) => {
            await repository.write("index.ts", program("10.0.0.0/16"));
            await repository.write("Pulumi.small.yaml", "config: {}\n");
            await repository.write("Pulumi.old.yaml", "config: {}\n");
            await repository.commit();
            await rm(join(repository.root, "Pulumi.old.yaml"));
            const { text } = await plan(["--all", "--against", "HEAD"], {
                root: repository.root,
                rules,
            });
            assert.match(
                text,
                /note: Only the other revision has a file for old: it is not compared\./,
            );
        }));

    it("works in a folder of a larger repository", () =>
        Repository.use(async (repository) => {
            await repository.write("index.ts", program("10.0.0.0/16"));
            await repository.write("Pulumi.small.yaml", "config: {}\n");
            await repository.commit();
            const { code, text } = await repository.against("HEAD");
            assert.equal(code, 0, text);
            assert.match(text, /no differences/);
        }, "deploy/platform"));

    for (const [options, code, words] of [
        ["", 1, /error: Vpc network-a → Vpc network-b would be deleted/],
        ['aliases: [{ name: "network-a" }]', 0, / 1 renamed\n/],
    ] as const) {
        const how = code === 1 ? "a rename that loses its resource" : "one that an alias covers";
        it(`ends with ${code} on ${how}`, () =>
            Repository.use(async (repository) => {
                await repository.write("index.ts", program("10.0.0.0/16", "network-a"));
                await repository.write("Pulumi.small.yaml", "config: {}\n");
                await repository.commit();
                await repository.write("index.ts", program("10.0.0.0/16", "network-b", options));
                const ended = await repository.against("HEAD");
                assert.equal(ended.code, code, ended.text);
                assert.match(ended.text, words);
            }));
    }

    it("takes everything for new where the other revision has no such stack", () =>
        Repository.use(async (repository) => {
            await repository.write("index.ts", program("10.0.0.0/16"));
            await repository.commit();
            await repository.write("Pulumi.small.yaml", "config: {}\n");
            const { code, text } = await repository.against("HEAD");
            assert.equal(code, 0, text);
            assert.match(text, /new stack: 2 added; 3 new findings, 0 mandatory/);
        }));

    it("ends with 2 where the other revision cannot be planned, in its words, and cleans up", () =>
        Repository.use(async (repository) => {
            await repository.write("Pulumi.small.yaml", "config: {}\n");
            for (const broken of [
                `export default () => { throw new Error("no such thing"); };`,
                `process.exit(7);`,
                `import "./nowhere.ts";`,
            ]) {
                await repository.write("index.ts", broken);
                await repository.commit();
                await repository.write("index.ts", program("10.0.0.0/16"));
                const { code, text } = await repository.against("HEAD");
                assert.equal(code, 2, text);
                assert.match(
                    text,
                    /The plan of (?:small at HEAD failed|the other revision ended early)/,
                );
                await repository.assertClean();
            }
        }));

    it("says that both sides run with the same packages where the lock files differ", () =>
        Repository.use(async (repository) => {
            await repository.write("index.ts", program("10.0.0.0/16"));
            await repository.write("Pulumi.small.yaml", "config: {}\n");
            await repository.write("package-lock.json", "{}");
            await repository.commit();
            await repository.write("package-lock.json", `{"a": 1}`);
            const { text } = await repository.against("HEAD");
            assert.match(text, /note: package-lock\.json differs: .+ --install/);
        }));

    it("refuses what is no revision, and a folder that git does not know", () =>
        Repository.use(async (repository) => {
            await repository.write("index.ts", program("10.0.0.0/16"));
            await repository.write("Pulumi.small.yaml", "config: {}\n");
            await repository.commit();
            for (const revision of ["nowhere", "--help", "HEAD:index.ts"]) {
                const { code, text } = await plan(["--stack", "small", `--against=${revision}`], {
                    root: repository.root,
                });
                assert.equal(code, 2, text);
                assert.match(text, /There is no revision ".+" here\. .+git fetch/);
            }
            await repository.assertClean();
            await rm(join(repository.root, ".git"), { recursive: true });
            const { code, text } = await repository.against("HEAD");
            assert.equal(code, 2);
            assert.match(text, /--against needs a git repository/);
        }));

    it("cleans up when it is interrupted", () =>
        Repository.use(async (repository) => {
            await repository.write(
                "index.ts",
                "await new Promise((go) => setTimeout(go, 600_000));",
            );
            await repository.write("Pulumi.small.yaml", "config: {}\n");
            await repository.commit();
            const script = `
                import { planCommand } from "./tools/plan/command.ts";
                await planCommand(["--stack", "small", "--against", "HEAD"], process.stdout, {
                    root: ${JSON.stringify(repository.root)}, program: () => ({}),
                });
            `;
            const args = ["--input-type=module", "--eval", script];
            const child = spawn(process.execPath, args, { cwd: ROOT, stdio: "ignore" });
            const began = async () => {
                const [folder] = await readdir(repository.temporary);
                const tree = join(repository.temporary, folder ?? "none", "tree", "node_modules");
                return existsSync(tree);
            };
            const exit = once(child, "exit") as Promise<[number | null, string | null]>;
            while (child.exitCode === null && !(await began())) await sleep(50);
            child.kill("SIGINT");
            const [, signal] = await exit;
            assert.equal(signal, "SIGINT");
            await repository.assertClean();
        }));
});

describe("this program against its own last commit", () => {
    it("tells what one changed line comes to", function () {
        this.timeout(120_000);
        // The copy would compile everything anew.
        const env = { ...process.env, NODE_COMPILE_CACHE: join(ROOT, ".local", "cache") };
        return Repository.use(async (repository) => {
            const names = (await readdir(ROOT)).filter((name) => !name.startsWith("."));
            for (const name of names) {
                if (["node_modules", "test", "docs"].includes(name)) continue;
                await cp(join(ROOT, name), join(repository.root, name), { recursive: true });
            }
            await repository.commit();
            const changed = join("components", "kubernetes", "restricted.ts");
            const text = await readFile(join(repository.root, changed), "utf8");
            const line = "readOnlyRootFilesystem: true";
            assert.ok(text.includes(line), changed);
            await repository.write(changed, text.replace(line, "readOnlyRootFilesystem: false"));
            const command = ["tools/plan.ts", "--stack", "dev", "--against", "HEAD", "--json", "-"];
            const ended = await run(process.execPath, command, {
                cwd: repository.root,
                env,
                maxBuffer: 2 ** 28,
            }).catch((error: unknown) => error as { stdout: string });
            const { against } = JSON.parse(ended.stdout) as { against: Comparison };
            const paths = against.resources.flatMap(({ changes }) =>
                changes.map(({ path }) => path),
            );
            assert.ok(paths.length > 0);
            for (const path of paths) {
                assert.match(path, /securityContext\.readOnlyRootFilesystem$/);
            }
            assert.ok(
                against.findings.appeared.some(({ message, path }) =>
                    /read-?only/i.test(`${path} ${message}`),
                ),
            );
            await repository.assertClean();
        });
    });
});
