import assert from "node:assert/strict";

import { set } from "../../simulator/paths.ts";
import type { Json } from "../../simulator/table.ts";
import { DATABASE_SUBNET, GOOD, NETWORK, SUBNETS, World, type Bad } from "./support/azure.ts";

/** One input of a kind changed, and Azure's code for it. */
const BAD: readonly Bad[] = [
    ["network", "resourceGroupName", "none", /ResourceGroupNotFound/],
    ["subnet", "addressPrefix", "10.30.0.0/24", /NetcfgInvalidSubnet/],
    ["subnet", "natGateway", { id: "nowhere" }, /InvalidResourceReference/],
    ["address", "publicIPAllocationMethod", "Dynamic", /StandardSkuPublicIPMustBeStatic/],
    ["address", "ddosSettings", { protectionMode: "On" }, /is not allowed: .*Enabled/],
    ["address", "ddosSettings", { ddosProtectionPlan: { id: "p" } }, /ProtectionMode is Enabled/],
    ["gateway", "sku.name", "StandardV2", /InvalidParameter/],
    ["gateway", "zones", ["1", "2"], /MultipleZones/],
    ["gateway", "zones", ["2"], /different zones/],
    ["flows", "networkWatcherName", "NetworkWatcher_eastus", /ResourceNotFound/],
    ["flows", "resourceGroupName", "rg", /ResourceNotFound/],
];

describe("simulated Azure", () => {
    for (const [kind, path, value, code] of BAD) {
        it(`rejects a ${kind} with ${path} ${JSON.stringify(value)}`, () => {
            const world = World.before(kind);
            assert.throws(() => world.make(kind, set(GOOD[kind], path, value)), code);
        });
    }

    it("protects addresses of the Standard SKU from floods, and no others", () => {
        const world = World.before("address");
        const protectedOne = { ...GOOD.address, ddosSettings: { protectionMode: "Enabled" } };
        assert.throws(
            () => world.make("address", { ...protectedOne, sku: { name: "Basic" } }),
            /for public IP addresses of the Standard SKU/,
        );
        assert.ok(world.make("address", protectedOne).id);
    });

    it("keeps a DNS zone that is linked to a network", () => {
        const world = World.before("link");
        world.make("link");
        const zone = `${NETWORK}/privateDnsZones/x.private.postgres.database.azure.com`;
        assert.throws(() => world.drop("zone", zone), /CannotDeleteResource/);
    });

    it("rejects a second subnet over the same addresses", () => {
        const world = World.before("subnet");
        world.make("subnet");
        const other = { ...GOOD.subnet, subnetName: "other", addressPrefix: "10.20.32.0/24" };
        assert.throws(() => world.make("subnet", other, "other"), /NetcfgSubnetRangesOverlap/);
    });

    it("rejects two rules of one priority and direction", () => {
        const [rule] = GOOD.security["securityRules"] as Json[];
        const inputs = { ...GOOD.security, securityRules: [rule ?? null, rule ?? null] };
        assert.throws(
            () => World.before("security").make("security", inputs),
            /SecurityRuleConflict/,
        );
    });

    it("rejects a private endpoint in a delegated subnet", () => {
        const world = World.before("endpoint");
        world.make("subnet", DATABASE_SUBNET, "database");
        const inputs = set(GOOD.endpoint, "subnet.id", `${SUBNETS}/database`);
        assert.throws(() => world.make("endpoint", inputs), /DelegatedSubnet/);
    });

    it("keeps a subnet that is in use, and the network around it", () => {
        const world = World.before("pool");
        const words = /InUseSubnetCannotBeDeleted/;
        assert.throws(() => world.drop("subnet", `${SUBNETS}/nodes`), words);
        assert.throws(() => world.drop("network", `${NETWORK}/virtualNetworks/vnet`), words);
    });
});
