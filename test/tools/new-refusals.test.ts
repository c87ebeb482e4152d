import assert from "node:assert/strict";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { SecurityGroup } from "@pulumi/aws/ec2/securityGroup.js";
import { Provider } from "@pulumi/aws/provider.js";
import { contents, IMAGE, run, SHOP, withProject } from "./new-support.ts";

describe("npm run new writes nothing, and", () => {
    it("rejects everything that is wrong or there already, all at once, and writes nothing", async () => {
        await withProject(async (root) => {
            const shop = join(root, "..", "shop");
            await mkdir(join(shop, ".github", "workflows"), { recursive: true });
            await writeFile(join(shop, "Dockerfile"), "FROM scratch\n");
            await writeFile(join(shop, ".github", "workflows", "deliver.yaml"), "name: Mine\n");
            const before = await contents(join(root, ".."));
            const wrong = ["--into", "../shop", "--database", "orders", "--port", "80"];
            const more = ["--replicas", "few", "--bucket", "pictures", "--forge", "codeberg"];
            const { code, text, errors } = await run(
                [
                    "application",
                    "--name",
                    "podinfo",
                    "--kind",
                    "web",
                    "--image",
                    IMAGE,
                    ...wrong,
                    ...more,
                ],
                { root },
            );
            assert.deepEqual([code, text], [2, ""]);
            const [head, ...lines] = errors.trimEnd().split("\n");
            assert.equal(head, "Nothing was written; there are 9 problems:");
            const paths = lines.map((line) =>
                /^ +\d+\. ([^:]+(?:: )?)/.exec(line)?.[1]?.replace(": ", ""),
            );
            assert.deepEqual(paths, [
                "applications.podinfo",
                "../shop/Dockerfile",
                "../shop/.github/workflows/deliver.yaml",
                "--replicas",
                "--bucket",
                "--forge",
                "--runtime",
                "applications.podinfo.port",
                "applications.podinfo.database",
            ]);
            assert.match(
                lines.at(-1) ?? "",
                /"orders" is not a database of the site\. Write main, or say --add-services\.$/,
            );
            assert.deepEqual(await contents(join(root, "..")), before);
        });
    });

    it("takes the platform's repository for no service's", async () => {
        await withProject(async (root) => {
            const before = await contents(join(root, ".."));
            const options = ["application", "--name", "shop", "--kind", "web", "--image", IMAGE];
            const more = ["--runtime", "go", "--into", "."];
            const { code, errors } = await run([...options, ...more], { root });
            assert.equal(code, 2);
            assert.match(
                errors,
                /1 problem:\n {2}1\. --into: is the platform's repository\. Name the service's own, such as \.\.\/shop, or leave it alone by --settings-only\.\n$/,
            );
            assert.deepEqual(await contents(join(root, "..")), before);
        });
    });

    it("writes over no file that comes to be meanwhile, and takes back what it has written", async () => {
        await withProject(async (root) => {
            const before = await contents(join(root, ".."));
            const late = async () => {
                await mkdir(join(root, "..", "shop", ".github"), { recursive: true });
                await writeFile(join(root, "..", "shop", ".github", "workflows"), "in the way\n");
                return {};
            };
            const { code, errors } = await run([...SHOP, "--runtime", "go"], {
                root,
                program: late,
            });
            assert.equal(code, 2);
            assert.match(errors, /^Nothing was written: /);
            assert.deepEqual(await contents(join(root, "..")), {
                ...before,
                "shop/.github/workflows": "in the way\n",
            });
        });
    });

    it("notices that somebody else changed the stack's file meanwhile", async () => {
        await withProject(async (root) => {
            const file = join(root, "Pulumi.dev.yaml");
            const other = async () => {
                await writeFile(file, "# mine\n");
                return {};
            };
            const { code, errors } = await run([...SHOP, "--runtime", "go"], {
                root,
                program: other,
            });
            assert.equal(code, 2);
            assert.match(
                errors,
                /Pulumi\.dev\.yaml was changed meanwhile\. Run the command again\./,
            );
            assert.deepEqual(Object.keys(await contents(join(root, ".."))).length, 2);
            assert.equal(await readFile(file, "utf8"), "# mine\n");
        });
    });

    it("never repeats what may be a credential", async () => {
        const secrets = [
            ["--env", "DATABASE_PASSWORD=hunter2-is-hidden"],
            ["--env", "hunter2-is-hidden"],
            ["--secret", "STRIPE=sk_live_Hunter2IsHidden"],
            ["--env", "URL=postgres://me:hunter2-is-hidden@host/db"],
            ["--step", "x=curl https://me:hunter2-is-hidden@host"],
            ["hunter2-is-hidden"],
            ["--env", "https://me:hunter2-is-hidden@host=1"],
            ["--add-services", "--bucket", "ghp_hunter2hunter2hunter2=read"],
        ];
        await withProject(async (root) => {
            const before = await contents(join(root, ".."));
            for (const secret of secrets) {
                const args = [...SHOP, "--settings-only", "--dry-run", ...secret];
                const { code, text, errors } = await run(args, { root });
                assert.equal(code, 2, secret.join(" "));
                assert.doesNotMatch(text + errors, /hunter2/i);
            }
            assert.deepEqual(await contents(join(root, "..")), before);
        });
    });

    it("stops at what the guardrails would stop, before anything is written", async () => {
        await withProject(async (root) => {
            const before = await contents(join(root, ".."));
            let round = 0;
            // The second plan is the one of what would be written.
            const careless = () => {
                const provider = new Provider("careless", { region: "eu-central-1" });
                const open = {
                    fromPort: 22,
                    toPort: 22,
                    protocol: "tcp",
                    cidrBlocks: ["0.0.0.0/0"],
                };
                if (round++ > 0) new SecurityGroup("careless", { ingress: [open] }, { provider });
                return {};
            };
            const { code, text } = await run([...SHOP, "--settings-only"], {
                root,
                program: careless,
            });
            assert.equal(code, 1);
            assert.match(text, /^Nothing was written: \d+ mandatory findings? would stop it\.\n/);
            assert.deepEqual(await contents(join(root, "..")), before);
        });
    });
});
