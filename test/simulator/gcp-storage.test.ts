import assert from "node:assert/strict";

import { type Malformed, PROJECT, Place, REGION, bound } from "./support/gcp.ts";

const BUCKET = { location: REGION };

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
];

describe("the simulated Google Cloud's buckets", () => {
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
});
