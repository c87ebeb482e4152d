import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { distance } from "fastest-levenshtein";
import { rules } from "../../policies/rules/index.ts";
import type { Rule } from "../../policies/rules/rule.ts";
import { waiverRules } from "../../policies/runtime/waivers.ts";
import { exitCodeOf } from "../lib/exit-code.ts";
import { readOptions } from "../lib/options.ts";
import type { Output } from "../lib/output.ts";
import { UserError } from "../lib/user-error.ts";
import { ROOT } from "../stack/layout.ts";
import { generatedFiles } from "./generated.ts";
import { explain } from "./explain.ts";
import { skeleton } from "./skeleton.ts";

const HELP = `npm run rules -- [options]

Writes what is generated from the rules: docs/policies.md and policies/profiles/*.json.

  --check          writes nothing, and says which files are stale
  --explain ID     prints what a rule asks for, why, and what to do
  --skeleton ID    prints the examples that a new rule still needs, to fill in
  --help           this text

Exit codes: 0 all is well · 1 files are stale · 2 options are wrong.`;

/** `npm run rules`. Returns the exit code. */
export function rulesCommand(
    args: readonly string[],
    out: Output,
    errors: Output,
): Promise<number> {
    return exitCodeOf(() => execute(args, out), errors);
}

async function execute(args: readonly string[], out: Output): Promise<number> {
    const { help, check, ...one } = readOptions("rules", args, {
        check: { type: "boolean", default: false },
        explain: { type: "string" },
        skeleton: { type: "string" },
        help: { type: "boolean", short: "h", default: false },
    });
    if (help) return print(out, HELP);
    if (one.explain !== undefined) return print(out, explain(ruleNamed(one.explain)));
    if (one.skeleton !== undefined) return print(out, skeleton(ruleNamed(one.skeleton)));
    return check ? await tellStale(out) : await write(out);
}

function print(out: Output, text: string): number {
    out.write(`${text}\n`);
    return 0;
}

function ruleNamed(id: string): Rule {
    const all = [...rules, ...waiverRules];
    const found = all.find((rule) => rule.id === id);
    if (found !== undefined) return found;
    const likely = likelyMeant(
        id,
        all.map((rule) => rule.id),
    );
    throw new UserError(
        `There is no rule ${id}. Did you mean ${likely.join(", ")}? docs/policies.md lists all.`,
        2,
    );
}

/** The ids in which all words of what was given occur, or else the one that is spelt most alike. */
function likelyMeant(given: string, ids: readonly string[]): readonly string[] {
    const words = given.toLowerCase().split(/[^a-z0-9]+/);
    const holding = ids.filter((id) => words.every((word) => id.includes(word)));
    const closest = ids.toSorted((one, other) => distance(one, given) - distance(other, given));
    return holding.length > 0 && holding.length <= 12 ? holding : closest.slice(0, 1);
}

async function write(out: Output): Promise<number> {
    for (const { path, text } of await generatedFiles()) {
        await writeFile(join(ROOT, path), text);
        out.write(`${path}\n`);
    }
    return 0;
}

async function tellStale(out: Output): Promise<number> {
    const stale: string[] = [];
    for (const { path, text } of await generatedFiles()) {
        const there = await readFile(join(ROOT, path), "utf8").catch(() => "");
        if (there !== text) stale.push(path);
    }
    stale.forEach((path) => out.write(`${path} is stale. Run npm run rules.\n`));
    return stale.length === 0 ? 0 : 1;
}
