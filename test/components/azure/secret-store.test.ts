import assert from "node:assert/strict";
import { get } from "../../../simulator/paths.ts";
import { inspect, run } from "../../../tools/offline/mocks.ts";
import { buildDatabase, buildSite, DEV, NAME, PROD, databaseOf, siteOf } from "./support.ts";

const VAULT = "azure-native:keyvault:Vault";

describe("the secret store on Azure", () => {
    it("opens to roles only, and in prod to the network only and never for a purge (G1.48)", async () => {
        const { inputs } = (await databaseOf(PROD)).one(VAULT);
        assert.equal(get(inputs, "properties.enableRbacAuthorization"), true);
        assert.equal(get(inputs, "properties.enablePurgeProtection"), true);
        assert.equal(get(inputs, "properties.softDeleteRetentionInDays"), 90);
        assert.equal(get(inputs, "properties.publicNetworkAccess"), "Disabled");
        assert.equal(get(inputs, "properties.networkAcls.defaultAction"), "Deny");
        assert.deepEqual(get(inputs, "properties.networkAcls.ipRules"), []);
    });

    it("can be purged where nothing has to be recovered, and denies by default even so", async () => {
        const recorded = await databaseOf(DEV);
        const { inputs } = recorded.one(VAULT);
        const nodes = ["1", "2", "3"].map((zone) => ({
            id: recorded.one("azure-native:network:Subnet", `${NAME}-nodes-${zone}`).id,
        }));
        assert.equal(get(inputs, "properties.enablePurgeProtection"), undefined);
        // The same as with protection: Azure never changes it, so switching protection on could not either.
        assert.equal(get(inputs, "properties.softDeleteRetentionInDays"), 90);
        assert.equal(get(inputs, "properties.networkAcls.defaultAction"), "Deny");
        assert.deepEqual(get(inputs, "properties.networkAcls.virtualNetworkRules"), nodes);
    });

    it("has a name that no deleted vault can hold, within Azure's 24 characters", async () => {
        const { inputs } = (await databaseOf(DEV)).one(VAULT);
        assert.match(String(inputs["vaultName"]), /^shop-test-azure-[a-z0-9]{4}$/);
    });

    it("lets a namespace's reader read exactly its secrets, as its own identity", async () => {
        const recorded = await siteOf(PROD);
        const secret = recorded.one("azure-native:keyvault:Secret");
        const grants = recorded
            .all("azure-native:authorization:RoleAssignment")
            .filter(({ inputs }) =>
                String(inputs["roleDefinitionId"]).endsWith("4633458b-17de-408a-b874-0445c86b69e6"),
            );
        const identity = recorded.one(
            "azure-native:managedidentity:UserAssignedIdentity",
            `${NAME}-web`,
        );
        assert.deepEqual(
            grants.map(({ inputs }) => [inputs["scope"], inputs["principalId"]]),
            [[secret.id, identity.outputs["principalId"]]],
        );
        const credential = recorded.one("azure-native:managedidentity:FederatedIdentityCredential");
        assert.equal(credential.inputs["subject"], "system:serviceaccount:web:secret-reader");
    });

    it("describes itself to External Secrets", async () => {
        const recorded = await siteOf(PROD);
        const { reader } = recorded.result;
        const vault = recorded.one(VAULT);
        assert.deepEqual((await inspect(reader.provider)).value, {
            azurekv: {
                authType: "WorkloadIdentity",
                vaultUrl: get(vault.outputs, "properties.vaultUri"),
                tenantId: get(vault.inputs, "properties.tenantId"),
                serviceAccountRef: { name: "secret-reader" },
            },
        });
        assert.deepEqual(Object.keys(reader.serviceAccount?.annotations ?? {}), [
            "azure.workload.identity/client-id",
            "azure.workload.identity/tenant-id",
        ]);
    });

    it("makes a secret of whatever it is given", async () => {
        const recorded = await run(() => {
            const { secretStore } = buildDatabase(DEV);
            secretStore.put("key", { value: "plain" });
        });
        assert.ok(recorded.one("azure-native:keyvault:Secret", "key").isSecret("properties.value"));
    });

    it("grants a secret that somebody else put there, which has to be there", async () => {
        const build = () => {
            const { cluster, secretStore } = buildSite(DEV);
            const secrets = [secretStore.existing("stripe", ["key"])];
            secretStore.reader("shop", { cluster, namespace: "shop", secrets });
        };
        const missing =
            /RoleAssignment shop-stripe: .*\/vaults\/[^/]+\/secrets\/stripe' was not found/;
        await assert.rejects(run(build), missing);
    });
});
