import assert from "node:assert/strict";
import { set } from "../../simulator/paths.ts";
import { GOOD, SUBNETS, World, type Bad } from "./support/azure.ts";

const RULE = "policy.rules[0].definition";

/** One input of a kind changed, and Azure's code for it. */
const BAD: readonly Bad[] = [
    ["storage", "sku", { name: "Premium_ZRS_V9" }, /InvalidSkuForKind/],
    ["storage", "kind", "FileStorage", /InvalidSkuForKind.*Standard_LRS/],
    ["storage", "minimumTlsVersion", "TLS1_3", /not allowed/],
    ["container", "containerName", "Objects", /ContainerNameInvalid/],
    ["container", "containerName", "my--objects", /ContainerNameInvalid/],
    ["container", "publicAccess", "Blob", /PublicAccessNotPermitted/],
    ["container", "accountName", "other", /ParentResourceNotFound/],
    ["blobs", "deleteRetentionPolicy.days", 366, /not between 1 and 365/],
    [
        "blobs",
        "deleteRetentionPolicy",
        { enabled: true },
        /deleteRetentionPolicy.days' is required/,
    ],
    ["blobs", "cors.corsRules[0].allowedMethods", ["FETCH"], /'FETCH' is not an allowed method/],
    ["lifecycle", "policy.rules", [], /has no rules/],
    ["lifecycle", "policy.rules[0].name", "no spaces", /letters, digits and hyphens/],
    ["lifecycle", `${RULE}.filters.blobTypes`, ["appendBlob"], /Tiering is not supported/],
    ["files", "shareDeleteRetentionPolicy.days", 0, /not between 1 and 365/],
    ["share", "shareName", "Web", /ShareNameInvalid/],
    ["share", "enabledProtocols", "NFS", /NFS shares need a storage account of kind FileStorage/],
    ["share", "rootSquash", "Root", /not allowed/],
    [
        "lifecycle",
        `${RULE}.actions.baseBlob.delete`,
        { daysAfterCreationGreaterThan: 30 },
        /30 days are not more than the tierToCool action's 30/,
    ],
];

describe("simulated Azure storage", () => {
    for (const [kind, path, value, code] of BAD) {
        it(`rejects a ${kind} with ${path} ${JSON.stringify(value)}`, () => {
            const world = World.before(kind);
            assert.throws(() => world.make(kind, set(GOOD[kind], path, value)), code);
        });
    }

    it("puts containers below the account's only blob service, which needs no resource", () => {
        const { id } = World.before("container").make("container");
        assert.match(
            id,
            /\/storageAccounts\/flows123\/blobServices\/default\/containers\/objects$/,
        );
    });

    it("rejects an account that is to listen to a subnet without the service endpoint", () => {
        const world = World.before("subnet");
        world.make("subnet");
        const rules = [{ virtualNetworkResourceId: `${SUBNETS}/nodes` }];
        const inputs = { ...GOOD.storage, networkRuleSet: { virtualNetworkRules: rules } };
        assert.throws(
            () => world.make("storage", inputs),
            /ServiceEndpoints for Microsoft.Storage/,
        );
    });

    it("rejects copies in other zones for an account that stands, and an account with many tags", () => {
        const world = World.before("storage");
        const { id, inputs } = world.make("storage");
        const zones = set(inputs, "sku", { name: "Standard_ZRS" });
        assert.throws(() => world.change("storage", id, zones), /StorageAccountCannotChangeSku/);
        const tags = Object.fromEntries(Array.from({ length: 16 }, (_, i) => [`t${i}`, "v"]));
        assert.throws(
            () => World.before("storage").make("storage", { ...GOOD.storage, tags }),
            /16 tags/,
        );
    });

    it("rejects a premium share below what can be provisioned, and blobs' rules where there are none", () => {
        const world = new World();
        world.make("group");
        world.make("storage", {
            ...GOOD.storage,
            kind: "FileStorage",
            sku: { name: "Premium_ZRS" },
        });
        const nfs = { ...GOOD.share, enabledProtocols: "NFS" };
        assert.throws(() => world.make("share", { ...nfs, shareQuota: 99 }), /99 GiB is smaller/);
        assert.throws(() => world.make("lifecycle"), /FeatureNotSupportedForAccount/);
        assert.match(world.make("share", nfs).id, /\/fileServices\/default\/shares\/web$/);
    });

    it("takes containers and rules along with their account", () => {
        const world = World.before("container");
        world.make("container");
        world.make("blobs");
        const [account] = world.store.instances("type = ?", "azure-native:storage:StorageAccount");
        world.drop("storage", account?.id ?? "");
        assert.deepEqual(world.store.instances("type like ?", "azure-native:storage:%"), []);
    });
});
