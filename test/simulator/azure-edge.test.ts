import assert from "node:assert/strict";
import { set } from "../../simulator/paths.ts";
import { GATEWAY_SUBNET } from "./support/azure-services.ts";
import { GOOD, World, type Bad } from "./support/azure.ts";

/** One input of a kind changed, and Azure's code for it. */
const BAD: readonly Bad[] = [
    ["domain", "zoneName", "example", /The domain name 'example' is invalid/],
    ["domain", "zoneName", "azure.example.com.", /is invalid/],
    ["domain", "zoneName", "Azure.example.com", /is invalid/],
    ["domain", "location", "westeurope", /LocationNotAvailableForResourceType/],
    ["domain", "zoneType", "Private", /not allowed/],
    ["firewall", "policySettings", { mode: "Block" }, /not allowed/],
    [
        "firewall",
        "managedRules.managedRuleSets[0].ruleSetVersion",
        "9",
        /UnknownRuleSetTypeAndVersion/,
    ],
    ["firewall", "policyName", "1-edge", /policyName|InvalidResourceName|invalid/i],
    ["association", "associationType", "vnets", /not allowed/],
    ["frontend", "trafficControllerName", "other", /ParentResourceNotFound/],
];

describe("simulated ways into Azure", () => {
    for (const [kind, path, value, code] of BAD) {
        it(`rejects a ${kind} with ${path} ${JSON.stringify(value)}`, () => {
            const world = World.before(kind);
            assert.throws(() => world.make(kind, set(GOOD[kind], path, value)), code);
        });
    }

    it("gives a zone four name servers, one of each ending", () => {
        const { outputs } = World.before("domain").make("domain");
        const servers = outputs["nameServers"] as string[];
        assert.deepEqual(
            servers.map((server) => server.replace(/-0\d/, "")),
            [
                "ns1.azure-dns.com.",
                "ns2.azure-dns.net.",
                "ns3.azure-dns.org.",
                "ns4.azure-dns.info.",
            ],
        );
    });

    for (const [what, subnet, code] of [
        ["not delegated", set(GATEWAY_SUBNET, "delegations", []), /SubnetDelegationNotFound/],
        ["too small", set(GATEWAY_SUBNET, "addressPrefix", "10.20.240.0/25"), /SubnetTooSmall/],
    ] as const) {
        it(`rejects an association with a subnet that is ${what}`, () => {
            const world = World.before("controller");
            world.make("controller");
            world.make("network");
            world.make("subnet", subnet);
            assert.throws(() => world.make("association"), code);
        });
    }

    it("rejects a second association, and keeps the subnet of the first", () => {
        const world = World.before("association");
        world.make("association");
        const second = { ...GOOD.association, associationName: "second" };
        assert.throws(() => world.make("association", second, "second"), /AssociationLimitReached/);
        const [subnet] = world.store.instances("type = ?", "azure-native:network:Subnet");
        assert.throws(
            () => world.drop("subnet", subnet?.id ?? "", "gateways"),
            /InUseSubnetCannotBeDeleted/,
        );
    });

    it("rejects a firewall with rules that gateways for containers do not take", () => {
        const old = [{ ruleSetType: "OWASP", ruleSetVersion: "3.2" }];
        const limit = [{ name: "limit", rateLimitThreshold: 100 }];
        for (const [path, value, code] of [
            ["managedRules.managedRuleSets", old, /CRS 3.2 and lower/],
            ["customRules", limit, /Rate limiting/],
        ] as const) {
            const world = World.before("controller");
            world.make("controller");
            world.make("firewall", set(GOOD.firewall, path, value as never));
            assert.throws(() => world.make("securityPolicy"), code);
        }
    });

    it("keeps a firewall that a gateway refers to", () => {
        const world = World.before("securityPolicy");
        world.make("securityPolicy");
        const [policy] = world.store.instances(
            "type = ?",
            "azure-native:network:WebApplicationFirewallPolicy",
        );
        assert.throws(
            () => world.drop("firewall", policy?.id ?? ""),
            /WebApplicationFirewallPolicyInUse/,
        );
    });
});
