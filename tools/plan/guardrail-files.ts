import { readdir, readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { nearest } from "../../components/settings/shape.ts";
import { rules } from "../../policies/rules/index.ts";
import type { PackConfig } from "../../policies/runtime/settings.ts";
import {
    readWaivers,
    WaiverError,
    waiverRules,
    type Waiver,
} from "../../policies/runtime/waivers.ts";
import { UserError } from "../lib/user-error.ts";
import { isObject } from "./mask.ts";
import type { Json } from "./model.ts";

/** The waivers of a project: policies/waivers.yaml, if it is there. */
export async function readWaiverFile(root: string): Promise<readonly Waiver[]> {
    const file = join("policies", "waivers.yaml");
    const text = await readFile(join(root, file), "utf8").catch(() => undefined);
    try {
        return text === undefined ? [] : readWaivers(text, rules, file);
    } catch (error) {
        if (!(error instanceof WaiverError)) throw error;
        throw new UserError(error.message, 2);
    }
}

/** A file for `--policy-pack-config`: levels and options by rule. A rule that does not exist is a mistake. */
export async function readPolicyConfig(file: string): Promise<PackConfig> {
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
    const ids = [...rules, ...waiverRules].map((rule) => rule.id);
    if (id !== "all" && !ids.includes(id)) {
        const meant = nearest(id, ids);
        return [
            `there is no rule "${id}".${meant === undefined ? "" : ` Did you mean "${meant}"?`}`,
        ];
    }
    const level = isObject(entry) ? (entry["enforcementLevel"] ?? "advisory") : entry;
    if (LEVELS.includes(level)) return [];
    return [`the level of "${id}" is ${JSON.stringify(level)}. Allowed are ${LEVELS.join(", ")}.`];
}

/** The configuration of a profile in policies/profiles. */
export async function readProfile(name: string, root: string): Promise<PackConfig> {
    const folder = join(root, "policies", "profiles");
    const files = await readdir(folder).catch(() => []);
    const known = files
        .filter((file) => file.endsWith(".json"))
        .map((file) => basename(file, ".json"))
        .sort();
    if (known.includes(name)) return readPolicyConfig(join(folder, `${name}.json`));
    throw new UserError(`There is no profile "${name}". There are: ${known.join(", ")}.`, 2);
}

function parse(text: string): Json | undefined {
    try {
        return JSON.parse(text) as Json;
    } catch {
        return undefined;
    }
}
