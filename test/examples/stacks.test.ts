import assert from "node:assert/strict";
import type { StackOutputs } from "../../index.ts";
import { rules } from "../../policies/rules/index.ts";
import { levelOf } from "../../policies/rules/rule.ts";
import { Judge } from "../../policies/runtime/judge.ts";
import { Settings } from "../../policies/runtime/settings.ts";
import { toResource, toStack } from "../../tools/offline/guardrails.ts";
import type { Recorded, RecordedResource } from "../../tools/offline/mocks.ts";
import { validate } from "../components/kubernetes/schemas.ts";
import { EXAMPLES, runExample } from "./support.ts";
import type { Example } from "./support.ts";

/** Types of which nobody publishes a schema as a package. */
const WITHOUT_SCHEMA =
    /^kubernetes:(helm\.sh\/v3:Release|rabbitmq\.com\/|gateway\.k8s\.aws\/|networking\.gke\.io\/|alb\.networking\.azure\.io\/)/;

/** What mandatory rules find without a waiver, as "rule name path". */
function mandatory(resources: readonly RecordedResource[]): string[] {
    const judge = new Judge(rules, { settings: new Settings(rules, {}), today: "2026-11-21" });
    const alone = resources.flatMap((resource) => judge.resource(toResource(resource)));
    return [...alone, ...judge.stack(toStack(resources))]
        .filter(({ verdict, rule }) => verdict.state === "fail" && levelOf(rule) === "mandatory")
        .map(({ rule, urn, verdict }) => `${rule.id} ${urn.split("::").at(-1)} ${verdict.path}`);
}

/** The objects in clusters that a published schema can be held against. */
function objects({ resources }: Recorded): RecordedResource[] {
    return resources.filter(
        ({ type }) => type.startsWith("kubernetes:") && !WITHOUT_SCHEMA.test(type),
    );
}

/** What each stack is at least, so that a plan of nothing is no success. */
const LEAST: Readonly<Record<Example, { readonly sites: number; readonly objects: number }>> = {
    django: { sites: 1, objects: 60 },
    "django-prod": { sites: 1, objects: 70 },
    pipeline: { sites: 2, objects: 150 },
    rollout: { sites: 3, objects: 500 },
    shop: { sites: 3, objects: 700 },
};

for (const example of EXAMPLES) {
    describe(`the example ${example}`, function () {
        this.timeout(60_000);
        let known: Recorded<StackOutputs>;
        before(async () => (known = await runExample(example)));

        it("makes the same resources whether outputs are known or not, and breaks no mandatory rule", async () => {
            const preview = await runExample(example, { preview: true });
            assert.deepEqual(preview.urns(), known.urns());
            assert.deepEqual(mandatory(preview.resources), []);
            assert.deepEqual(mandatory(known.resources), []);
        });

        it("makes objects that the published schemas know", () => {
            const made = objects(known);
            const least = LEAST[example];
            assert.equal(Object.keys(known.result.sites).length, least.sites);
            assert.ok(made.length >= least.objects, `${made.length} objects`);
            for (const { type, inputs } of made) validate(type, inputs);
        });
    });
}
