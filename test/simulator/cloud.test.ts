import assert from "node:assert/strict";

import { Cloud } from "../../simulator/cloud.ts";
import type { Begun } from "../../simulator/requests.ts";
import { Store } from "../../simulator/store.ts";
import { UNKNOWN, type Properties, type TypeRule } from "../../simulator/table.ts";
import { viewOf } from "../../simulator/view.ts";
import { DISK, NETWORK, POLICY, SUBNET, toy, urnOf, VAULT } from "./support/toy.ts";

/** A toy cloud in an empty world, where everything is done at once. */
function world(account = "a", region = "r", store = Store.open(":memory:", "seed")) {
    const cloud = new Cloud(toy, store, { account, region });
    const at = (type: string, name: string) => ({ type, urn: urnOf(type, name) });
    const make = (type: string, name: string, given: Properties): Begun => {
        const { inputs } = cloud.check(at(type, name), given, undefined);
        return cloud.create(at(type, name), { inputs, secrets: [] });
    };
    const drop = (type: string, name: string, id: string): void => {
        const gone = cloud.delete({ ...at(type, name), id });
        if (gone) store.vanishAll(gone.until);
    };
    return { store, cloud, at, make, drop };
}

describe("cloud", () => {
    it("gives ids and outputs, and keeps both over updates", () => {
        const { cloud, make, at } = world();
        const { instance } = make(NETWORK, "n", { cidr: "c", size: 1 });
        assert.match(instance.id, /^net-[0-9a-f]{8}$/);
        assert.equal(instance.outputs["arn"], `arn:${instance.id}`);
        const where = { ...at(NETWORK, "n"), id: instance.id };
        const inputs = { ...instance.inputs, size: 2 };
        const updated = cloud.update(where, { inputs, secrets: [] }, instance).instance;
        assert.deepEqual(updated.outputs, { ...instance.outputs, size: 2, twice: "22" });
        assert.deepEqual(cloud.read(where)?.outputs, updated.outputs);
    });

    it("takes the durations from the table", () => {
        const { cloud, make, at } = world();
        const { instance, seconds } = make(NETWORK, "n", { cidr: "c" });
        const where = { ...at(NETWORK, "n"), id: instance.id };
        assert.equal(seconds, 10);
        assert.equal(cloud.update(where, instance, instance).seconds, 2);
        assert.equal(cloud.delete(where)?.seconds, 4);
    });

    it("rejects a reference to what does not stand, and one to what is not ready yet", () => {
        const { store, make, at } = world();
        const words = /InvalidParameterValue: networkId: net-0 does not exist/;
        assert.throws(() => make(SUBNET, "s", { networkId: "net-0" }), words);
        const slow = new Cloud(toy, store, { account: "a", region: "r" }, 1);
        const wanted = { inputs: { cidr: "c", name: "n" }, secrets: [] };
        const { id } = slow.create(at(NETWORK, "n"), wanted).instance;
        assert.throws(() => make(SUBNET, "s", { networkId: id }), /does not exist/);
        store.settle(1);
        assert.match(make(SUBNET, "s", { networkId: id }).instance.id, /^subnet-/);
    });

    it("finds what a reference names by another output than the id", () => {
        const { make } = world();
        make(VAULT, "v", { group: "g", name: "v" });
        assert.equal(make(DISK, "d", { name: "d", vaults: ["key:g/v"] }).instance.id, "disks/d");
        assert.throws(() => make(DISK, "e", { name: "e", vaults: ["g/v"] }), /vaults\[0\]: g\/v/);
    });

    it("rejects what the table's admission refuses", () => {
        const { make } = world();
        const networkId = make(NETWORK, "n", { cidr: "c" }).instance.id;
        make(SUBNET, "one", { networkId, cidr: "10.0.0.0/24" });
        assert.throws(() => make(SUBNET, "two", { networkId, cidr: "10.0.0.0/24" }), {
            message: "Conflict: 10.0.0.0/24 overlaps",
        });
    });

    it("rejects a name that is taken within the account, everywhere, or in the group", () => {
        const here = world();
        const there = world("b", "r", here.store);
        here.make(NETWORK, "n", { cidr: "c", name: "n" });
        assert.throws(() => here.make(NETWORK, "m", { cidr: "c", name: "n" }), /n already exists/);
        there.make(NETWORK, "o", { cidr: "c", name: "n" });
        here.make(DISK, "d", { name: "d" });
        assert.throws(() => there.make(DISK, "e", { name: "d" }), /The disk name d is taken/);
        here.make(VAULT, "v", { group: "g", name: "v" });
        here.make(VAULT, "w", { group: "h", name: "v" });
        assert.throws(() => here.make(VAULT, "x", { group: "g", name: "v" }), /already exists/);
    });

    it("rejects the deletion of what something refers to, unless the reference does not block", () => {
        const { make, drop } = world();
        const { id } = make(NETWORK, "n", { cidr: "c" }).instance;
        const subnet = make(SUBNET, "s", { networkId: id }).instance;
        make(VAULT, "v", { group: "g", name: "v" });
        make(DISK, "d", { name: "d", vaults: ["key:g/v"] });
        assert.throws(() => drop(NETWORK, "n", id), {
            message: `DependencyViolation: Network ${id} has a dependent object: Subnet ${subnet.id}`,
        });
        drop(VAULT, "v", "g/v");
        drop(SUBNET, "s", subnet.id);
        drop(NETWORK, "n", id);
    });

    it("rejects a deletion that the table refuses", () => {
        const { make, drop } = world();
        make(VAULT, "v", { group: "g", name: "v", locked: true });
        assert.throws(() => drop(VAULT, "v", "g/v"), { message: "the vault is locked" });
    });

    it("takes along what vanishes with it, even if it refers to it", () => {
        const { store, make, drop } = world();
        const { id } = make(NETWORK, "n", { cidr: "c" }).instance;
        make(POLICY, "p", { network: id });
        drop(NETWORK, "n", id);
        assert.deepEqual(store.instances(), []);
    });

    it("takes the deletion of what is gone for done", () => {
        assert.equal(world().cloud.delete({ type: VAULT, urn: "u", id: "g/v" }), undefined);
    });

    it("rejects an update of what is gone", () => {
        const { cloud } = world();
        const where = { type: VAULT, urn: urnOf(VAULT, "v"), id: "g/v" };
        const before = { id: "g/v", inputs: {}, outputs: {} };
        assert.throws(() => cloud.update(where, { inputs: {}, secrets: [] }, before), {
            message: "ResourceNotFoundException: Vault g/v not found",
        });
    });

    it("does not see another account's things", () => {
        const here = world();
        here.make(VAULT, "v", { group: "g", name: "v" });
        const there = world("b", "r", here.store);
        assert.equal(there.cloud.read({ ...there.at(VAULT, "v"), id: "g/v" }), undefined);
    });

    it("takes up a creation that the state never learnt of", () => {
        const { store, make } = world();
        const lost = make(NETWORK, "n", { cidr: "c", size: 1 }).instance;
        const found = make(NETWORK, "n", { cidr: "c", size: 2 }).instance;
        assert.equal(found.id, lost.id);
        assert.equal(found.outputs["size"], 2);
        assert.equal(store.instances().length, 1);
    });

    it("leaves a lost creation alone that an update cannot make right", () => {
        const { store, make } = world();
        const lost = make(NETWORK, "n", { cidr: "c" }).instance;
        const made = make(NETWORK, "n", { cidr: "d" }).instance;
        assert.equal(store.instances().length, 2);
        assert.notEqual(made.id, lost.id);
        assert.notEqual(made.inputs["name"], lost.inputs["name"]);
    });

    it("makes a replacement anew once the state knows the first one", () => {
        const { cloud, make, at } = world();
        const first = make(NETWORK, "n", { cidr: "c" }).instance;
        cloud.diff({ ...at(NETWORK, "n"), id: first.id }, first.inputs, first.inputs);
        const second = make(NETWORK, "n", { cidr: "c" }).instance;
        assert.notEqual(second.id, first.id);
        assert.notEqual(second.inputs["name"], first.inputs["name"]);
    });

    it("learns from the old inputs of a check too that the state knows it", () => {
        const { cloud, make, at } = world();
        const first = make(NETWORK, "n", { cidr: "c" }).instance;
        cloud.check(at(NETWORK, "n"), { cidr: "c" }, first.inputs);
        assert.notEqual(make(NETWORK, "n", { cidr: "c" }).instance.id, first.id);
    });

    it("waits for a lost creation, and for a deletion that has begun, no longer than they take", () => {
        const { store, at } = world();
        const slow = new Cloud(toy, store, { account: "a", region: "r" }, 100);
        const wanted = { inputs: { cidr: "c", name: "n", size: 1 }, secrets: [] };
        const lost = slow.create(at(NETWORK, "n"), wanted);
        assert.equal(slow.create(at(NETWORK, "n"), wanted).until, lost.until);
        const changed = { ...wanted, inputs: { ...wanted.inputs, size: 2 } };
        assert.equal(slow.create(at(NETWORK, "n"), changed).until, lost.until);
        const where = { ...at(NETWORK, "n"), id: lost.instance.id };
        const first = slow.delete(where);
        assert.ok(first && first.until > Date.now() + 300_000);
        store.vanish(lost.instance.row, first.until - 100_000);
        assert.equal(slow.delete(where)?.until, first.until - 100_000);
    });

    it("counts creations, so that no replacement is like one before", () => {
        const { cloud, make, at, drop } = world();
        const ids = [1, 2, 3].map(() => {
            const { id } = make(NETWORK, "n", { cidr: "c" }).instance;
            cloud.read({ ...at(NETWORK, "n"), id });
            drop(NETWORK, "n", id);
            return id;
        });
        assert.equal(new Set(ids).size, 3);
    });

    it("prefers what stands in the same account and region", () => {
        const store = Store.open(":memory:", "seed");
        const places = [
            ["b", "s"],
            ["b", "r"],
            ["a", "s"],
            ["a", "r"],
        ] as const;
        for (const [account, region] of places) {
            const values = { inputs: {}, outputs: { key: "k" }, secrets: [] };
            const fixed = { type: VAULT, id: "v", urn: "u", number: 0, known: true, readyAt: 0 };
            store.insert({ ...fixed, ...values, scope: { account, region } });
        }
        for (const [account, region] of places) {
            const found = viewOf(store, { account, region }).find([VAULT], "k", "key");
            assert.deepEqual(found?.scope, { account, region });
        }
    });

    it("plans what a cloud computes inside of a given object", () => {
        const rule = {
            ...(toy.types[POLICY] as TypeRule),
            outputs: () => ({ meta: { name: "x", uid: "1" } }),
        };
        const own = new Cloud({ ...toy, types: { [POLICY]: rule } }, world().store, {
            account: "a",
            region: "r",
        });
        const planned = own.plan({ type: POLICY, urn: "u" }, { meta: { name: "n" } });
        assert.deepEqual(planned, { meta: { name: "n", uid: UNKNOWN } });
    });

    it("plans what a cloud computes inside of a given list, and keeps it over an update that leaves it alone", () => {
        const address = (text: string): Properties => ({
            ports: [{ name: "a" }, { name: "b", address: text }],
        });
        const rule = { ...(toy.types[POLICY] as TypeRule), outputs: () => address("10.0.0.1") };
        const scope = { account: "a", region: "r" };
        const own = new Cloud({ ...toy, types: { [POLICY]: rule } }, world().store, scope);
        const inputs = { ports: [{ name: "a" }, { name: "b" }], size: 1 };
        assert.deepEqual(own.plan({ type: POLICY, urn: "u" }, inputs), {
            ...address(UNKNOWN),
            size: 1,
        });
        const before = { id: "p", inputs, outputs: { ...inputs, ...address("10.0.0.1") } };
        assert.deepEqual(own.plan({ type: POLICY, urn: "u" }, { ...inputs, size: 2 }, before), {
            ...address("10.0.0.1"),
            size: 2,
        });
    });

    it("plans an update by a rule that cannot compute from unknown inputs", () => {
        const outputs = (): Properties => {
            throw new Error("cannot");
        };
        const rule = { ...(toy.types[POLICY] as TypeRule), outputs };
        const own = new Cloud({ ...toy, types: { [POLICY]: rule } }, world().store, {
            account: "a",
            region: "r",
        });
        const before = {
            id: "p",
            inputs: { size: 1, old: 1 },
            outputs: { size: 1, old: 1, arn: "a" },
        };
        const planned = own.plan({ type: POLICY, urn: "u" }, { size: UNKNOWN }, before);
        assert.deepEqual(planned, { size: UNKNOWN, arn: "a" });
    });

    it("plans a creation: inputs known, computed values not", () => {
        const { cloud, at } = world();
        const inputs = { cidr: "c", size: UNKNOWN, tags: { a: "b" } };
        assert.deepEqual(cloud.plan(at(NETWORK, "n"), inputs), {
            ...inputs,
            arn: UNKNOWN,
            twice: UNKNOWN,
        });
    });

    it("plans an update: computed values stay known where they stay the same", () => {
        const { cloud, make, at } = world();
        const { instance } = make(NETWORK, "n", { cidr: "c", size: 1 });
        const inputs = { ...instance.inputs, size: 2 };
        const planned = cloud.plan(at(NETWORK, "n"), inputs, instance);
        assert.deepEqual(planned, { ...instance.outputs, size: 2, twice: UNKNOWN });
    });

    it("answers functions, and rejects those that the table does not know", () => {
        const { cloud } = world();
        assert.deepEqual(cloud.invoke("toy:net:getZones", {}), { names: ["ra", "rb"] });
        assert.throws(() => cloud.invoke("toy:net:getZones", { fail: true }), /AccessDenied/);
        assert.throws(() => cloud.invoke("toy:net:getX", {}), /the function toy:net:getX; add it/);
    });
});
