import assert from "node:assert/strict";
import { PUBLIC_TLS } from "../../../components/contracts/destination.ts";
import { GcpObjectStore, type GcpObjectStoreArgs } from "../../../components/gcp/object-store.ts";
import { inspect } from "../../../tools/offline/mocks.ts";
import { type Parts, onSite, urnsBothWays } from "./on-site.ts";
import { DEV, PROD } from "./site.ts";

const BUCKET = "gcp:storage/bucket:Bucket";

type Arguments = Omit<GcpObjectStoreArgs, "foundation" | "network">;

const STORE: Arguments = {
    versioning: true,
    versionRetention: "30 days",
    corsOrigins: [],
    deletionProtection: false,
};

function store(change: Partial<Arguments> = {}, key = "uploads") {
    return ({ name, foundation, network, opts }: Parts) =>
        new GcpObjectStore(`${name}-${key}`, { ...STORE, ...change, foundation, network }, opts);
}

async function bucketOf(change: Partial<Arguments> = {}) {
    return (await onSite(store(change))).one(BUCKET);
}

describe("GcpObjectStore", () => {
    it("is never public, and only IAM grants rights", async () => {
        const { inputs } = await bucketOf();
        assert.equal(inputs["publicAccessPrevention"], "enforced");
        assert.equal(inputs["uniformBucketLevelAccess"], true);
        assert.equal(inputs["location"], "europe-west3");
    });

    it("is encrypted with a key of its own, which Cloud Storage may use before", async () => {
        const recorded = await onSite(store());
        const bucket = recorded.one(BUCKET);
        const key = recorded.one("gcp:kms/cryptoKey:CryptoKey", "myapp-dev-gcp-uploads-key");
        const grant = recorded.one(
            "gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember",
            "myapp-dev-gcp-uploads-key-storage",
        );
        assert.deepEqual(bucket.inputs["encryption"], { defaultKmsKeyName: key.id });
        assert.match(String(grant.inputs["member"]), /@gs-project-accounts\./);
        assert.ok(bucket.options.dependencies.includes(grant.urn));
    });

    it("keeps versions as long as asked, and deleted ones for 7 days more", async () => {
        const { inputs } = await bucketOf();
        assert.deepEqual(inputs["versioning"], { enabled: true });
        assert.deepEqual(inputs["softDeletePolicy"], { retentionDurationSeconds: 604_800 });
        assert.deepEqual(inputs["lifecycleRules"], [
            { action: { type: "AbortIncompleteMultipartUpload" }, condition: { age: 7 } },
            {
                action: { type: "Delete" },
                condition: { withState: "ARCHIVED", daysSinceNoncurrentTime: 30 },
            },
        ]);
    });

    it("keeps nothing deleted where no versions are asked for, and clears away those from before", async () => {
        const { inputs } = await bucketOf({ versioning: false, versionRetention: "1 day" });
        assert.deepEqual(inputs["versioning"], { enabled: false });
        assert.deepEqual(inputs["softDeletePolicy"], { retentionDurationSeconds: 0 });
        assert.deepEqual((inputs["lifecycleRules"] as unknown[])[1], {
            action: { type: "Delete" },
            condition: { withState: "ARCHIVED", daysSinceNoncurrentTime: 1 },
        });
    });

    it("cools and expires objects by their age", async () => {
        const { inputs } = await bucketOf({ coolAfter: "30 days", expireAfter: "365 days" });
        assert.deepEqual((inputs["lifecycleRules"] as unknown[]).slice(2), [
            {
                action: { type: "SetStorageClass", storageClass: "NEARLINE" },
                condition: { age: 30, matchesStorageClasses: ["STANDARD"] },
            },
            { action: { type: "Delete" }, condition: { withState: "LIVE", age: 365 } },
        ]);
    });

    it("answers pages of the listed origins only", async () => {
        const origins = ["https://shop.example.com"];
        const [rule, ...more] = (await bucketOf({ corsOrigins: origins })).inputs["cors"] as Record<
            string,
            unknown
        >[];
        assert.deepEqual(more, []);
        assert.deepEqual(rule?.["origins"], origins);
        assert.deepEqual(rule["methods"], ["GET", "HEAD", "PUT", "POST", "DELETE"]);
        assert.deepEqual((await bucketOf()).inputs["cors"], []);
    });

    it("has who reads and writes logged from the first object on, as long as the network's logs", async () => {
        const recorded = await onSite(store());
        const bucket = recorded.one(BUCKET);
        const audit = recorded.one("gcp:projects/iAMAuditConfig:IAMAuditConfig");
        assert.equal(audit.inputs["service"], "storage.googleapis.com");
        assert.deepEqual(audit.inputs["auditLogConfigs"], [
            { logType: "DATA_READ" },
            { logType: "DATA_WRITE" },
        ]);
        assert.equal(audit.options.retainOnDelete, true);
        assert.ok(bucket.options.dependencies.includes(audit.urn));
        const name = "myapp-dev-gcp-uploads-access";
        const sink = recorded.one("gcp:logging/projectSink:ProjectSink", name);
        assert.equal(
            sink.inputs["filter"],
            `log_id("cloudaudit.googleapis.com/data_access") AND resource.type="gcs_bucket" AND resource.labels.bucket_name="${bucket.id}"`,
        );
        const logs = recorded.one("gcp:logging/projectBucketConfig:ProjectBucketConfig", name);
        assert.equal(logs.inputs["retentionDays"], 7);
    });

    it("shares the project's API, agent and audit setting with other stores", async () => {
        const recorded = await onSite((parts) => [store()(parts), store({}, "exports")(parts)]);
        const service = "gcp:projects/service:Service";
        assert.equal(
            recorded.one(service, "myapp-dev-gcp-storage.googleapis.com").id,
            "myapp-platform-dev/storage.googleapis.com",
        );
        assert.deepEqual(recorded.names("gcp:projects/iAMAuditConfig:IAMAuditConfig"), [
            "myapp-dev-gcp-storage.googleapis.com",
        ]);
        assert.equal(recorded.names(BUCKET).length, 2);
    });

    it("lets a workload read or write this bucket only", async () => {
        const recorded = await onSite((parts) => {
            const bucket = store()(parts);
            for (const access of ["read", "write"] as const) {
                const account = { namespace: "shop", serviceAccount: access };
                const identity = parts.cluster.identity(access, account);
                bucket.grant(`${parts.name}-${access}`, {
                    cluster: parts.cluster,
                    identity,
                    access,
                });
            }
        });
        const grants = ["read", "write"].map(
            (access) =>
                recorded.one(
                    "gcp:storage/bucketIAMMember:BucketIAMMember",
                    `myapp-dev-gcp-${access}`,
                ).inputs,
        );
        assert.deepEqual(
            grants.map(({ role }) => role),
            ["roles/storage.objectViewer", "roles/storage.objectUser"],
        );
        for (const { bucket } of grants) assert.equal(bucket, recorded.one(BUCKET).id);
        assert.match(
            String(grants[0]?.["member"]),
            /^principal:\/\/.*\/subject\/ns\/shop\/sa\/read$/,
        );
    });

    it("is reached through the network's private endpoint where there is one", async () => {
        const open = (await onSite(store())).result;
        assert.deepEqual(open.destinations, [PUBLIC_TLS]);
        const closed = (await onSite(store(), PROD)).result;
        assert.deepEqual(closed.destinations, [{ cidrs: ["10.30.96.2/32"], ports: [443] }]);
        assert.equal((await inspect(open.endpoint)).value, "https://storage.googleapis.com");
    });

    it("is protected by the provider and by Pulumi where asked for, and never emptied", async () => {
        const open = await bucketOf();
        assert.equal(open.inputs["deletionPolicy"], "DELETE");
        assert.equal(open.inputs["forceDestroy"], false);
        const closed = await bucketOf({ deletionProtection: true });
        assert.equal(closed.inputs["deletionPolicy"], "PREVENT");
        assert.equal(closed.inputs["forceDestroy"], false);
        assert.equal(closed.options.protect, true);
    });

    it("has the same URNs whether outputs are known or not", async () => {
        const { known, unknown } = await urnsBothWays((parts) => {
            const bucket = store({ coolAfter: "90 days" })(parts);
            const account = { namespace: "shop", serviceAccount: "shop" };
            const identity = parts.cluster.identity("shop", account);
            bucket.grant("shop", { cluster: parts.cluster, identity, access: "read" });
        });
        assert.deepEqual(unknown, known);
    });

    it("rejects a name that Google keeps for itself", async () => {
        await assert.rejects(
            onSite(store({}, "google-exports")),
            /name: myapp-dev-gcp-google-exports is refused by Cloud Storage/,
        );
    });

    it("rejects cooling before 30 days, and expiring before cooling", async () => {
        await assert.rejects(
            onSite(store({ coolAfter: "29 days" })),
            /coolAfter: 29 days is outside the 30 to 3650 days that a lifecycle rule can say\. Choose a period within that\./,
        );
        await assert.rejects(
            onSite(store({ coolAfter: "60 days", expireAfter: "60 days" }), DEV),
            /expireAfter: 60 days is not later than coolAfter, which is 60 days/,
        );
    });

    it("rejects more origins than a store takes, and keeping versions for no time", async () => {
        const corsOrigins = Array.from({ length: 101 }, (_, one) => `https://${one}.example.com`);
        await assert.rejects(
            onSite(store({ corsOrigins })),
            /corsOrigins: 101 origins are more than the 100 that a store takes/,
        );
        await assert.rejects(
            onSite(store({ versionRetention: "0 days" })),
            /versionRetention: 0 days is outside the 1 to 3650 days/,
        );
    });
});
