import { frameworks, frameworksOf } from "../../policies/frameworks/index.ts";
import type { Framework } from "../../policies/frameworks/framework.ts";
import { profiles } from "../../policies/profiles/profiles.ts";
import { notThere } from "../lib/not-there.ts";
import { readOptions, refuseTogether } from "../lib/options.ts";
import { UserError } from "../lib/user-error.ts";

/** What `npm run evidence` was asked for. */
export interface Request {
    readonly stack: string;
    /** The export of a state, to judge instead of what the program would register. */
    readonly state: string | undefined;
    readonly frameworks: readonly Framework[];
    readonly profile: string | undefined;
    readonly policyConfig: string | undefined;
    readonly details: boolean;
    /** Where the evidence goes as JSON; `-` is standard output. */
    readonly json: string | undefined;
    /** Where the report goes as Markdown; `-` is standard output. */
    readonly markdown: string | undefined;
    readonly help: boolean;
}

const ALL_NAMES = frameworks.map(({ name }) => name);
const NAMES = ALL_NAMES.join(", ");

/** The words of `npm run evidence -- --help`. */
export const HELP = `npm run evidence -- [options]

Shows, control by control, what the guardrails tell about a stack and a standard: pass, fail, unknown, waived, not
applicable, or not covered by any rule. Runs the program without an engine, an account or a network, or reads the export
of a state. These are leads for an auditor; nothing here says that a standard is met.

  --stack NAME        dev (the default), prod, the path of a stack file, or a folder that holds one
  --state FILE        judges the state in this file instead, as pulumi stack export writes it
  --profile NAME      levels and options of policies/profiles/NAME.json, and the frameworks that it is about
  --framework NAME    one framework, also several times: ${ALL_NAMES.slice(0, 6).join(", ")},
                      ${ALL_NAMES.slice(6).join(", ")}
  --policy-config F   levels and options of a file, as pulumi takes it by --policy-pack-config
  --details           every control with every rule, and every finding
  --json FILE         writes the evidence as JSON, a list with one entry for each framework; - prints it and nothing else
  --markdown FILE     writes the whole report as Markdown; - prints it and nothing else
  --help              this text

Without --profile and --framework, every framework is shown in one line.

Exit codes: 0 no critical and no mandatory finding stands behind a failed control · 1 there are such findings · 2 settings,
options, the state or the program are wrong.`;

/** Reads the command line. */
export function readArguments(args: readonly string[]): Request {
    const { "policy-config": policyConfig, ...values } = readOptions("evidence", args, {
        stack: { type: "string", short: "s" },
        state: { type: "string" },
        profile: { type: "string" },
        framework: { type: "string", multiple: true },
        "policy-config": { type: "string" },
        details: { type: "boolean", default: false },
        json: { type: "string" },
        markdown: { type: "string" },
        help: { type: "boolean", short: "h", default: false },
    });
    const { stack, state, profile, framework = [], json, markdown, ...switches } = values;
    refuseTogether({ state, stack });
    refuseTogether({ profile, "policy-config": policyConfig });
    if (json === "-" && markdown === "-") {
        throw new UserError("Only one of --json and --markdown can go to standard output.", 2);
    }
    const chosen = switches.help ? [] : chooseFrameworks(framework, profile);
    return {
        ...{ stack: stack ?? "dev", state, profile, policyConfig, json, markdown, ...switches },
        frameworks: chosen,
    };
}

/** The frameworks that were named, or those of the profile, or all. */
function chooseFrameworks(
    names: readonly string[],
    profile: string | undefined,
): readonly Framework[] {
    const unknown = names.find((name) => !frameworks.some((one) => one.name === name));
    if (unknown !== undefined) {
        throw notThere("framework", unknown, ALL_NAMES);
    }
    if (names.length > 0) return frameworks.filter(({ name }) => names.includes(name));
    const asked = profiles.find(({ name }) => name === profile);
    if (asked === undefined) return frameworks;
    const own = frameworksOf(asked);
    if (own.length > 0) return own;
    throw new UserError(
        `The profile ${asked.name} is about no framework. Name some by --framework: ${NAMES}.`,
        2,
    );
}
