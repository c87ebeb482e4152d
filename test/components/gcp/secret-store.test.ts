import assert from "node:assert/strict";
import { inspect } from "../../../tools/offline/mocks.ts";
import { DEV, PROD, buildSite, runSite } from "./site.ts";
import { run } from "../../../tools/offline/mocks.ts";

const SECRET = "gcp:secretmanager/secret:Secret";

describe("GcpSecretStore", () => {
    it("keeps secrets in the site's region under the customer's key", async () => {
        const recorded = await runSite(DEV);
        const key = recorded.one("gcp:kms/cryptoKey:CryptoKey", "myapp-dev-gcp-secrets-key");
        assert.deepEqual(recorded.one(SECRET).inputs["replication"], {
            userManaged: {
                replicas: [
                    {
                        location: "europe-west3",
                        customerManagedEncryption: { kmsKeyName: key.id },
                    },
                ],
            },
        });
    });

    it("keeps destroyed versions for 30 days where they are to be recoverable", async () => {
        const dev = (await runSite(DEV)).one(SECRET).inputs;
        const prod = (await runSite(PROD)).one(SECRET).inputs;
        assert.equal(dev["versionDestroyTtl"], undefined);
        assert.equal(prod["versionDestroyTtl"], "2592000s");
    });

    it("refuses deletion in production", async () => {
        const { inputs, options } = (await runSite(PROD)).one(SECRET);
        assert.equal(inputs["deletionProtection"], true);
        assert.equal(options.protect, true);
    });

    it("has the project write down who reads secrets, and keeps what is about its own", async () => {
        const recorded = await runSite(DEV);
        const audit = recorded.one("gcp:projects/iAMAuditConfig:IAMAuditConfig");
        assert.equal(audit.name, "myapp-dev-gcp-secrets");
        assert.deepEqual(audit.inputs, {
            project: "myapp-platform-dev",
            service: "secretmanager.googleapis.com",
            auditLogConfigs: [{ logType: "DATA_READ" }, { logType: "DATA_WRITE" }],
        });
        assert.equal(audit.options.retainOnDelete, true);
        const name = "myapp-dev-gcp-secrets";
        const sink = recorded.one("gcp:logging/projectSink:ProjectSink", name);
        assert.equal(
            sink.inputs["filter"],
            'log_id("cloudaudit.googleapis.com/data_access") AND protoPayload.serviceName="secretmanager.googleapis.com" AND protoPayload.resourceName:"/secrets/myapp-dev-gcp-"',
        );
        const logs = recorded.one("gcp:logging/projectBucketConfig:ProjectBucketConfig", name);
        assert.equal(logs.inputs["retentionDays"], 7);
    });

    it("marks fields secret that the caller did not", async () => {
        const recorded = await run(() => {
            const { secretStore } = buildSite(DEV);
            return secretStore.put("myapp-dev-gcp-token", { token: "plain" });
        });
        const version = recorded.one(
            "gcp:secretmanager/secretVersion:SecretVersion",
            "myapp-dev-gcp-token",
        );
        assert.ok(version.isSecret("secretData"));
        assert.equal(version.inputs["secretData"], '{"token":"plain"}');
        assert.deepEqual(recorded.result.fields, ["token"]);
    });

    it("lets one namespace read exactly the granted secrets, by its own service account", async () => {
        const recorded = await runSite(DEV);
        const { inputs } = recorded.one("gcp:secretmanager/secretIamMember:SecretIamMember");
        assert.equal(inputs["secretId"], recorded.one(SECRET).outputs["secretId"]);
        assert.equal(inputs["role"], "roles/secretmanager.secretAccessor");
        assert.match(String(inputs["member"]), /\/subject\/ns\/shop\/sa\/secret-reader$/);
    });

    it("describes the store to the External Secrets operator", async () => {
        const { result } = await runSite(DEV);
        const { reader } = result;
        assert.deepEqual(reader.serviceAccount, { name: "secret-reader", annotations: {} });
        assert.deepEqual((await inspect(reader.provider)).value, {
            gcpsm: {
                projectID: "myapp-platform-dev",
                auth: {
                    workloadIdentity: {
                        clusterProjectID: "myapp-platform-dev",
                        clusterLocation: "europe-west3-b",
                        clusterName: "myapp-dev-gcp",
                        serviceAccountRef: { name: "secret-reader" },
                    },
                },
            },
        });
        assert.equal(reader.grants.length, 1);
    });

    it("grants a secret that somebody else put there, which has to be there", async () => {
        const build = () => {
            const { cluster, secretStore } = buildSite(DEV, "myapp-dev-gcp");
            const secrets = [secretStore.existing("stripe", ["key"])];
            secretStore.reader("shop", { cluster, namespace: "shop", secrets });
        };
        const missing =
            /SecretIamMember shop-stripe: .*'myapp-dev-gcp-stripe' \(secretId\) was not found/;
        await assert.rejects(run(build), missing);
    });
});
