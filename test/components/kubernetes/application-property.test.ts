import assert from "node:assert/strict";
import fc from "fast-check";
import { levelOf } from "../../../policies/rules/rule.ts";
import { rules } from "../../../policies/rules/index.ts";
import { Judge } from "../../../policies/runtime/judge.ts";
import { Settings } from "../../../policies/runtime/settings.ts";
import { toResource, toStack } from "../../../tools/offline/guardrails.ts";
import type { Recorded, RecordedResource } from "../../../tools/offline/mocks.ts";
import { type Json, plan } from "./program.ts";
import { applications, siteFor } from "./random-applications.ts";
import { restrictedViolations } from "./restricted.ts";
import { validate } from "./schemas.ts";

const mandatory = rules.filter((rule) => levelOf(rule) === "mandatory");

/** The registries that applications' images are in, besides those that the platform's own are in. */
const allowed = [
    "ghcr.io/acme",
    "docker.io/acme",
    "registry.example.com:5000",
    "public.ecr.aws/docker/library",
];
const settings = new Settings(mandatory, { "k8s-image-approved-registry": { allowed } });
const judge = new Judge(mandatory, { settings, today: "2026-11-21" });

/** What the mandatory rules find in a stack, as "rule name path". */
function findings({ resources }: Recorded): readonly string[] {
    const alone = resources.flatMap((resource) => judge.resource(toResource(resource)));
    return [...alone, ...judge.stack(toStack(resources))]
        .filter(({ verdict }) => verdict.state === "fail")
        .map(({ rule, urn, verdict }) => `${rule.id} ${urn.split("::").at(-1)} ${verdict.path}`);
}

/** The pods that an object makes. */
function podsOf({ inputs }: RecordedResource): readonly { metadata: Json; spec: Json }[] {
    const spec = (inputs["spec"] ?? {}) as {
        template?: { metadata: Json; spec: Json };
        jobTemplate?: { spec: { template: { metadata: Json; spec: Json } } };
    };
    const template = spec.jobTemplate?.spec.template ?? spec.template;
    return template?.spec && "containers" in template.spec ? [template] : [];
}

const LABEL = /^([A-Za-z0-9]([\w.-]{0,61}[A-Za-z0-9])?)?$/;

/** Names and labels that the API server takes; controllers put more behind some of them. */
function checkNames({ type, inputs }: RecordedResource): void {
    const { name, labels = {} } = inputs["metadata"] as { name: string; labels?: Json };
    const most = type.endsWith(":CronJob") ? 52 : 63;
    assert.ok(name.length <= most, `${type} ${name}`);
    assert.match(name, /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/);
    for (const [key, value] of Object.entries(labels)) assert.match(String(value), LABEL, key);
}

/** What holds of every application, whatever it asks for. */
function check(made: Recorded): void {
    assert.equal(new Set(made.urns()).size, made.resources.length);
    const own = made.resources.filter(({ urn }) => urn.includes("kubernetes:Application$"));
    for (const resource of own) {
        validate(resource.type, resource.inputs);
        checkNames(resource);
        for (const { metadata, spec } of podsOf(resource)) {
            assert.deepEqual(restrictedViolations(spec), []);
            for (const value of Object.values(metadata["labels"] as Json)) {
                assert.match(String(value), LABEL);
            }
        }
    }
    assert.deepEqual(findings(made), []);
}

describe("applications, whatever they ask for", () => {
    for (const [cloud, numRuns] of [
        ["gcp", 2],
        ["aws", 1],
        ["azure", 1],
    ] as const) {
        it(`are valid, restricted and clean by the mandatory rules on ${cloud}`, async () => {
            const environment = fc.constantFrom("dev", "staging", "prod");
            await fc.assert(
                fc.asyncProperty(applications, environment, async (some, where) => {
                    check(await plan(some, { ...siteFor(some), environment: where, cloud }));
                }),
                { numRuns },
            );
        });
    }
});
