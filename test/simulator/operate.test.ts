import assert from "node:assert/strict";

import { Cloud } from "../../simulator/cloud.ts";
import { addFault, heal, listFaults, type Fault } from "../../simulator/faults.ts";
import { operations } from "../../simulator/inspect.ts";
import { operate, type Broken, type Operator } from "../../simulator/operate.ts";
import { Store } from "../../simulator/store.ts";
import { toy, urnOf, VAULT } from "./support/toy.ts";

class Crash extends Error {}

function setUp(scale = 0) {
    const store = Store.open(":memory:", "seed");
    const stop = new AbortController();
    const crash = (): never => {
        throw new Crash();
    };
    const operator: Operator = { provider: "aws", store, scale, stop: stop.signal, crash };
    const cloud = new Cloud(toy, store, { account: "a", region: "r" }, scale);
    const fault = (kind: Fault["kind"], remaining: number, extra: Partial<Fault> = {}): void => {
        addFault(store, { kind, operation: "create", target: VAULT, remaining, ...extra });
    };
    const create = (name: string) => {
        const address = { type: VAULT, urn: urnOf(VAULT, name) };
        const wanted = { inputs: { group: "g", name }, secrets: [] };
        return operate(operator, "create", address, () => cloud.create(address, wanted));
    };
    return { store, stop, cloud, operator, fault, create };
}

describe("operate", () => {
    it("lets operations take as long as the table says, at the same time", async () => {
        const { create } = setUp(0.05);
        const start = Date.now();
        await Promise.all(["a", "b", "c", "d"].map((name) => create(name)));
        const took = Date.now() - start;
        assert.ok(took >= 49 && took < 150, `took ${took} ms`);
    });

    it("stops waiting when it is told to, with the thing made", async () => {
        const { create, stop, store } = setUp(10_000);
        const creation = create("a");
        await new Promise(setImmediate);
        stop.abort();
        assert.equal((await creation)?.id, "g/a");
        assert.equal(store.instances().length, 1);
    });

    it("tries again while the cloud is busy", async () => {
        const { create, fault, store } = setUp();
        fault("throttle", 3);
        assert.equal((await create("a"))?.id, "g/a");
        assert.deepEqual(listFaults(store), []);
    });

    it("rejects in the cloud's words when it stays busy", async () => {
        const { create, fault } = setUp();
        fault("throttle", 100);
        await assert.rejects(create("a"), { message: "ThrottlingException: Rate exceeded" });
    });

    it("rejects as often as it is told to, with nothing made", async () => {
        const { create, fault, store } = setUp();
        fault("fail", 2, { message: "out of order" });
        await assert.rejects(create("a"), { message: "out of order" });
        await assert.rejects(create("a"), { message: "out of order" });
        assert.deepEqual(store.instances(), []);
        assert.equal((await create("a"))?.id, "g/a");
    });

    it("reports a broken thing as failed, with the thing", async () => {
        const { create, fault, store } = setUp();
        fault("break", 1);
        await assert.rejects(create("a"), (error: Broken) => error.instance.id === "g/a");
        assert.equal(store.instances().length, 1);
    });

    it("crashes in the middle of the operation it is told, with the thing made", async () => {
        const { create, fault, store } = setUp();
        fault("crash", 2);
        await create("a");
        await assert.rejects(create("b"), Crash);
        await create("c");
        assert.deepEqual(
            store.instances().map(({ id }) => id),
            ["g/a", "g/b", "g/c"],
        );
    });

    it("strikes only what it is aimed at", async () => {
        const { create, fault, store } = setUp();
        fault("fail", 1, { operation: "delete" });
        fault("fail", 1, { target: "toy:net:*" });
        fault("fail", 1, { target: urnOf(VAULT, "other") });
        fault("fail", 1, { target: "b*" });
        assert.equal((await create("a"))?.id, "g/a");
        await assert.rejects(create("bc"));
        assert.equal(listFaults(store).length, 3);
        heal(store);
        assert.deepEqual(listFaults(store), []);
    });

    it("logs what was done and what was refused, with real and simulated time", async () => {
        const { create, fault, store } = setUp(0.01);
        await create("a");
        fault("fail", 1, { message: "no" });
        await assert.rejects(create("b"));
        const [done, refused] = operations(store);
        assert.equal(done?.kind, "create");
        assert.deepEqual([done?.id, done?.seconds, done?.scale], ["g/a", 1, 0.01]);
        assert.ok(Number(done?.ended) - Number(done?.began) >= 9);
        assert.deepEqual([refused?.error, refused?.id], ["no", ""]);
    });
});
