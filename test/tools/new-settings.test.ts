import assert from "node:assert/strict";
import fc from "fast-check";
import { parse } from "yaml";
import { diffOf } from "../../tools/new/diff.ts";
import { changeSettings, type Change } from "../../tools/new/stack/edit.ts";
import { block, inline } from "../../tools/new/stack/render.ts";

const SHOP = { at: ["applications", "shop"], value: { image: "x:1" } };

/** What a text becomes, with every line that was added marked. */
function marked(before: string, change: Change): string {
    const after = changeSettings(before, [change]);
    return diffOf("x", before, after).split("\n").slice(2).join("\n");
}

describe("the settings that npm run new writes", () => {
    it("come behind the last entry and what is noted there, before what is noted of others", () => {
        const text = [
            "# Above.",
            "config:",
            "    platform:applications:",
            "        web: # the front",
            "            image:   'x:1'  # kept",
            "",
            "        # soon: {}",
            "",
            "    # Below.",
            "    platform:tags: {}",
            "",
        ].join("\n");
        assert.equal(
            changeSettings(text, [SHOP]),
            text.replace(
                "        # soon: {}\n",
                "        # soon: {}\n        shop:\n            image: x:1\n",
            ),
        );
    });

    const FORMS: Readonly<Record<string, readonly [before: string, after: string]>> = {
        "a file that has none": [
            "config:\n  a: 1\n",
            "config:\n  a: 1\n  platform:applications:\n    shop:\n      image: x:1\n",
        ],
        "a file without an end of its last line": [
            "config:\n  a: 1",
            "config:\n  a: 1\n  platform:applications:\n    shop:\n      image: x:1\n",
        ],
        "a key with nothing behind it": [
            "config:\n  platform:applications: # none\n  b: 1\n",
            "config:\n  platform:applications: # none\n    shop:\n      image: x:1\n  b: 1\n",
        ],
        "an empty mapping": [
            "config:\n  platform:applications: {} # none\n  b: 1\n",
            "config:\n  platform:applications: # none\n    shop:\n      image: x:1\n  b: 1\n",
        ],
        "a mapping in one line": [
            "config:\n  platform:applications: { a: { image: y:1 } }\n",
            "config:\n  platform:applications: { a: { image: y:1 }, shop: { image: x:1 } }\n",
        ],
        "a key without its namespace": [
            "config:\n  applications:\n    a: { image: y:1 }\nsalt: 1\n",
            "config:\n  applications:\n    a: { image: y:1 }\n    shop:\n      image: x:1\nsalt: 1\n",
        ],
        "lines that end as on Windows": [
            "config:\r\n  platform:applications:\r\n    a:\r\n      image: y:1\r\n",
            "config:\r\n  platform:applications:\r\n    a:\r\n      image: y:1\r\n    shop:\r\n      image: x:1\r\n",
        ],
        "a text of several lines at the end": [
            "config:\n  platform:applications:\n    a:\n      files:\n        /x: |+\n          y\n\n  b: 1\n",
            "config:\n  platform:applications:\n    a:\n      files:\n        /x: |+\n          y\n\n    shop:\n      image: x:1\n  b: 1\n",
        ],
    };
    for (const [form, [before, after]] of Object.entries(FORMS)) {
        it(`fit ${form}`, () => assert.equal(changeSettings(before, [SHOP]), after));
    }

    it("change a value, and add to a list of either form, at its place alone", () => {
        const text =
            "config:\n    platform:registries:\n        a: { repositories: [x] } # a\n        b:\n            repositories:\n                - x # first\n        c: { repositories: [] }\n";
        const add = (key: string) => ({ at: ["registries", key, "repositories"], item: "shop" });
        assert.equal(
            changeSettings(text, ["a", "b", "c"].map(add)),
            text
                .replace("[x]", "[x, shop]")
                .replace("- x # first\n", "- x # first\n                - shop\n")
                .replace("[]", "[shop]"),
        );
        const image = 'config:\n  applications:\n    shop: { image: "x:1" } # pinned\n';
        assert.equal(
            changeSettings(image, [{ at: ["applications", "shop", "image"], value: "x:2" }]),
            image.replace('"x:1"', "x:2"),
        );
    });

    it("are refused where they would change anything else, with what to write by hand", () => {
        const text = "x: &all\n  a: { image: y:1 }\nconfig:\n  platform:applications: *all\n";
        assert.throws(() => changeSettings(text, [SHOP]), {
            message: /by hand:\n\nplatform:applications:\n {4}shop:\n {8}image: x:1$/,
        });
        assert.throws(() => changeSettings("- a\n", [SHOP]), /by hand/);
        const there = "config:\n  applications:\n    shop: { image: y:1 }\n";
        assert.throws(() => changeSettings(there, [SHOP]), /by hand/);
    });

    it("leave every byte of random files as it was, and say what they were given", () => {
        const word = fc.stringMatching(/^[a-z][a-z0-9-]{0,8}[a-z]$/);
        const plain = { noNullPrototype: true };
        const leaf = fc.oneof(word, fc.integer(), fc.boolean(), fc.string({ maxLength: 120 }));
        const value = fc.dictionary(
            word,
            fc.oneof(leaf, fc.array(leaf, { maxLength: 4 }), fc.dictionary(word, leaf, plain)),
            { maxKeys: 6, ...plain },
        );
        const note = fc.constantFrom("", " # note", "\n        # note", "\n\n    # other");
        fc.assert(
            fc.property(
                fc.dictionary(word, value, plain),
                note,
                value,
                (entries, comment, added) => {
                    delete entries["new"];
                    const there = Object.entries(entries).flatMap(([key, entry]) =>
                        block(key, entry, { indent: 8, step: 4, open: 1 }),
                    );
                    const text = `config:\n    platform:applications:\n${there.join("\n")}${comment}\n    platform:tags: {}\n`;
                    const after = changeSettings(text, [
                        { at: ["applications", "new"], value: added },
                    ]);
                    const config = (parse(after) as { config: Record<string, unknown> }).config;
                    assert.deepEqual(config["platform:applications"], { ...entries, new: added });
                    // Without the lines that were added, it is the same text.
                    const signs = diffOf("x", text, after).split("\n").slice(2);
                    assert.ok(signs.every((line) => !line.startsWith("-")));
                    let from = 0;
                    while (from < text.length && text[from] === after[from]) from += 1;
                    const length = after.length - text.length;
                    assert.equal(after.slice(0, from) + after.slice(from + length), text);
                },
            ),
            { numRuns: 150 },
        );
    });

    it("are quoted where a reader of YAML 1.1 would take them for something else", () => {
        assert.equal(
            inline(["yes", "010", "12:30", "1_000", "a, b", "a: b", "*/5 * * * *", "30 2 * * *"]),
            '["yes", "010", "12:30", "1_000", "a, b", "a: b", "*/5 * * * *", 30 2 * * *]',
        );
    });

    it("are one line for each key, and groups of plain values one line as long as it fits", () => {
        const long = "x".repeat(90);
        const value = { a: { b: 1, c: [2] }, d: { e: { f: 1 } }, g: [long, long], h: {} };
        assert.deepEqual(block("k", value, { indent: 0, step: 2, open: 1 }), [
            "k:",
            "  a: { b: 1, c: [2] }",
            "  d:",
            "    e: { f: 1 }",
            "  g:",
            `    - ${long}`,
            `    - ${long}`,
            "  h: {}",
        ]);
    });
});

describe("what npm run new shows of a change", () => {
    it("is the lines around it, as diff -u has them", () => {
        const before = ["a", "b", "c", "d", "e", "f", "g", "h", "i", ""].join("\n");
        const after = before.replace("e\n", "E\n");
        assert.deepEqual(diffOf("x", before, after).split("\n"), [
            "--- x",
            "+++ x",
            "@@",
            " b",
            " c",
            " d",
            "-e",
            "+E",
            " f",
            " g",
            " h",
        ]);
        assert.equal(diffOf("x", undefined, "a\n"), "--- /dev/null\n+++ x\n+a");
    });

    it("leaves out what is encrypted", () => {
        const text =
            "config:\n    platform:owner: { secure: v1:AAAA }\n    platform:applications: {}\n";
        assert.match(marked(text, SHOP), /secure: \[secret\]/);
        assert.doesNotMatch(marked(text, SHOP), /AAAA/);
    });
});
