import type { Comparison } from "../against/model.ts";
import { isWeaker } from "../against/policy.ts";
import { isSame, verdict } from "../against/words.ts";
import type { Plan } from "../model.ts";
import { count } from "../show/paint.ts";
import { html, type Html } from "./template.ts";
import { badge } from "./words.ts";

/** Whether anything keeps the stack from being deployed, and the figures that matter. */
export function showVerdict(plan: Plan, comparison?: Comparison): Html {
    const { tone, words, more } = verdictOf(plan, comparison);
    const { counts, sites } = plan;
    const { mandatory, advisory } = counts;
    const known = sites.filter(({ key }) => key !== "").length;
    const figures: readonly (readonly [string, number, string])[] = [
        ["Sites", known, "#topology"],
        ["Resources", counts.resources, "#resources"],
        ["Stop the deployment", mandatory.fail, "#findings"],
        ["Advice", advisory.fail, "#findings"],
        ["Told during the update", mandatory.unknown + advisory.unknown, "#findings"],
        ["Waived", mandatory.waived + advisory.waived, "#findings"],
    ];
    return html`<div class="verdict ${tone}">
        <p class="words"><strong>${words}</strong> ${more}</p>
        ${comparison && against(comparison)}
        <ul class="figures">
            ${figures.map(([label, number, to]) => {
                return html`<li>
                    <a href="${to}"><b>${number}</b> <span>${label}</span></a>
                </li>`;
            })}
        </ul>
    </div>`;
}

/** What the changes come to, which may be worth more attention than anything that stops the stack. */
function against(comparison: Comparison): Html {
    const { revision, dangers } = comparison;
    const words = isSame(comparison) ? "no differences" : verdict(comparison);
    return html`<p>
        ${dangers.length > 0 && badge("bad", "data at stake")} Against ${revision}:
        <a href="#changes">${words}</a>
    </p>`;
}

/** The verdict in words. */
export function verdictOf(
    { counts, messages }: Plan,
    comparison?: Comparison,
): {
    readonly tone: "good" | "warn" | "bad";
    readonly words: string;
    readonly more: string;
} {
    const { fail, unknown } = counts.mandatory;
    const errors = messages.filter(({ severity }) => severity === "error").length;
    if (errors > 0) {
        const more = "Its messages are below; the engine would stop there too.";
        return { tone: "bad", words: `The program tells ${count(errors, "error")}.`, more };
    }
    if (fail > 0) {
        const words = `${count(fail, "mandatory finding")} would stop the deployment.`;
        return { tone: "bad", words, more: `Mend or waive ${fail === 1 ? "it" : "them"}.` };
    }
    const lost = comparison?.lost.length ?? 0;
    if (lost > 0) {
        const renames = count(lost, "rename");
        return {
            tone: "bad",
            words: `${renames} without an alias would lose resources.`,
            more: "",
        };
    }
    if (isWeaker(comparison?.guardrails)) {
        const words = `The guardrails of ${comparison?.revision ?? ""} would stop the deployment; these do not.`;
        return { tone: "bad", words, more: "Mend it, or accept the change of the guardrails." };
    }
    const tone = comparison?.dangers.length ? "warn" : "good";
    if (unknown === 0) return { tone, words: "Nothing stops the stack.", more: "" };
    const more = `${count(unknown, "mandatory check")} can be made only during the update.`;
    return { tone, words: "Nothing known stops the stack.", more };
}
