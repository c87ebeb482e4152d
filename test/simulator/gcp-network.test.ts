import assert from "node:assert/strict";

import { RANGE, Place, type Malformed } from "./support/gcp.ts";

/** What Google refuses before anything is created, for inputs alone. */
const MALFORMED: readonly Malformed[] = [
    {
        kind: "network",
        what: "a name with capitals",
        given: { name: "MyNet" },
        words: /Invalid value for field 'resource\.name': 'MyNet'\. Must be a match of regex/,
    },
    {
        kind: "subnet",
        what: "ranges of one subnet that overlap (G1.10)",
        given: {
            network: "n",
            ipCidrRange: "10.0.0.0/16",
            secondaryIpRanges: [{ rangeName: "pods", ipCidrRange: "10.0.128.0/17" }],
        },
        words: /10\.0\.128\.0\/17 conflicts with existing subnetwork range 10\.0\.0\.0\/16/,
    },
    {
        kind: "subnet",
        what: "a range with host bits",
        given: { network: "n", ipCidrRange: "10.0.0.1/16" },
        words: /'10\.0\.0\.1\/16'\. Must be a CIDR address range/,
    },
    {
        kind: "nat",
        what: "dynamic ports together with endpoint-independent mapping",
        given: {
            router: "r",
            sourceSubnetworkIpRangesToNat: "ALL_SUBNETWORKS_ALL_IP_RANGES",
            enableDynamicPortAllocation: true,
            enableEndpointIndependentMapping: true,
        },
        words: /cannot both be enabled/,
    },
    {
        kind: "firewall",
        what: "a rule that allows and denies",
        given: { network: "n", allows: [], denies: [], sourceRanges: ["0.0.0.0/0"] },
        words: /"allow": conflicts with deny/,
    },
    {
        kind: "rule",
        what: "a hyphen in the name of an endpoint for Google's APIs",
        given: {
            name: "my-apis",
            target: "all-apis",
            network: "n",
            ipAddress: "a",
            loadBalancingScheme: "",
        },
        words: /must be 1-20 characters, lowercase letters and numbers/,
    },
    {
        kind: "zone",
        what: "a DNS name without its last dot",
        given: { dnsName: "googleapis.com" },
        words: /Invalid value for 'entity\.managedZone\.dnsName'/,
    },
];

describe("the simulated Google Cloud", () => {
    for (const { kind, what, given, words } of MALFORMED) {
        it(`rejects ${what} (${kind})`, () => {
            assert.match(new Place().check(kind, given).join("; "), words);
        });
    }

    it("rejects a subnet whose range another one of the network has (G1.10)", () => {
        const place = Place.furnished();
        const { network } = place.base;
        const other = { network: network.id, ipCidrRange: "10.30.64.0/24" };
        assert.throws(
            () => place.make("subnet", "other", other),
            /10\.30\.64\.0\/24 conflicts with existing subnetwork range 10\.30\.64\.0\/20/,
        );
        const elsewhere = place.make("network", "elsewhere", { autoCreateSubnetworks: false });
        assert.ok(place.make("subnet", "other", { ...other, network: elsewhere.id }).id);
    });

    it("rejects a reserved range that a subnet has", () => {
        const place = Place.furnished();
        const given = { ...RANGE, address: "10.30.0.0", network: place.base.network.id };
        assert.throws(
            () => place.make("address", "again", given),
            /overlaps with existing range 10\.30\.0\.0\/18/,
        );
    });

    it("rejects deleting a network that is in use", () => {
        const place = Place.furnished();
        const { network } = place.base;
        assert.throws(() => {
            place.drop("network", "net", network.id);
        }, /is already being used by .*, resourceInUseByAnotherResource/);
    });

    it("rejects an endpoint of Google's APIs on an address inside a subnet", () => {
        const place = Place.furnished();
        const network = place.base.network.id;
        const free = { addressType: "INTERNAL", purpose: "PRIVATE_SERVICE_CONNECT", network };
        const rule = { name: "apis", target: "all-apis", network, loadBalancingScheme: "" };
        assert.throws(
            () => place.make("address", "inside", { ...free, address: "10.30.0.9" }),
            /overlaps with existing range 10\.30\.0\.0\/18/,
        );
        const outside = place.make("address", "outside", { ...free, address: "10.30.96.2" });
        assert.ok(place.make("rule", "apis", { ...rule, ipAddress: outside.id }).id);
    });

    it("rejects two private zones of one name in one network", () => {
        const place = Place.furnished();
        const networks = [{ networkUrl: place.base.network.id }];
        const given = { dnsName: "pkg.dev.", privateVisibilityConfig: { networks } };
        const zone = place.make("zone", "one", given);
        assert.throws(() => place.make("zone", "two", given), /cannot be bound to this zone/);
        const record = { managedZone: zone.outputs["name"] ?? "", type: "A", rrdatas: [] };
        assert.ok(place.make("record", "good", { ...record, name: "*.pkg.dev." }).id);
        assert.throws(
            () => place.make("record", "bad", { ...record, name: "gcr.io." }),
            /Invalid value for 'entity\.change\.additions\[0\]\.name'/,
        );
    });
});
