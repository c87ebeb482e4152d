import assert from "node:assert/strict";
import { showValues } from "../../tools/plan/html/values.ts";
import type { JsonObject } from "../../tools/plan/model.ts";

describe("values in a page", () => {
    const shown = (values: JsonObject, secrets: readonly string[] = []) => {
        const text = showValues({ values, secrets, unknowns: [] }).toString();
        return text
            .replace(/<[^>]*>/g, "")
            .trimEnd()
            .split("\n");
    };

    it("stand in lines that show what stands in what", () => {
        const ports: JsonObject[] = [{ port: 80, name: "http" }, { port: 443 }];
        assert.deepEqual(shown({ ports, deep: { list: [["a"], []], none: {} } }), [
            "ports:",
            "  - port: 80",
            "    name: http",
            "  - port: 443",
            "deep:",
            "  list:",
            "    - - a",
            "    - []",
            "  none: {}",
        ]);
    });

    it("are quoted where they would read as something else", () => {
        assert.deepEqual(
            shown({ a: "true", b: true, c: "10", d: "10.0.0.0/16", e: "", f: "a: b", g: null }),
            [
                "a: &quot;true&quot;",
                "b: true",
                "c: &quot;10&quot;",
                "d: 10.0.0.0/16",
                "e: &quot;&quot;",
                "f: &quot;a: b&quot;",
                "g: null",
            ],
        );
    });

    it("keep the lines of a text, and hide a secret wherever it stands", () => {
        const values = { script: "one\n  two\n", list: ["x"], "a.b": "y" };
        assert.deepEqual(shown(values, ["list[0]", '["a.b"]']), [
            "script: |",
            "  one",
            "    two",
            "list:",
            "  - secret",
            "a.b: secret",
        ]);
    });
});
