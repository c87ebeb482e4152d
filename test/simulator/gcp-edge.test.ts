import assert from "node:assert/strict";

import { type Malformed, Place, REGION, bound } from "./support/gcp.ts";

const LAST = {
    priority: 2_147_483_647,
    action: "allow",
    match: { versionedExpr: "SRC_IPS_V1", config: { srcIpRanges: ["*"] } },
};

const PROXIES = {
    network: "net",
    ipCidrRange: "10.30.112.0/20",
    purpose: "REGIONAL_MANAGED_PROXY",
    role: "ACTIVE",
};

const FLOODS = {
    type: "CLOUD_ARMOR_NETWORK",
    ddosProtectionConfig: { ddosProtection: "ADVANCED" },
};

function rule(change: object) {
    return { rules: [{ ...LAST, priority: 1, ...change }, LAST] };
}

/** What Google refuses before anything is created, for inputs alone. */
const MALFORMED: readonly Malformed[] = [
    {
        kind: "regionalAddress",
        what: "a tier for an internal address",
        given: { addressType: "INTERNAL", networkTier: "PREMIUM" },
        words: /The network tier of an internal address cannot be set/,
    },
    {
        kind: "regionalAddress",
        what: "a subnet for an external address",
        given: { subnetwork: "subnet" },
        words: /Invalid value for field 'resource\.subnetwork': 'subnet'/,
    },
    {
        kind: "sslPolicy",
        what: "a version of TLS that is written another way",
        given: { minTlsVersion: "TLSv1.2" },
        words: /expected min_tls_version to be one of .*, got TLSv1\.2/,
    },
    {
        kind: "regionalSslPolicy",
        what: "TLS 1.3 alone with older ciphers",
        given: { minTlsVersion: "TLS_1_3", profile: "MODERN" },
        words: /TLS_1_3 requires the profile RESTRICTED/,
    },
    {
        kind: "sslPolicy",
        what: "ciphers beside a profile",
        given: { profile: "MODERN", customFeatures: ["TLS_AES_128_GCM_SHA256"] },
        words: /Custom features go with the profile CUSTOM/,
    },
    {
        kind: "securityPolicy",
        what: "no last rule",
        given: { rules: [{ ...LAST, priority: 1 }] },
        words: /There must be a default rule with priority 2147483647/,
    },
    {
        kind: "securityPolicy",
        what: "two rules of one priority",
        given: { rules: [LAST, LAST] },
        words: /Two rules cannot share the same priority/,
    },
    {
        kind: "securityPolicy",
        what: "an action of another cloud",
        given: rule({ action: "block" }),
        words: /Invalid value for field 'resource\.rules\[0\]\.action': 'block'/,
    },
    {
        kind: "securityPolicy",
        what: "a limit without a number",
        given: rule({ action: "throttle" }),
        words: /rateLimitOptions must be set for the action throttle/,
    },
    {
        kind: "securityPolicy",
        what: "an interval that Google does not count in",
        given: rule({
            action: "throttle",
            rateLimitOptions: { rateLimitThreshold: { count: 100, intervalSec: 90 } },
        }),
        words: /Invalid rate limit interval/,
    },
    {
        kind: "securityPolicy",
        what: "a rule set that does not exist",
        given: rule({ match: { expr: { expression: "evaluatePreconfiguredWaf('sql-v33')" } } }),
        words: /'sql-v33'\. Preconfigured expression set not found/,
    },
    {
        kind: "floodPolicy",
        what: "a protection by a word of another cloud",
        given: { ...FLOODS, ddosProtectionConfig: { ddosProtection: "PREMIUM" } },
        words: /ddos_protection to be one of .*, got PREMIUM/,
    },
    {
        kind: "floodPolicy",
        what: "protection from floods in a firewall",
        given: { ...FLOODS, type: "CLOUD_ARMOR" },
        words: /A policy of type CLOUD_ARMOR cannot have it/,
    },
    {
        kind: "subnet",
        what: "proxies with too little room",
        given: { ...PROXIES, ipCidrRange: "10.30.112.0/27" },
        words: /require a range of \/26 or larger/,
    },
    {
        kind: "subnet",
        what: "flow logs of proxies",
        given: { ...PROXIES, logConfig: {} },
        words: /Flow logs are not supported for purpose REGIONAL_MANAGED_PROXY/,
    },
    {
        kind: "subnet",
        what: "a role for a subnet of machines",
        given: { network: "net", ipCidrRange: "10.30.112.0/20", role: "ACTIVE" },
        words: /Invalid field set in subnetwork 'role'/,
    },
];

describe("the simulated Google Cloud's way in", () => {
    for (const { kind, what, given, words } of MALFORMED) {
        it(`rejects ${what} (${kind})`, () => {
            assert.match(new Place().check(kind, given).join("; "), words);
        });
    }

    it("gives internal addresses out of their subnet, and each only once", () => {
        const { make, base } = bound(Place.furnished());
        const inside = { addressType: "INTERNAL", subnetwork: base.subnet.id };
        const { outputs } = make("regionalAddress", "a", inside);
        assert.match(String(outputs["address"]), /^10\.30\.(?:[0-5]?\d|6[0-3])\.\d+$/);
        assert.equal(outputs["region"], REGION);
        assert.throws(
            () => make("regionalAddress", "b", { ...inside, address: "10.31.0.9" }),
            /not in the subnetwork's range/,
        );
        const address = outputs["address"] ?? "";
        assert.throws(
            () => make("regionalAddress", "c", { ...inside, address }),
            /Specified IP address is in-use/,
        );
    });

    it("has one subnet of active proxies in a network", () => {
        const { make, base } = bound(Place.furnished());
        const proxies = { ...PROXIES, network: base.network.id };
        assert.ok(make("subnet", "a", proxies).id);
        assert.throws(
            () => make("subnet", "b", { ...proxies, ipCidrRange: "10.31.0.0/23" }),
            /An active subnetwork with purpose REGIONAL_MANAGED_PROXY already exists/,
        );
        const waiting = { ...proxies, ipCidrRange: "10.31.0.0/23", role: "BACKUP" };
        assert.ok(make("subnet", "c", waiting).id);
    });

    it("has one edge security service in a region, with a policy of its kind that stands", () => {
        const { make } = bound(Place.furnished());
        const link = (name: string, given: object) =>
            make("floodPolicy", name, { ...given }).outputs["selfLink"] ?? "";
        const firewall = link("firewall", { type: "CLOUD_ARMOR" });
        assert.throws(() => make("networkEdge", "a", { securityPolicy: "nowhere" }), /nowhere/);
        assert.throws(
            () => make("networkEdge", "a", { securityPolicy: firewall }),
            /has to be CLOUD_ARMOR_NETWORK/,
        );
        const securityPolicy = link("floods", FLOODS);
        assert.ok(make("networkEdge", "a", { securityPolicy }).id);
        assert.throws(
            () => make("networkEdge", "b", { securityPolicy }),
            /has a network edge security service already/,
        );
        assert.ok(make("networkEdge", "c", { securityPolicy, region: "us-east1" }).id);
    });

    it("lets rules change in place, and moves nothing", () => {
        const place = new Place();
        assert.deepEqual(place.replaces("securityPolicy", { rules: [LAST] }, rule({})), []);
        const internal = { addressType: "INTERNAL" };
        assert.deepEqual(place.replaces("regionalAddress", {}, internal), ["addressType"]);
    });
});
