import { relative } from "node:path";
import { rules as allRules } from "../../policies/rules/index.ts";
import { waiverRules } from "../../policies/runtime/waivers.ts";
import { UserError } from "../lib/user-error.ts";
import { writeText } from "../lib/write.ts";
import { stacksIn } from "../stack/files.ts";
import { ROOT } from "../stack/layout.ts";
import { isWeaker } from "./against/policy.ts";
import { HELP, readArguments, type Request } from "./arguments.ts";
import { projectIn } from "./configuration.ts";
import { EXIT, runCommand, tell } from "./ending.ts";
import { policyConfigOf } from "./guardrail-files.ts";
import { pagesOf } from "./html/write.ts";
import type { PlanOptions } from "./make.ts";
import { writeManifests } from "./manifests/write.ts";
import { documentOptions, renderDocument } from "./markdown/document.ts";
import { isPlanned, planStacks, type Against, type Planned } from "./results.ts";
import type { Plan } from "./model.ts";
import { toSarif } from "./sarif/log.ts";
import { toCodeQuality } from "./sarif/quality.ts";
import { showComparison } from "./show/against.ts";
import { harmless, paintFor, type Screen } from "./show/paint.ts";
import { showPlan } from "./show/plan.ts";
import { chooseResources, showResource } from "./show/resource.ts";
import { refuseTargets } from "./targets.ts";

/** What a test replaces, and where errors go: to the screen if nothing is said. */
export interface Surroundings extends Pick<
    PlanOptions,
    "root" | "program" | "today" | "rules" | "waivers"
> {
    readonly errors?: Screen;
}

/** `npm run plan`. Returns the exit code. */
export function planCommand(
    args: readonly string[],
    screen: Screen,
    around: Surroundings = {},
): Promise<number> {
    const run = (request: Request) => execute(request, screen, around);
    const command = { words: HELP, read: readArguments, run };
    return runCommand(args, command, { screen, errors: around.errors });
}

async function execute(request: Request, screen: Screen, around: Surroundings): Promise<number> {
    const root = around.root ?? ROOT;
    await refuseTargets(request);
    const stacks = request.all ? await allStacks(root) : [request.stack];
    const policyConfig = await policyConfigOf(request, root);
    const options = { ...around, root, policyConfig, sources: true };
    const results = await planStacks(stacks, options, againstOf(request));
    const codes = results.flatMap(({ error }) =>
        error === undefined ? [] : [tell(error, around.errors ?? screen)],
    );
    const planned = results.filter(isPlanned);
    if (request.markdown !== undefined) {
        const project = await projectIn(root).catch(() => "");
        const text = renderDocument(results, { ...documentOptions(request), project });
        await writeText(request.markdown, text);
    }
    await show(request, planned, screen, around);
    return Math.max(EXIT.fine, ...codes, ...planned.map((one) => exitCode(one)));
}

function againstOf(request: Request): Against | undefined {
    const { against: revision, install, all, acceptPolicyChanges, profile, policyConfig } = request;
    if (revision === undefined) return undefined;
    return { revision, install, all, acceptPolicyChanges, levels: { profile, policyConfig } };
}

/** Writes the files that were asked for, and then shows what remains to be shown: an error is not lost above a plan. */
async function show(
    request: Request,
    planned: readonly Planned[],
    screen: Screen,
    around: Surroundings,
): Promise<void> {
    const plans = planned.map(({ plan }) => plan);
    const whole = planned.map(({ plan, comparison }) => {
        return comparison === undefined ? plan : { ...plan, against: comparison };
    });
    const comment = request.markdown === undefined ? [] : [request.markdown];
    const json = () => `${JSON.stringify(request.all ? whole : whole[0], undefined, 4)}\n`;
    if (plans.length === 0) return sayWritten(request, comment, screen);
    const text = shown(request, planned, screen, json);
    const written: string[] = [];
    if (request.json !== undefined && request.json !== "-") {
        await writeText(request.json, json());
        written.push(request.json);
    }
    if (request.manifests !== undefined) {
        written.push(...(await writeManifests(plans, request.manifests)));
    }
    written.push(...(await writeFindings(request, plans, around)));
    written.push(...comment);
    written.push(...(await writeHtml(request, planned, around)));
    screen.write(text);
    sayWritten(request, written, screen);
}

function sayWritten({ json }: Request, files: readonly string[], screen: Screen): void {
    if (json !== "-") files.forEach((file) => screen.write(`Written: ${file}\n`));
}

/** What goes to standard output: the plans, the resources that were asked for, or JSON and nothing else. */
function shown(
    request: Request,
    planned: readonly Planned[],
    screen: Screen,
    json: () => string,
): string {
    const { resource } = request;
    if (request.json === "-") return json();
    const plans = planned.map(({ plan }) => plan);
    const texts =
        resource === undefined
            ? planned.map((one) => showOne(one, request, screen))
            : chooseResources(plans, resource).map((one) => showResource(one, paintFor(screen)));
    return harmless(`${texts.join("\n\n")}\n`, screen);
}

/** The files in which other tools look for findings. */
async function writeFindings(
    { sarif, codeQuality }: Request,
    plans: readonly Plan[],
    around: Surroundings,
): Promise<readonly string[]> {
    if (sarif === undefined && codeQuality === undefined) return [];
    const log = toSarif(plans, [...(around.rules ?? allRules), ...waiverRules]);
    const written: string[] = [];
    for (const [file, content] of [
        [sarif, log],
        [codeQuality, toCodeQuality(log)],
    ] as const) {
        if (file === undefined) continue;
        await writeText(file, `${JSON.stringify(content, undefined, 2)}\n`);
        written.push(file);
    }
    return written;
}

/** Pages for a browser, with what the rules tell about frameworks. */
async function writeHtml(
    request: Request,
    planned: readonly Planned[],
    { rules = allRules, today, root = ROOT }: Surroundings,
): Promise<readonly string[]> {
    const { html: file, all: several, profile } = request;
    if (file === undefined) return [];
    const pages = pagesOf(planned, {
        file,
        several,
        profile,
        rules: [...rules, ...waiverRules],
        policyConfig: await policyConfigOf(request, root),
        day: today ?? new Date().toISOString().slice(0, 10),
    });
    for (const [name, page] of pages) await writeText(name, page);
    return [...pages.keys()];
}

function showOne({ plan, asked, comparison }: Planned, request: Request, screen: Screen): string {
    const { details, profile, policyConfig } = request;
    const options = { details, asked: { stack: asked, profile, policyConfig } };
    const whole = () => showPlan(plan, options, screen);
    if (comparison === undefined) return whole();
    const differences = showComparison(plan, comparison, options, screen);
    return details ? `${differences}\n\n${whole()}` : differences;
}

async function allStacks(root: string): Promise<readonly string[]> {
    const found = await stacksIn(root);
    if (found.length > 0) return found.map(({ stack }) => stack);
    throw new UserError(`There is no Pulumi.<stack>.yaml in ${relative(".", root) || "."}.`, 2);
}

/** A program that tells an error fails under the engine too. */
function exitCode({ plan: { counts, messages }, comparison }: Planned): number {
    if (messages.some(({ severity }) => severity === "error")) return EXIT.broken;
    const loses = (comparison?.lost.length ?? 0) > 0 || isWeaker(comparison?.guardrails);
    return loses || counts.mandatory.fail > 0 ? EXIT.findings : EXIT.fine;
}
