import assert from "node:assert/strict";
import { get } from "../../../simulator/paths.ts";
import { inspect } from "../../../tools/offline/mocks.ts";
import { DEV, NAME, PROD, registryOf, siteOf } from "./support.ts";

const REGISTRY = "azure-native:containerregistry:Registry";
const TASK = "azure-native:containerregistry:Task";
const ROLE = "azure-native:authorization:RoleAssignment";

describe("the registry on Azure", () => {
    it("is Premium over all zones, with no administrator and no anonymous access (G1.46)", async () => {
        const { inputs } = (await registryOf(DEV)).one(REGISTRY);
        assert.deepEqual(inputs["sku"], { name: "Premium" });
        assert.equal(inputs["zoneRedundancy"], "Enabled");
        assert.equal(inputs["adminUserEnabled"], false);
        assert.equal(inputs["anonymousPullEnabled"], false);
        assert.match(String(inputs["registryName"]), /^shoptestazureapps[0-9a-f]{6}$/);
        assert.deepEqual(get(inputs, "policies.retentionPolicy"), { status: "enabled", days: 7 });
    });

    it("is reached through its endpoint in the network only, under its usual name", async () => {
        const recorded = await registryOf(PROD);
        const { inputs, id } = recorded.one(REGISTRY);
        const endpoint = recorded.one("azure-native:network:PrivateEndpoint");
        const group = recorded.one("azure-native:network:PrivateDnsZoneGroup");
        assert.equal(inputs["publicNetworkAccess"], "Disabled");
        assert.deepEqual(inputs["networkRuleSet"], { defaultAction: "Deny" });
        assert.deepEqual(endpoint.inputs["privateLinkServiceConnections"], [
            { name: "registry", privateLinkServiceId: id, groupIds: ["registry"] },
        ]);
        assert.deepEqual(group.inputs["privateDnsZoneConfigs"], [
            {
                name: "registry",
                privateDnsZoneId: recorded.one(
                    "azure-native:privatedns:PrivateZone",
                    `${NAME}-registry`,
                ).id,
            },
        ]);
    });

    it("listens to the site's own way out only, without private endpoints", async () => {
        const recorded = await registryOf(DEV);
        const address = recorded.one("azure-native:network:PublicIPAddress").outputs["ipAddress"];
        assert.deepEqual(recorded.one(REGISTRY).inputs["networkRuleSet"], {
            defaultAction: "Deny",
            ipRules: [{ action: "Allow", iPAddressOrRange: address }],
        });
        assert.deepEqual(recorded.names("azure-native:network:PrivateEndpoint"), []);
    });

    it("keeps only the newest images of each repository", async () => {
        const recorded = await registryOf(DEV);
        const task = recorded.one(TASK);
        const steps = Buffer.from(String(get(task.inputs, "step.encodedTaskContent")), "base64");
        assert.match(
            steps.toString(),
            /acr purge --filter 'web:\.\*' --ago 0d --keep 10 --untagged --include-locked/,
        );
        assert.equal(get(task.inputs, "trigger.timerTriggers[0].schedule"), "0 1 * * *");
        assert.deepEqual(recorded.names(ROLE), [
            `${NAME}-apps-purge-acrdelete`,
            `${NAME}-apps-purge-acrpull`,
        ]);
    });

    it("locks tags that must not move, and leaves them alone otherwise", async () => {
        const prod = await registryOf(PROD);
        const task = prod.one(TASK, `${NAME}-apps-lock-tags`);
        const steps = Buffer.from(String(get(task.inputs, "step.encodedTaskContent")), "base64");
        assert.match(steps.toString(), /for path in web; .* --write-enabled false/);
        const dev = await registryOf(DEV);
        assert.deepEqual(dev.names(TASK), [`${NAME}-apps-purge`]);
    });

    it("gives the addresses of its repositories", async () => {
        const recorded = await registryOf(DEV);
        const { url, addresses } = recorded.result;
        const server = recorded.one(REGISTRY).outputs["loginServer"];
        assert.equal((await inspect(url)).value, server);
        assert.equal((await inspect(addresses["web"] ?? "")).value, `${String(server)}/web`);
    });

    it("lets the nodes' identity pull, and nothing else (G1.47)", async () => {
        const recorded = await siteOf(DEV);
        const { inputs } = recorded.one(ROLE, `${NAME}-apps-pull`);
        const kubelet = recorded.one(
            "azure-native:managedidentity:UserAssignedIdentity",
            `${NAME}-kubelet`,
        );
        assert.equal(inputs["principalId"], kubelet.outputs["principalId"]);
        assert.equal(inputs["scope"], recorded.one(REGISTRY).id);
        assert.match(String(inputs["roleDefinitionId"]), /7f951dda-4ed3-4680-a7ca-43fe172d538d$/);
    });
});
