import assert from "node:assert/strict";
import { placesOf, type Json } from "../../policies/examples/example.ts";
import { examples, stackExamples } from "../../policies/examples/index.ts";
import { stepsOf } from "../../policies/runtime/changes.ts";
import { SdkInputs } from "./sdk-inputs.ts";

/** An input by which an example breaks a rule, and so one that the rule reads. */
interface Read {
    readonly rule: string;
    readonly token: string;
    readonly path: string;
}

type Changed = readonly [path: string, value: Json | undefined];

/** The path of a changed input, and of everything in its new value. */
function* pathsOf([path, value]: Changed): Generator<string> {
    yield path;
    if (typeof value !== "object" || value === null) return;
    for (const below of placesOf(value)) {
        yield below.startsWith("[") ? `${path}${below}` : `${path}.${below}`;
    }
}

function* readAlone(): Generator<Read> {
    for (const [rule, list] of Object.entries(examples)) {
        for (const { type: token, breaks } of list) {
            for (const { set } of breaks) {
                for (const path of set ? pathsOf(set) : []) yield { rule, token, path };
            }
        }
    }
}

function* readTogether(): Generator<Read> {
    for (const [rule, list] of Object.entries(stackExamples)) {
        for (const { good, breaks } of list) {
            for (const { set } of breaks) {
                const token = good.find(({ name }) => name === set?.[0])?.type;
                if (set === undefined || token === undefined) continue;
                for (const path of pathsOf([set[1], set[2]])) yield { rule, token, path };
            }
        }
    }
}

/** What the SDKs do not have yet: the API has it in preview only. */
const AHEAD: readonly string[] = [
    "az-aks-kms-etcd azure-native:containerservice/v20250501:ManagedCluster " +
        "securityProfile.kubernetesResourceObjectEncryptionProfile.infrastructureEncryption",
];

describe("the inputs that rules read", function () {
    // The typings of three SDKs are larger than all else that tests read.
    this.timeout(60_000);

    it("are there in the providers' SDKs, so that no rule waits for what nobody can set", () => {
        const reads = [...readAlone(), ...readTogether()];
        const sdk = new SdkInputs(new Set(reads.map(({ token }) => token)));
        assert.ok(sdk.size > 100, `${sdk.size}`);
        const lost = reads
            .filter(({ token, path }) => !sdk.takes(token, stepsOf(path)))
            .map(({ rule, token, path }) => `${rule} ${token} ${path}`);
        assert.deepEqual([...new Set(lost)].sort(), AHEAD);
    });
});
