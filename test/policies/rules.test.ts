import assert from "node:assert/strict";
import fc from "fast-check";
import { rules } from "../../policies/rules/index.ts";
import type { Rule } from "../../policies/rules/rule.ts";
import { normalise } from "../../policies/runtime/normalise.ts";
import { examples } from "./examples/index.ts";
import { change, placesOf } from "./examples/example.ts";
import { findings, judge, ruleOf, UNKNOWN } from "./judge.ts";

for (const [id, resources] of Object.entries(examples)) {
    describe(`the rule ${id}`, () => {
        const rule = ruleOf(id);
        for (const { type, good, breaks, undecided } of resources) {
            describe(`on ${type} with ${JSON.stringify(good).slice(0, 80)}`, () => {
                it("passes what is good", () => {
                    assert.deepEqual(judge(rule, type, good), []);
                });
                for (const broken of breaks) {
                    it(`rejects it if ${broken.title}`, () => {
                        const verdicts = judge(rule, type, change(good, ...broken.set));
                        assert.deepEqual(findings(verdicts), broken.at);
                        assert.equal(verdicts.length, broken.at.length);
                    });
                }
                it("says unknown, and never fails, for whatever is unknown", () => {
                    for (const place of placesOf(good)) {
                        const verdicts = judge(rule, type, change(good, place, UNKNOWN));
                        assert.deepEqual(findings(verdicts), [], place);
                    }
                    if (undecided === undefined) return;
                    const states = judge(rule, type, change(good, undecided, UNKNOWN));
                    assert.deepEqual([...new Set(states.map(({ state }) => state))], ["unknown"]);
                });
            });
        }
    });
}

describe("the database rules on copies", () => {
    const copies = [
        ["db-encrypted-at-rest", "aws:rds/instance:Instance", "replicateSourceDb"],
        ["db-encrypted-at-rest", "aws:rds/instance:Instance", "snapshotIdentifier"],
        ["db-encrypted-at-rest", "aws:rds/cluster:Cluster", "snapshotIdentifier"],
        ["db-encrypted-at-rest", "aws:rds/cluster:Cluster", "globalClusterIdentifier"],
        ["db-no-public-access", "gcp:sql/databaseInstance:DatabaseInstance", "clone"],
    ] as const;
    for (const [id, type, input] of copies) {
        it(`say unknown of ${type} with ${input}, whose source ${id} cannot see`, () => {
            const states = judge(ruleOf(id), type, { [input]: "source" });
            assert.deepEqual(
                states.map(({ state }) => state),
                ["unknown"],
            );
        });
    }
});

describe("the examples of the rules", () => {
    const typesOf = ({ checks }: Rule) => Object.keys(checks).filter((type) => type !== "*");

    it("cover every resource type of every rule", () => {
        for (const rule of rules.filter(({ id }) => id !== "secret-not-plaintext")) {
            const covered = new Set(examples[rule.id]?.map(({ type }) => normalise(type)));
            const missing = typesOf(rule).filter((type) => !covered.has(type));
            assert.deepEqual(missing, [], rule.id);
        }
    });

    it("break every rule in every resource type that can break it", () => {
        const unbreakable = [
            "azure-native:dbforpostgresql:Server",
            "gcp:sql/databaseInstance:DatabaseInstance",
        ];
        for (const [id, resources] of Object.entries(examples)) {
            const broken = new Set(
                resources
                    .filter(({ breaks }) => breaks.length > 0)
                    .map(({ type }) => normalise(type)),
            );
            const whole = typesOf(ruleOf(id)).filter((type) => !broken.has(type));
            assert.deepEqual(whole, id === "db-encrypted-at-rest" ? unbreakable : [], id);
        }
    });
});

describe("all rules", () => {
    const odd = fc.oneof(
        fc.constantFrom(null, UNKNOWN, `arn:${UNKNOWN}:x`, [], {}, "", "*", -1, NaN, "__proto__"),
        fc.anything({ withNullPrototype: false }),
    );

    it("neither throw nor fail without reason on values of odd shapes", () => {
        for (const [id, resources] of Object.entries(examples)) {
            const rule = ruleOf(id);
            for (const { type, good } of resources) {
                const places = placesOf(good);
                if (places.length === 0) continue;
                fc.assert(
                    fc.property(fc.constantFrom(...places), odd, (place, value) => {
                        for (const verdict of judge(
                            rule,
                            type,
                            change(good, place, value as null),
                        )) {
                            assert.ok(["fail", "unknown"].includes(verdict.state));
                            assert.equal(typeof verdict.path, "string");
                        }
                    }),
                    { numRuns: 15 },
                );
            }
        }
    });

    it("do not throw on resources that are odd altogether", () => {
        fc.assert(
            fc.property(fc.dictionary(fc.string(), odd), (inputs) => {
                for (const rule of rules) {
                    for (const type of Object.keys(rule.checks)) judge(rule, type, inputs);
                }
            }),
            { numRuns: 30 },
        );
    });

    it("never repeat what stands in a resource", () => {
        for (const [id, resources] of Object.entries(examples)) {
            for (const { type, good, breaks } of resources) {
                for (const { set } of breaks) {
                    const planted = { ...change(good, ...set), canary: "canary-7f3a" };
                    const text = JSON.stringify(judge(ruleOf(id), type, planted));
                    assert.ok(!text.includes("canary-7f3a"), id);
                    if (typeof set[1] === "string" && set[1].length > 12) {
                        assert.ok(!text.includes(set[1]), `${id} repeats ${set[1]}`);
                    }
                }
            }
        }
    });
});
