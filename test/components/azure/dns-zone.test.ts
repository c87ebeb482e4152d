import assert from "node:assert/strict";
import { inspect, run } from "../../../tools/offline/mocks.ts";
import { buildZone, zoneOf } from "./services-support.ts";
import { DEV, EXPECTED_TAGS, NAME, PROD, SUBSCRIPTION } from "./support.ts";

const ZONE = "azure-native:dns:Zone";
const GROUP = "azure-native:resources:ResourceGroup";
const ROLE = "azure-native:authorization:RoleAssignment";
const IDENTITY = "azure-native:managedidentity:UserAssignedIdentity";

/** The resource group of the zone: the site's has the same name, and another parent. */
async function groupOf(site = DEV) {
    const { resources } = await zoneOf(site);
    const group = resources.find(
        ({ type, urn }) => type === GROUP && urn.includes("platform:azure:DnsZone"),
    );
    assert.ok(group);
    return group;
}

describe("the DNS zone on Azure", () => {
    it("is public, and alone in a resource group", async () => {
        const { inputs } = (await zoneOf(DEV)).one(ZONE);
        const group = await groupOf();
        assert.equal(inputs["zoneName"], "azure.example.com");
        assert.equal(inputs["zoneType"], "Public");
        assert.equal(inputs["location"], "global");
        assert.equal(inputs["resourceGroupName"], group.outputs["name"]);
        assert.deepEqual(inputs["tags"], EXPECTED_TAGS);
    });

    it("says which name servers the parent domain has to name", async () => {
        const recorded = await zoneOf(DEV);
        const { nameServers } = recorded.result.zone;
        assert.deepEqual(
            (await inspect(nameServers)).value,
            recorded.one(ZONE).outputs["nameServers"],
        );
    });

    it("lets a controller change this zone, and find it by reading nothing but its group", async () => {
        const recorded = await zoneOf(DEV);
        const name = `${NAME}-external-dns`;
        const change = recorded.one(ROLE, name).inputs;
        const find = recorded.one(ROLE, `${name}-group`).inputs;
        const { principalId } = recorded.one(IDENTITY, name).outputs;
        assert.equal(change["scope"], recorded.one(ZONE).id);
        assert.match(String(change["roleDefinitionId"]), /befefa01-2a29-4197-83a8-272ff33ce314$/);
        assert.equal(find["scope"], (await groupOf()).id);
        assert.match(String(find["roleDefinitionId"]), /acdd72a7-3385-48ef-bd42-f606fba81ae7$/);
        assert.deepEqual([change["principalId"], find["principalId"]], [principalId, principalId]);
        assert.equal(recorded.result.grants.length, 2);
    });

    it("tells external-dns where it is, with no key", async () => {
        const recorded = await zoneOf(DEV);
        const { value, secret } = await inspect(recorded.result.zone.externalDns);
        const { data, ...where } = value["secretConfiguration"] as { data: Record<string, string> };
        assert.equal(secret, false);
        assert.deepEqual(where, { enabled: true, mountPath: "/etc/kubernetes" });
        assert.deepEqual(value["provider"], { name: "azure" });
        assert.deepEqual(value["domainFilters"], ["azure.example.com"]);
        assert.deepEqual(JSON.parse(data["azure.json"] ?? ""), {
            tenantId: "6f1c2b7a-3d54-4e0f-9a8b-5c7d1e2f3a4b",
            subscriptionId: SUBSCRIPTION,
            resourceGroup: (await groupOf()).outputs["name"],
            useWorkloadIdentityExtension: true,
        });
    });

    it("tells cert-manager where it is, and as whom to change it", async () => {
        const recorded = await zoneOf(DEV);
        const { clientId } = recorded.one(IDENTITY, `${NAME}-external-dns`).outputs;
        assert.deepEqual((await inspect(recorded.result.solver)).value, {
            azureDNS: {
                environment: "AzurePublicCloud",
                hostedZoneName: "azure.example.com",
                resourceGroupName: (await groupOf()).outputs["name"],
                subscriptionID: SUBSCRIPTION,
                managedIdentity: { clientID: clientId },
            },
        });
    });

    it("is protected where it is to be, by Pulumi and not by a lock, which would hold records", async () => {
        const held = await run(() => buildZone(DEV, { deletionProtection: true }));
        assert.equal(held.one(ZONE).options.protect, true);
        assert.deepEqual(held.names("azure-native:authorization:ManagementLockByScope"), []);
        assert.equal((await zoneOf(DEV)).one(ZONE).options.protect, false);
    });

    it("has the same resources while nothing is known yet", async () => {
        const preview = await run(() => buildZone(PROD), { preview: true, inventNothing: true });
        const urns = ({ resources }: typeof preview) => resources.map(({ urn }) => urn).sort();
        assert.deepEqual(urns(preview), urns(await zoneOf(PROD)));
    });

    it("rejects a domain that is none, in Azure's words", async () => {
        await assert.rejects(
            run(() => buildZone(DEV, { domain: "example.com." })),
            /The domain name 'example.com.' is invalid/,
        );
    });
});
