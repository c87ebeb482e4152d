import assert from "node:assert/strict";
import { CACHE_FIELDS } from "../../../components/contracts/cache.ts";
import { get } from "../../../simulator/paths.ts";
import { run } from "../../../tools/offline/mocks.ts";
import { buildCache, cacheOf } from "./services-support.ts";
import { DEV, EXPECTED_TAGS, NAME, PROD } from "./support.ts";

const CLUSTER = "azure-native:redisenterprise:RedisEnterprise";
const DATABASE = "azure-native:redisenterprise:Database";

describe("the cache on Azure", () => {
    it("takes plain clients over TLS, with a password", async () => {
        const recorded = await cacheOf(DEV);
        const { inputs } = recorded.one(DATABASE);
        assert.equal(inputs["databaseName"], "default");
        assert.equal(inputs["clientProtocol"], "Encrypted");
        assert.equal(inputs["clusteringPolicy"], "NoCluster");
        assert.equal(inputs["accessKeysAuthentication"], "Enabled");
        assert.equal(inputs["port"], 10000);
        assert.equal(recorded.one(CLUSTER).inputs["minimumTlsVersion"], "1.2");
        assert.deepEqual(recorded.one(CLUSTER).inputs["tags"], EXPECTED_TAGS);
    });

    for (const [kind, site] of [
        ["without", DEV],
        ["with", PROD],
    ] as const) {
        it(`is reached through its private endpoint only, in a network ${kind} others`, async () => {
            const recorded = await cacheOf(site);
            const { inputs, id } = recorded.one(CLUSTER);
            const endpoint = recorded.one(
                "azure-native:network:PrivateEndpoint",
                `${NAME}-sessions-endpoint`,
            );
            const zone = recorded.one("azure-native:privatedns:PrivateZone", `${NAME}-cache`);
            const group = recorded.one(
                "azure-native:network:PrivateDnsZoneGroup",
                `${NAME}-sessions-endpoint`,
            );
            assert.equal(inputs["publicNetworkAccess"], "Disabled");
            assert.deepEqual(endpoint.inputs["privateLinkServiceConnections"], [
                { name: "cache", privateLinkServiceId: id, groupIds: ["redisEnterprise"] },
            ]);
            assert.equal(zone.inputs["privateZoneName"], "privatelink.redis.azure.net");
            assert.equal(get(group.inputs, "privateDnsZoneConfigs[0].privateDnsZoneId"), zone.id);
            assert.deepEqual(recorded.result.destinations, [
                { cidrs: ["10.20.208.0/20"], ports: [10000] },
            ]);
        });
    }

    it("gets another endpoint with another cache", async () => {
        const { options } = (await cacheOf(DEV)).one(
            "azure-native:network:PrivateEndpoint",
            `${NAME}-sessions-endpoint`,
        );
        assert.deepEqual(options.replaceOnChanges, ["privateLinkServiceConnections"]);
    });

    it("puts its address and key into the secret store, and nowhere else in plain text", async () => {
        const recorded = await cacheOf(DEV);
        const secret = recorded.one("azure-native:keyvault:Secret");
        const { hostName } = recorded.one(CLUSTER).outputs;
        const document = JSON.parse(String(get(secret.inputs, "properties.value"))) as Record<
            string,
            string
        >;
        const { password = "" } = document;
        assert.ok(secret.isSecret("properties.value"));
        assert.match(password, /=$/);
        assert.deepEqual(document, {
            host: hostName,
            port: "10000",
            password,
            url: `rediss://:${encodeURIComponent(password)}@${String(hostName)}:10000`,
        });
        assert.equal(new URL(String(document["url"])).port, "10000");
        assert.deepEqual(recorded.result.credentials.fields, CACHE_FIELDS);
        const others = recorded.resources.filter(({ urn }) => urn !== secret.urn);
        assert.ok(!JSON.stringify(others.map(({ inputs }) => inputs)).includes(password));
    });

    it("gives out its address only once something answers there", async () => {
        const recorded = await cacheOf(DEV);
        const { dependencies } = recorded.one("azure-native:keyvault:Secret").options;
        const endpoint = recorded.one(
            "azure-native:network:PrivateEndpoint",
            `${NAME}-sessions-endpoint`,
        );
        assert.ok(dependencies.includes(endpoint.urn));
    });

    for (const [size, sku] of [
        ["small", "Balanced_B1"],
        ["medium", "Balanced_B5"],
        ["large", "Balanced_B10"],
    ] as const) {
        it(`is of the class ${sku} when ${size}, and a new one when the size changes`, async () => {
            const recorded = await run(() => buildCache(DEV, { size }));
            const { inputs, options } = recorded.one(CLUSTER);
            assert.deepEqual(inputs["sku"], { name: sku });
            assert.deepEqual(options.replaceOnChanges, ["sku"]);
            // Azure makes up its name, so the new one can stand before the old one goes.
            assert.equal(inputs["clusterName"], undefined);
            assert.equal(options.deleteBeforeReplace, undefined);
        });
    }

    it("writes a store down, which cannot be had again from elsewhere, and no cache", async () => {
        const persistence = (recorded: Awaited<ReturnType<typeof cacheOf>>) =>
            recorded.one(DATABASE).inputs["persistence"];
        const store = await run(() => buildCache(DEV, { eviction: "none" }));
        assert.deepEqual(persistence(store), {
            aofEnabled: false,
            rdbEnabled: true,
            rdbFrequency: "6h",
        });
        assert.deepEqual(persistence(await cacheOf(DEV)), { aofEnabled: false, rdbEnabled: false });
    });

    it("keeps a replica, and refuses writes when full, where asked", async () => {
        const plain = await cacheOf(DEV);
        assert.equal(plain.one(CLUSTER).inputs["highAvailability"], "Disabled");
        assert.equal(plain.one(DATABASE).inputs["evictionPolicy"], "AllKeysLRU");
        const own = { highAvailability: true, eviction: "none" } as const;
        const other = await run(() => buildCache(DEV, own));
        assert.equal(other.one(CLUSTER).inputs["highAvailability"], "Enabled");
        assert.equal(other.one(DATABASE).inputs["evictionPolicy"], "NoEviction");
    });

    it("is protected where it is to be, and only there", async () => {
        const held = await run(() => buildCache(DEV, { deletionProtection: true }));
        assert.equal(held.one(CLUSTER).options.protect, true);
        assert.equal(held.one(DATABASE).options.protect, true);
        assert.equal((await cacheOf(DEV)).one(CLUSTER).options.protect, false);
    });

    it("logs who connects", async () => {
        const recorded = await cacheOf(DEV);
        const settings = recorded.one(
            "azure-native:monitor:DiagnosticSetting",
            `${NAME}-sessions-logs`,
        );
        assert.equal(settings.inputs["resourceUri"], recorded.one(DATABASE).id);
    });

    it("has the same resources while nothing is known yet", async () => {
        const preview = await run(() => buildCache(PROD), { preview: true, inventNothing: true });
        const urns = ({ resources }: typeof preview) => resources.map(({ urn }) => urn).sort();
        assert.deepEqual(urns(preview), urns(await cacheOf(PROD)));
    });
});
