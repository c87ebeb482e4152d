import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { parse as parseYaml } from "yaml";
import type { Problem } from "../../components/lib/problem.ts";
import { parse } from "../../components/settings/parse.ts";
import { describeProblems } from "../../components/settings/problems.ts";
import { isMapping } from "../../components/settings/shape.ts";
import type { Settings as Effective } from "../../components/settings/types.ts";
import { UserError } from "../lib/user-error.ts";
import { readStackFile } from "../settings/stack-file.ts";
import { findStack } from "../stack/files.ts";
import type { Change, Settings } from "./stack/edit.ts";
import { changedSettings } from "./stack/edit.ts";

/** A stack's file, as it was found. */
export interface StackText {
    /** What the user calls the stack. */
    readonly asked: string;
    readonly path: string;
    readonly text: string;
    /** The project's settings, without encrypted values. */
    readonly raw: Settings;
    /** The paths of encrypted values. */
    readonly secrets: readonly string[];
}

/** Reads a stack's file. One that is no YAML is refused. */
export async function readStack(asked: string, root: string): Promise<StackText> {
    const { file } = await findStack(asked, root);
    const text = await readFile(file, "utf8");
    const { raw, secrets, problems } = readStackFile(text, basename(file));
    if (problems.length > 0) throw new UserError(describeProblems(problems, basename(file)), 2);
    return { asked, path: file, text, raw, secrets };
}

/** What settings come to once they are changed, or everything that is wrong with them. */
export function checkChanged(
    { raw, secrets }: StackText,
    changes: readonly Change[],
    today: string | undefined,
): { readonly settings?: Effective; readonly problems: readonly Problem[] } {
    const options = { concealed: secrets, ...(today && { today: new Date(today) }) };
    const { settings, problems = [] } = parse(changedSettings(raw, changes), options);
    return { settings, problems };
}

/** What a stack's file says below `config`, as the engine gets it. */
export function configOf(text: string): Settings {
    const content: unknown = parseYaml(text);
    const config: unknown = isMapping(content) ? content["config"] : undefined;
    return isMapping(config) ? config : {};
}

/** The keys of a group of settings, and of the same group in each site: `["applications"]` and `["sites.aws.applications"]`. */
export function groupsOf(raw: Settings, kind: string): readonly Group[] {
    const sites = isMapping(raw["sites"]) ? raw["sites"] : {};
    const places: readonly (readonly [readonly string[], unknown])[] = [
        [[kind], raw[kind]],
        ...Object.entries(sites).map(
            ([site, inner]) =>
                [["sites", site, kind], isMapping(inner) ? inner[kind] : undefined] as const,
        ),
    ];
    return places.flatMap(([at, entries]) => (isMapping(entries) ? [{ at, entries }] : []));
}

/** Settings by the user's own keys, and where they stand. */
export interface Group {
    readonly at: readonly string[];
    readonly entries: Settings;
}

/** The user's keys of a kind in all of the stack, each once. Where a site only drops one, it is not there. */
export function keysOf(raw: Settings, kind: string): readonly string[] {
    const keys = groupsOf(raw, kind).flatMap(({ entries }) =>
        Object.keys(entries).filter((key) => entries[key] !== null),
    );
    return [...new Set(keys)];
}

/** Where the user's key of a kind stands: `applications.shop`. */
export function placesOf(raw: Settings, kind: string, key: string): readonly string[] {
    return groupsOf(raw, kind)
        .filter(({ entries }) => Object.hasOwn(entries, key))
        .map(({ at }) => [...at, key].join("."));
}
