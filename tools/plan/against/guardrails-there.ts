import { readFile } from "node:fs/promises";
import { isAbsolute, join, relative, resolve } from "node:path";
import type { PackConfig } from "../../../policies/runtime/settings.ts";
import { reasonOf } from "../../lib/trace.ts";
import { asSent, type Judgeable } from "../../offline/guardrails.ts";
import type { RecordedResource } from "../../offline/recorded.ts";
import type { Asked } from "../guardrail-files.ts";
import type { Finding } from "../model.ts";
import type { Checkout } from "./checkout.ts";
import { ask } from "./child.ts";
import type { JudgeRequest } from "./judging.ts";

/** What the guardrails of another revision answer: findings in the order of the stacks, or why there are none. */
export type JudgeAnswer =
    | { readonly state: "judged"; readonly findings: readonly (readonly Finding[])[] }
    | { readonly state: "missing" }
    | { readonly state: "failed"; readonly reason: string };

/** What to have judged there. */
export interface ThereOptions {
    /** The project's folder here. */
    readonly root: string;
    readonly today: string;
    /** The levels that the command line asks for; there, they are what that revision has by the same name. */
    readonly levels: Asked;
    /** What the program registered here, by stack. */
    readonly stacks: readonly (readonly RecordedResource[])[];
}

/** Has the guardrails of another revision judge what the program makes here. Never rejects. */
export async function judgeThere(
    checkout: Checkout,
    { root, today, levels, stacks }: ThereOptions,
): Promise<JudgeAnswer> {
    try {
        const policyConfig = await configThere(levels, root, checkout.root);
        const request: JudgeRequest = {
            root: checkout.root,
            today,
            stacks: stacks.map((all) => ({ resources: all.map(sent), policyConfig })),
        };
        const doing = "Judging by the guardrails of the other revision";
        return await ask<JudgeAnswer>("judge-process.ts", request, checkout, doing);
    } catch (error) {
        return { state: "failed", reason: reasonOf(error) };
    }
}

/** The file of levels and options that the command line names, from the project's folder; undefined if it names none. */
export function levelsFile({ profile, policyConfig }: Asked, root: string): string | undefined {
    if (profile !== undefined) return join("policies", "profiles", `${profile}.json`);
    return policyConfig === undefined ? undefined : relative(root, resolve(policyConfig));
}

/** A file outside of the project is the same for both. What the other revision does not have says nothing. */
async function configThere(levels: Asked, root: string, there: string): Promise<PackConfig> {
    const file = levelsFile(levels, root);
    if (file === undefined) return {};
    const outside = file.startsWith("..") || isAbsolute(file);
    const text = await readFile(outside ? resolve(root, file) : join(there, file), "utf8").catch(
        () => "{}",
    );
    return JSON.parse(text) as PackConfig;
}

/** In the words of the engine, which both revisions know. */
function sent(one: RecordedResource): Judgeable {
    const { type, name, urn, parent, secrets, options } = one;
    const { protect, provider, dependencies, propertyDependencies } = options;
    return {
        type,
        name,
        urn,
        parent,
        secrets,
        inputs: asSent(one.inputs),
        outputs: asSent(one.outputs),
        options: { protect, provider, dependencies, propertyDependencies },
    };
}
