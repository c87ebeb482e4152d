import type { Inputs } from "../../../policies/examples/example.ts";
import { normalise } from "../../../policies/runtime/normalise.ts";
import { rules } from "../../../policies/rules/index.ts";
import { levelOf } from "../../../policies/rules/rule.ts";
import { judge, judgeStack } from "../../policies/judge.ts";
import type { Recorded } from "./record.ts";

const mandatory = rules.filter((rule) => levelOf(rule) === "mandatory");

/** What the mandatory rules find in objects of a cluster, alone and together, as "rule name path". */
export function mandatoryFindings(resources: readonly Recorded[]): string[] {
    const objects = resources
        .filter(({ type }) => type.startsWith("kubernetes:"))
        .map(({ type, name, inputs, protect }) => ({
            type,
            name,
            inputs: inputs as Inputs,
            protect,
        }));
    const alone = mandatory.flatMap((rule) =>
        objects
            .filter(({ type }) => rule.checks[normalise(type)] ?? rule.checks["*"])
            .flatMap(({ type, name, inputs, protect }) =>
                judge(rule, type, inputs, { protect })
                    .filter(({ state }) => state === "fail")
                    .map(({ path }) => `${rule.id} ${name} ${path}`),
            ),
    );
    const together = mandatory
        .filter(({ stack }) => stack !== undefined)
        .flatMap((rule) =>
            judgeStack(rule, objects)
                .filter(({ state }) => state === "fail")
                .map(({ urn, path }) => `${rule.id} ${urn.split("::").at(-1)} ${path}`),
        );
    return [...alone, ...together].sort();
}
