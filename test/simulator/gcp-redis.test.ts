import assert from "node:assert/strict";

import { INSTANCE, type Malformed, Place, RANGE, SETTINGS, bound } from "./support/gcp.ts";

const REDIS = { memorySizeGb: 5, tier: "STANDARD_HA", redisVersion: "REDIS_7_2" };

/** What Google refuses before anything is created, for inputs alone. */
const MALFORMED: readonly Malformed[] = [
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

describe("the simulated Google Cloud's caches", () => {
    for (const { kind, what, given, words } of MALFORMED) {
        it(`rejects ${what} (${kind})`, () => {
            assert.match(new Place().check(kind, given).join("; "), words);
        });
    }

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
