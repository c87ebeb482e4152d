import assert from "node:assert/strict";
import { CACHE_AUTHORITY, CACHE_FIELDS, CACHE_SIZES } from "../../../components/contracts/cache.ts";
import { GcpCache, type GcpCacheArgs } from "../../../components/gcp/cache.ts";
import { CACHE_MEMORY } from "../../../components/gcp/sizes.ts";
import { type Parts, onSite, urnsBothWays } from "./on-site.ts";
import { DEV } from "./site.ts";

const INSTANCE = "gcp:redis/instance:Instance";

type Arguments = Omit<GcpCacheArgs, "foundation" | "network" | "secretStore">;

const CACHE: Arguments = {
    size: "small",
    highAvailability: false,
    eviction: "least-recently-used",
    deletionProtection: false,
};

function cache(change: Partial<Arguments> = {}, key = "sessions") {
    return ({ name, foundation, network, secretStore, opts }: Parts) =>
        new GcpCache(
            `${name}-${key}`,
            { ...CACHE, ...change, foundation, network, secretStore },
            opts,
        );
}

async function instanceOf(change: Partial<Arguments> = {}) {
    return (await onSite(cache(change))).one(INSTANCE);
}

describe("GcpCache", () => {
    it("answers on a private address only, over TLS and with a password", async () => {
        const recorded = await onSite(cache());
        const { inputs, options } = recorded.one(INSTANCE);
        const range = recorded.one("gcp:compute/globalAddress:GlobalAddress");
        assert.equal(inputs["connectMode"], "PRIVATE_SERVICE_ACCESS");
        assert.equal(inputs["authorizedNetwork"], recorded.one("gcp:compute/network:Network").id);
        assert.equal(inputs["reservedIpRange"], range.outputs["name"]);
        assert.equal(inputs["transitEncryptionMode"], "SERVER_AUTHENTICATION");
        assert.equal(inputs["authEnabled"], true);
        const connection = recorded.one("gcp:servicenetworking/connection:Connection");
        assert.ok(options.dependencies.includes(connection.urn));
        assert.deepEqual(recorded.result.destinations, [
            { cidrs: ["10.30.80.0/20"], ports: [6378] },
        ]);
    });

    it("stores its address, password and authority as one document, which is secret", async () => {
        const recorded = await onSite(cache());
        const { outputs } = recorded.one(INSTANCE);
        const version = recorded.one("gcp:secretmanager/secretVersion:SecretVersion");
        assert.ok(version.isSecret("secretData"));
        const document = JSON.parse(String(version.inputs["secretData"])) as Record<string, string>;
        assert.deepEqual(Object.keys(document), [...CACHE_FIELDS, CACHE_AUTHORITY]);
        assert.deepEqual(recorded.result.credentials.fields, [...CACHE_FIELDS, CACHE_AUTHORITY]);
        const { host, authString } = outputs;
        assert.match(String(host), /^10\.30\.80\./);
        assert.equal(document["host"], host);
        assert.equal(document["port"], "6378");
        assert.equal(document["password"], authString);
        assert.equal(document["url"], `rediss://:${String(authString)}@${String(host)}:6378`);
        assert.match(document["ca"] ?? "", /^-----BEGIN CERTIFICATE-----/);
    });

    it("is encrypted with a key of its own, which Memorystore may use before", async () => {
        const recorded = await onSite(cache());
        const { inputs, options } = recorded.one(INSTANCE);
        const key = recorded.one("gcp:kms/cryptoKey:CryptoKey", "myapp-dev-gcp-sessions-key");
        const grant = recorded.one(
            "gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember",
            "myapp-dev-gcp-sessions-key-redis",
        );
        assert.equal(inputs["customerManagedKey"], key.id);
        assert.match(String(grant.inputs["member"]), /@cloud-redis\./);
        assert.ok(options.dependencies.includes(grant.urn));
    });

    it("has a replica in another zone where high availability is asked for", async () => {
        assert.equal((await instanceOf()).inputs["tier"], "BASIC");
        assert.equal((await instanceOf()).inputs["locationId"], "europe-west3-b");
        assert.equal((await instanceOf({ highAvailability: true })).inputs["tier"], "STANDARD_HA");
    });

    it("drops the least recently used keys of a cache and writes nothing down", async () => {
        const { inputs } = await instanceOf();
        assert.equal(inputs["redisVersion"], "REDIS_7_2");
        assert.deepEqual(inputs["redisConfigs"], { "maxmemory-policy": "allkeys-lru" });
        assert.deepEqual(inputs["persistenceConfig"], { persistenceMode: "DISABLED" });
    });

    it("drops nothing of a store, and writes it down", async () => {
        const { inputs } = await instanceOf({ eviction: "none" });
        assert.deepEqual(inputs["redisConfigs"], { "maxmemory-policy": "noeviction" });
        assert.deepEqual(inputs["persistenceConfig"], {
            persistenceMode: "RDB",
            rdbSnapshotPeriod: "SIX_HOURS",
        });
    });

    it("is maintained on Sunday at four (G13.9)", async () => {
        assert.deepEqual((await instanceOf()).inputs["maintenancePolicy"], {
            weeklyMaintenanceWindows: [
                { day: "SUNDAY", startTime: { hours: 4, minutes: 0, seconds: 0, nanos: 0 } },
            ],
        });
    });

    it("has the memory that the contract promises for each size", async () => {
        const promised = { small: [1, 1], medium: [5, 6], large: [12, 13] } as const;
        for (const size of CACHE_SIZES) {
            const [least, most] = promised[size];
            assert.ok(CACHE_MEMORY[size] >= least && CACHE_MEMORY[size] <= most, size);
        }
        assert.equal((await instanceOf({ size: "large" })).inputs["memorySizeGb"], 12);
    });

    it("is protected by the provider and by Pulumi where asked for", async () => {
        const open = await instanceOf();
        assert.deepEqual([open.inputs["deletionProtection"], open.options.protect], [false, false]);
        const closed = await instanceOf({ deletionProtection: true });
        assert.deepEqual(
            [closed.inputs["deletionProtection"], closed.options.protect],
            [true, true],
        );
    });

    it("shortens a name that Memorystore would refuse", async () => {
        const recorded = await onSite(cache({}, "sessions-of-all-customers-there-are"));
        const name = String(recorded.one(INSTANCE).inputs["name"]);
        assert.equal(name.length, 40);
        assert.match(name, /^myapp-dev-gcp-sessions-of-all-cus-[0-9a-f]{6}$/);
    });

    it("has the same URNs whether outputs are known or not", async () => {
        const { known, unknown } = await urnsBothWays(cache({ eviction: "none" }));
        assert.deepEqual(unknown, known);
    });

    it("rejects a network whose share for Google's services one database takes", async () => {
        await assert.rejects(
            onSite(cache(), { ...DEV, network: { ...DEV.network, cidr: "10.30.0.0/20" } }),
            /network\.cidr: 10\.30\.0\.0\/20 leaves 10\.30\.5\.0\/24 for Google's own services, which a database takes alone\. Give the network a \/19 or larger\./,
        );
    });
});
