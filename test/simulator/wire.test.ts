import assert from "node:assert/strict";

import { runtime } from "@pulumi/pulumi";
import fc from "fast-check";

import { UNKNOWN, type Json, type Properties } from "../../simulator/table.ts";
import { decode, decodeJson, encode, encodeJson, joinPaths } from "../../simulator/wire.ts";

const SECRET = { [runtime.specialSigKey]: runtime.specialSecretSig };

describe("wire", () => {
    it("unwraps secrets and notes where they stand", () => {
        const { values, secrets } = decodeJson({ a: { b: [{ ...SECRET, value: "x" }] }, c: "y" });
        assert.deepEqual(values, { a: { b: ["x"] }, c: "y" });
        assert.deepEqual(secrets, [["a", "b", 0]]);
    });

    it("marks the same places again", () => {
        const wire = { a: { b: [{ ...SECRET, value: "x" }] }, c: "y" };
        const { values, secrets } = decodeJson(wire);
        assert.deepEqual(encodeJson(values, secrets), wire);
    });

    it("knows every mark of an unknown value", () => {
        const marks = [
            runtime.unknownValue,
            "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
            "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
            "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
            "030794c1-ac77-496b-92df-f27374a8bd58",
            "e48ece36-62e2-4504-bad9-02848725956a",
            "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
        ];
        assert.deepEqual(
            decodeJson({ marks }).values["marks"],
            marks.map(() => UNKNOWN),
        );
        assert.deepEqual(encodeJson({ a: UNKNOWN }), { a: runtime.unknownValue });
    });

    it("reads output values and resource references", () => {
        const signature = runtime.specialSigKey;
        const { values, secrets } = decodeJson({
            known: { [signature]: runtime.specialOutputValueSig, value: 1, secret: true },
            unknown: { [signature]: runtime.specialOutputValueSig },
            resource: { [signature]: runtime.specialResourceSig, urn: "u", id: "i" },
        });
        assert.deepEqual(values, { known: 1, unknown: UNKNOWN, resource: "i" });
        assert.deepEqual(secrets, [["known"]]);
    });

    it("gives back what it got, for any value", () => {
        // google-protobuf itself loses a field of the name __proto__.
        const name = fc.string({ minLength: 1 }).filter((text) => text !== "__proto__");
        const leaf = fc.oneof(fc.string(), fc.boolean(), fc.integer(), fc.constant(null));
        const { tree } = fc.letrec<{ tree: Json }>((tie) => ({
            tree: fc.oneof(
                { maxDepth: 3 },
                leaf,
                fc.array(tie("tree")),
                fc.dictionary(name, tie("tree"), { noNullPrototype: true }),
            ),
        }));
        const trees = fc.dictionary(name, tree, { noNullPrototype: true });
        fc.assert(
            fc.property(trees, (values: Properties) => {
                assert.deepEqual(decode(encode(values)).values, values);
            }),
        );
    });

    it("joins paths, each once", () => {
        assert.deepEqual(joinPaths([["a", 0]], [["a", 0], ["b"]]), [["a", 0], ["b"]]);
    });
});
