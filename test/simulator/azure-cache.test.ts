import assert from "node:assert/strict";
import { set } from "../../simulator/paths.ts";
import { GOOD, World, type Bad } from "./support/azure.ts";

/** One input of a kind changed, and Azure's code for it. */
const BAD: readonly Bad[] = [
    ["cache", "sku", { name: "Balanced_B2" }, /InvalidSku/],
    ["cache", "minimumTlsVersion", "1.0", /not allowed/],
    ["cache", "clusterName", "my--cache", /consecutive hyphens/],
    ["cacheDatabase", "databaseName", "sessions", /databaseName|InvalidResourceName|invalid/i],
    ["cacheDatabase", "port", 6379, /not between 10000 and 10000/],
    ["cacheDatabase", "evictionPolicy", "allkeys-lru", /not allowed/],
    ["cacheDatabase", "persistence", { rdbEnabled: true, rdbFrequency: "24h" }, /not allowed/],
    ["cacheDatabase", "persistence", { rdbEnabled: true, aofEnabled: true }, /At most one of AOF/],
    ["cacheDatabase", "modules", [{ name: "RediSearch" }], /needs the EnterpriseCluster/],
];

describe("simulated Azure Managed Redis", () => {
    for (const [kind, path, value, code] of BAD) {
        it(`rejects a ${kind} with ${path} ${JSON.stringify(value)}`, () => {
            const world = World.before(kind);
            assert.throws(() => world.make(kind, set(GOOD[kind], path, value)), code);
        });
    }

    it("rejects an undivided database in a class of more than 25 GB", () => {
        const world = new World();
        world.make("group");
        world.make("cache", set(GOOD.cache, "sku", { name: "Balanced_B50" }));
        assert.throws(() => world.make("cacheDatabase"), /up to 25 GB only/);
    });

    it("rejects another class for an undivided database, and high availability taken off", () => {
        const world = World.before("cacheDatabase");
        world.make("cacheDatabase");
        const [cache] = world.store.instances(
            "type = ?",
            "azure-native:redisenterprise:RedisEnterprise",
        );
        const { id, inputs } = cache!;
        const on = set(inputs, "highAvailability", "Enabled");
        const larger = set(inputs, "sku", { name: "Balanced_B5" });
        assert.throws(() => world.change("cache", id, larger), /Scaling is not supported/);
        world.change("cache", id, on);
        const off = set(inputs, "highAvailability", "Disabled");
        assert.throws(() => world.change("cache", id, off), /cannot be disabled on an existing/);
    });

    it("gives a database's keys, which differ from cache to cache", () => {
        const world = World.before("cacheDatabase");
        world.make("cacheDatabase");
        world.make("cache", { ...GOOD.cache, clusterName: "other" }, "other");
        world.make("cacheDatabase", { ...GOOD.cacheDatabase, clusterName: "other" }, "other");
        const keys = (clusterName: string) =>
            world.cloud.invoke("azure-native:redisenterprise:listDatabaseKeys", {
                resourceGroupName: "rg",
                clusterName,
                databaseName: "default",
            });
        assert.match(String(keys("sessions")["primaryKey"]), /^[A-Za-z0-9+/]{43}=$/);
        assert.notEqual(keys("sessions")["primaryKey"], keys("other")["primaryKey"]);
        assert.throws(() => keys("none"), /ResourceNotFound/);
    });
});
