import assert from "node:assert/strict";

import { set } from "../../simulator/paths.ts";
import { UNKNOWN, type Json } from "../../simulator/table.ts";
import { azure } from "../../simulator/types/azure.ts";
import {
    GOOD,
    GROUP,
    REGION,
    SUBNETS,
    SUBSCRIPTION,
    TYPES,
    World,
    role,
    type Bad,
    type Kind,
} from "./support/azure.ts";

/** One input of a kind changed, and Azure's code for it. */
const BAD: readonly Bad[] = [
    ["credential", "subject", "web", /BadRequest/],
    ["grant", "roleDefinitionId", "Contributor", /RoleDefinitionDoesNotExist/],
    ["grant", "scope", `${SUBNETS}/none`, /ResourceNotFound/],
    ["lock", "level", "NoDelete", /not allowed/],
    ["workspace", "retentionInDays", 7, /BadRequest/],
    ["storage", "accountName", "Flow-Logs", /AccountNameInvalid/],
    ["definition", "assignableScopes", [], /InvalidAssignableScopes/],
    ["workflow", "definition.$schema", "none", /InvalidTemplate/],
    ["workflow", "definition.actions.old.runAfter", { lst: [] }, /non-existent action: 'lst'/],
];

describe("simulated Azure", () => {
    for (const kind of Object.keys(TYPES) as Kind[]) {
        it(`takes a good ${kind} and gives it Azure's id`, () => {
            const { id, outputs } = World.before(kind).make(kind);
            const form =
                /^\/subscriptions\/[0-9a-f-]{36}(\/resourceGroups\/\w+)?(\/providers\/Microsoft\.\w+(\/[\w.-]+)+)*$/;
            assert.match(id, form);
            assert.equal(outputs["name"], id.slice(id.lastIndexOf("/") + 1));
        });
    }

    for (const [kind, path, value, code] of BAD) {
        it(`rejects a ${kind} with ${path} ${JSON.stringify(value)}`, () => {
            const world = World.before(kind);
            assert.throws(() => world.make(kind, set(GOOD[kind], path, value)), code);
        });
    }

    it("rejects a role's name that is taken in the directory, and the end of a role that somebody has", () => {
        const world = World.before("grant");
        const { id } = world.make("definition");
        assert.throws(
            () => world.make("definition", GOOD.definition, "other"),
            /RoleDefinitionWithSameNameExists/,
        );
        world.make("grant", { ...GOOD.grant, roleDefinitionId: id });
        assert.throws(() => world.drop("definition", id), /RoleDefinitionHasAssignments/);
    });

    it("lets through what is not known yet", () => {
        for (const kind of ["subnet", "grant", "cluster", "pool", "server", "vault"] as const) {
            const world = World.before(kind);
            const unknown = Object.fromEntries(
                Object.keys(GOOD[kind]).map((key) => [key, UNKNOWN]),
            );
            assert.deepEqual(world.check(kind, unknown).refusals, [], kind);
        }
    });

    it("keeps equal names in different groups apart", () => {
        const world = World.before("link");
        world.make("link");
        const other = { resourceGroupName: "rg2" };
        world.make("group", { ...other, location: REGION }, "rg2");
        world.make("network", { ...GOOD.network, ...other }, "network2");
        const { id } = world.make("zone", { ...GOOD.zone, ...other }, "zone2");
        assert.doesNotThrow(() => world.drop("zone", id, "zone2"));
        assert.throws(() => world.make("network", GOOD.network, "network3"), /already/);
    });

    it("rejects names that somebody in Azure has", () => {
        for (const [kind, code] of [
            ["vault", /VaultAlreadyExists/],
            ["registry", /AlreadyInUse/],
            ["storage", /StorageAccountAlreadyTaken/],
        ] as const) {
            const world = World.before(kind);
            world.make(kind);
            world.make("group", { resourceGroupName: "rg2", location: REGION }, "rg2");
            const twin = { ...GOOD[kind], resourceGroupName: "rg2" };
            assert.throws(() => world.make(kind, twin, "twin"), code);
        }
    });

    it("rejects the same role twice", () => {
        const world = World.before("grant");
        world.make("grant");
        assert.throws(() => world.make("grant", GOOD.grant, "again"), /RoleAssignmentExists/);
    });

    it("keeps what is locked, with all that is in it and on it", () => {
        const world = World.before("secret");
        const { id: secret } = world.make("secret");
        const vault = `${GROUP}/providers/Microsoft.KeyVault/vaults/vault1`;
        const { id: lock } = world.make("lock", { ...GOOD.lock, scope: vault });
        for (const [kind, id] of [
            ["secret", secret],
            ["vault", vault],
            ["group", GROUP],
        ] as const) {
            assert.throws(() => world.drop(kind, id), /ScopeLocked/, kind);
        }
        world.drop("lock", lock);
        assert.doesNotThrow(() => world.drop("secret", secret));
    });

    it("takes along what is inside a cluster, a vault and a group", () => {
        const world = World.before("pool");
        world.make("pool");
        const standing = (kind: Kind) => world.store.instances("type = ?", TYPES[kind]).length;
        world.drop("cluster", `${GROUP}/providers/Microsoft.ContainerService/managedClusters/aks`);
        assert.equal(standing("pool"), 0);
        world.drop("group", GROUP);
        assert.equal(world.store.instances("1").length, 0);
    });

    it("replaces what Azure cannot change, and only that", () => {
        const { cloud } = new World();
        const replaced = (kind: Kind, path: string, value: Json) =>
            cloud
                .diff(
                    { ...new World().address(kind), id: "x" },
                    GOOD[kind],
                    set(GOOD[kind], path, value),
                )
                .some(({ replaces }) => replaces);
        assert.equal(replaced("pool", "vmSize", "Standard_D4s_v5"), true);
        assert.equal(replaced("pool", "maxCount", 9), false);
        assert.equal(replaced("cluster", "networkProfile.podCidr", "100.96.0.0/12"), true);
        assert.equal(replaced("cluster", "kubernetesVersion", "1.37"), false);
        const opened = { enablePrivateCluster: true, privateDNSZone: "system" };
        assert.equal(replaced("cluster", "apiServerAccessProfile", opened), false);
        assert.equal(replaced("server", "administratorLogin", "other"), true);
        assert.equal(replaced("server", "backup.geoRedundantBackup", "Enabled"), true);
        assert.equal(replaced("server", "storage.storageSizeGB", 128), false);
        assert.equal(replaced("registry", "zoneRedundancy", "Enabled"), true);
    });

    it("rejects changes that Azure never makes and the provider sends all the same", () => {
        const words = /PropertyChangeNotAllowed/;
        const pools = World.before("pool");
        const pool = pools.make("pool");
        for (const [path, value] of [
            ["osDiskSizeGB", 256],
            ["availabilityZones", ["2"]],
            ["maxPods", 50],
        ] as const) {
            const changed = set(pool.inputs, path, value as Json);
            assert.throws(() => pools.change("pool", pool.id, changed), words, path);
        }
        for (const [kind, path] of [
            ["link", "virtualNetwork.id"],
            ["flows", "targetResourceId"],
        ] as const) {
            const world = World.before(kind);
            const moved = world.make(kind);
            const { id } = world.make("network", { ...GOOD.network, virtualNetworkName: "b" }, "b");
            const elsewhere = set(moved.inputs, path, id);
            assert.throws(() => world.change(kind, moved.id, elsewhere), words, path);
        }
        const grants = World.before("grant");
        const { id: grant } = grants.make("grant");
        const other = { ...GOOD.grant, roleDefinitionId: role(SUBSCRIPTION) };
        assert.throws(() => grants.change("grant", grant, other), /UpdateNotPermitted/);
        const vaults = World.before("vault");
        const { id } = vaults.make("vault");
        const sooner = set(GOOD.vault, "properties.softDeleteRetentionInDays", 7);
        assert.throws(() => vaults.change("vault", id, sooner), words);
    });

    it("rejects a subscription id that is none", () => {
        const refusals = azure.checkConfig?.({ subscriptionId: "mine", location: REGION });
        assert.match(refusals?.[0]?.reason ?? "", /InvalidSubscriptionId/);
        assert.deepEqual(azure.checkConfig?.({ subscriptionId: SUBSCRIPTION }), []);
    });
});
