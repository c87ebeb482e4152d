import { rules } from "../../../policies/rules/index.ts";
import { Settings, type PackConfig } from "../../../policies/runtime/settings.ts";
import { waiverRules } from "../../../policies/runtime/waivers.ts";
import type { Judgeable } from "../../offline/guardrails.ts";
import { readWaiverFile } from "../guardrail-files.ts";
import { judge } from "../judge.ts";
import type { Finding } from "../model.ts";
import { repair } from "../repair.ts";

/** What one revision asks the guardrails of another. */
export interface JudgeRequest {
    /** The folder of the revision that judges. */
    readonly root: string;
    /** The day to judge by, as `2026-11-21`. */
    readonly today: string;
    readonly stacks: readonly {
        /** As the engine sends them to a policy pack, secrets in plain among them. */
        readonly resources: readonly Judgeable[];
        readonly policyConfig: PackConfig;
    }[];
}

/**
 * Judges stacks by the rules and waivers of the revision that this file belongs to.
 *
 * Later revisions call this, so its name, request and answer have to stay what they are.
 */
export async function judgeStacks(request: JudgeRequest): Promise<readonly (readonly Finding[])[]> {
    const { root, today, stacks } = request;
    const waivers = await readWaiverFile(root, today);
    const all = [...rules, ...waiverRules];
    return stacks.map(({ resources, policyConfig }) => {
        const settings = new Settings(all, policyConfig);
        const guardrails = { rules: all, settings, waivers, today };
        return judge(repair(resources, guardrails), guardrails).findings;
    });
}
