import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { parse } from "yaml";
import platform from "../../index.ts";
import { rules } from "../../policies/rules/index.ts";
import { normalise } from "../../policies/runtime/normalise.ts";
import { Value } from "../../policies/runtime/reader.ts";
import { run, UNKNOWN as UNTOLD, type RecordedResource } from "../support/mocks.ts";
import { UNKNOWN } from "./judge.ts";

/** As the engine sends it: what is not known yet is the engine's own sentinel. */
function asSent(value: unknown): unknown {
    return JSON.parse(JSON.stringify(value).replaceAll(JSON.stringify(UNTOLD), `"${UNKNOWN}"`));
}

function findingsOn(resource: RecordedResource): readonly string[] {
    const type = normalise(resource.type);
    const inputs = new Value(asSent(resource.inputs), new Set(resource.secrets));
    return rules.flatMap((rule) => {
        const check = rule.checks[type] ?? rule.checks["*"];
        const verdicts = check?.({ type, inputs, options: new Value({}) }) ?? [];
        return verdicts
            .filter(({ state }) => state === "fail")
            .map(({ path }) => `${rule.id} ${resource.urn} ${path}`);
    });
}

function stackFindings(resources: readonly RecordedResource[]): readonly string[] {
    const sent = resources.map((resource) => ({
        type: normalise(resource.type),
        urn: resource.urn,
        props: new Value(asSent({ ...resource.inputs, ...resource.outputs })),
        references: (input: string) => resource.options.propertyDependencies[input] ?? [],
    }));
    return rules.flatMap(({ id, stack }) =>
        (stack?.check(sent.filter(({ type }) => stack.types.includes(type))) ?? [])
            .filter(({ state }) => state === "fail")
            .map(({ urn }) => `${id} ${urn}`),
    );
}

async function configOf(stack: string): Promise<Record<string, unknown>> {
    const file = new URL(`../../Pulumi.${stack}.yaml`, import.meta.url);
    const { config } = parse(await readFile(file, "utf8")) as { config: Record<string, unknown> };
    return config;
}

for (const stack of ["dev", "prod"]) {
    for (const preview of [true, false]) {
        it(`the security rules find nothing in the ${stack} stack, ${preview ? "previewed" : "made"}`, async () => {
            const config = await configOf(stack);
            const { resources } = await run(platform, {
                preview,
                project: "platform",
                stack,
                config,
            });
            assert.ok(resources.length > 50);
            assert.deepEqual(resources.flatMap(findingsOn), []);
            assert.deepEqual(stackFindings(resources), []);
        });
    }
}
