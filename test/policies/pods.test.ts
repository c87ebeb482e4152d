import assert from "node:assert/strict";
import fc from "fast-check";
import { examples } from "../../policies/examples/index.ts";
import { POD_KINDS } from "../../policies/examples/pods.ts";
import { podSecurityRules } from "../../policies/rules/pod-security.ts";
import { parseImage } from "../../policies/rules/pod-security/image-name.ts";
import { imageApprovedRegistry } from "../../policies/rules/pod-security/registries.ts";
import { normalise } from "../../policies/runtime/normalise.ts";
import { Value } from "../../policies/runtime/reader.ts";
import { changesOf, contextOf, findings, judge, ruleOf, UNKNOWN } from "./judge.ts";

describe("the repairs of pods", () => {
    const bare = { spec: { containers: [{ name: "one" }], initContainers: [{ name: "two" }] } };

    it("name the place in every container", () => {
        const fix = ruleOf("k8s-no-privilege-escalation");
        assert.deepEqual(changesOf(fix, "kubernetes:core/v1:Pod", bare, {}), [
            {
                path: "spec.containers[0].securityContext.allowPrivilegeEscalation",
                value: false,
            },
            {
                path: "spec.initContainers[0].securityContext.allowPrivilegeEscalation",
                value: false,
            },
        ]);
    });

    it("leave a container alone that the API server would then refuse", () => {
        const rule = ruleOf("k8s-no-privilege-escalation");
        for (const securityContext of [
            { privileged: true },
            { capabilities: { add: ["SYS_ADMIN"] } },
        ]) {
            const pod = { spec: { containers: [{ name: "one", securityContext }] } };
            assert.deepEqual(changesOf(rule, "kubernetes:core/v1:Pod", pod, {}), []);
        }
    });

    it("replace bare pods and Jobs, whose pods cannot be changed, and nothing else", () => {
        const kinds = new Set(Object.keys(POD_KINDS).map((kind) => normalise(kind)));
        for (const { id, fixes = {} } of podSecurityRules) {
            const replaced = Object.keys(fixes).filter((type) => fixes[type]!.replaces);
            if (Object.keys(fixes).length === 0) continue;
            assert.deepEqual(new Set(Object.keys(fixes)), kinds, id);
            assert.deepEqual(replaced, ["kubernetes:core:Pod", "kubernetes:batch:Job"], id);
        }
    });
});

describe("the walk over pods", () => {
    it("gives each rule the same verdicts, whether another has read the resource before or not", () => {
        const { good } = examples["k8s-baseline-rest"]![0]!;
        const type = "kubernetes:apps/v1:Deployment";
        const shared = {
            type: normalise(type),
            token: type,
            urn: "urn:pulumi:prod::platform::x::y",
            name: "y",
            inputs: new Value(good, new Set()),
            protect: true,
            provider: undefined,
            providerUrn: undefined,
        };
        for (const rule of [...podSecurityRules, ...podSecurityRules]) {
            const verdicts = rule.checks[shared.type]!(shared, contextOf(rule));
            assert.deepEqual(verdicts, judge(rule, type, good), rule.id);
        }
    });
});

describe("what is not known of pods yet", () => {
    const places = [
        ["kubernetes:core/v1:Pod", { spec: UNKNOWN }, "spec"],
        ...["containers", "initContainers", "ephemeralContainers"].map(
            (list) =>
                ["kubernetes:core/v1:Pod", { spec: { [list]: UNKNOWN } }, `spec.${list}`] as const,
        ),
        ["kubernetes:core/v1:PodList", { items: UNKNOWN }, "items"],
        ["kubernetes:batch/v1:Job", { spec: UNKNOWN }, "spec.template.spec"],
    ] as const;
    for (const [type, inputs, path] of places) {
        it(`is told once, at the place itself: ${path} of ${type}`, () => {
            const verdicts = judge(ruleOf("k8s-no-privileged"), type, inputs);
            assert.deepEqual(verdicts, [{ state: "unknown", path }]);
        });
    }

    it("counts annotations in, by which a pod may take its AppArmor profile away", () => {
        const pod = { metadata: { annotations: UNKNOWN }, spec: { containers: [] } };
        assert.deepEqual(judge(ruleOf("k8s-baseline-rest"), "kubernetes:core/v1:Pod", pod), [
            { state: "unknown", path: "metadata.annotations" },
        ]);
    });
});

describe("the names of images", () => {
    const HUB = "docker.io";
    const names: Readonly<Record<string, readonly (string | undefined)[]>> = {
        nginx: [HUB, "library/nginx", undefined, undefined],
        "nginx:1.29": [HUB, "library/nginx", "1.29", undefined],
        "myorg/app:1": [HUB, "myorg/app", "1", undefined],
        "index.docker.io/nginx": [HUB, "library/nginx", undefined, undefined],
        "localhost/app": ["localhost", "app", undefined, undefined],
        "registry:5000/app": ["registry:5000", "app", undefined, undefined],
        "Registry.Example.com/team/app:1@sha256:ab": [
            "registry.example.com",
            "team/app",
            "1",
            "sha256:ab",
        ],
        "example.com/app:": ["example.com", "app", undefined, undefined],
        "example.com": [HUB, "library/example.com", undefined, undefined],
        "": [HUB, "library/", undefined, undefined],
    };
    for (const [name, parts] of Object.entries(names)) {
        it(`are taken apart as runtimes do it: ${JSON.stringify(name)}`, () => {
            const { host, repository, tag, digest } = parseImage(name);
            assert.deepEqual([host, repository, tag, digest], parts);
        });
    }

    it("are never taken for an allowed registry's that they only begin like", () => {
        const pod = (image: string) => ({ spec: { containers: [{ name: "one", image }] } });
        const allowed = ["registry.company.com", "ghcr.io/team"];
        const found = (image: string) =>
            findings(
                judge(imageApprovedRegistry, "kubernetes:core/v1:Pod", pod(image), {
                    options: { allowed },
                }),
            );
        const word = fc.stringMatching(/^[a-z0-9]{1,8}$/);
        const more = fc.tuple(fc.constantFrom("", ".", "-", ":8"), word).map(([a, b]) => a + b);
        fc.assert(
            fc.property(fc.constantFrom(...allowed), more, word, (entry, suffix, rest) => {
                assert.deepEqual(found(`${entry}/${rest}:1`), []);
                assert.equal(found(`${entry}${suffix}/${rest}:1`).length, 1);
            }),
        );
    });
});
