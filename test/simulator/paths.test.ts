import assert from "node:assert/strict";

import {
    get,
    isWithin,
    overlay,
    parsePath,
    reach,
    renderPath,
    same,
    set,
} from "../../simulator/paths.ts";
import type { Properties } from "../../simulator/table.ts";

describe("paths", () => {
    it("are split at dots, brackets and quoted keys", () => {
        assert.deepEqual(parsePath("vpcConfig.subnetIds[]"), ["vpcConfig", "subnetIds", "[]"]);
        assert.deepEqual(parsePath('tags["a.b/c"][0].x'), ["tags", "a.b/c", "0", "x"]);
        assert.deepEqual(parsePath("labels.*"), ["labels", "*"]);
    });

    it("are written as Pulumi writes them", () => {
        assert.equal(renderPath(["spec", "ports", 0, "a.b/c"]), 'spec.ports[0]["a.b/c"]');
        assert.deepEqual(parsePath(renderPath(["a", 1, "x.y"])), ["a", "1", "x.y"]);
    });

    it("reach every element of a list, and nothing in an empty one", () => {
        const root: Properties = { rules: [{ port: 1 }, {}] };
        assert.deepEqual(reach(root, "rules[].port"), [
            { path: ["rules", 0, "port"], value: 1 },
            { path: ["rules", 1, "port"], value: undefined },
        ]);
        assert.deepEqual(reach({}, "rules[].port"), []);
        assert.deepEqual(reach({}, "a.b"), [{ path: ["a", "b"], value: undefined }]);
    });

    it("read and write without changing the original", () => {
        const root = { a: { b: [1, 2] } };
        assert.equal(get(root, "a.b[1]"), 2);
        assert.deepEqual(set(root, "a.b[1]", 3), { a: { b: [1, 3] } });
        assert.deepEqual(set(root, "x.y", true), { a: { b: [1, 2] }, x: { y: true } });
        assert.deepEqual(set(root, "a", undefined), {});
        assert.deepEqual(root, { a: { b: [1, 2] } });
    });

    it("contain what stands below them", () => {
        assert.equal(isWithin(["a", "b", 0], "a.b"), true);
        assert.equal(isWithin(["a", 3, "c"], "a[].c"), true);
        assert.equal(isWithin(["a", "k", "c"], "a.*.c"), true);
        assert.equal(isWithin(["a"], "a.b"), false);
        assert.equal(isWithin(["ab"], "a"), false);
    });

    it("lay objects over each other and replace lists", () => {
        const below = { a: { x: 1, y: 2 }, l: [1, 2] };
        assert.deepEqual(overlay(below, { a: { y: 3 }, l: [9] }), { a: { x: 1, y: 3 }, l: [9] });
    });

    it("compare values whatever the order of keys, but not of lists", () => {
        assert.equal(same({ a: 1, b: [1, 2] }, { b: [1, 2], a: 1 }), true);
        assert.equal(same({ a: [1, 2] }, { a: [2, 1] }), false);
        assert.equal(same({ a: 1 }, { b: 1 }), false);
        assert.equal(same(null, undefined), false);
    });
});
