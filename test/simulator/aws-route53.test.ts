import assert from "node:assert/strict";

import type { Properties } from "../../simulator/table.ts";
import { Account, replaces } from "./support/aws.ts";

function withZone(change: Properties = {}): Account {
    const account = new Account();
    account.make("Zone", "z", { name: "aws.example.com", ...change });
    return account;
}

const record = (account: Account, change: Properties = {}): Properties => ({
    zoneId: account.id("Zone", "z"),
    name: "www",
    type: "A",
    ttl: 60,
    records: ["192.0.2.1"],
    ...change,
});

describe("the simulated Route 53", () => {
    it("gives an id and four name servers", () => {
        const { id, outputs } = withZone().get("Zone", "z");
        assert.match(id, /^Z[A-Z0-9]{20}$/);
        assert.equal(outputs["arn"], `arn:aws:route53:::hostedzone/${id}`);
        const servers = outputs["nameServers"] as string[];
        assert.deepEqual(
            servers.map((server) => server.replace(/^ns-\d+\.awsdns-\d+\./, "")),
            ["org", "co.uk", "com", "net"],
        );
    });

    it("rejects a name that is no domain", () => {
        assert.throws(() => withZone({ name: "Example!.com" }), /InvalidDomainName/);
    });

    it("completes a record's name, and takes one that is whole as it is", () => {
        const account = withZone();
        const make = (name: string) =>
            account.make("Record", name, record(account, { name })).outputs["fqdn"];
        assert.equal(make("www"), "www.aws.example.com");
        assert.equal(make("api.aws.example.com."), "api.aws.example.com");
        assert.equal(make("aws.example.com"), "aws.example.com");
    });

    const refused: readonly [title: string, change: Properties, words: RegExp][] = [
        ["a type that does not exist", { type: "B" }, /expected type to be one of .*, got B/],
        ["a record without a time to live", { ttl: null }, /all of `records,ttl`/],
        ["a record of nothing", { records: null, ttl: null }, /one of `alias,records`/],
        ["a record of a zone that does not stand", { zoneId: "Z0" }, /NoSuchHostedZone/],
    ];
    for (const [title, change, words] of refused) {
        it(`rejects ${title}`, () => {
            const account = withZone();
            const given = Object.fromEntries(
                Object.entries(record(account, change)).filter(([, value]) => value !== null),
            );
            assert.throws(() => account.make("Record", "r", given), words);
        });
    }

    it("rejects a second record of a name and type, unless it may overwrite", () => {
        const account = withZone();
        account.make("Record", "one", record(account));
        const again = (change: Properties) => () =>
            account.make(
                "Record",
                "two",
                record(account, { name: "www.aws.example.com", ...change }),
            );
        assert.throws(again({}), /name='www.aws.example.com.', type='A'\] but it already exists/);
        again({ type: "AAAA", records: ["2001:db8::1"] })();
        assert.equal(account.stands("Record", "two"), true);
    });

    it("refuses to delete a zone with records, unless all of them may go", () => {
        const account = withZone();
        account.make("Record", "r", record(account));
        assert.throws(() => account.drop("Zone", "z"), /HostedZoneNotEmpty/);
        account.change("Zone", "z", { forceDestroy: true });
        account.drop("Zone", "z");
        assert.equal(account.stands("Record", "r"), false);
    });

    it("makes a zone anew for another name", () => {
        assert.ok(replaces("Zone", { name: "a.com" }, { name: "b.com" }));
        assert.ok(!replaces("Zone", { comment: "a" }, { comment: "b" }));
    });
});
