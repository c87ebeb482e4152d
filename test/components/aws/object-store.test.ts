import assert from "node:assert/strict";
import { storeRules } from "../../../components/aws/bucket-rules.ts";
import { AwsObjectStore } from "../../../components/aws/object-store.ts";
import { PUBLIC_TLS } from "../../../components/contracts/destination.ts";
import { inspect, type RunOptions } from "../../../tools/offline/mocks.ts";
import { once } from "../../support/once.ts";
import { DEV, PROD, type SiteArgs } from "./fixtures.ts";
import { STORE, statements, within, type StoreArgs } from "./services.ts";

const NAME = `${DEV.name}-files`;
const BUCKET = "aws:s3/bucket:Bucket";

/** A store with two workloads that use it. */
const store = once(
    (change: Partial<StoreArgs> = {}, site: SiteArgs = DEV, options: RunOptions = {}) =>
        within(
            site,
            ({ foundation, network, cluster, opts }) => {
                const name = `${site.name}-files`;
                const args = { ...STORE, ...change, foundation, network };
                const files = new AwsObjectStore(name, args, opts);
                for (const access of ["read", "write"] as const) {
                    const pods = { namespace: access, serviceAccount: access };
                    const identity = cluster.identity(`${name}-${access}-pods`, pods);
                    files.grant(`${name}-${access}`, { cluster, identity, access });
                }
                return files;
            },
            options,
        ),
);

describe("an AWS object store", function () {
    this.timeout(60_000);

    it("cannot be made public, and no object in it can belong to anybody else", async () => {
        const site = await store();
        const blocks = site.all("aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock");
        assert.deepEqual(
            blocks.map(({ name }) => name),
            [NAME, `${NAME}-logs`],
        );
        for (const { inputs } of blocks) {
            const { bucket: _bucket, ...switches } = inputs;
            assert.deepEqual(switches, {
                blockPublicAcls: true,
                blockPublicPolicy: true,
                ignorePublicAcls: true,
                restrictPublicBuckets: true,
            });
        }
        for (const { inputs } of site.all(
            "aws:s3/bucketOwnershipControls:BucketOwnershipControls",
        )) {
            assert.deepEqual(inputs["rule"], { objectOwnership: "BucketOwnerEnforced" });
        }
    });

    it("is reached over TLS only", async () => {
        const site = await store();
        const { arn } = site.one(BUCKET, NAME).outputs;
        assert.deepEqual(
            statements(site.one("aws:s3/bucketPolicy:BucketPolicy", NAME).inputs["policy"]),
            [
                {
                    Sid: "TlsOnly",
                    Effect: "Deny",
                    Principal: "*",
                    Action: "s3:*",
                    Resource: [arn, `${String(arn)}/*`],
                    Condition: { Bool: { "aws:SecureTransport": "false" } },
                },
            ],
        );
    });

    it("is encrypted with its own key, its log with S3's, the only one that S3 writes logs under", async () => {
        const site = await store();
        const type =
            "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration";
        assert.deepEqual(site.one(type, NAME).inputs["rules"], [
            {
                applyServerSideEncryptionByDefault: {
                    sseAlgorithm: "aws:kms",
                    kmsMasterKeyId: site.one("aws:kms/key:Key", NAME).outputs["arn"],
                },
                bucketKeyEnabled: true,
                blockedEncryptionTypes: ["SSE-C"],
            },
        ]);
        assert.deepEqual(site.one(type, `${NAME}-logs`).inputs["rules"], [
            {
                applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" },
                blockedEncryptionTypes: ["SSE-C"],
            },
        ]);
    });

    it("keeps old versions as long as asked, and no parts of uploads that never ended", () => {
        assert.deepEqual(storeRules(STORE), [
            {
                id: "clean-up",
                status: "Enabled",
                filter: { prefix: "" },
                abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
                noncurrentVersionExpiration: { noncurrentDays: 30 },
                expiration: { expiredObjectDeleteMarker: true },
            },
        ]);
    });

    it("moves objects to the class for rare reads, and deletes them, by rules of their own", () => {
        const rules = storeRules({ ...STORE, coolAfter: "60 days", expireAfter: "400 days" });
        const all = { status: "Enabled", filter: { prefix: "" } };
        assert.deepEqual(rules.slice(1), [
            { id: "cool", ...all, transitions: [{ days: 60, storageClass: "STANDARD_IA" }] },
            { id: "expire", ...all, expiration: { days: 400 } },
        ]);
    });

    it("suspends versioning where it is off, which leaves the versions that are there", async () => {
        const type = "aws:s3/bucketVersioning:BucketVersioning";
        const status = async (versioning: boolean) =>
            (await store({ versioning })).one(type, NAME).inputs["versioningConfiguration"];
        assert.deepEqual(await status(true), { status: "Enabled" });
        assert.deepEqual(await status(false), { status: "Suspended" });
    });

    it("lets in pages of the origins named, and has no rule for others where none is", async () => {
        const type = "aws:s3/bucketCorsConfiguration:BucketCorsConfiguration";
        assert.deepEqual((await store()).all(type), []);
        const { inputs } = (await store({ corsOrigins: ["https://shop.example.com"] })).one(type);
        assert.deepEqual(inputs["corsRules"], [
            {
                allowedOrigins: ["https://shop.example.com"],
                allowedMethods: ["GET", "HEAD", "PUT", "POST", "DELETE"],
                allowedHeaders: ["*"],
                exposeHeaders: ["ETag"],
                maxAgeSeconds: 3600,
            },
        ]);
    });

    it("logs who reads and writes it, as long as the flow logs are kept", async () => {
        const site = await store({}, PROD);
        const name = `${PROD.name}-files`;
        const logs = site.one(BUCKET, `${name}-logs`);
        const { inputs, options } = site.one("aws:s3/bucketLogging:BucketLogging");
        assert.equal(inputs["bucket"], site.one(BUCKET, name).id);
        assert.equal(inputs["targetBucket"], logs.id);
        const policy = site.one("aws:s3/bucketPolicy:BucketPolicy", `${name}-logs`);
        assert.ok(options.dependencies.includes(policy.urn));
        assert.deepEqual(statements(policy.inputs["policy"])[1], {
            Sid: "AccessLog",
            Effect: "Allow",
            Principal: { Service: "logging.s3.amazonaws.com" },
            Action: "s3:PutObject",
            Resource: `${String(logs.outputs["arn"])}/*`,
            Condition: {
                ArnEquals: { "aws:SourceArn": site.one(BUCKET, name).outputs["arn"] },
                StringEquals: { "aws:SourceAccount": "123456789012" },
            },
        });
        const lifecycle = "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration";
        const { rules } = site.one(lifecycle, `${name}-logs`).inputs as { rules: unknown[] };
        assert.deepEqual(rules[1], {
            id: "expire",
            status: "Enabled",
            filter: { prefix: "" },
            expiration: { days: 365 },
        });
    });

    it("refuses its own deletion exactly where it is protected, and else goes with all that is in it", async () => {
        const [open, guarded] = [await store(), await store({ deletionProtection: true })];
        const policy = (site: typeof open) =>
            statements(site.one("aws:s3/bucketPolicy:BucketPolicy", NAME).inputs["policy"]);
        for (const { inputs, options } of open.all(BUCKET)) {
            assert.deepEqual([inputs["forceDestroy"], options.protect], [true, false]);
        }
        for (const { inputs, options } of guarded.all(BUCKET)) {
            assert.deepEqual([inputs["forceDestroy"], options.protect], [false, true]);
        }
        assert.equal(policy(open).length, 1);
        assert.deepEqual(policy(guarded)[1], {
            Sid: "DeletionProtection",
            Effect: "Deny",
            Principal: "*",
            Action: "s3:DeleteBucket",
            Resource: guarded.one(BUCKET, NAME).outputs["arn"],
        });
        assert.equal(guarded.one("aws:kms/key:Key", NAME).options.protect, true);
    });

    for (const [access, objects, bucket, key] of [
        ["read", ["s3:GetObject"], ["s3:ListBucket", "s3:GetBucketLocation"], "kms:Decrypt"],
        [
            "write",
            [
                "s3:GetObject",
                "s3:PutObject",
                "s3:DeleteObject",
                "s3:AbortMultipartUpload",
                "s3:ListMultipartUploadParts",
            ],
            ["s3:ListBucket", "s3:GetBucketLocation", "s3:ListBucketMultipartUploads"],
            ["kms:Decrypt", "kms:GenerateDataKey"],
        ],
    ] as const) {
        it(`lets a workload ${access} this bucket and no other, by a policy in its own role`, async () => {
            const site = await store();
            const { arn } = site.one(BUCKET, NAME).outputs;
            const { inputs } = site.one("aws:iam/rolePolicy:RolePolicy", `${NAME}-${access}`);
            assert.equal(
                inputs["role"],
                site.one("aws:iam/role:Role", `${NAME}-${access}-pods`).id,
            );
            assert.deepEqual(statements(inputs["policy"]), [
                { Effect: "Allow", Action: bucket, Resource: arn },
                { Effect: "Allow", Action: objects, Resource: `${String(arn)}/*` },
                {
                    Effect: "Allow",
                    Action: key,
                    Resource: site.one("aws:kms/key:Key", NAME).outputs["arn"],
                    Condition: {
                        StringEquals: { "kms:ViaService": "s3.eu-central-1.amazonaws.com" },
                    },
                },
            ]);
        });
    }

    it("tells its name, and where its API answers", async () => {
        const site = await store();
        const { bucket, endpoint, destinations } = site.result;
        assert.equal((await inspect(bucket)).value, site.one(BUCKET, NAME).id);
        assert.equal((await inspect(endpoint)).value, "https://s3.eu-central-1.amazonaws.com");
        assert.deepEqual(destinations, [PUBLIC_TLS]);
    });

    it("makes the same resources whether outputs are known or not", async () => {
        const unknown = await store({}, DEV, { preview: true });
        assert.deepEqual(unknown.urns(), (await store()).urns());
    });

    it("rejects what S3 would refuse, with its own name", async () => {
        await assert.rejects(store({ versionRetention: "0 days" }), {
            message: `${NAME}: versionRetention: 0 days is not a whole number of days from 1 to 3650. Choose such a period.`,
        });
    });
});
