import assert from "node:assert/strict";

import { set } from "../../simulator/paths.ts";
import { DATABASE_SUBNET, GOOD, SUBNETS, World, type Bad } from "./support/azure.ts";

/** One input of a kind changed, and Azure's code for it. */
const BAD: readonly Bad[] = [
    ["server", "sku.name", "Standard_E2ds_v5", /SkuNotAvailable/],
    ["server", "storage.storageSizeGB", 100, /InvalidStorageSize/],
    ["server", "location", "eastus2", /SkuNotAvailable.*location eastus2/],
    ["server", "backup.backupRetentionDays", 36, /not between 7 and 35/],
    ["server", "backup.backupRetentionDays", 1, /not between 7 and 35/],
    ["server", "administratorLogin", "azure_superuser", /InvalidLoginName/],
    ["server", "administratorLogin", "pg_app", /InvalidLoginName/],
    ["server", "version", "14", /ParameterOutOfRange/],
    ["server", "serverName", "Orders", /InvalidResourceName/],
    ["vault", "vaultName", "a--b", /VaultNameNotValid/],
    ["vault", "properties.enablePurgeProtection", false, /cannot be set to false/],
    ["vault", "properties.softDeleteRetentionInDays", 91, /not between 7 and 90/],
    ["registry", "registryName", "my-images", /alpha numeric/],
    ["registry", "sku", { name: "Huge" }, /not allowed/],
    ["task", "trigger", { timerTriggers: [{ schedule: "daily" }] }, /cron/],
];

describe("simulated Azure", () => {
    for (const [kind, path, value, code] of BAD) {
        it(`rejects a ${kind} with ${path} ${JSON.stringify(value)}`, () => {
            const world = World.before(kind);
            assert.throws(() => world.make(kind, set(GOOD[kind], path, value)), code);
        });
    }

    it("rejects a standby of a burstable size, and one in the server's own zone", () => {
        const world = World.before("server");
        const highAvailability = { mode: "ZoneRedundant", standbyAvailabilityZone: "1" };
        const burstable = { name: "Standard_B1ms", tier: "Burstable" };
        const small = { ...GOOD.server, sku: burstable, highAvailability };
        const same = { ...GOOD.server, availabilityZone: "1", highAvailability };
        assert.throws(() => world.make("server", small), /not supported for Burstable/);
        assert.throws(() => world.make("server", same), /zones must differ/);
    });

    it("rejects a database server in a zone that is not linked, or in a subnet that is not its own", () => {
        const world = World.before("subnet");
        world.make("subnet");
        world.make("subnet", DATABASE_SUBNET, "database");
        world.make("zone");
        const elsewhere = set(GOOD.server, "network.delegatedSubnetResourceId", `${SUBNETS}/nodes`);
        assert.throws(() => world.make("server"), /PrivateDnsZoneNotLinkedToVnet/);
        assert.throws(() => world.make("server", elsewhere), /InvalidSubnetDelegation/);
    });

    it("rejects a vault that is to listen to a subnet without the service endpoint", () => {
        const world = World.before("subnet");
        world.make("subnet");
        const rules = [{ id: `${SUBNETS}/nodes` }];
        const inputs = set(GOOD.vault, "properties.networkAcls", { virtualNetworkRules: rules });
        assert.throws(() => world.make("vault", inputs), /SubnetsHaveNoServiceEndpointsConfigured/);
    });

    it("rejects smaller storage, and purge protection taken off", () => {
        const servers = World.before("server");
        const server = servers.make("server");
        const smaller = set(server.inputs, "storage.storageSizeGB", 32);
        assert.throws(() => servers.change("server", server.id, smaller), /StorageSizeDecrease/);
        const vaults = World.before("vault");
        const on = set(GOOD.vault, "properties.enablePurgeProtection", true);
        const vault = vaults.make("vault", on);
        assert.throws(() => vaults.change("vault", vault.id, GOOD.vault), /irreversible/);
    });
});
