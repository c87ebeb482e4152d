import assert from "node:assert/strict";
import { Secret, unknownCheckingProxy } from "@pulumi/policy";
import fc from "fast-check";
import { Ledger } from "../../policies/runtime/ledger.ts";
import { describe as words } from "../../policies/runtime/message.ts";
import { applyChanges } from "../../policies/runtime/changes.ts";
import { normalise } from "../../policies/runtime/normalise.ts";
import { childPath, Value } from "../../policies/runtime/reader.ts";
import {
    and,
    andThen,
    failIf,
    not,
    or,
    orElse,
    some,
    type Truth,
} from "../../policies/runtime/truth.ts";
import { ruleOf, UNKNOWN } from "./judge.ts";

describe("normalise", () => {
    const tokens: Readonly<Record<string, string>> = {
        "azure-native:containerservice/v20250501:ManagedCluster":
            "azure-native:containerservice:ManagedCluster",
        "azure-native:network/v20230601preview:SecurityRule": "azure-native:network:SecurityRule",
        "azure-native_network_v20240501:network:SecurityRule": "azure-native:network:SecurityRule",
        "azure-native:network:SecurityRule": "azure-native:network:SecurityRule",
        "azure-native:insights/v20210501preview:DiagnosticSetting":
            "azure-native:monitor:DiagnosticSetting",
        "azure-native:documentdb:DatabaseAccount": "azure-native:cosmosdb:DatabaseAccount",
        "aws:s3/bucketV2:BucketV2": "aws:s3/bucket:Bucket",
        "aws:s3/bucketAclV2:BucketAclV2": "aws:s3/bucketAcl:BucketAcl",
        "aws:apigatewayv2/api:Api": "aws:apigatewayv2/api:Api",
        "aws:eks/cluster:Cluster": "aws:eks/cluster:Cluster",
        "kubernetes:core/v1:Pod": "kubernetes:core:Pod",
        "kubernetes:core/v1:PodPatch": "kubernetes:core:Pod",
        "kubernetes:apps/v1beta2:StatefulSet": "kubernetes:apps:StatefulSet",
        "kubernetes:extensions/v1beta1:Deployment": "kubernetes:apps:Deployment",
        "kubernetes:argoproj.io/v1alpha1:Rollout": "kubernetes:argoproj.io:Rollout",
        "kubernetes:example.com/v1:Patch": "kubernetes:example.com:Patch",
        "kubernetes:helm.sh/v3:Release": "kubernetes:helm.sh:Release",
        "pulumi:providers:kubernetes": "pulumi:providers:kubernetes",
        "platform:aws:Cluster": "platform:aws:Cluster",
        "": "",
        "a:b": "a:b",
    };
    for (const [token, expected] of Object.entries(tokens)) {
        it(`makes ${JSON.stringify(expected)} of ${JSON.stringify(token)}`, () => {
            assert.equal(normalise(token), expected);
        });
    }

    it("leaves alone what it has normalised", () => {
        for (const token of Object.values(tokens)) assert.equal(normalise(token), token);
    });
});

describe("Value", () => {
    const read = (inputs: unknown) => new Value(unknownCheckingProxy(inputs));

    it("tells known, absent and unknown apart", () => {
        const value = read({ known: "x", nothing: null, later: UNKNOWN, part: `arn:${UNKNOWN}/x` });
        assert.deepEqual(value.get("known").text(), { state: "known", value: "x" });
        assert.deepEqual(value.get("nothing").text(), { state: "absent" });
        assert.deepEqual(value.get("missing").text(), { state: "absent" });
        assert.deepEqual(value.get("later").text(), { state: "unknown" });
        assert.deepEqual(value.get("part").text(), { state: "unknown" });
    });

    it("takes a value of another kind than expected for unknown", () => {
        const value = read({ text: "x", number: 1, flag: true, list: [], map: {} });
        assert.equal(value.get("text").flag().state, "unknown");
        assert.equal(value.get("text").number().state, "unknown");
        assert.equal(value.get("number").text().state, "unknown");
        assert.equal(value.get("map").list().state, "unknown");
        assert.equal(value.get("list").entries().state, "unknown");
        assert.equal(value.at("text.below.that").state, "unknown");
    });

    it("reads switches and numbers that are written as text", () => {
        const value = read({ on: "true", off: "false", port: "22", empty: " " });
        assert.deepEqual(value.get("on").flag(), { state: "known", value: true });
        assert.deepEqual(value.get("off").flag(), { state: "known", value: false });
        assert.deepEqual(value.get("port").number(), { state: "known", value: 22 });
        assert.equal(value.get("empty").number().state, "unknown");
    });

    it("names places as users write them", () => {
        const list = read({ spec: { "a.b": [{ x: 1 }] } })
            .at("spec")
            .get("a.b")
            .list();
        assert.equal(list.state === "known" && list.value[0]!.get("x").path, 'spec["a.b"][0].x');
    });

    it("reads documents in strings, and says unknown of those that are none", () => {
        const value = read({ good: '{"a":[1]}', bad: "{", later: UNKNOWN, object: { a: 1 } });
        const inside = value.get("good").json().get("a").list();
        assert.equal(inside.state === "known" && inside.value[0]!.path, "good.a[0]");
        assert.equal(value.get("bad").json().get("a").state, "unknown");
        assert.equal(value.get("later").json().get("a").state, "unknown");
        assert.equal(value.get("object").json().get("a").state, "known");
        assert.equal(value.get("missing").json().get("a").state, "absent");
    });

    it("does not mistake an object's prototype for its content", () => {
        assert.equal(read({}).get("constructor").state, "absent");
        assert.equal(read({}).at("__proto__.toString").state, "absent");
    });

    it("reads the holes of a list as elements that are absent", () => {
        const list = new Value(Array(2)).list();
        assert.ok(list.state === "known");
        assert.deepEqual(
            [...list.value].map(({ state, path }) => [state, path]),
            [
                ["absent", "[0]"],
                ["absent", "[1]"],
            ],
        );
    });

    it("never throws, whatever stands there", () => {
        fc.assert(
            fc.property(fc.anything(), fc.string(), (anything, key) => {
                const value = new Value(anything, new Set([key]));
                for (const place of [value, value.get(key), value.json().get(key)]) {
                    for (const reading of [
                        place.text(),
                        place.flag(),
                        place.number(),
                        place.list(),
                        place.oneOrMany(),
                        place.entries(),
                    ]) {
                        assert.ok(["known", "absent", "unknown"].includes(reading.state));
                    }
                }
            }),
        );
    });

    it("finds texts by the name that they go by, and where they are", () => {
        const value = read({
            a: "x",
            env: [{ name: "b", value: "x" }, { value: "x" }],
            "odd key": { list: ["x", "y", UNKNOWN, `x${UNKNOWN}`] },
            number: 1,
            nothing: null,
        });
        const names: string[] = [];
        const found = value.texts((name, text) => {
            names.push(name);
            return text.startsWith("x");
        });
        const paths = ["a", "env[0].value", "env[1].value", '["odd key"].list[0]'];
        assert.deepEqual(
            found.map(({ path }) => path),
            paths,
        );
        assert.deepEqual(names, ["a", "name", "b", "value", "list", "list", "list", "list"]);
        const list = value.get("env").texts((_, text) => text === "b");
        assert.deepEqual(
            list.map(({ path }) => path),
            ["env[0].name"],
        );
        assert.deepEqual(
            value.get("a").texts(() => true),
            [],
        );
    });

    it("goes no deeper than any resource, to find texts", () => {
        const deep = Array.from({ length: 1000 }).reduce<unknown>((inner) => ({ inner }), "x");
        assert.deepEqual(
            read(deep).texts(() => true),
            [],
        );
    });
});

describe("Truth", () => {
    const unknown: Truth = { unknown: "here" };

    it("lets a false decide a conjunction, and a true a disjunction, whatever is unknown", () => {
        assert.equal(and(unknown, false), false);
        assert.equal(or(unknown, true), true);
        assert.deepEqual(and(true, unknown), unknown);
        assert.deepEqual(or(false, unknown), unknown);
        assert.deepEqual(not(unknown), unknown);
        assert.equal(and(), true);
        assert.equal(or(), false);
    });

    it("is asked of a second term only where the first does not settle it", () => {
        const unasked = () => assert.fail("it was asked");
        assert.equal(andThen(false, unasked), false);
        assert.equal(orElse(true, unasked), true);
        assert.equal(
            andThen(unknown, () => false),
            false,
        );
        assert.deepEqual(
            andThen(unknown, () => true),
            unknown,
        );
        assert.equal(
            orElse(unknown, () => true),
            true,
        );
        assert.deepEqual(
            orElse(unknown, () => false),
            unknown,
        );
    });

    it("finds a bad element among unknown ones", () => {
        const list = new Value({ list: [UNKNOWN, "bad"] }).get("list");
        const isBad = (value: Value): Truth => {
            const text = value.text();
            return text.state === "known" ? text.value === "bad" : { unknown: value.path };
        };
        assert.equal(some(list, isBad), true);
        assert.deepEqual(some(new Value({ list: [UNKNOWN, "good"] }).get("list"), isBad), {
            unknown: "list[0]",
        });
    });

    it("makes a verdict of what is bad or unknown only", () => {
        const value = new Value({ a: 1 }).get("a");
        assert.deepEqual(failIf(false, value, "is bad"), []);
        assert.deepEqual(failIf(true, value, "is bad"), [
            { state: "fail", path: "a", message: "is bad" },
        ]);
        assert.deepEqual(failIf(unknown, value, "is bad"), [{ state: "unknown", path: "here" }]);
    });
});

describe("Ledger", () => {
    const urn = "urn:pulumi:dev::platform::a:b:C::d";

    it("knows of each input whether it is secret, at every depth", () => {
        const ledger = new Ledger();
        const marked = {
            plain: "x",
            list: [{ key: new Secret("s") }],
            map: new Secret({ in: "s" }),
        };
        ledger.recordSecrets(urn, marked);
        const value = ledger.read(urn, { plain: "x", list: [{ key: "s" }], map: { in: "s" } });
        const first = value.get("list").list();
        assert.equal(value.get("plain").secrecy, "plain");
        assert.equal(first.state === "known" && first.value[0]!.get("key").secrecy, "secret");
        assert.equal(value.at("map.in").secrecy, "secret");
        assert.equal(ledger.read("another", {}).get("plain").secrecy, "unrecorded");
    });

    it("gives the inputs only where there are no outputs", () => {
        const ledger = new Ledger();
        ledger.recordInputs(urn, { from: "inputs" });
        const from = (outputs: object) => ledger.readStack(urn, outputs).get("from").text();
        assert.deepEqual(from({}), { state: "known", value: "inputs" });
        assert.deepEqual(from({ from: "outputs" }), { state: "known", value: "outputs" });
        assert.equal(ledger.readStack("another", {}).get("from").state, "absent");
    });

    it("tells what the program gave from what the cloud made of it", () => {
        const ledger = new Ledger();
        ledger.recordInputs(urn, {});
        const outputs = { versioning: UNKNOWN };
        assert.equal(ledger.readStack(urn, outputs).get("versioning").state, "unknown");
        assert.equal(ledger.readGiven(urn, outputs).get("versioning").state, "absent");
        assert.equal(ledger.readGiven("another", outputs).get("versioning").state, "unknown");
    });
});

describe("the changes of a repair", () => {
    it("are made where they belong, with the objects on the way", () => {
        const changes = [
            { path: 'a["b.c"][0].d', value: 1 },
            { path: "e.f", value: true },
        ];
        const props = applyChanges({ a: { "b.c": [{}] }, e: null }, changes);
        assert.deepEqual(props, { a: { "b.c": [{ d: 1 }] }, e: { f: true } });
    });

    it("stay in the properties, whatever the keys are called", () => {
        const props = applyChanges({}, [
            { path: "__proto__.polluted", value: true },
            { path: "constructor.polluted", value: true },
        ]);
        assert.equal(Object.getPrototypeOf(props), Object.prototype);
        for (const foreign of [Object.prototype, Object]) {
            assert.ok(!Object.hasOwn(foreign, "polluted"));
        }
        const own = JSON.stringify({ constructor: { polluted: true } });
        assert.equal(JSON.stringify(props), own.replace("{", `{"__proto__":{"polluted":true},`));
    });
});

describe("the words of a finding", () => {
    const rule = ruleOf("k8s-no-privileged");
    const pod = {
        type: "kubernetes:core:Pod",
        inputs: new Value({ note: "canary-1" }, new Set(["note"])),
    };

    it("hold no secret, even if a rule were to quote one", () => {
        const finding = { state: "fail", path: "a", message: "is canary-1" } as const;
        const text = words(rule, finding, pod);
        assert.equal(text.split("\n")[0], "a: is [secret].");
    });

    it("say what to do on the resource's own cloud", () => {
        const finding = { state: "fail", path: "a", message: "is bad" } as const;
        const said = (type: string) =>
            words(ruleOf("kms-rotation"), finding, { ...pod, type }).split("\n")[2];
        assert.equal(said("aws:kms/key:Key"), "Set enableKeyRotation to true.");
        assert.equal(
            said("gcp:kms/cryptoKey:CryptoKey"),
            "Set rotationPeriod to 7776000s or less.",
        );
    });

    it("begin with a capital where the whole resource is meant", () => {
        const finding = { state: "fail", path: "", message: "is bad" } as const;
        assert.equal(words(rule, finding, pod).split("\n")[0], "Is bad.");
    });
});

describe("childPath", () => {
    it("quotes what is no name", () => {
        assert.equal(childPath("", "a"), "a");
        assert.equal(childPath("a", "b-c"), "a.b-c");
        assert.equal(childPath("a", 0), "a[0]");
        assert.equal(childPath("a", 'b"c'), 'a["b\\"c"]');
    });
});
