import assert from "node:assert/strict";
import { shortHash } from "../../../components/lib/names.ts";
import type { Recorded } from "../../../tools/offline/mocks.ts";
import {
    containers,
    IMAGE,
    type Json,
    NAME,
    object,
    plan,
    pod,
    spec,
    variables,
} from "./program.ts";

type Raw = Readonly<Record<string, unknown>>;

/** The site with the application `shop` alone. */
const shop = (settings: Raw, more: Raw = {}) => plan({ shop: settings }, more);

const main = (made: Recorded, kind = "Deployment") => containers(pod(made, "shop", kind))["shop"];

describe("an application's files", () => {
    const files = { "/etc/shop/app.yaml": "debug: false\n", "/etc/other/app.yaml": "x" };

    it("stand in one ConfigMap, and in the container each at its own path", async () => {
        const made = await shop({ files });
        const keys = Object.keys(files).map((path) => `${shortHash(path)}-app.yaml`);
        const [first = "", second = ""] = keys;
        assert.deepEqual(object(made, "shop", "ConfigMap").inputs["data"], {
            [first]: "debug: false\n",
            [second]: "x",
        });
        assert.deepEqual(main(made)?.["volumeMounts"], [
            { name: "tmp", mountPath: "/tmp" },
            { name: "files", mountPath: "/etc/shop/app.yaml", subPath: first, readOnly: true },
            { name: "files", mountPath: "/etc/other/app.yaml", subPath: second, readOnly: true },
        ]);
        const { volumes } = pod(made, "shop", "Deployment");
        assert.deepEqual((volumes as Json[])[1], { name: "files", configMap: { name: "files" } });
    });

    it("bring new pods when their content changes, and only then (G3.3)", async () => {
        const made = await plan({
            before: { files },
            same: { files, env: { A: "b" } },
            other: { files: { ...files, "/x": "" } },
            none: {},
        });
        const digest = (application: string) => {
            const { template } = spec(made, application, "Deployment");
            return (template as { metadata: { annotations?: Json } }).metadata.annotations;
        };
        const before = digest("before");
        assert.deepEqual(before, { "platform/files": shortHash(JSON.stringify(files), 12) });
        assert.deepEqual(digest("same"), before);
        assert.notDeepEqual(digest("other"), before);
        assert.equal(digest("none"), undefined);
    });

    it("have keys that a ConfigMap takes, however long their names are", async () => {
        const made = await shop({ files: { [`/${"a".repeat(252)}@`]: "x" } });
        const [key = ""] = Object.keys(object(made, "shop", "ConfigMap").inputs["data"] as Json);
        assert.match(key, /^[-._a-zA-Z0-9]{1,253}$/);
    });
});

describe("an application's secrets", () => {
    const secrets = {
        SIGNING_KEY: { generate: 48 },
        STRIPE_KEY: { from: "stripe", field: "key" },
        STRIPE_HOOK: { from: "stripe", field: "hook" },
    };
    let made: Recorded;
    before(async () => {
        made = await shop({ secrets }, { cloud: "aws" });
    });

    it("cannot be those that the platform stores, whatever a site stores", async () => {
        const site = {
            cloud: "aws",
            databases: { main: {} },
            caches: { near: { placement: "cluster" }, far: { placement: "cloud" } },
            queues: { jobs: {} },
            sharedFiles: { shares: {} },
            searches: { texts: { backup: { files: "shares" } } },
            streams: { events: { topics: { orders: {} } } },
        } as const;
        const uses = {
            database: "main",
            cache: "near",
            queue: "jobs",
            search: "texts",
            stream: { name: "events", produces: ["orders"] },
            slo: { availability: 99 },
            secrets: { KEY: { generate: 20 } },
        };
        const { resources } = await plan({ shop: uses }, site);
        const documents = resources
            .filter(({ type }) => type === "aws:secretsmanager/secret:Secret")
            .map(({ inputs }) => String(inputs["name"]).slice(`${NAME}/`.length));
        assert.equal(documents.length, 14);
        for (const from of documents) {
            const stolen = plan({ shop: uses, thief: { secrets: { STOLEN: { from } } } }, site);
            await assert.rejects(
                stolen,
                /thief\.secrets\.STOLEN\.from: .* is what the platform stores/,
            );
        }
    });

    it("are made where nobody knows them, and stored as secrets only", () => {
        const key = `${NAME}-shop-secret-signing-key`;
        const password = made.one("random:index/randomPassword:RandomPassword", key);
        assert.deepEqual(password.inputs, { length: 48, special: false });
        const stored = made.one("aws:secretsmanager/secretVersion:SecretVersion", key);
        assert.ok(stored.isSecret("secretString"));
        const value = String(password.outputs["result"]);
        assert.deepEqual(JSON.parse(String(stored.inputs["secretString"])), { value });
        const shown = made.resources.filter(
            ({ type, inputs }) =>
                type.startsWith("kubernetes:") && JSON.stringify(inputs).includes(value),
        );
        assert.deepEqual(shown, []);
    });

    it("are fetched field by field, and reach the container by name", () => {
        const fetched = (secret: string) =>
            (spec(made, "shop", "ExternalSecret", secret)["data"] as Json[])[0];
        assert.deepEqual(fetched("secret-stripe-hook"), {
            secretKey: "hook",
            remoteRef: { key: `${NAME}/stripe`, property: "hook" },
        });
        const env = variables(main(made));
        const from = (name: string, key: string) => ({ secretKeyRef: { name, key } });
        assert.deepEqual(
            [env["SIGNING_KEY"], env["STRIPE_KEY"], env["STRIPE_HOOK"]],
            [
                from("secret-signing-key", "value"),
                from("secret-stripe-key", "key"),
                from("secret-stripe-hook", "hook"),
            ],
        );
    });

    it("are granted once for each document, however many variables it becomes", () => {
        const policies = made
            .all("aws:iam/rolePolicy:RolePolicy")
            .filter(({ name }) => name.startsWith(`${NAME}-shop-secrets`))
            .map(({ inputs }) => JSON.parse(String(inputs["policy"])) as { Statement: Json[] });
        assert.equal(policies.length, 1);
        const resources = policies[0]?.Statement[0]?.["Resource"] as string[];
        assert.equal(resources.length, 2);
        assert.match(String(resources[1]), /:secret:myapp-dev-main\/stripe-\?{6}$/);
    });
});

describe("the image of an application", () => {
    it("is below the registry of the site that it names, with its tag or digest", async () => {
        const registries = { images: { repositories: ["shop/web"] } };
        const address = /^123456789012\.dkr\.ecr\.eu-central-1\.amazonaws\.com\/.+\/shop\/web$/;
        for (const rest of [":1.4.2", `@sha256:${"ab".repeat(32)}`]) {
            const image = `shop/web${rest}`;
            const made = await shop({ registry: "images", image }, { registries, cloud: "aws" });
            const found = String(main(made)?.["image"]);
            assert.ok(found.endsWith(rest), found);
            assert.match(found.slice(0, -rest.length), address);
        }
    });

    it("is somebody else's where no registry is named", async () => {
        const made = await shop({});
        assert.equal(main(made)?.["image"], IMAGE);
    });
});
