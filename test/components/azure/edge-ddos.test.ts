import assert from "node:assert/strict";
import { inspect, run } from "../../../tools/offline/mocks.ts";
import { buildEdge } from "./services-support.ts";
import { DEV, NAME } from "./support.ts";

const ADDRESS = "azure-native:network:PublicIPAddress";
const GROUP = "azure-native:resources:ResourceGroup";
const ROLE = "azure-native:authorization:RoleAssignment";
const OWN = `${NAME}-public`;
const ADVANCED = { gateway: "envoy", firewall: false, ddosProtection: "advanced" } as const;

const build = () => run(() => buildEdge(DEV, { ...ADVANCED, reaches: ["internal", "public"] }));

describe("the way into Azure with DDoS IP Protection", () => {
    it("gives Envoy's load balancer a protected address in all zones", async () => {
        const recorded = await build();
        const { inputs } = recorded.one(ADDRESS, OWN);
        assert.deepEqual(inputs["ddosSettings"], { protectionMode: "Enabled" });
        assert.deepEqual(inputs["sku"], { name: "Standard", tier: "Regional" });
        assert.deepEqual(inputs["zones"], ["1", "2", "3"]);
        assert.equal(inputs["publicIPAllocationMethod"], "Static");
    });

    it("names it to AKS with the group that it lies in, on the public Service only", async () => {
        const recorded = await build();
        const nameOf = (type: string) => recorded.one(type, OWN).outputs["name"];
        const prefix = "service.beta.kubernetes.io/azure";
        const named = async (reach: "internal" | "public") => {
            const { annotations } = recorded.result.balancer(reach);
            const known = Object.entries((await inspect(annotations)).value);
            return Object.fromEntries(known.filter(([key]) => /pip|resource-group/.test(key)));
        };
        assert.deepEqual(await named("public"), {
            [`${prefix}-pip-name`]: nameOf(ADDRESS),
            [`${prefix}-load-balancer-resource-group`]: nameOf(GROUP),
        });
        assert.deepEqual(await named("internal"), {});
    });

    it("lets the control plane use that group and no other, before the Service is asked for", async () => {
        const recorded = await build();
        const role = recorded.one(ROLE, OWN);
        const identity = recorded.one(
            "azure-native:managedidentity:UserAssignedIdentity",
            `${NAME}-control-plane`,
        );
        assert.equal(role.inputs["scope"], recorded.one(GROUP, OWN).id);
        assert.equal(role.inputs["principalId"], identity.outputs["principalId"]);
        assert.match(
            String(role.inputs["roleDefinitionId"]),
            /4d97b98b-1d4f-4787-a291-c67834d212e7$/,
        );
        const urns = await Promise.all(
            recorded.result.ready.map(async ({ urn }) => (await inspect(urn)).value),
        );
        assert.deepEqual(urns, [recorded.one(ADDRESS, OWN).urn, role.urn]);
    });

    it("rejects it before Application Gateway for Containers, whose addresses are Azure's", async () => {
        await assert.rejects(
            run(() => buildEdge(DEV, { ddosProtection: "advanced" })),
            /ddosProtection: advanced guards a site's own addresses, .* Choose the gateway envoy/,
        );
    });

    it("has the same resources while nothing is known yet", async () => {
        const args = { ...ADVANCED, reaches: ["public"] } as const;
        const preview = await run(() => buildEdge(DEV, args), {
            preview: true,
            inventNothing: true,
        });
        const known = await run(() => buildEdge(DEV, args));
        assert.deepEqual(preview.urns(), known.urns());
    });
});
