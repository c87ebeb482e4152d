import assert from "node:assert/strict";

import { Cloud } from "../../simulator/cloud.ts";
import { Store } from "../../simulator/store.ts";
import { UNKNOWN, type Properties } from "../../simulator/table.ts";
import { DISK, NETWORK, SUBNET, toy, urnOf, VAULT } from "./support/toy.ts";

function check(type: string, inputs: Properties, olds?: Properties, name = "my-net") {
    const store = Store.open(":memory:", "seed");
    const cloud = new Cloud(toy, store, { account: "a", region: "r" });
    return cloud.check({ type, urn: urnOf(type, name) }, inputs, olds);
}

function reasons(type: string, inputs: Properties): string[] {
    return check(type, inputs).refusals.map(({ property, reason }) => `${property}: ${reason}`);
}

describe("check", () => {
    it("fills in defaults below what is given", () => {
        const { inputs } = check(NETWORK, { cidr: "c", name: "n", tags: { a: "b" } });
        assert.deepEqual(inputs, { cidr: "c", name: "n", dns: true, tags: { by: "toy", a: "b" } });
    });

    it("makes up a name from the logical one, always the same for the same creation", () => {
        const name = check(NETWORK, { cidr: "c" }).inputs["name"];
        assert.match(String(name), /^my-net-[0-9a-f]{7}$/);
        assert.equal(check(NETWORK, { cidr: "c" }).inputs["name"], name);
        assert.match(String(check(DISK, {}).inputs["name"]), /^mynet[0-9a-f]{7}$/);
    });

    it("keeps a made-up name over updates", () => {
        assert.equal(check(NETWORK, { cidr: "c" }, { name: "old" }).inputs["name"], "old");
    });

    it("makes up no name where the SDK wants one", () => {
        assert.equal(check(VAULT, {}).inputs["name"], undefined);
    });

    it("lets unknown values through", () => {
        const inputs = { networkId: UNKNOWN, rules: UNKNOWN, range: UNKNOWN };
        assert.deepEqual(check(SUBNET, inputs).refusals, []);
        assert.deepEqual(check(NETWORK, { cidr: UNKNOWN, name: UNKNOWN }).refusals, []);
    });

    it("rejects missing inputs in the bridge's words, in every element of a list", () => {
        const words = (path: string) =>
            `${path}: Missing required argument. The argument "${path}" is required, but no ` +
            `definition was found.`;
        assert.deepEqual(reasons(SUBNET, { rules: [{ port: 1 }, {}] }), [
            words("networkId"),
            words("rules[1].port"),
        ]);
    });

    it("rejects an input that is missing in a given object, but not without the object", () => {
        assert.equal(reasons(SUBNET, { networkId: "n" }).length, 0);
        assert.match(
            String(reasons(SUBNET, { networkId: "n", range: {} })),
            /^range\.max: Missing/,
        );
    });

    it("rejects a bad name in the cloud's words", () => {
        assert.deepEqual(reasons(DISK, { name: "Bad" }), ["name: The disk name Bad is no good"]);
    });

    it("rejects a name that matches only in part, or is too long", () => {
        assert.deepEqual(reasons(VAULT, { name: "ab-" }), ["name: invalid value for name (ab-)"]);
        assert.deepEqual(reasons(VAULT, { name: "-ab" }), ["name: invalid value for name (-ab)"]);
        assert.deepEqual(reasons(VAULT, { name: "" }), ["name: invalid value for name ()"]);
        assert.match(String(reasons(VAULT, { name: "abcdefghij" })), /range \(1 - 9\).*\(10\)$/);
    });

    it("rejects what the table's own check refuses", () => {
        assert.deepEqual(reasons(NETWORK, { cidr: "bad" }), ["cidr: malformed"]);
    });

    it("rejects a type that the table does not know", () => {
        assert.throws(() => check("toy:net:Router", {}), {
            message: /the simulated toy does not know toy:net:Router; add it to its table/,
        });
    });
});
