import assert from "node:assert/strict";
import { get } from "../../../simulator/paths.ts";
import { PUBLIC_TLS } from "../../../components/contracts/destination.ts";
import { inspect, run } from "../../../tools/offline/mocks.ts";
import { AzureObjectStore } from "../../../components/azure/object-store.ts";
import { buildStore, buildStoreInUse, STORE as OWN, storeOf } from "./services-support.ts";
import { buildNetwork, DEV, EXPECTED_TAGS, NAME, PROD } from "./support.ts";

const ACCOUNT = "azure-native:storage:StorageAccount";
const STORE = `${NAME}-media`;
const BLOBS = "azure-native:storage:BlobServiceProperties";
const POLICY = "azure-native:storage:ManagementPolicy";
const CONTAINER = "azure-native:storage:BlobContainer";
const ROLE = "azure-native:authorization:RoleAssignment";

describe("the object store on Azure", () => {
    it("takes identities over TLS only, shows nothing to the public, and keeps copies in three zones", async () => {
        const { inputs } = (await storeOf(PROD)).one(ACCOUNT, STORE);
        assert.match(String(inputs["accountName"]), /^[a-z0-9]{24}$/);
        assert.deepEqual(inputs["sku"], { name: "Standard_ZRS" });
        assert.equal(inputs["minimumTlsVersion"], "TLS1_2");
        assert.equal(inputs["enableHttpsTrafficOnly"], true);
        assert.equal(inputs["allowSharedKeyAccess"], false);
        assert.equal(inputs["allowBlobPublicAccess"], false);
        assert.deepEqual(inputs["tags"], EXPECTED_TAGS);
    });

    it("is reached through its endpoint only, where the network has them", async () => {
        const recorded = await storeOf(PROD);
        const { inputs, id } = recorded.one(ACCOUNT, STORE);
        const endpoint = recorded.one("azure-native:network:PrivateEndpoint");
        const zone = recorded.one("azure-native:privatedns:PrivateZone", `${NAME}-blobs`);
        assert.equal(inputs["publicNetworkAccess"], "Disabled");
        assert.deepEqual(endpoint.inputs["privateLinkServiceConnections"], [
            { name: "objectStore", privateLinkServiceId: id, groupIds: ["blob"] },
        ]);
        assert.equal(zone.inputs["privateZoneName"], "privatelink.blob.core.windows.net");
        assert.deepEqual(recorded.result.destinations, [
            { cidrs: ["10.20.208.0/20"], ports: [443] },
        ]);
    });

    it("listens to the nodes' subnets only, without private endpoints", async () => {
        const recorded = await storeOf(DEV);
        const { inputs } = recorded.one(ACCOUNT, STORE);
        const subnets = ["1", "2", "3"].map(
            (zone) => recorded.one("azure-native:network:Subnet", `${NAME}-nodes-${zone}`).id,
        );
        assert.equal(get(inputs, "networkRuleSet.defaultAction"), "Deny");
        assert.deepEqual(
            get(inputs, "networkRuleSet.virtualNetworkRules"),
            subnets.map((id) => ({ virtualNetworkResourceId: id, action: "Allow" })),
        );
        assert.deepEqual(recorded.names("azure-native:network:PrivateEndpoint"), []);
        assert.deepEqual(recorded.result.destinations, [PUBLIC_TLS]);
    });

    it("gives one zone to two stores of a network", async () => {
        const recorded = await run(() => buildTwo("media", "invoices"));
        assert.deepEqual(recorded.names("azure-native:privatedns:PrivateZone").sort(), [
            `${NAME}-blobs`,
            `${NAME}-database`,
            `${NAME}-registry`,
            `${NAME}-secrets`,
        ]);
    });

    it("makes an account for each of two stores whose names differ by a hyphen", async () => {
        const recorded = await run(() => buildTwo("a-b", "ab"));
        const [one, other] = ["a-b", "ab"].map(
            (key) => recorded.one(ACCOUNT, `${NAME}-${key}`).inputs["accountName"],
        );
        assert.notEqual(one, other);
    });

    it("brings back what was overwritten or deleted, for as long as asked", async () => {
        const recorded = await run(() => buildStore(DEV, { versionRetention: "14 days" }));
        const { inputs } = recorded.one(BLOBS);
        assert.equal(inputs["isVersioningEnabled"], true);
        assert.deepEqual(inputs["deleteRetentionPolicy"], { enabled: true, days: 14 });
        assert.deepEqual(inputs["containerDeleteRetentionPolicy"], { enabled: true, days: 14 });
        assert.deepEqual(get(recorded.one(POLICY).inputs, "policy.rules"), [
            {
                name: "versions",
                enabled: true,
                type: "Lifecycle",
                definition: {
                    actions: { version: { delete: { daysAfterCreationGreaterThan: 14 } } },
                    filters: { blobTypes: ["blockBlob", "appendBlob"] },
                },
            },
        ]);
    });

    it("keeps no versions where none are wanted, and lets those from before go", async () => {
        const recorded = await run(() => buildStore(DEV, { versioning: false }));
        const { inputs } = recorded.one(BLOBS);
        assert.equal(inputs["isVersioningEnabled"], false);
        assert.deepEqual(inputs["deleteRetentionPolicy"], { enabled: false });
        assert.equal(
            get(
                recorded.one(POLICY).inputs,
                "policy.rules[0].definition.actions.version.delete.daysAfterCreationGreaterThan",
            ),
            30,
        );
    });

    it("cools and deletes objects by their age", async () => {
        const ages = { versioning: false, coolAfter: "30 days", expireAfter: "90 days" } as const;
        const recorded = await run(() => buildStore(DEV, ages));
        const rules = get(recorded.one(POLICY).inputs, "policy.rules") as object[];
        assert.deepEqual(
            rules.slice(0, -1).map((rule) => get(rule as never, "definition")),
            [
                {
                    actions: { baseBlob: { tierToCool: { daysAfterCreationGreaterThan: 30 } } },
                    filters: { blobTypes: ["blockBlob"] },
                },
                {
                    actions: { baseBlob: { delete: { daysAfterCreationGreaterThan: 90 } } },
                    filters: { blobTypes: ["blockBlob", "appendBlob"] },
                },
            ],
        );
    });

    it("lets pages of the given origins read and write, and no others", async () => {
        const none = await storeOf(DEV);
        assert.deepEqual(get(none.one(BLOBS).inputs, "cors.corsRules"), []);
        const corsOrigins = ["https://shop.example.com"];
        const some = await run(() => buildStore(DEV, { corsOrigins }));
        assert.deepEqual(get(some.one(BLOBS).inputs, "cors.corsRules"), [
            {
                allowedOrigins: corsOrigins,
                allowedMethods: ["GET", "HEAD", "PUT", "DELETE", "OPTIONS"],
                allowedHeaders: ["*"],
                exposedHeaders: ["*"],
                maxAgeInSeconds: 3600,
            },
        ]);
    });

    it("logs who reads and writes", async () => {
        const recorded = await storeOf(DEV);
        const { inputs } = recorded.one("azure-native:monitor:DiagnosticSetting");
        const { id } = recorded.one(ACCOUNT, STORE);
        assert.equal(inputs["resourceUri"], `${id}/blobServices/default`);
        assert.deepEqual(inputs["logs"], [{ categoryGroup: "allLogs", enabled: true }]);
    });

    it("is locked and protected where it is to be, and only there", async () => {
        const held = await run(() => buildStore(DEV, { deletionProtection: true }));
        const lock = held.one("azure-native:authorization:ManagementLockByScope");
        assert.equal(lock.inputs["scope"], held.one(ACCOUNT, STORE).id);
        assert.equal(held.one(ACCOUNT, STORE).options.protect, true);
        assert.equal(held.one(CONTAINER).options.protect, true);
        const free = await storeOf(DEV);
        assert.deepEqual(free.names("azure-native:authorization:ManagementLockByScope"), []);
        assert.equal(free.one(ACCOUNT, STORE).options.protect, false);
    });

    for (const [access, role] of [
        ["read", "2a2b9908-6ea1-4ae2-8e65-a410df84e7d1"],
        ["write", "ba92f5b4-2d11-453d-a403-e96b0029c9fe"],
    ] as const) {
        it(`lets a workload ${access} the container, and sign addresses with its own identity`, async () => {
            const recorded = await run(() => buildStoreInUse(PROD, access));
            const own = recorded.one(ROLE, `${NAME}-web-media`).inputs;
            const signing = recorded.one(ROLE, `${NAME}-web-media-signing`).inputs;
            assert.equal(own["scope"], recorded.one(CONTAINER).id);
            assert.ok(String(own["roleDefinitionId"]).endsWith(role));
            assert.equal(signing["scope"], recorded.one(ACCOUNT, STORE).id);
            assert.match(
                String(signing["roleDefinitionId"]),
                /db58b8e5-c6ad-4a2a-8342-4190687cbf4a$/,
            );
            // The two roles, and the endpoint with its name.
            assert.equal(recorded.result.grants.length, 4);
        });
    }

    it("says where it answers", async () => {
        const { result, ...recorded } = await storeOf(DEV);
        const account = recorded.resources.find(
            ({ type, name }) => type === ACCOUNT && name === STORE,
        );
        const name = String(account?.inputs["accountName"]);
        assert.equal((await inspect(result.bucket)).value, STORE);
        assert.equal(
            (await inspect(result.endpoint)).value,
            `https://${name}.blob.core.windows.net`,
        );
    });

    it("has the same resources while nothing is known yet", async () => {
        const urns = async (preview: boolean) =>
            (await run(() => buildStoreInUse(PROD, "write"), { preview })).resources
                .map(({ urn }) => urn)
                .sort();
        assert.deepEqual(await urns(true), await urns(false));
    });

    const bad = [
        [
            { versionRetention: "366 days" },
            /versionRetention: 366 days is not between 1 and 365 days/,
        ],
        [{ coolAfter: "29 days" }, /coolAfter: 29 days is not between 30 and/],
        [{ expireAfter: "0 days" }, /expireAfter: 0 days is not between 1 and/],
        [
            { coolAfter: "60 days", expireAfter: "60 days" },
            /expireAfter: 60 days is not later than coolAfter/,
        ],
        [
            { corsOrigins: Array<string>(65).fill("https://a.example.com") },
            /65 origins is more than the 64/,
        ],
    ] as const;
    for (const [own, message] of bad) {
        it(`rejects ${JSON.stringify(own).slice(0, 60)}`, async () => {
            await assert.rejects(
                run(() => buildStore(DEV, own)),
                message,
            );
        });
    }
});

function buildTwo(...keys: readonly [string, string]) {
    const { network, foundation, opts } = buildNetwork(PROD);
    for (const key of keys) {
        new AzureObjectStore(`${NAME}-${key}`, { ...OWN, foundation, network }, opts);
    }
}
