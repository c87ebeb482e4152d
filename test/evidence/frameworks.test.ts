import assert from "node:assert/strict";
import { frameworks, frameworksOf } from "../../policies/frameworks/index.ts";
import { profiles } from "../../policies/profiles/profiles.ts";
import { rules } from "../../policies/rules/index.ts";
import { waiverRules } from "../../policies/runtime/waivers.ts";

const RULES = [...rules, ...waiverRules];

/** Every number of a standard that a rule names. */
function namedBy(standard: (typeof frameworks)[number]["standard"]): ReadonlySet<string> {
    return new Set(
        RULES.flatMap(({ requirements, analogies }) => [
            ...(requirements[standard] ?? []),
            ...(analogies?.[standard] ?? []),
        ]),
    );
}

describe("the frameworks", () => {
    it("are those that rules refer to, each once", () => {
        const standards = new Set(
            RULES.flatMap(({ requirements, analogies }) => [
                ...Object.keys(requirements),
                ...Object.keys(analogies ?? {}),
            ]),
        );
        assert.deepEqual(
            frameworks.map(({ standard }) => standard).toSorted(),
            [...standards].toSorted(),
        );
        assert.equal(new Set(frameworks.map(({ name }) => name)).size, frameworks.length);
    });

    for (const { title, standard, controls } of frameworks) {
        describe(title, () => {
            it("lists every control that a rule names, so that no finding counts nowhere", () => {
                const ids = new Set(controls.map(({ id }) => id));
                const missing = [...namedBy(standard)].filter((id) => !ids.has(id));
                assert.deepEqual(missing, []);
            });

            it("lists every control once, with a title", () => {
                assert.equal(new Set(controls.map(({ id }) => id)).size, controls.length);
                assert.deepEqual(
                    controls.filter((control) => control.title.trim() === ""),
                    [],
                );
            });

            it("calls nothing out of sight that a rule sees", () => {
                const named = namedBy(standard);
                const both = controls.filter(({ id, outside }) => outside && named.has(id));
                assert.deepEqual(both, []);
            });
        });
    }

    it("belong to the profiles that are about their standards", () => {
        const byProfile = profiles.map((profile) => [
            profile.name,
            frameworksOf(profile).map(({ name }) => name),
        ]);
        assert.deepEqual(Object.fromEntries(byProfile), {
            baseline: [],
            soc2: ["soc2"],
            pci: ["pci"],
            hipaa: ["hipaa"],
            gdpr: ["gdpr"],
            cis: ["cis-eks", "cis-aks", "cis-gke", "cis-aws", "cis-azure", "cis-gcp"],
        });
    });

    it("are whole where their lists say so", () => {
        const counts = frameworks.map(({ name, controls }) => [name, controls.length]);
        assert.deepEqual(
            Object.fromEntries(
                counts.filter(([name]) =>
                    ["soc2", "hipaa", "cis-eks", "cis-aks", "cis-gke"].includes(String(name)),
                ),
            ),
            { soc2: 61, hipaa: 66, "cis-eks": 50, "cis-aks": 51, "cis-gke": 57 },
        );
    });
});
