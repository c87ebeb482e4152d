import { readdir, readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { nearest } from "../../components/settings/nearest.ts";
import { rules } from "../../policies/rules/index.ts";
import type { Rule } from "../../policies/rules/rule.ts";
import { optionsOf } from "../../policies/runtime/facts.ts";
import type { PackConfig } from "../../policies/runtime/settings.ts";
import { readWaivers, WaiverError } from "../../policies/runtime/waiver-file.ts";
import { waiverRules, type Waiver } from "../../policies/runtime/waivers.ts";
import { notThere } from "../lib/not-there.ts";
import { UserError } from "../lib/user-error.ts";
import { isObject } from "./mask.ts";
import type { Json } from "./model.ts";

/** The waivers of a project: policies/waivers.yaml, if it is there. */
export async function readWaiverFile(root: string, today: string): Promise<readonly Waiver[]> {
    const file = join("policies", "waivers.yaml");
    const text = await readFile(join(root, file), "utf8").catch(() => undefined);
    try {
        return text === undefined ? [] : readWaivers(text, rules, file, today);
    } catch (error) {
        if (!(error instanceof WaiverError)) throw error;
        throw new UserError(error.message, 2);
    }
}

/** How a command line asks for other levels and options than the rules' own. */
export interface Asked {
    readonly profile: string | undefined;
    readonly policyConfig: string | undefined;
}

/** The levels and options that a command line asks for, from a profile or from a file. */
export async function policyConfigOf(
    { profile, policyConfig }: Asked,
    root: string,
): Promise<PackConfig> {
    if (policyConfig !== undefined) return readPolicyConfig(policyConfig);
    return profile === undefined ? {} : readProfile(profile, root);
}

/** A file for `--policy-pack-config`: levels and options by rule. A rule that does not exist is a mistake. */
async function readPolicyConfig(file: string): Promise<PackConfig> {
    const text = await readFile(file, "utf8").catch(() => {
        throw new UserError(`There is no file ${file} to take levels and options from.`, 2);
    });
    const parsed = parse(text);
    if (!isObject(parsed)) {
        const fix = "Give levels and options by rule, as the files in policies/profiles do.";
        throw new UserError(`${file} is no JSON object. ${fix}`, 2);
    }
    const problems = Object.entries(parsed).flatMap(([id, entry]) => problemOf(id, entry));
    if (problems.length > 0) {
        throw new UserError(problems.map((problem) => `${file}: ${problem}`).join("\n"), 2);
    }
    return parsed as PackConfig;
}

const LEVELS: readonly unknown[] = ["advisory", "mandatory", "remediate", "disabled"];

function problemOf(id: string, entry: Json): readonly string[] {
    const known = [...rules, ...waiverRules];
    const rule = known.find((one) => one.id === id);
    if (id !== "all" && rule === undefined) {
        const ids = known.map((one) => one.id);
        return [`there is no rule "${id}".${didYouMean(id, ids)}`];
    }
    const { enforcementLevel: level = "advisory", ...options } = isObject(entry)
        ? entry
        : { enforcementLevel: entry };
    const problems = optionProblems(id, options, rule);
    if (LEVELS.includes(level)) return problems;
    const allowed = LEVELS.join(", ");
    return [
        `the level of "${id}" is ${JSON.stringify(level)}. Allowed are ${allowed}.`,
        ...problems,
    ];
}

/** The engine refuses a value of the wrong type, and takes an option that does not exist for one that nobody reads. */
function optionProblems(
    id: string,
    options: Readonly<Record<string, Json>>,
    rule: Rule | undefined,
): readonly string[] {
    const schemas = (rule && optionsOf(rule))?.properties ?? {};
    return Object.entries(options).flatMap(([name, value]) => {
        const schema = schemas[name];
        if (schema === undefined) {
            const meant = didYouMean(name, Object.keys(schemas));
            return [`"${id}" has no option "${name}".${meant}`];
        }
        if (
            schema.type === undefined ||
            [schema.type].flat().some((type) => isOfType(value, type))
        ) {
            return [];
        }
        return [
            `option "${name}" of "${id}" is no ${String(schema.type)}: ${JSON.stringify(value)}.`,
        ];
    });
}

function isOfType(value: Json, type: string): boolean {
    if (type === "array") return Array.isArray(value);
    if (type === "object") return isObject(value);
    return type === "integer" ? Number.isInteger(value) : typeof value === type;
}

function didYouMean(word: string, choices: readonly string[]): string {
    const meant = nearest(word, choices);
    return meant === undefined ? "" : ` Did you mean "${meant}"?`;
}

/** The configuration of a profile in policies/profiles. */
async function readProfile(name: string, root: string): Promise<PackConfig> {
    const folder = join(root, "policies", "profiles");
    const files = await readdir(folder).catch(() => []);
    const known = files
        .filter((file) => file.endsWith(".json"))
        .map((file) => basename(file, ".json"))
        .sort();
    if (known.includes(name)) return readPolicyConfig(join(folder, `${name}.json`));
    throw notThere("profile", name, known);
}

function parse(text: string): Json | undefined {
    try {
        return JSON.parse(text) as Json;
    } catch {
        return undefined;
    }
}
