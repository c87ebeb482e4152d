import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { isMap, isSeq, parseDocument } from "yaml";
import type { YAMLMap } from "yaml";
import { OVERRIDES } from "../../components/settings/schema.ts";
import type { Shape } from "../../components/settings/shape.ts";
import type { PackConfig } from "../../policies/runtime/settings.ts";
import type { Subject } from "../lib/follow-up.ts";
import { UserError } from "../lib/user-error.ts";
import { commandFor } from "./arguments.ts";
import type { Layout } from "./layout.ts";
import { ROOT } from "./layout.ts";
import { describeUrn } from "./progress.ts";
import type { State, StateResource } from "./state.ts";

/** What a stack's file says to be rid of protection in prod. */
const ACKNOWLEDGED = "unprotected-prod";

/** What the engine refuses to delete. */
export function protectedIn(state: State): readonly StateResource[] {
    return state.resources.filter(({ protect }) => protect === true);
}

/** The way to take a protected stack down, in words. */
export function refuseProtected(
    stack: string,
    asked: Subject,
    guarded: readonly StateResource[],
): UserError {
    const shown = guarded.slice(0, 8).map(({ urn }) => `  ${describeUrn(urn)}`);
    const more =
        guarded.length > shown.length ? [`  and ${guarded.length - shown.length} more`] : [];
    return new UserError(
        [
            `${stack} holds ${guarded.length} protected ${guarded.length === 1 ? "resource" : "resources"}, which nobody deletes by accident:`,
            ...shown,
            ...more,
            "Protection is taken off in a step of its own. In the stack's file, acknowledge it and switch it off",
            `(docs/recovery.md has the lines), then: ${commandFor(asked)}`,
            `and again: ${commandFor(asked, "--destroy")}`,
            "",
            "On simulated clouds both steps can be had in one, on the local copy of the stack's file:",
            `  ${commandFor(asked, "--destroy", "--unprotect")}`,
        ].join("\n"),
    );
}

/**
 * Switches deletion protection off in the local copy of a stack's file, with the acknowledgement that prod asks for.
 * The file in the work tree stays as it is.
 */
export async function takeProtectionOff(layout: Layout, stack: string): Promise<void> {
    const file = join(layout.project, `Pulumi.${stack}.yaml`);
    await writeFile(file, withoutProtection(await readFile(file, "utf8")));
}

/** Levels under which the guardrails tell that protection is off and let it pass. */
const UNPROTECTED_LEVELS = join(ROOT, "policies", "unprotect.json");

/**
 * Files with the levels and options of a run's guardrails: what was asked for, and for a stack whose file acknowledges that it
 * is not protected, that this is told and passes. The engine takes one file for a pack, so both go into one.
 */
export async function levelsFor(
    layout: Layout,
    stack: string,
    asked: PackConfig = {},
): Promise<readonly string[]> {
    const text = await readFile(join(layout.project, `Pulumi.${stack}.yaml`), "utf8");
    const known: unknown = parseDocument(text).getIn(["config", "platform:acknowledge"]);
    const isUnprotected = isSeq(known) && known.items.map(String).includes(ACKNOWLEDGED);
    const unprotected = isUnprotected
        ? (JSON.parse(await readFile(UNPROTECTED_LEVELS, "utf8")) as PackConfig)
        : {};
    const levels = { ...asked, ...unprotected };
    if (Object.keys(levels).length === 0) return [];
    const file = join(layout.project, "guardrails.json");
    await writeFile(file, `${JSON.stringify(levels, undefined, 4)}\n`);
    return [file];
}

const canBeProtected = (shape: Shape) =>
    shape.kind === "section" && Object.hasOwn(shape.fields, "deletionProtection");

/** The settings' sections that can be protected from deletion, and those whose entries can. */
const PROTECTABLE = Object.entries(OVERRIDES.fields)
    .filter(([, { shape }]) => canBeProtected(shape))
    .map(([section]) => section);
const PROTECTABLE_BY_NAME = Object.entries(OVERRIDES.fields)
    .filter(([, { shape }]) => shape.kind === "entries" && canBeProtected(shape.entry))
    .map(([section]) => section);

/** The text of a stack's file with deletion protection switched off wherever it can be said. */
export function withoutProtection(text: string): string {
    const document = parseDocument(text);
    const config = document.get("config");
    if (!isMap(config)) return text;
    const known = config.get("platform:acknowledge");
    const acknowledged = isSeq(known) ? known.items.map(String) : [];
    const all = [...new Set([...acknowledged, ACKNOWLEDGED])];
    config.set("platform:acknowledge", document.createNode(all));
    for (const section of PROTECTABLE) {
        config.setIn([`platform:${section}`, "deletionProtection"], false);
    }
    switchOff(config, "platform:");
    const sites = config.get("platform:sites");
    for (const pair of isMap(sites) ? sites.items : []) {
        if (isMap(pair.value)) switchOff(pair.value, "");
    }
    return document.toString();
}

/** Switches off what one level of the settings says or names: its sections, and its named entries. */
function switchOff(level: YAMLMap, prefix: string): void {
    for (const section of PROTECTABLE) {
        const found = level.get(`${prefix}${section}`);
        if (isMap(found)) found.set("deletionProtection", false);
    }
    for (const section of PROTECTABLE_BY_NAME) {
        const found = level.get(`${prefix}${section}`);
        for (const { value } of isMap(found) ? found.items : []) {
            if (isMap(value)) value.set("deletionProtection", false);
        }
    }
}
