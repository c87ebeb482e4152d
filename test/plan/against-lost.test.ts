import assert from "node:assert/strict";
import { STATEFUL } from "../../tools/plan/against/stateful.ts";
import { dangerWords, lostRemedy, lostWords, verdict } from "../../tools/plan/against/words.ts";
import {
    BOX,
    compare,
    DATABASE,
    finding,
    planOf,
    reference,
    resource,
    urn,
    VPC,
} from "./against-support.ts";

const vpc = (cidrBlock: string) => resource(VPC, "net", { cidrBlock });

describe("what holds data", () => {
    const main = (more = {}) =>
        resource(DATABASE, "main", { identifier: "main", storageEncrypted: true }, more);
    const plain = resource(DATABASE, "main", { identifier: "main", storageEncrypted: false });

    it("is called out when it is replaced or removed, worst first", async () => {
        const comparison = await compare(
            [plain, vpc("10.0.0.0/16"), resource("aws:kms/key:Key", "k")],
            [main(), vpc("10.1.0.0/16")],
        );
        assert.deepEqual(
            comparison.dangers.map(({ kind, what, name, paths }) => [kind, what, name, paths]),
            [
                ["replaced", "database", "main", ["storageEncrypted"]],
                ["removed", "encryption key", "k", []],
                ["replaced", "network", "net", ["cidrBlock"]],
            ],
        );
        assert.equal(
            verdict(comparison),
            "0 added, 0 changed, 1 removed, 2 replaced; 1 database would be replaced; " +
                "1 encryption key would be removed; 1 network would be replaced",
        );
    });

    it("says what is lost, and what stands against it in the state", async () => {
        const words = async (more = {}) => {
            const { dangers } = await compare([main(more)], []);
            assert.ok(dangers[0]);
            return dangerWords(dangers[0]);
        };
        const plainly = await words();
        assert.equal(plainly.what, "The database would be removed");
        assert.match(plainly.loses, /^Its data is lost/);
        assert.equal(plainly.but, "");
        assert.equal(
            (await words({ protect: true })).but,
            "protect refuses this: the update will stop.",
        );
        assert.match((await words({ retainOnDelete: true })).loses, /^It stays in the cloud/);
    });

    it("is a type that there is, in words that fit a sentence", () => {
        for (const [type, { what, plural, loses }] of Object.entries(STATEFUL)) {
            assert.match(type, /^[a-z-]+:[\w./-]+:[A-Z]\w+$/);
            assert.match(what, /^[A-Za-z ]+$/);
            assert.notEqual(what, plural);
            assert.match(loses, /^[A-Z].+\.$/);
        }
    });
});

describe("a renamed resource", () => {
    const old = resource(DATABASE, "orders-old", {
        identifier: "orders-old",
        engine: "postgres",
        port: 5432,
    });
    const inputs = { identifier: "orders-old", engine: "postgres", port: 5432 };
    const now = (aliases: readonly string[]) =>
        resource(DATABASE, "orders-new", inputs, { aliases });

    it("is harmless where an alias leads back to it", async () => {
        const comparison = await compare([old], [now([old.urn])]);
        assert.deepEqual([comparison.lost, comparison.dangers], [[], []]);
        assert.deepEqual(
            comparison.resources.map(({ kind, before }) => [kind, before]),
            [["renamed", old.urn]],
        );
        assert.equal(verdict(comparison), "0 added, 0 changed, 0 removed, 1 renamed");
    });

    it("keeps what refers to it, its findings and its provider's resources", async () => {
        const user = (to: string) => resource(VPC, "net", { x: "[unknown]" }, reference("x", to));
        const provider = (name: string, aliases: readonly string[] = []) =>
            resource("pulumi:providers:aws", name, { region: "eu-central-1" }, { aliases });
        const before = provider("before");
        const after = provider("after", [before.urn]);
        const key = resource("aws:kms/key:Key", "k", {}, { provider: before.urn });
        const comparison = await compare(
            planOf([old, user(old.urn), before, key], { findings: [finding("r", old.urn)] }),
            planOf([now([old.urn]), user(now([]).urn), after, { ...key, provider: after.urn }], {
                findings: [finding("r", now([]).urn)],
            }),
        );
        assert.deepEqual(
            comparison.resources.map(({ kind }) => kind),
            ["renamed", "renamed"],
        );
        assert.deepEqual(comparison.findings, { appeared: [], resolved: [] });
    });

    it("is lost without an alias", async () => {
        const comparison = await compare(
            [old],
            [resource(DATABASE, "orders-new", { ...inputs, identifier: "orders-new" })],
        );
        assert.deepEqual(comparison.lost, [
            { before: old.urn, urn: urn(DATABASE, "orders-new"), token: DATABASE, below: 0 },
        ]);
        assert.deepEqual(
            comparison.dangers.map(({ kind }) => kind),
            ["removed"],
        );
        assert.match(
            lostWords(comparison.lost[0]!),
            /^would be deleted and made anew: its URN changed/,
        );
        assert.match(
            lostRemedy(comparison.lost).join(""),
            /^Give what the program renamed an alias\./,
        );
        assert.deepEqual(lostRemedy([]), []);
        assert.match(
            verdict(comparison),
            /; 1 rename without an alias; 1 database would be removed$/,
        );
    });

    it("takes what lies below it along, and is told once", async () => {
        const tree = (name: string) => {
            const box = resource(BOX, name);
            const parent = { parent: box.urn };
            return [box, resource(VPC, `${name}-net`, { cidrBlock: "10.0.0.0/16" }, parent)];
        };
        const { lost } = await compare(tree("box-one"), tree("box-two"));
        assert.deepEqual(
            lost.map(({ before, below }) => [before, below]),
            [[urn(BOX, "box-one"), 1]],
        );
    });

    it("is no rename if it looks like another thing", async () => {
        const { lost, counts } = await compare(
            [resource(DATABASE, "orders", inputs)],
            [resource(DATABASE, "archive-of-invoices", { engine: "mysql", port: 3306 })],
        );
        assert.deepEqual([lost, counts.added, counts.removed], [[], 1, 1]);
    });
});
