import assert from "node:assert/strict";
import { pci } from "../../policies/frameworks/pci/index.ts";
import { rules } from "../../policies/rules/index.ts";
import { Settings } from "../../policies/runtime/settings.ts";
import { UserError } from "../../tools/lib/user-error.ts";
import { stackConfig } from "../../tools/offline/stack.ts";
import type { RecordedResource } from "../../tools/offline/recorded.ts";
import { run } from "../../tools/offline/mocks.ts";
import platform from "../../index.ts";
import { evidenceOf } from "../../tools/evidence/evidence.ts";
import { judgeState, readState } from "../../tools/evidence/state.ts";
import { evidence, exportOf, frameworkOf, HIDDEN, ruleFor, thing, TODAY } from "./support.ts";

const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = { [SIGNATURE]: "1b47061264138c4ac30d75fd1eb44270" };
const ASSET = { [SIGNATURE]: "c44067f5952c0a294b673a41bacd8c17", text: HIDDEN };

const STACK = "urn:pulumi:small::tiny::pulumi:pulumi:Stack::tiny-small";
const PROVIDER = "urn:pulumi:small::tiny::pulumi:providers:aws::default_7_0_0";

/** A state with everything that a state may hold. */
const FULL = exportOf(
    { urn: STACK, type: "pulumi:pulumi:Stack", custom: false },
    { urn: PROVIDER, type: "pulumi:providers:aws", custom: true, id: "1-2", parent: STACK },
    {
        ...thing("box", {
            __defaults: ["open"],
            nested: { __defaults: [], open: true, list: [{ password: { ...SECRET } }] },
            encrypted: { ...SECRET, ciphertext: HIDDEN },
            shown: { ...SECRET, plaintext: JSON.stringify(HIDDEN) },
            "tls.key": { ...SECRET, plaintext: HIDDEN },
            code: ASSET,
        }),
        outputs: { id: "box-1", token: { ...SECRET, ciphertext: HIDDEN } },
        id: "box-1",
        parent: STACK,
        provider: `${PROVIDER}::1-2`,
        protect: true,
        dependencies: [PROVIDER],
        propertyDependencies: { open: [PROVIDER], none: null },
    },
    { ...thing("old"), delete: true },
    { ...thing("read"), external: true },
    { ...thing("gone"), pendingReplacement: true },
);

describe("the export of a state", () => {
    const read = readState(FULL, "state.json");
    const [provider, box] = read;

    it("lists what stands and is managed, without the stack itself", () => {
        assert.deepEqual(
            read.map(({ name, parent }) => [name, parent]),
            [
                ["default_7_0_0", ""],
                ["box", ""],
            ],
        );
        assert.equal(provider?.options.provider, "");
    });

    it("tells how a resource was registered", () => {
        assert.equal(box?.id, "box-1");
        assert.equal(box.options.provider, PROVIDER);
        assert.equal(box.options.protect, true);
        assert.deepEqual(box.options.dependencies, [PROVIDER]);
        assert.deepEqual(box.options.propertyDependencies, { open: [PROVIDER], none: [] });
    });

    it("takes secrets and assets for unknown, whether encrypted or not", () => {
        const unknown = "\u0000unknown";
        assert.deepEqual(box?.inputs, {
            nested: { open: true, list: [{ password: unknown }] },
            encrypted: unknown,
            shown: unknown,
            "tls.key": unknown,
            code: unknown,
        });
        assert.deepEqual(box.secrets, [
            "nested.list[0].password",
            "encrypted",
            "shown",
            '["tls.key"]',
            "token",
        ]);
        assert.doesNotMatch(JSON.stringify(read), new RegExp(HIDDEN));
    });

    it("makes a secret unknown to rules, and tells no secret", () => {
        const around = { rules: [ruleFor("shown", ["1"])], framework: frameworkOf("1") };
        const secret = { shown: { ...SECRET, plaintext: HIDDEN }, [HIDDEN]: true };
        const found = evidence([thing("box", secret)], around);
        assert.equal(found.controls[0]?.state, "unknown");
        assert.deepEqual(
            found.rules[0]?.findings.map(({ path, message }) => [path, message]),
            [["shown", "cannot be told from the state"]],
        );
        assert.doesNotMatch(JSON.stringify(found), new RegExp(HIDDEN));
    });

    it("names the project and the stack", () => {
        const settings = new Settings([]);
        const around = { rules: [], settings, waivers: [], today: TODAY };
        assert.deepEqual(
            [judgeState(read, around), judgeState([], around)].map(({ project, stack }) => [
                project,
                stack,
            ]),
            [
                ["tiny", "small"],
                ["", ""],
            ],
        );
    });

    it("may hold nothing", () => {
        assert.deepEqual(readState('{"version":3,"deployment":{"manifest":{}}}', "x"), []);
    });

    for (const [title, text] of Object.entries({
        "no JSON": "urn:",
        "a list": "[]",
        "another file": '{"format":1}',
        "no resources": '{"deployment":{"resources":[{}]}}',
    })) {
        it(`is refused if it is ${title}`, () => {
            assert.throws(
                () => readState(text, "state.json"),
                (error) =>
                    error instanceof UserError &&
                    error.exitCode === 2 &&
                    error.message ===
                        "state.json is no state of a stack. Write one by: pulumi stack export --file state.json",
            );
        });
    }
});

/** What the engine would export of a recorded resource. */
function exported(resource: RecordedResource): object {
    const { urn, type, custom, id, parent, inputs, outputs, options } = resource;
    const { protect, provider, dependencies, propertyDependencies } = options;
    return {
        ...{ urn, type, custom, id, parent, inputs, outputs },
        ...{ protect, dependencies, propertyDependencies },
        ...(provider !== "" && { provider: `${provider}::some-id` }),
    };
}

describe("the state of a stack of this project", () => {
    it("is judged as the recorded run is", async function () {
        this.timeout(120_000);
        const config = await stackConfig("dev");
        const { resources } = await run(platform, {
            ...{ preview: false, project: "platform", stack: "dev", config },
        });
        // Without secrets, which a state has as ciphertext and a run in plain.
        const open = resources.filter(({ secrets }) => secrets.length === 0);
        const around = { rules, settings: new Settings(rules), waivers: [], today: TODAY };
        const direct = judgeState(open, around);
        const read = judgeState(readState(exportOf(...open.map(exported)), "x"), around);
        assert.deepEqual(read.findings, direct.findings);
        assert.deepEqual(evidenceOf(read, pci), evidenceOf(direct, pci));
        assert.ok(evidenceOf(read, pci).summary.together.controls.pass > 5);
    });
});
