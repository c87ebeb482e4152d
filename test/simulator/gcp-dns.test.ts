import assert from "node:assert/strict";

import { type Malformed, Place, bound } from "./support/gcp.ts";

const ROLE = { roleId: "records", title: "Records", permissions: ["dns.changes.create"] };

/** What Google refuses before anything is created, for inputs alone. */
const MALFORMED: readonly Malformed[] = [
    {
        kind: "zone",
        what: "a domain without its last dot",
        given: { dnsName: "example.com" },
        words: /Invalid value for 'entity\.managedZone\.dnsName': 'example\.com'/,
    },
    {
        kind: "zone",
        what: "a domain with capital letters",
        given: { dnsName: "Example.com." },
        words: /Invalid value for 'entity\.managedZone\.dnsName': 'Example\.com\.'/,
    },
    {
        kind: "zone",
        what: "signatures in capital letters",
        given: { dnsName: "example.com.", dnssecConfig: { state: "ON" } },
        words: /expected dnssec_config\.0\.state to be one of .*, got ON/,
    },
    {
        kind: "zone",
        what: "a private zone with signatures",
        given: { dnsName: "example.com.", visibility: "private", dnssecConfig: { state: "on" } },
        words: /DNSSEC is not supported for private zones/,
    },
    {
        kind: "customRole",
        what: "a hyphen in the role's id",
        given: { ...ROLE, roleId: "dns-records" },
        words: /The role_id dns-records is invalid/,
    },
    {
        kind: "customRole",
        what: "a permission for everything",
        given: { ...ROLE, permissions: ["dns.*"] },
        words: /Permission dns\.\* is not valid/,
    },
];

describe("the simulated Google Cloud's names", () => {
    for (const { kind, what, given, words } of MALFORMED) {
        it(`rejects ${what} (${kind})`, () => {
            assert.match(new Place().check(kind, given).join("; "), words);
        });
    }

    it("have four name servers of one set", () => {
        const { make } = bound(Place.furnished());
        const servers = make("zone", "z", { dnsName: "example.com." }).outputs["nameServers"];
        const [first] = servers as string[];
        const set = /^ns-cloud-([a-e])1\./.exec(first ?? "")?.[1] ?? "";
        const expected = [1, 2, 3, 4].map((one) => `ns-cloud-${set}${one}.googledomains.com.`);
        assert.deepEqual(servers, expected);
    });

    it("are given to those who may change them, in zones that stand", () => {
        const { make } = bound(Place.furnished());
        const zone = make("zone", "z", { dnsName: "example.com." });
        const role = make("customRole", "r", ROLE);
        const grant = { role: role.outputs["name"] ?? "", member: "user:a@example.com" };
        const managedZone = zone.outputs["name"] ?? "";
        assert.ok(make("zoneGrant", "g", { ...grant, managedZone }).id);
        assert.throws(() => make("zoneGrant", "h", { ...grant, managedZone: "gone" }), /gone/);
    });

    it("has each role once in the project", () => {
        const { make } = bound(Place.furnished());
        make("customRole", "a", ROLE);
        assert.throws(
            () => make("customRole", "b", ROLE),
            /A role named records in the project already exists/,
        );
    });

    it("keeps a zone that is to be kept, and replaces one of another domain", () => {
        const place = Place.furnished();
        const kept = { dnsName: "example.com.", deletionPolicy: "PREVENT" };
        const { id } = place.make("zone", "z", kept);
        assert.throws(() => {
            place.drop("zone", "z", id);
        }, /deletion_policy is set to "PREVENT"/);
        const olds = { dnsName: "example.com." };
        assert.deepEqual(place.replaces("zone", olds, { dnsName: "example.org." }), ["dnsName"]);
    });
});
