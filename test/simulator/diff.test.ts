import assert from "node:assert/strict";

import { diffInputs } from "../../simulator/diff.ts";
import { renderPath } from "../../simulator/paths.ts";
import { UNKNOWN, type Properties } from "../../simulator/table.ts";

function diff(olds: Properties, news: Properties, immutable: string[] = [], ignored?: string[]) {
    return diffInputs({ immutable }, olds, news, ignored).map(
        ({ path, kind, replaces }) => `${kind} ${renderPath(path)}${replaces ? " replaces" : ""}`,
    );
}

describe("diff", () => {
    it("names each leaf that differs", () => {
        const olds = { a: 1, b: { c: [1, 2], d: "x" }, e: true };
        const news = { a: 1, b: { c: [1, 3, 4], f: "y" }, e: true };
        assert.deepEqual(diff(olds, news), [
            "update b.c[1]",
            "add b.c[2]",
            "delete b.d",
            "add b.f",
        ]);
    });

    it("finds nothing where nothing changed, whatever the order of keys", () => {
        assert.deepEqual(diff({ a: { x: 1, y: 2 } }, { a: { y: 2, x: 1 } }), []);
        assert.deepEqual(diff({ a: null }, {}), []);
    });

    it("replaces for an immutable input, and for all below it", () => {
        const immutable = ["name", "config.ids", "labels.*"];
        assert.deepEqual(diff({ name: "a", x: 1 }, { name: "b", x: 2 }, immutable), [
            "update name replaces",
            "update x",
        ]);
        assert.deepEqual(diff({ config: { ids: ["a"] } }, { config: { ids: ["b"] } }, immutable), [
            "update config.ids[0] replaces",
        ]);
        assert.deepEqual(diff({ labels: { a: "1" } }, { labels: { a: "2" } }, immutable), [
            "update labels.a replaces",
        ]);
    });

    it("replaces when the whole object goes that holds the immutable input", () => {
        const olds = { config: { ids: ["a"], size: 1 } };
        assert.deepEqual(diff(olds, {}, ["config.ids"]), ["delete config replaces"]);
        assert.deepEqual(diff({ config: { size: 1 } }, {}, ["config.ids"]), ["delete config"]);
    });

    it("counts an input that is not known yet as changed", () => {
        assert.deepEqual(diff({ id: "a" }, { id: UNKNOWN }, ["id"]), ["update id replaces"]);
    });

    it("leaves ignored inputs out", () => {
        const olds = { scaling: { desired: 1, max: 3 } };
        const news = { scaling: { desired: 2, max: 4 } };
        assert.deepEqual(diff(olds, news, [], ["scaling.desired"]), ["update scaling.max"]);
    });
});
