import assert from "node:assert/strict";
import { unknownCheckingProxy } from "@pulumi/policy";
import fc from "fast-check";
import { change, type Inputs, type Json } from "../../policies/examples/example.ts";
import { inKind, POD_KINDS } from "../../policies/examples/pods.ts";
import { podSecurityRules } from "../../policies/rules/pod-security.ts";
import { Judge } from "../../policies/runtime/judge.ts";
import { Value } from "../../policies/runtime/reader.ts";
import { Settings } from "../../policies/runtime/settings.ts";
import type { Verdict } from "../../policies/runtime/truth.ts";
import { resourceOf, TODAY } from "./judge.ts";
import type { Control, PlainPod, StandardLevel } from "./pod-security/control.ts";
import { brokenControls, CONTAINER_LISTS, CONTROLS } from "./pod-security/standard.ts";

const LEVELS: readonly StandardLevel[] = ["Baseline", "Restricted"];

const NINE_KINDS = [
    ...["Pod", "PodTemplate", "ReplicationController"].map((kind) => `kubernetes:core/v1:${kind}`),
    ...["Deployment", "ReplicaSet", "StatefulSet", "DaemonSet"].map(
        (kind) => `kubernetes:apps/v1:${kind}`,
    ),
    ...["Job", "CronJob"].map((kind) => `kubernetes:batch/v1:${kind}`),
];

/** A resource of this kind that makes the pod. */
function resource(type: string, pod: PlainPod): Inputs {
    const kind = type.replace(/(?:List|Patch)$/, "");
    const one = inKind({ ...pod }, POD_KINDS[kind]!);
    return type.endsWith("List") ? { items: [{}, one] } : one;
}

/** The rules that stand for a level, which includes those below it. */
const JUDGES = new Map(
    LEVELS.map((level, above) => {
        const levels = LEVELS.slice(0, above + 1);
        const rules = podSecurityRules.filter(({ requirements }) =>
            levels.some((it) => requirements.PSS?.includes(it)),
        );
        return [level, new Judge(rules, { settings: new Settings(rules, {}), today: TODAY })];
    }),
);

/** What the rules that stand for a level say about a pod. */
function verdicts(type: string, pod: PlainPod, level: StandardLevel): readonly Verdict[] {
    const inputs = new Value(unknownCheckingProxy(resource(type, pod)), new Set());
    const found = JUDGES.get(level)?.resource(resourceOf(type, "resource", inputs)) ?? [];
    return found.map(({ verdict }) => verdict);
}

/** Fails unless rules and standard say the same of a pod in which nothing is unknown. */
function agree(type: string, pod: PlainPod): void {
    for (const level of LEVELS) {
        const found = verdicts(type, pod, level);
        const broken = brokenControls(pod, level);
        const story = () =>
            `${level} of ${type}\n${JSON.stringify({ pod, found, broken }, null, 1)}`;
        assert.ok(!found.some(({ state }) => state === "unknown"), story());
        assert.equal(found.length > 0, broken.length > 0, story());
    }
}

const hardened = (name: string): Inputs => ({
    name,
    image: "registry.k8s.io/pause:3.10",
    securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } },
});

const twoEach = (container: (name: string) => Inputs): Inputs =>
    Object.fromEntries(CONTAINER_LISTS.map((list) => [list, [container("one"), container("two")]]));

/** Pods that keep the Restricted level, one for each way to be exempt from a part of it. */
const GOOD: Readonly<Record<string, PlainPod>> = {
    "a pod": {
        spec: {
            securityContext: { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } },
            ...twoEach(hardened),
        },
    },
    "a pod whose containers say all themselves": {
        spec: twoEach((name) =>
            change(
                change(hardened(name), "securityContext.runAsNonRoot", true),
                "securityContext.seccompProfile",
                { type: "Localhost", localhostProfile: "web.json" },
            ),
        ),
    },
    "a pod for Windows": {
        spec: {
            os: { name: "windows" },
            securityContext: { runAsNonRoot: true },
            ...twoEach((name) => ({ name, image: "registry.k8s.io/pause:3.10" })),
        },
    },
    "a pod with users of its own": {
        spec: {
            hostUsers: false,
            securityContext: { seccompProfile: { type: "RuntimeDefault" } },
            ...twoEach(hardened),
        },
    },
};

/** The paths in a pod that a control's place stands for. */
function pathsOf(place: string): readonly string[] {
    if (!place.startsWith("*.")) return [place];
    return CONTAINER_LISTS.map((list) => `spec.${list}[1].${place.slice(2)}`);
}

const put = (pod: PlainPod, path: string, value: Json | undefined) =>
    change({ ...pod }, path, value) as unknown as PlainPod;

describe("the rules for the Pod Security Standards", () => {
    it("are these, each for one level", () => {
        const standing = podSecurityRules.filter(({ requirements }) => requirements.PSS);
        assert.deepEqual(standing.map(({ id }) => id).sort(), [
            "k8s-baseline-rest",
            "k8s-drop-all-capabilities",
            "k8s-no-host-namespaces",
            "k8s-no-host-ports",
            "k8s-no-privilege-escalation",
            "k8s-no-privileged",
            "k8s-proc-mount-default",
            "k8s-restricted-volumes",
            "k8s-run-as-non-root",
            "k8s-run-as-user-not-0",
            "k8s-seccomp-runtime-default",
        ]);
        for (const { requirements, id } of standing) {
            assert.equal(requirements.PSS!.length, 1, `${id} stands for one level`);
        }
    });

    for (const [title, pod] of Object.entries(GOOD)) {
        it(`pass ${title} that keeps the Restricted level, in every kind, list and patch`, () => {
            for (const level of LEVELS) assert.deepEqual(brokenControls(pod, level), []);
            for (const type of NINE_KINDS.flatMap((it) => [it, `${it}List`, `${it}Patch`])) {
                assert.deepEqual(verdicts(type, pod, "Restricted"), [], type);
            }
        });
    }

    for (const control of CONTROLS) {
        const line = `${control.name} of the ${control.level} level`;
        it(`agree with the standard on ${line}, value by value, in all nine kinds`, () => {
            const [pod] = Object.values(GOOD);
            tryEach(control, pod!, NINE_KINDS);
        });

        it(`agree with the standard on ${line} in pods of other shapes`, () => {
            for (const pod of Object.values(GOOD).slice(1)) {
                tryEach(control, pod, ["kubernetes:apps/v1:Deployment"]);
            }
        });
    }

    it("agree with the standard on pods that break several lines of it at once", () => {
        const place = fc
            .constantFrom(...CONTROLS)
            .chain((control) =>
                fc.tuple(
                    fc.constantFrom(...control.places.flatMap(pathsOf)),
                    fc.constantFrom(...control.allowed, ...control.allowed, ...control.forbidden),
                ),
            );
        const toggle = fc.constantFrom<readonly [string, Json | undefined]>(
            ["spec.hostUsers", false],
            ["spec.hostUsers", true],
            ["spec.os", { name: "windows" }],
            ["spec.os", { name: "linux" }],
            ["spec.securityContext", undefined],
            ["spec.securityContext.runAsNonRoot", undefined],
            ["spec.initContainers", undefined],
            ["spec.ephemeralContainers", []],
            ["spec.containers[1].securityContext", null],
        );
        fc.assert(
            fc.property(
                fc.constantFrom(...Object.values(GOOD)),
                fc.array(place, { maxLength: 4 }),
                fc.array(toggle, { maxLength: 2 }),
                fc.constantFrom(...NINE_KINDS, "kubernetes:argoproj.io/v1alpha1:Rollout"),
                (good, places, toggles, type) => {
                    const pod = [...places, ...toggles].reduce(
                        (it, [path, value]) => put(it, path, value),
                        good,
                    );
                    agree(type, pod);
                    agree(`${type}List`, pod);
                    findsNoMore(`${type}Patch`, pod);
                },
            ),
            { numRuns: 300 },
        );
    });

    it("leave open what a patch leaves to others", () => {
        const pod: PlainPod = { spec: { containers: [{ name: "one" }] } };
        for (const type of NINE_KINDS) {
            const states = new Set(
                verdicts(`${type}Patch`, pod, "Restricted").map(({ state }) => state),
            );
            assert.deepEqual([...states], ["unknown"], type);
        }
    });
});

/** Puts each value at each place of a good pod, and compares the verdicts. */
function tryEach(control: Control, good: PlainPod, types: readonly string[]): void {
    for (const path of control.places.flatMap(pathsOf)) {
        for (const value of [...control.allowed, ...control.forbidden]) {
            const pod = put(good, path, value);
            const isForbidden = control.forbidden.includes(value) && value !== undefined;
            const broken = brokenControls(pod, control.level).includes(control.name);
            if (!control.exempt?.(pod) && value !== undefined) {
                assert.equal(broken, isForbidden, `${path} ${JSON.stringify(value)}`);
            }
            for (const type of types) agree(type, pod);
        }
    }
}

/** A patch fails only where the whole object would, and says unknown of the rest. */
function findsNoMore(type: string, pod: PlainPod): void {
    const failed = (token: string) =>
        verdicts(token, pod, "Restricted")
            .filter(({ state }) => state === "fail")
            .map(({ path }) => path);
    const whole = new Set(failed(type.replace(/Patch$/, "")));
    for (const path of failed(type)) assert.ok(whole.has(path), `${path} of ${type}`);
}
