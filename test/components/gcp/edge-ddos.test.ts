import assert from "node:assert/strict";
import { GcpEdge, type GcpEdgeArgs } from "../../../components/gcp/edge.ts";
import { get } from "../../../simulator/paths.ts";
import { inspect } from "../../../tools/offline/mocks.ts";
import { type Parts, onSite, urnsBothWays } from "./on-site.ts";

const POLICY = "gcp:compute/regionSecurityPolicy:RegionSecurityPolicy";
const SERVICE = "gcp:compute/networkEdgeSecurityService:NetworkEdgeSecurityService";
const FIREWALL = "gcp:compute/securityPolicy:SecurityPolicy";

const ADVANCED: Omit<GcpEdgeArgs, "foundation" | "network"> = {
    gateway: "envoy",
    reaches: ["internal", "public"],
    firewall: false,
    ddosProtection: "advanced",
    logRetention: "30 days",
};

function edge(change: Partial<typeof ADVANCED> = {}) {
    return ({ name, foundation, network, opts }: Parts) =>
        new GcpEdge(`${name}-edge`, { ...ADVANCED, ...change, foundation, network }, opts);
}

describe("GcpEdge with Cloud Armor Enterprise", () => {
    it("protects all public addresses of the region, before a balancer is asked for", async () => {
        const recorded = await onSite(edge());
        const policy = recorded.one(POLICY);
        assert.equal(policy.inputs["type"], "CLOUD_ARMOR_NETWORK");
        assert.deepEqual(policy.inputs["ddosProtectionConfig"], { ddosProtection: "ADVANCED" });
        const service = recorded.one(SERVICE);
        assert.equal(service.inputs["securityPolicy"], policy.outputs["selfLink"]);
        const { region } = recorded.one("gcp:compute/subnetwork:Subnetwork").inputs;
        assert.deepEqual([policy.inputs["region"], service.inputs["region"]], [region, region]);
        const ready = await Promise.all(
            recorded.result.ready.map(async ({ urn }) => (await inspect(urn)).value),
        );
        assert.ok(ready.includes(service.urn));
    });

    it("makes none of it unless it is asked for", async () => {
        const recorded = await onSite(edge({ ddosProtection: "standard" }));
        assert.deepEqual([...recorded.names(POLICY), ...recorded.names(SERVICE)], []);
    });

    it("lets Google stop floods before the global balancer, after the rules that stand", async () => {
        const recorded = await onSite(edge({ gateway: "cloud", firewall: true }));
        assert.deepEqual([...recorded.names(POLICY), ...recorded.names(SERVICE)], []);
        const rules = recorded.one(FIREWALL).inputs["rules"] as { priority: number }[];
        const [floods, ...after] = rules.filter(({ priority }) => priority > 1080);
        assert.deepEqual(floods, {
            description: "Floods that Google has recognised",
            priority: 2000,
            action: "deny(403)",
            match: { expr: { expression: "evaluateAdaptiveProtectionAutoDeploy()" } },
        });
        assert.deepEqual(
            after.map((rule) => get(rule, "action")),
            ["throttle", "allow"],
        );
    });

    it("rejects it before a gateway of Google's that has no firewall", async () => {
        await assert.rejects(
            onSite(edge({ gateway: "cloud" })),
            /ddosProtection: advanced is a part of Google Cloud's firewall, and there is none\./,
        );
    });

    it("has the same URNs whether outputs are known or not", async () => {
        const { known, unknown } = await urnsBothWays(edge());
        assert.deepEqual(unknown, known);
    });
});
