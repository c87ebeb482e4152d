import assert from "node:assert/strict";

import {
    INSTANCE,
    type Malformed,
    PROJECT,
    Place,
    RANGE,
    REGION,
    SETTINGS,
    bound,
} from "./support/gcp.ts";

const BUCKET = { location: REGION };
const REDIS = { memorySizeGb: 5, tier: "STANDARD_HA", redisVersion: "REDIS_7_2" };

/** What Google refuses before anything is created, for inputs alone. */
const MALFORMED: readonly Malformed[] = [
    {
        kind: "bucket",
        what: "a name with capital letters",
        given: { ...BUCKET, name: "Uploads" },
        words: /Invalid bucket name: 'Uploads', invalid/,
    },
    {
        kind: "bucket",
        what: "a name of Google's",
        given: { ...BUCKET, name: "my-google-exports" },
        words: /Invalid bucket name: 'my-google-exports', invalid/,
    },
    { kind: "bucket", what: "no location", given: {}, words: /"location" is required/ },
    {
        kind: "bucket",
        what: "a lifecycle action of another cloud",
        given: {
            ...BUCKET,
            lifecycleRules: [{ action: { type: "Expire" }, condition: { age: 1 } }],
        },
        words: /expected lifecycle_rules\.0\.action\.0\.type to be one of .*, got Expire/,
    },
    {
        kind: "bucket",
        what: "a class that is not named",
        given: {
            ...BUCKET,
            lifecycleRules: [{ action: { type: "SetStorageClass" }, condition: { age: 30 } }],
        },
        words: /SetStorageClass actions require a storageClass/,
    },
    {
        kind: "bucket",
        what: "a rule without a condition",
        given: { ...BUCKET, lifecycleRules: [{ action: { type: "Delete" }, condition: {} }] },
        words: /must have at least one condition/,
    },
    {
        kind: "bucket",
        what: "unfinished uploads by their state",
        given: {
            ...BUCKET,
            lifecycleRules: [
                {
                    action: { type: "AbortIncompleteMultipartUpload" },
                    condition: { age: 7, withState: "LIVE" },
                },
            ],
        },
        words: /AbortIncompleteMultipartUpload supports only/,
    },
    {
        kind: "bucket",
        what: "a day of soft deletion",
        given: { ...BUCKET, softDeletePolicy: { retentionDurationSeconds: 86_400 } },
        words: /must be 0 or between 7 and 90 days/,
    },
    {
        kind: "auditConfig",
        what: "a kind of log that does not exist",
        given: {
            project: PROJECT,
            service: "storage.googleapis.com",
            auditLogConfigs: [{ logType: "READ" }],
        },
        words: /got READ/,
    },
    {
        kind: "redis",
        what: "a tier of another cloud",
        given: { ...REDIS, tier: "Premium" },
        words: /expected tier to be one of .*, got Premium/,
    },
    { kind: "redis", what: "no memory", given: {}, words: /"memorySizeGb" is required/ },
    {
        kind: "redis",
        what: "half a GiB",
        given: { ...REDIS, memorySizeGb: 0.5 },
        words: /Memory size must be a whole number of GiB between 1 and 300/,
    },
    {
        kind: "redis",
        what: "a version that it does not run",
        given: { ...REDIS, redisVersion: "VALKEY_8_0" },
        words: /Invalid redis version: VALKEY_8_0/,
    },
    {
        kind: "redis",
        what: "an eviction that Redis does not know",
        given: { ...REDIS, redisConfigs: { "maxmemory-policy": "lru" } },
        words: /Invalid value 'lru' for Redis config 'maxmemory-policy'/,
    },
    {
        kind: "redis",
        what: "a second zone in the basic tier",
        given: { memorySizeGb: 1, alternativeLocationId: "europe-west3-c" },
        words: /Alternative location is only applicable/,
    },
    {
        kind: "redis",
        what: "read replicas of a small instance",
        given: { ...REDIS, memorySizeGb: 1, readReplicasMode: "READ_REPLICAS_ENABLED" },
        words: /Read replicas need the Standard tier and 5 GiB/,
    },
    {
        kind: "redis",
        what: "a name of more than 40 characters",
        given: { ...REDIS, name: `a${"b".repeat(40)}` },
        words: /it must have 1-40 lowercase letters/,
    },
];

describe("the simulated Google Cloud's data services", () => {
    for (const { kind, what, given, words } of MALFORMED) {
        it(`rejects ${what} (${kind})`, () => {
            assert.match(new Place().check(kind, given).join("; "), words);
        });
    }

    it("has each bucket name once in the world", () => {
        const { make } = bound(Place.furnished());
        make("bucket", "a", { ...BUCKET, name: "uploads" });
        assert.throws(
            () => make("bucket", "b", { ...BUCKET, name: "uploads" }),
            /The bucket namespace is shared by all users of the system/,
        );
    });

    it("takes a bucket's key once Cloud Storage may use it, and only one of the same place", () => {
        const place = Place.furnished();
        const { base, make } = bound(place);
        const given = { ...BUCKET, encryption: { defaultKmsKeyName: base.key.id } };
        assert.throws(() => make("bucket", "a", given), /useToEncrypt' denied on resource/);
        const token = "gcp:storage/getProjectServiceAccount:getProjectServiceAccount";
        const { member } = place.invoke(token, { project: PROJECT });
        make("keyGrant", "storage", {
            cryptoKeyId: base.key.id,
            role: "roles/cloudkms.cryptoKeyEncrypterDecrypter",
            member: member ?? "",
        });
        assert.ok(make("bucket", "a", given).id);
        assert.throws(
            () => make("bucket", "b", { ...given, location: "us-east1" }),
            /Bucket location us-east1 does not match/,
        );
    });

    it("has no account of Cloud Storage's before its API is enabled", () => {
        const token = "gcp:storage/getProjectServiceAccount:getProjectServiceAccount";
        assert.throws(
            () => new Place().invoke(token, { project: PROJECT }),
            /Cloud Storage API has not been used in project/,
        );
    });

    it("replaces a bucket that moves, and lets everything else change", () => {
        const place = new Place();
        const news = { location: "us-east1", storageClass: "NEARLINE" };
        const olds = { location: REGION, storageClass: "STANDARD" };
        assert.deepEqual(place.replaces("bucket", olds, news), ["location"]);
    });

    it("keeps a bucket that is to be kept", () => {
        const place = Place.furnished();
        const { id } = place.make("bucket", "a", { ...BUCKET, deletionPolicy: "PREVENT" });
        assert.throws(() => {
            place.drop("bucket", "a", id);
        }, /deletion_policy is set to "PREVENT"/);
        place.update("bucket", "a", id, { deletionPolicy: "DELETE" });
        place.drop("bucket", "a", id);
        assert.equal(place.stands("bucket", "a", id), false);
    });

    it("grants rights on buckets that stand", () => {
        const { make } = bound(Place.furnished());
        const grant = { role: "roles/storage.objectViewer", member: "user:a@example.com" };
        assert.throws(() => make("bucketGrant", "g", { ...grant, bucket: "gone" }), /gone/);
        const { id } = make("bucket", "a", BUCKET);
        assert.ok(make("bucketGrant", "g", { ...grant, bucket: id }).id);
    });

    it("gives a cache an address of the allocated range, once the network is peered", () => {
        const { make, base } = bound(Place.furnished());
        const given = privateRedis(base);
        const { outputs } = make("redis", "a", given);
        assert.match(String(outputs["host"]), /^10\.30\.80\.\d+$/);
        assert.equal(outputs["port"], 6378);
        assert.match(
            String(outputs["authString"]),
            /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
        );
        const lonely = make("network", "lonely", { autoCreateSubnetworks: false });
        assert.throws(
            () => make("redis", "b", { ...given, authorizedNetwork: lonely.id }),
            /private service access is not enabled/,
        );
    });

    it("has no room for a cache where a database has taken the last /24", () => {
        const { make, base } = bound(Place.furnished());
        const small = make("address", "small", {
            ...RANGE,
            network: base.network.id,
            address: "10.31.0.0",
            prefixLength: 24,
        });
        const allocatedIpRange = small.outputs["name"] ?? "";
        const privateNetwork = base.network.id;
        const settings = { ...SETTINGS, ipConfiguration: { privateNetwork, allocatedIpRange } };
        const redis = { ...privateRedis(base), reservedIpRange: allocatedIpRange };
        assert.ok(make("redis", "before", redis).id);
        make("instance", "db", { ...INSTANCE, settings });
        assert.throws(
            () => make("redis", "after", redis),
            /Couldn't find free blocks in allocated IP ranges/,
        );
    });

    it("keeps a cache that is protected, and the peering it answers through", () => {
        const place = Place.furnished();
        const { make, base } = bound(place);
        const { id } = make("redis", "a", { ...privateRedis(base), deletionProtection: true });
        assert.throws(() => {
            place.drop("redis", "a", id);
        }, /deletion_protection=false/);
        place.update("redis", "a", id, { deletionProtection: false });
        place.update("connection", "databases", base.connection.id, { deletionPolicy: "DELETE" });
        assert.throws(() => {
            place.drop("connection", "databases", base.connection.id);
        }, /Cloud Memstore/);
        place.drop("redis", "a", id);
        assert.equal(place.stands("redis", "a", id), false);
    });

    it("grows a cache in place, and replaces one that changes its tier", () => {
        const place = new Place();
        assert.deepEqual(place.replaces("redis", REDIS, { ...REDIS, memorySizeGb: 12 }), []);
        assert.deepEqual(place.replaces("redis", REDIS, { ...REDIS, tier: "BASIC" }), ["tier"]);
    });
});

function privateRedis(base: ReturnType<typeof Place.furnished>["base"]) {
    return {
        ...REDIS,
        connectMode: "PRIVATE_SERVICE_ACCESS",
        authorizedNetwork: base.network.id,
        reservedIpRange: base.range.outputs["name"] ?? "",
        transitEncryptionMode: "SERVER_AUTHENTICATION",
        authEnabled: true,
        deletionProtection: false,
    };
}
