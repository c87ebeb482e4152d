import assert from "node:assert/strict";
import fc from "fast-check";
import type { NameRule } from "../../components/lib/names.ts";
import { compose, shortHash } from "../../components/lib/names.ts";

const rule = (max: number, separator?: NameRule["separator"]): NameRule => ({
    kind: "thing",
    max,
    ...(separator !== undefined && { separator }),
    see: "https://example.com",
});

describe("lib/names", () => {
    it("joins parts in lower case", () => {
        assert.equal(compose(rule(40), "MyApp", "dev", "aws"), "myapp-dev-aws");
    });

    it("keeps a name of exactly the longest length and cuts one beyond", () => {
        assert.equal(compose(rule(9), "abcd", "efgh"), "abcd-efgh");
        const cut = compose(rule(12), "abcdefgh", "ijkl");
        assert.equal(cut, `abcde-${shortHash("abcdefgh-ijkl")}`);
        assert.equal(cut.length, 12);
    });

    it("leaves out separators where a kind takes letters and digits only", () => {
        assert.equal(compose(rule(50, ""), "myapp-dev", "acr"), "myappdevacr");
        assert.match(compose(rule(10, ""), "myapp-dev", "registry"), /^myap[0-9a-f]{6}$/);
    });

    it("puts one separator for any run of other characters and none at the ends", () => {
        assert.equal(compose(rule(40), "-my__app.", "dev-"), "my-app-dev");
    });

    it("keeps long names apart that begin alike", () => {
        const [one, two] = ["a", "b"].map((end) => compose(rule(20), "x".repeat(40), end));
        assert.notEqual(one, two);
    });

    it("accepts what it made itself", () => {
        fc.assert(
            fc.property(
                fc.array(fc.string(), { minLength: 1 }),
                fc.integer({ min: 8, max: 63 }),
                (parts, max) => {
                    const name = compose(rule(max), ...parts);
                    assert.ok(name.length <= max);
                    assert.match(name, /^([a-z0-9]+(-[a-z0-9]+)*)?$/);
                },
            ),
        );
    });

    it("hashes the same text to the same digits", () => {
        assert.equal(shortHash("123456789012"), shortHash("123456789012"));
        assert.match(shortHash("x"), /^[0-9a-f]{6}$/);
        assert.equal(shortHash("x", 10).length, 10);
    });
});
