import assert from "node:assert/strict";
import fc from "fast-check";
import { broken, change, placesOf, type Example } from "../../policies/examples/example.ts";
import { examples, stackExamples } from "../../policies/examples/index.ts";
import { rules } from "../../policies/rules/index.ts";
import type { Rule } from "../../policies/rules/rule.ts";
import { applyChanges } from "../../policies/runtime/changes.ts";
import { normalise } from "../../policies/runtime/normalise.ts";
import { changesOf, findings, judge, judgeStack, ruleOf, stackFindings, UNKNOWN } from "./judge.ts";

/** What an example is broken into. */
function breakUp(example: Example, number: number) {
    const { set, at, title, ...given } = example.breaks[number]!;
    const inputs = set === undefined ? example.good : change(example.good, ...set);
    return { inputs, at, title, given: { ...given, options: given.options ?? example.options } };
}

for (const [id, resources] of Object.entries(examples)) {
    describe(`the rule ${id}`, () => {
        const rule = ruleOf(id);
        for (const example of resources) {
            const { type, good, undecided } = example;
            describe(`on ${type} with ${JSON.stringify(good).slice(0, 80)}`, () => {
                it("passes what is good", () => {
                    assert.deepEqual(judge(rule, type, good, example), []);
                });
                for (const number of example.breaks.keys()) {
                    const { inputs, at, title, given } = breakUp(example, number);
                    it(`rejects it if ${title}`, () => {
                        const verdicts = judge(rule, type, inputs, { ...example, ...given });
                        assert.deepEqual(findings(verdicts), at);
                        assert.equal(verdicts.length, at.length);
                    });
                }
                it("says unknown, and never fails, for whatever is unknown", () => {
                    for (const place of placesOf(good)) {
                        const verdicts = judge(rule, type, change(good, place, UNKNOWN), example);
                        assert.deepEqual(findings(verdicts), [], place);
                    }
                    if (undecided === undefined) return;
                    const states = judge(rule, type, change(good, undecided, UNKNOWN), example);
                    assert.deepEqual([...new Set(states.map(({ state }) => state))], ["unknown"]);
                });
            });
        }
    });
}

for (const [id, stacks] of Object.entries(stackExamples)) {
    describe(`the rule ${id} over a stack`, () => {
        const rule = ruleOf(id);
        for (const example of stacks) {
            const { title, good, breaks, undecided } = example;
            describe(`with ${title}`, () => {
                it("passes what is good", () => {
                    assert.deepEqual(judgeStack(rule, good, example), []);
                });
                for (const one of breaks) {
                    it(`rejects it if ${one.title}`, () => {
                        const verdicts = judgeStack(rule, broken(good, one), {
                            ...example,
                            ...one,
                        });
                        assert.deepEqual(stackFindings(verdicts), one.at);
                        assert.equal(verdicts.length, one.at.length);
                    });
                }
                it("says unknown, and never fails, for whatever is unknown", () => {
                    for (const { name, inputs } of good) {
                        for (const place of placesOf(inputs)) {
                            const resources = good.map((resource) =>
                                resource.name === name
                                    ? { ...resource, inputs: change(inputs, place, UNKNOWN) }
                                    : resource,
                            );
                            const verdicts = judgeStack(rule, resources, example);
                            assert.deepEqual(stackFindings(verdicts), [], `${name} ${place}`);
                        }
                    }
                    if (undecided === undefined) return;
                    const set = [...undecided, UNKNOWN] as const;
                    const states = judgeStack(rule, broken(good, { set }), example);
                    assert.deepEqual([...new Set(states.map(({ state }) => state))], ["unknown"]);
                });
            });
        }
    });
}

describe("the database rules on copies", () => {
    const copies = [
        ["aws:rds/instance:Instance", "replicateSourceDb"],
        ["aws:rds/instance:Instance", "snapshotIdentifier"],
        ["aws:rds/cluster:Cluster", "snapshotIdentifier"],
        ["aws:rds/cluster:Cluster", "globalClusterIdentifier"],
    ] as const;
    for (const [type, input] of copies) {
        it(`say unknown of the encryption of ${type} with ${input}, if its source is not in the stack`, () => {
            const copy = { name: "copy", type, inputs: { [input]: "source" } };
            const states = judgeStack(ruleOf("db-encrypted-at-rest"), [copy]);
            assert.deepEqual(
                states.map(({ state, path }) => [state, path]),
                [["unknown", input]],
            );
        });
    }

    it("say unknown of the address of a clone, whose source they cannot see", () => {
        const type = "gcp:sql/databaseInstance:DatabaseInstance";
        const states = judge(ruleOf("db-no-public-access"), type, { clone: "source" });
        assert.deepEqual(
            states.map(({ state }) => state),
            ["unknown"],
        );
    });
});

describe("the rule gcp-gke-private-nodes", () => {
    it("says unknown of a pool whose cluster shares its name with another", () => {
        const type = "gcp:container/cluster:Cluster";
        const isPrivate = { privateClusterConfig: { enablePrivateNodes: true } };
        const verdicts = judgeStack(ruleOf("gcp-gke-private-nodes"), [
            { name: "here", type, inputs: { name: "main", location: "europe-west3" } },
            { name: "there", type, inputs: { name: "main", location: "us-east4", ...isPrivate } },
            {
                name: "pool",
                type: "gcp:container/nodePool:NodePool",
                inputs: { cluster: "main", location: "us-east4" },
            },
        ]);
        assert.deepEqual(
            verdicts.map(({ state }) => state),
            ["unknown"],
        );
    });
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

    it("cover every rule over the stack, break it, and leave it undecided once", () => {
        for (const { id } of rules.filter(({ stack }) => stack !== undefined)) {
            const given = stackExamples[id] ?? [];
            assert.ok(
                given.some(({ breaks }) => breaks.length > 0),
                `${id} has no example that breaks it`,
            );
            assert.ok(
                given.some(({ undecided }) => undecided !== undefined),
                `${id} has no example that leaves it undecided`,
            );
        }
    });

    it("break every rule in every resource type that can break it", () => {
        for (const rule of rules) {
            const unbreakable = rule.alwaysKept ?? [];
            const broken = new Set(
                (examples[rule.id] ?? [])
                    .filter(({ breaks }) => breaks.length > 0)
                    .map(({ type }) => normalise(type)),
            );
            if (rule.id === "secret-not-plaintext") continue;
            const whole = typesOf(rule).filter((type) => !broken.has(type));
            assert.deepEqual(whole, unbreakable, rule.id);
        }
    });
});

describe("the repairs of the rules", () => {
    for (const rule of rules.filter(({ fixes }) => fixes !== undefined)) {
        it(`of ${rule.id} leave nothing to find that they claim to mend, and leave alone what is good`, () => {
            let mended = 0;
            for (const example of examples[rule.id] ?? []) {
                const fix = rule.fixes?.[normalise(example.type)];
                if (fix === undefined) continue;
                assert.deepEqual(changesOf(rule, example.type, example.good, example), []);
                for (const number of example.breaks.keys()) {
                    const { inputs, title, given } = breakUp(example, number);
                    const circumstances = { ...example, ...given };
                    const changes = changesOf(rule, example.type, inputs, circumstances);
                    if (changes.length === 0) continue;
                    const after = applyChanges(structuredClone(inputs), changes);
                    const left = findings(judge(rule, example.type, after, circumstances));
                    assert.deepEqual(left, [], title);
                    mended += 1;
                }
            }
            assert.ok(mended > 0, "no example is mended");
        });
    }

    it("say that Neptune's instances are replaced to become private, and RDS's are not", () => {
        const { fixes } = ruleOf("db-no-public-access");
        assert.equal(fixes?.["aws:neptune/clusterInstance:ClusterInstance"]?.replaces, true);
        assert.equal(fixes?.["aws:rds/instance:Instance"]?.replaces, false);
    });
});

describe("all rules", () => {
    const odd = fc.oneof(
        fc.constantFrom(null, UNKNOWN, `arn:${UNKNOWN}:x`, [], {}, "", "*", -1, NaN, "__proto__"),
        fc.constantFrom(new Array(5000).fill({}), "x".repeat(100_000)),
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

    it("do not throw on stacks with odd values in them", () => {
        for (const [id, stacks] of Object.entries(stackExamples)) {
            const rule = ruleOf(id);
            for (const { good } of stacks) {
                fc.assert(
                    fc.property(fc.constantFrom(...good), odd, fc.nat(), (one, value, pick) => {
                        const places = placesOf(one.inputs);
                        if (places.length === 0) return;
                        const place = places[pick % places.length]!;
                        const set = [one.name, place, value as null] as const;
                        for (const verdict of judgeStack(rule, broken(good, { set }))) {
                            assert.ok(["fail", "unknown"].includes(verdict.state));
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
                    for (const type of Object.keys(rule.fixes ?? {})) {
                        changesOf(rule, type, inputs, {});
                    }
                }
            }),
            { numRuns: 30 },
        );
    });

    it("never repeat what stands in a resource", () => {
        for (const [id, resources] of Object.entries(examples)) {
            for (const example of resources) {
                for (const number of example.breaks.keys()) {
                    const { inputs, given } = breakUp(example, number);
                    const planted = { ...inputs, canary: "canary-7f3a" };
                    const text = JSON.stringify(
                        judge(ruleOf(id), example.type, planted, { ...example, ...given }),
                    );
                    assert.ok(!text.includes("canary-7f3a"), id);
                    const value = example.breaks[number]?.set?.[1];
                    if (typeof value === "string" && value.length > 12) {
                        assert.ok(!text.includes(value), `${id} repeats ${value}`);
                    }
                }
            }
        }
    });
});
