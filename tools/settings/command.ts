import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { describeProblems } from "../../components/settings/problems.ts";
import { parse } from "../../components/settings/parse.ts";
import type { Settings } from "../../components/settings/types.ts";
import type { Problem } from "../../components/lib/problem.ts";
import { describeProblem } from "../../components/lib/problem.ts";
import { exitCodeOf } from "../lib/exit-code.ts";
import { notThere } from "../lib/not-there.ts";
import type { Output } from "../lib/output.ts";
import { findStack } from "../stack/files.ts";
import { HELP, readArguments } from "./arguments.ts";
import { referencePage } from "./reference.ts";
import { siteRows, stackRows } from "./rows.ts";
import { readStackFile } from "./stack-file.ts";
import { table } from "./table.ts";

/** Where the command prints, as wide as it is told. */
interface Page extends Output {
    readonly columns?: number;
}

/** A stack's settings, read from its file, with the paths that only the engine can decrypt. */
export type Checked =
    | {
          readonly settings: Settings;
          readonly secrets: readonly string[];
          readonly problems?: undefined;
      }
    | { readonly problems: readonly Problem[]; readonly settings?: undefined };

/** Reads and checks the text of a stack file, without the engine. */
export function checkStackFile(text: string, file: string, today?: Date): Checked {
    const { raw, secrets, problems } = readStackFile(text, file);
    if (problems.length > 0) return { problems };
    const parsed = parse(raw, { concealed: secrets, ...(today && { today }) });
    return parsed.settings ? { settings: parsed.settings, secrets } : { problems: parsed.problems };
}

/** The chosen site, or all of them. */
function choose(settings: Settings, wanted: string | undefined): Settings["sites"] {
    const chosen = settings.sites.filter(({ site }) => wanted === undefined || site === wanted);
    if (wanted === undefined || chosen.length > 0) return chosen;
    const known = settings.sites.map(({ site }) => site);
    throw notThere("site", wanted, known);
}

function asJson(settings: Settings, secrets: readonly string[], wanted: string | undefined) {
    return {
        stack: stackRows(settings, secrets),
        sites: Object.fromEntries(
            choose(settings, wanted).map((site) => [site.site, siteRows(site, settings, secrets)]),
        ),
        warnings: settings.warnings,
    };
}

function asText(
    settings: Settings,
    secrets: readonly string[],
    wanted: string | undefined,
    width: number,
) {
    const tables = choose(settings, wanted).map((site) =>
        table(`${site.site}: ${site.name}`, siteRows(site, settings, secrets), width),
    );
    const warnings = settings.warnings.map((warning) => `warning: ${describeProblem(warning)}`);
    return [table("stack", stackRows(settings, secrets), width), ...tables, ...warnings].join("\n");
}

async function show(args: readonly string[], output: Page, errors: Output): Promise<number> {
    const request = readArguments(args);
    if (request.help || request.docs) {
        output.write(request.help ? `${HELP}\n` : await referencePage());
        return 0;
    }
    const { file } = await findStack(request.stack);
    const name = basename(file);
    const { problems, ...found } = checkStackFile(await readFile(file, "utf8"), name);
    if (found.settings === undefined) {
        if (request.json) output.write(`${JSON.stringify({ problems }, undefined, 4)}\n`);
        else errors.write(`${describeProblems(problems ?? [], name)}\n`);
        return 2;
    }
    const { settings, secrets } = found;
    output.write(
        request.json
            ? `${JSON.stringify(asJson(settings, secrets, request.site), undefined, 4)}\n`
            : `${asText(settings, secrets, request.site, output.columns ?? 120)}\n`,
    );
    return 0;
}

/** `npm run settings`. Returns the exit code. */
export function settingsCommand(
    args: readonly string[],
    output: Page,
    errors: Output,
): Promise<number> {
    return exitCodeOf(() => show(args, output, errors), errors);
}
