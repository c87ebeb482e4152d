import { followUp, type Subject } from "../../lib/follow-up.ts";
import type { Counts, Plan } from "../model.ts";
import { showFindings } from "./findings.ts";
import { showOutputs } from "./outputs.ts";
import { count, paintFor, type Paint, type Screen } from "./paint.ts";
import { showSettings } from "./settings.ts";
import { showSite } from "./tree.ts";

/** How a plan is shown. */
export interface ShowOptions {
    readonly details: boolean;
    /** What the user asked for, for commands to copy. */
    readonly asked: Subject;
}

/** A plan for a person: the table first, what follows from it below, and what to do next at the end. */
export function showPlan(plan: Plan, { details, asked }: ShowOptions, screen: Screen): string {
    const paint = paintFor(screen);
    const width = screen.columns ?? 120;
    return [
        headline(plan, paint),
        ...plan.sites.map((site) => showSite(site, plan, details, width, paint)),
        showSettings(plan, details, width, paint),
        showFindings(plan, details, paint),
        showOutputs(plan, width, paint),
        showOpen(plan),
        showMessages(plan, paint),
        next(plan, asked, paint),
    ]
        .filter((part) => part !== "")
        .join("\n\n");
}

function headline({ stack, sites, counts }: Plan, paint: Paint): string {
    const known = sites.filter(({ key }) => key !== "").length;
    const parts = [
        count(known, "site"),
        count(counts.resources, "resource"),
        count(counts.components, "component"),
        count(counts.providers, "provider"),
    ];
    return `${paint.bold(stack)} · ${parts.join(", ")}`;
}

/** What nobody answered here. */
function showOpen({ unanswered }: Plan): string {
    if (unanswered.length === 0) return "";
    const names = [...new Set(unanswered.map(({ token }) => functionName(token)))];
    return (
        `Not asked, as only the clouds know: ${names.join(", ")}. What is made of an answer is unknown here, and ` +
        "resources that the program makes only once it has one are missing (docs/plan.md)."
    );
}

/** `aws getCallerIdentity`. */
function functionName(token: string): string {
    const [provider, , name] = token.split(":");
    return `${provider} ${name}`;
}

function showMessages({ messages }: Plan, paint: Paint): string {
    return messages
        .map(({ severity, text }) => {
            const word = severity === "info" ? paint.dim(severity) : paint.yellow(severity);
            return `${word}: ${text}`;
        })
        .join("\n");
}

/** The last line: what to do now. */
function next({ stack, counts }: Plan, asked: Subject, paint: Paint): string {
    const again = followUp("plan", asked);
    const words =
        counts.mandatory.fail > 0
            ? `${count(counts.mandatory.fail, "mandatory finding")} would stop the deployment. Mend the program, or waive ` +
              `in policies/waivers.yaml what somebody answers for, and look again: ${again}`
            : `${unknowns(counts)}${followUp("try", asked)} rehearses ${stack} on simulated clouds, pulumi up deploys it.`;
    return `${paint.bold("Next")}  ${words}`;
}

function unknowns({ mandatory }: Counts): string {
    if (mandatory.unknown === 0) return "Nothing stops the stack. ";
    const can = count(mandatory.unknown, "mandatory check");
    return `Nothing known stops the stack; ${can} can be made only during the update. `;
}
