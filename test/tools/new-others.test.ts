import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { run, withProject } from "./new-support.ts";

describe("npm run new -- site", () => {
    const SITES = {
        aws: ["eu-west-1", "123456789012", "arn:aws:iam::123456789012:role/admin", "account"],
        azure: [
            "westeurope",
            "00000000-0000-4000-8000-000000000000",
            "00000000-0000-4000-8000-000000000001",
            "subscription",
        ],
        gcp: ["europe-west3", "my-project-id", "group:team@example.com", "project"],
    } as const;
    for (const [cloud, [region, account, administrator, word]] of Object.entries(SITES)) {
        it(`writes the account by the word of ${cloud}`, async () => {
            await withProject(async (root) => {
                const options = [
                    ...["--name", "second", "--cloud", cloud, "--region", region],
                    ...["--account", account, "--administrator", administrator],
                    ...["--cidr", "198.51.100.0/24", "--network", "10.7.0.0/16"],
                    ...["--domain", "second.example.com"],
                ];
                const { code, errors } = await run(["site", ...options], { root });
                assert.deepEqual([code, errors], [0, ""]);
                const text = await readFile(join(root, "Pulumi.dev.yaml"), "utf8");
                const quoted = cloud === "aws" ? `"${account}"` : account;
                const expected = `        second:
            cloud: ${cloud}
            region: ${region}
            ${word}: ${quoted}
            network: { cidr: 10.7.0.0/16 }
`;
                const at = text.indexOf(expected);
                assert.ok(at > 0, text);
                assert.match(text.slice(at + expected.length), /^ {12}apiAccess:/);
                assert.ok(text.includes(`administrators: [${administrator}]`));
                assert.ok(
                    text.includes(
                        "gateway: { domain: second.example.com }\n    platform:apiAccess:",
                    ),
                );
            });
        });
    }

    it("rejects a site that is there, and what its cloud does not know", async () => {
        await withProject(async (root) => {
            const args = [
                "site",
                "--name",
                "aws",
                "--cloud",
                "aws",
                "--region",
                "mars",
                "--account",
                "1",
            ];
            const { code, errors } = await run(args, { root });
            assert.equal(code, 2);
            assert.match(errors, /sites\.aws: is there already\./);
            assert.match(errors, /sites\.aws\.region: "mars" is not a region/);
            assert.match(errors, /sites\.aws\.account: /);
        });
    });
});

describe("npm run new -- image", () => {
    const DIGEST = `sha256:${"a".repeat(64)}`;

    it("changes the image alone, and the registry that it is below", async () => {
        await withProject(async (root) => {
            const file = join(root, "Pulumi.dev.yaml");
            const before = await readFile(file, "utf8");
            const args = ["image", "--application", "podinfo", "--image"];
            const image = `podinfo:6.10.0@${DIGEST}`;
            const { code, errors } = await run([...args, image, "--registry", "images"], { root });
            assert.deepEqual([code, errors], [0, ""]);
            assert.equal(
                await readFile(file, "utf8"),
                before
                    .replace("ghcr.io/stefanprodan/podinfo:6.9.2", image)
                    .replace(/(database: main\n)$/, "$1            registry: images\n"),
            );
            const again = await run([...args, image, "--registry", "images"], { root });
            assert.deepEqual(again, {
                code: 0,
                text: "The stack's file says so already.\n",
                errors: "",
            });
        });
    });

    it("rejects an application that there is not, and an image that is not pinned", async () => {
        await withProject(async (root) => {
            const unknown = ["image", "--application", "podinf", "--image", "podinfo:1"];
            assert.match(
                (await run(unknown, { root })).errors,
                /--application: names no application .* Write podinfo\./,
            );
            const args = ["image", "--application", "podinfo", "--image", "podinfo:latest"];
            assert.match(
                (await run(args, { root })).errors,
                /applications\.podinfo\.image: .*latest/,
            );
        });
    });
});
