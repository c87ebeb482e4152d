import { extname } from "node:path";
import { frameworks, frameworksOf } from "../../../policies/frameworks/index.ts";
import { profiles } from "../../../policies/profiles/profiles.ts";
import { evidenceOf, type EvidenceOptions } from "../../evidence/evidence.ts";
import type { Comparison } from "../against/model.ts";
import type { Plan } from "../model.ts";
import { renderPage } from "./page.ts";

/** A stack to be shown, and what it was compared with. */
export interface Shown {
    readonly plan: Plan;
    readonly comparison?: Comparison;
}

/** What pages are made by. */
export interface PageOptions extends EvidenceOptions {
    /** Where the page goes. Of several stacks, each has a file that bears its name too. */
    readonly file: string;
    readonly several: boolean;
    /** Narrows the evidence down to the frameworks of a profile. @default every framework that rules refer to */
    readonly profile?: string | undefined;
}

/** The pages of stacks, by the file that each belongs in. */
export function pagesOf(all: readonly Shown[], options: PageOptions): ReadonlyMap<string, string> {
    const { file, several, profile } = options;
    const asked = profiles.find(({ name }) => name === profile);
    const about = asked && asked.standards.length > 0 ? frameworksOf(asked) : frameworks;
    return new Map(
        all.map(({ plan, comparison }) => {
            const evidence = about.map((framework) => evidenceOf(plan, framework, options));
            const judged = evidence.filter(({ summary }) => summary.together.score.of > 0);
            const page = renderPage({ plan, comparison, evidence: judged });
            return [several ? nameFor(file, plan) : file, page];
        }),
    );
}

/** `plan.html` becomes `plan.prod.html`. */
function nameFor(file: string, { stack }: Plan): string {
    const ending = extname(file);
    return `${file.slice(0, file.length - ending.length)}.${stack}${ending}`;
}
