import assert from "node:assert/strict";

import { type Properties, UNKNOWN } from "../../simulator/table.ts";
import {
    CLUSTER,
    INSTANCE,
    PROJECT,
    REGION,
    SETTINGS,
    Place,
    type Malformed,
    type Kind,
} from "./support/gcp.ts";

/** What Google refuses before anything is created, for inputs alone. */
const MALFORMED: readonly Malformed[] = [
    {
        kind: "account",
        what: "an account id of five characters",
        given: { accountId: "nodes" },
        words: /"account_id" \("nodes"\) doesn't match regexp/,
    },
    {
        kind: "service",
        what: "a service that is no Google API",
        given: { service: "compute" },
        words: /Not found or permission denied for service\(s\): compute\./,
    },
    {
        kind: "key",
        what: "a rotation within a day",
        given: { keyRing: "r", rotationPeriod: "3600s" },
        words: /rotation period must be greater than 86400s/,
    },
    {
        kind: "logBucket",
        what: "a retention of eleven years",
        given: { project: PROJECT, location: REGION, bucketId: "b", retentionDays: 4015 },
        words: /Retention days must be between 1 and 3650/,
    },
    {
        kind: "projectGrant",
        what: "a member without its kind",
        given: { project: PROJECT, role: "roles/viewer", member: "jane@example.com" },
        words: /invalid value for member/,
    },
    {
        kind: "repository",
        what: "a repository id with an underscore",
        given: { repositoryId: "my_images", format: "DOCKER" },
        words: /Invalid repository ID "my_images"/,
    },
    {
        kind: "repository",
        what: "a clean-up that neither keeps nor deletes",
        given: {
            repositoryId: "images",
            format: "DOCKER",
            cleanupPolicies: [{ id: "old", action: "REMOVE" }],
        },
        words: /expected cleanup_policies\.0\.action to be one of \["DELETE","KEEP"\], got REMOVE/,
    },
];

describe("the simulated Google Cloud", () => {
    for (const { kind, what, given, words } of MALFORMED) {
        it(`rejects ${what} (${kind})`, () => {
            assert.match(new Place().check(kind, given).join("; "), words);
        });
    }

    it("lets values that are not known yet through", () => {
        const place = new Place();
        const settings = { ...SETTINGS, tier: UNKNOWN };
        assert.deepEqual(place.check("instance", { ...INSTANCE, settings }), []);
        assert.deepEqual(place.check("instance", { ...INSTANCE, settings: UNKNOWN }), []);
        assert.deepEqual(place.check("subnet", { network: UNKNOWN, ipCidrRange: UNKNOWN }), []);
        assert.deepEqual(place.check("pool", { cluster: UNKNOWN, autoscaling: UNKNOWN }), []);
        assert.deepEqual(place.check("cluster", { ...CLUSTER, maintenancePolicy: UNKNOWN }), []);
    });

    it("makes names that Google takes, with seven digits", () => {
        const { network } = Place.furnished().base;
        assert.match(String(network.outputs["name"]), /^net-[0-9a-f]{7}$/);
        assert.equal(
            network.outputs["selfLink"],
            `https://www.googleapis.com/compute/v1/${network.id}`,
        );
    });

    it("rejects anything whose API is not enabled (G1.59)", () => {
        assert.throws(
            () => new Place().make("network", "net"),
            /Compute Engine API has not been used in project myapp-platform-dev before or it is disabled/,
        );
        assert.throws(
            () => new Place().invoke("gcp:organizations/getProject:getProject", {}),
            /Cloud Resource Manager API has not been used/,
        );
    });

    it("tells a project's number, the same in every agent's address", () => {
        const place = Place.furnished();
        const { number } = place.invoke("gcp:organizations/getProject:getProject", {});
        assert.match(String(number), /^\d{12}$/);
        const agent = place.make("identity", "sql", { service: "sqladmin.googleapis.com" });
        assert.equal(
            agent.outputs["member"],
            `serviceAccount:service-${String(number)}@gcp-sa-cloud-sql.iam.gserviceaccount.com`,
        );
    });

    it("takes an API that is enabled already", () => {
        const place = Place.furnished();
        const again = place.make("service", "again", { service: "compute.googleapis.com" });
        assert.equal(again.id, `${PROJECT}/compute.googleapis.com`);
    });

    it("rejects a grant to a service agent that nobody has made yet", () => {
        const place = Place.furnished();
        assert.throws(
            () =>
                place.make("keyGrant", "grant", {
                    cryptoKeyId: place.base.key.id,
                    role: "roles/cloudkms.cryptoKeyEncrypterDecrypter",
                    member: "serviceAccount:service-1@gcp-sa-cloud-sql.iam.gserviceaccount.com",
                }),
            /Service account service-1@gcp-sa-cloud-sql\.iam\.gserviceaccount\.com does not exist/,
        );
    });

    it("rejects a sink into a bucket that does not stand", () => {
        const place = Place.furnished();
        const bucket = `projects/${PROJECT}/locations/${REGION}/buckets/logs`;
        const given = { destination: `logging.googleapis.com/${bucket}` };
        assert.throws(() => place.make("sink", "s", given), /Sink destination does not exist/);
        place.make("logBucket", "b", { project: PROJECT, location: REGION, bucketId: "logs" });
        assert.ok(place.make("sink", "s", given).id);
    });

    it("rejects deleting what is set to PREVENT", () => {
        const place = Place.furnished();
        const { ring } = place.base;
        const given = { keyRing: ring.id, deletionPolicy: "PREVENT" };
        const { id } = place.make("key", "kept", given);
        assert.throws(() => {
            place.drop("key", "kept", id);
        }, /deletion_policy is set to "PREVENT"/);
    });

    const CHANGES: readonly { kind: Kind; olds: Properties; news: Properties; path: string }[] = [
        { kind: "cluster", olds: { location: "a" }, news: { location: "b" }, path: "location" },
        {
            kind: "pool",
            olds: { nodeConfig: { spot: true } },
            news: { nodeConfig: { spot: false } },
            path: "nodeConfig.spot",
        },
        {
            kind: "instance",
            olds: { encryptionKeyName: "a" },
            news: { encryptionKeyName: "b" },
            path: "encryptionKeyName",
        },
        {
            kind: "version",
            olds: { secretData: "a" },
            news: { secretData: "b" },
            path: "secretData",
        },
    ];
    for (const { kind, olds, news, path } of CHANGES) {
        it(`replaces the ${kind} for another ${path}`, () => {
            assert.deepEqual(new Place().replaces(kind, olds, news), [path]);
        });
    }

    const UPDATES: readonly { kind: Kind; olds: Properties; news: Properties; what: string }[] = [
        {
            kind: "pool",
            olds: { autoscaling: { totalMaxNodeCount: 3 }, nodeConfig: { machineType: "a" } },
            news: { autoscaling: { totalMaxNodeCount: 9 }, nodeConfig: { machineType: "b" } },
            what: "limits and machine type",
        },
        {
            kind: "instance",
            olds: { databaseVersion: "POSTGRES_17", settings: { tier: "a", edition: "a" } },
            news: { databaseVersion: "POSTGRES_18", settings: { tier: "b", edition: "b" } },
            what: "version, tier and edition",
        },
        {
            kind: "cluster",
            olds: { minMasterVersion: "1.35", masterAuthorizedNetworksConfig: { cidrBlocks: [] } },
            news: { minMasterVersion: "1.36" },
            what: "version and authorised networks",
        },
    ];
    for (const { kind, olds, news, what } of UPDATES) {
        it(`updates the ${kind} in place for another ${what}`, () => {
            assert.deepEqual(new Place().replaces(kind, olds, news), []);
        });
    }
});
