import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { promisify } from "node:util";

import { Store, worldFile } from "../../simulator/store.ts";

const run = promisify(execFile);

const made = {
    type: "toy:net:Network",
    id: "net-1",
    urn: "urn:pulumi:dev::test::toy:net:Network::n",
    scope: { account: "a", region: "r" },
    inputs: { x: 1 },
    outputs: { x: 1, y: [true, null] },
    secrets: [["y", 0]],
    number: 0,
    known: false,
    readyAt: 0,
};

describe("store", () => {
    let folder = "";
    let file = "";

    beforeEach(() => {
        folder = mkdtempSync(join(tmpdir(), "world-"));
        file = join(folder, "deep", "world.sqlite");
    });

    afterEach(() => {
        rmSync(folder, { recursive: true });
    });

    it("keeps instances over processes, in a file that only its owner can read", () => {
        const first = Store.open(file);
        const { row } = first.insert(made);
        first.close();
        const second = Store.open(file);
        assert.deepEqual(second.instances(), [{ ...made, row }]);
        second.close();
        assert.equal(statSync(file).mode & 0o777, 0o600);
    });

    it("loses nothing when several processes write at once into a new world", async () => {
        const module = join(import.meta.dirname, "..", "..", "simulator", "store.ts");
        const program = `
            const { Store } = await import(${JSON.stringify(module)});
            const store = Store.open(${JSON.stringify(file)});
            for (let i = 0; i < 20; i++) {
                store.transact(() => {
                    const count = store.instances().length;
                    store.insert({ ...${JSON.stringify(made)}, id: "net-" + count });
                });
            }`;
        const write = () => run(process.execPath, ["--input-type=module", "-e", program]);
        await Promise.all([write(), write(), write(), write()]);
        const store = Store.open(file);
        const ids = store.instances().map(({ id }) => id);
        store.close();
        assert.deepEqual(
            ids,
            Array.from({ length: 80 }, (_, index) => `net-${index}`),
        );
    });

    it("undoes a change that fails, wholly", () => {
        const store = Store.open(file);
        const change = () =>
            store.transact(() => {
                store.insert(made);
                store.transact(() => store.insert(made));
                throw new Error("no");
            });
        assert.throws(change, { message: "no" });
        assert.deepEqual(store.instances(), []);
        store.close();
    });

    it("shows at once what others change, though it has read the same before", () => {
        const [one, other] = [Store.open(file), Store.open(file)];
        const { row } = one.insert(made);
        const seen = () => one.instances().map(({ outputs, known }) => [outputs["x"], known]);
        assert.deepEqual(seen(), [[1, false]]);
        other.save(row, { ...made, outputs: { x: 2 } });
        assert.deepEqual(seen(), [[2, false]]);
        other.query("UPDATE instances SET known = 1");
        assert.deepEqual(seen(), [[2, true]]);
        other.query("DELETE FROM instances");
        assert.deepEqual(seen(), []);
        for (const store of [one, other]) store.close();
    });

    it("forgets what it has read of a change that was undone", () => {
        const store = Store.open(file);
        const { row } = store.insert(made);
        const change = (x: number) => store.save(row, { ...made, outputs: { x } });
        const seen = () => store.instances().map(({ outputs }) => outputs["x"]);
        const failing = () =>
            store.transact(() => {
                change(2);
                assert.deepEqual(seen(), [2]);
                throw new Error("no");
            });
        assert.throws(failing, { message: "no" });
        change(3);
        assert.deepEqual(seen(), [3]);
        store.close();
    });

    it("lets nobody change what it shares with all who ask", () => {
        const store = Store.open(file);
        store.insert(made);
        const [instance] = store.instances();
        assert.equal(store.instances()[0], instance);
        assert.throws(() => (instance!.outputs["y"] as unknown[]).push(1), TypeError);
        store.close();
    });

    it("hides what has been deleted when its time has come, whoever waits for it", () => {
        const store = Store.open(file);
        const { row } = store.insert(made);
        store.vanish(row, Date.now() + 60_000);
        assert.equal(store.instances().length, 1);
        store.vanish(row, Date.now() - 1);
        assert.equal(store.instances().length, 0);
        store.close();
    });

    it("gives digits that hang on the world, the URN, the number and the arguments only", () => {
        const store = Store.open(":memory:", "one");
        const digits = store.random("urn", 0, 200);
        assert.match(digits, /^[0-9a-f]{200}$/);
        assert.equal(store.random("urn", 0, 200), digits);
        assert.match(store.random("urn", 0, 5, "xy"), /^[xy]{5}$/);
        const others = [
            store.random("urn", 1, 200),
            store.random("other", 0, 200),
            Store.open(":memory:", "two").random("urn", 0, 200),
        ];
        assert.equal(new Set([digits, ...others]).size, 4);
        assert.notEqual(Store.open(":memory:").random("urn", 0, 200), digits);
    });

    it("rejects a world of another form", () => {
        Store.open(file).close();
        const database = new DatabaseSync(file);
        database.exec("PRAGMA user_version = 99");
        database.close();
        assert.throws(() => Store.open(file), {
            message:
                /holds a world in form 99, and this program needs form \d+\. Delete the file and the state /,
        });
    });

    it("lies where SIM_WORLD says, or else in the project", () => {
        assert.equal(worldFile({ SIM_WORLD: "/x/w.sqlite" }), "/x/w.sqlite");
        assert.match(worldFile({}), /\.local\/world\.sqlite$/);
    });
});
