import { followUp, type Subject } from "../lib/follow-up.ts";
import { readOptions, refuseTogether } from "../lib/options.ts";
import { UserError } from "../lib/user-error.ts";
import type { Action } from "./run.ts";

/** What `npm run try` was asked for. */
export interface Request {
    readonly stack: string;
    readonly action: Action;
    /** Takes protection off, on local copies, before everything is taken down. */
    readonly unprotect: boolean;
    /** Levels and options of the guardrails, of a profile or of a file; one of the two at most. */
    readonly profile: string | undefined;
    readonly policyConfig: string | undefined;
    readonly help: boolean;
}

/** The words of `npm run try -- --help`. */
export const HELP = `npm run try -- [options]

Provisions a stack on simulated clouds with the real Pulumi engine and the security pack enforced.
Needs no account, touches no cloud, and writes nothing but .local/.

  --stack NAME        dev (the default), prod, the path of a stack file, or a folder that holds one
  --preview           shows what would change, and changes nothing
  --refresh           reads what stands, and shows what was changed by hand
  --destroy           takes everything down
  --unprotect         with --destroy: first takes deletion protection off, on the local copy of the stack's file
  --profile NAME      guardrails with the levels and options of policies/profiles/NAME.json
  --policy-config F   the same of a file, as pulumi takes it by --policy-pack-config
  --help              this text

A run that was killed needs no special treatment: the next one notices, clears up and completes the stack.

Environment: SIM_TIME_SCALE scales the clouds' creation times (0 takes the waiting out), SIM_WORLD names the file with
the simulated clouds, PLATFORM_ENGINE names a pulumi to use, PLATFORM_ENGINE_CACHE the folder to keep a built one in.
PULUMI_SKIP_CHECKPOINTS=true has the engine write its state at the end only, which is five times faster with a thousand
resources; a run that is killed then leaves nothing to go on from. Never set it for clouds that are not simulated.

Exit codes: 0 done · 1 the run failed · 2 settings or options are wrong, nothing was touched · 3 the policy pack
stopped the run · 130 interrupted. To start over, delete .local/.`;

/** The stack that nobody has to name. */
const DEFAULT_STACK = "dev";

/** The command that does something to the stack of another one, by the same levels of the guardrails. */
export function commandFor(asked: Subject, ...options: readonly string[]): string {
    const { stack, ...levels } = asked;
    return followUp("try", stack === DEFAULT_STACK ? levels : asked, ...options);
}

/** Reads the command line. */
export function readArguments(args: readonly string[]): Request {
    const values = readOptions("try", args, {
        stack: { type: "string", short: "s", default: DEFAULT_STACK },
        preview: { type: "boolean", default: false },
        refresh: { type: "boolean", default: false },
        destroy: { type: "boolean", default: false },
        unprotect: { type: "boolean", default: false },
        profile: { type: "string" },
        "policy-config": { type: "string" },
        help: { type: "boolean", short: "h", default: false },
    });
    const { preview, refresh, destroy, profile, "policy-config": policyConfig } = values;
    refuseTogether({ preview, refresh, destroy });
    refuseTogether({ profile, "policy-config": policyConfig });
    const action = (["preview", "refresh", "destroy"] as const).find((name) => values[name]);
    if (values.unprotect && !destroy) {
        throw new UserError("--unprotect goes with --destroy only.", 2);
    }
    return {
        stack: values.stack,
        action: action ?? "up",
        unprotect: values.unprotect,
        profile,
        policyConfig,
        help: values.help,
    };
}
