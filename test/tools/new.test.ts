import assert from "node:assert/strict";
import { chmod, stat } from "node:fs/promises";
import { join } from "node:path";
import { HELP } from "../../tools/new/help.ts";
import { contents, IMAGE, run, SHOP, withProject, written } from "./new-support.ts";

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
});
