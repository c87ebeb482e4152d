import assert from "node:assert/strict";
import { entropy } from "../../policies/rules/credentials.ts";
import { Value } from "../../policies/runtime/reader.ts";
import { contextOf, findings, judge, ruleOf, UNKNOWN } from "./judge.ts";

const rule = ruleOf("secret-not-plaintext");
const RANDOM = "q7Zp2mX9tLw4Rb8sKd3f";
const DEPLOYMENT = "kubernetes:apps/v1:Deployment";

function found(inputs: unknown, type = DEPLOYMENT, secrets?: ReadonlySet<string>) {
    return findings(judge(rule, type, inputs, secrets && { secrets }));
}

describe("the rule secret-not-plaintext", () => {
    const credentials: Readonly<Record<string, unknown>> = {
        password: { password: "hunter2" },
        administratorLoginPassword: { administratorLoginPassword: "hunter2" },
        "nested.DB_PASSWORD": { nested: { DB_PASSWORD: "hunter2" } },
        "data[0].passphrase": { data: [{ passphrase: "hunter2" }] },
        "env[0].value": { env: [{ name: "DB_PASSWORD", value: "hunter2" }] },
        "values.apiKey": { values: { apiKey: RANDOM } },
        "values.clientSecret": { values: { clientSecret: RANDOM } },
        "values.authToken": { values: { authToken: RANDOM } },
        "values.secret_access_key": { values: { secret_access_key: RANDOM } },
        "data.url": { data: { url: "postgres://app:hunter2@db.internal:5432/app" } },
        "data.note": { data: { note: "-----BEGIN RSA PRIVATE KEY-----\nMIIE" } },
        "data.id": { data: { id: "AKIAIOSFODNN7EXAMPLE" } },
    };
    for (const [path, inputs] of Object.entries(credentials)) {
        it(`rejects a credential in plain text at ${path}`, () => {
            assert.deepEqual(found(inputs), [path]);
        });
        it(`passes the same at ${path} if it is a secret`, () => {
            assert.deepEqual(found(inputs, DEPLOYMENT, new Set([path])), []);
        });
    }

    const forms: readonly string[] = [
        "-----BEGIN PRIVATE KEY-----",
        `ASIA${"A1".repeat(8)}`,
        `ghp_${"a1".repeat(18)}`,
        `github_pat_${"a1".repeat(20)}`,
        `glpat-${"a1".repeat(10)}`,
        `xoxb-${"a1".repeat(10)}`,
        `AIza${"a".repeat(35)}`,
        `sk_live_${"a1".repeat(10)}`,
        "a://b:ccc@",
    ];
    for (const form of forms) {
        it(`rejects what begins with ${form.slice(0, 11)}, whatever its name and place`, () => {
            assert.deepEqual(found({ note: `see ${form}.` }), ["note"]);
            assert.deepEqual(found({ note: form }), ["note"]);
        });
    }

    const names = ["apikey", "DB_SECRET_STRING", "connection-string", "encryptionKey_", "PWD"];
    for (const name of names) {
        it(`takes ${name} for the name of a credential`, () => {
            assert.deepEqual(found({ nested: [{ [name]: RANDOM }] }), [`nested[0].${name}`]);
        });
    }

    it("reads a resource in which things are unknown, through the SDK's proxy", () => {
        const spec = { later: UNKNOWN, nested: { password: UNKNOWN, pwd: "hunter2" } };
        assert.deepEqual(found({ later: UNKNOWN, spec }), ["spec.nested.pwd"]);
    });

    const harmless: readonly unknown[] = [
        { password: "" },
        { password: UNKNOWN },
        { password: "[secret]" },
        { password: "{{ .password }}" },
        { password: "${DB_PASSWORD}" },
        { passwordLength: 32, passwordPolicy: "strict", manageMasterUserPassword: true },
        { DB_PASSWORD_FILE: "/run/secrets/password" },
        {
            env: [
                {
                    name: "DB_PASSWORD",
                    valueFrom: { secretKeyRef: { name: "db", key: "password" } },
                },
            ],
        },
        { imagePullSecrets: [{ name: "registry" }], secretName: "tls-2f6a9c0d1e4b" },
        { secret: "projects/123456/secrets/db-credentials-7f3a" },
        { secret: "arn:aws:secretsmanager:eu-west-1:123456789012:secret:db-7f3aQ1" },
        { token: "short1", apiKey: "the key of the shop" },
        { url: "https://example.com/path", image: "registry.example.com/app@sha256:0011" },
    ];
    for (const inputs of harmless) {
        it(`passes ${JSON.stringify(inputs)}`, () => {
            assert.deepEqual(judge(rule, DEPLOYMENT, inputs), []);
        });
    }

    it("passes External Secrets' objects, which name secrets and hold none", () => {
        const spec = {
            data: [{ secretKey: RANDOM, remoteRef: { key: "db", property: "password" } }],
        };
        const type = "kubernetes:external-secrets.io/v1:ExternalSecret";
        assert.deepEqual(judge(rule, type, { spec }), []);
    });

    it("reads a text of a megabyte in no time, whatever stands in it", () => {
        const began = performance.now();
        for (const unit of ["a.", "a://b", "a://b:", "-----BEGIN A "]) {
            assert.deepEqual(found({ data: { text: unit.repeat(2 ** 20 / unit.length) } }), []);
        }
        assert.ok(performance.now() - began < 2000, `${performance.now() - began} ms`);
    });

    it("looks at every type of resource, providers among them", () => {
        assert.deepEqual(found({ secretKey: RANDOM }, "pulumi:providers:aws"), ["secretKey"]);
    });

    it("says unknown of a credential if nobody recorded what is secret", () => {
        const check = rule.checks["*"]!;
        const inputs = new Value({ password: "hunter2" });
        const resource = {
            type: DEPLOYMENT,
            token: DEPLOYMENT,
            urn: "",
            name: "",
            inputs,
            protect: false,
            provider: undefined,
            providerUrn: undefined,
        };
        assert.deepEqual(check(resource, contextOf(rule)), [
            { state: "unknown", path: "password" },
        ]);
    });
});

describe("entropy", () => {
    it("is none for one character repeated, and a bit for a coin", () => {
        assert.equal(entropy("aaaa"), 0);
        assert.equal(entropy("abab"), 1);
        assert.equal(entropy(""), 0);
    });
});
