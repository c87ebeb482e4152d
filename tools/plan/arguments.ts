import { readOptions, refuseSameFile, refuseTogether } from "../lib/options.ts";
import { UserError } from "../lib/user-error.ts";

/** What `npm run plan` was asked for. */
export interface Request {
    readonly stack: string;
    readonly all: boolean;
    readonly details: boolean;
    /** Names, types or URNs of resources to show whole. */
    readonly resource: string | undefined;
    /** Where the plan goes as JSON; `-` is standard output. */
    readonly json: string | undefined;
    /** Where the plan goes as a page for a browser. */
    readonly html: string | undefined;
    /** Where the Kubernetes objects go. */
    readonly manifests: string | undefined;
    /** Where the findings go as SARIF. */
    readonly sarif: string | undefined;
    /** Where the findings go as GitLab's Code Quality report. */
    readonly codeQuality: string | undefined;
    /** The git revision to compare with. */
    readonly against: string | undefined;
    /** True to install the packages that the other revision names. */
    readonly install: boolean;
    /** True to let pass what the other revision's guardrails would stop, and this one's do not. */
    readonly acceptPolicyChanges: boolean;
    /** Where the plan goes as one comment on a pull request. */
    readonly markdown: string | undefined;
    readonly profile: string | undefined;
    readonly policyConfig: string | undefined;
    readonly help: boolean;
}

/** The words of `npm run plan -- --help`. */
export const HELP = `npm run plan -- [options]

Shows what a stack comes to: every resource, what the guardrails say about it, and the outputs. Runs the program as it
is, without an engine, an account or a network, and changes nothing but the files that you ask for. What only a cloud
knows is shown as [unknown], what is secret as [secret].

  --stack NAME        dev (the default), prod, the path of a stack file, or a folder that holds one
  --all               every Pulumi.<stack>.yaml of this folder, one after the other
  --details           lists every resource, and every finding
  --resource GLOB     shows the resources of that name, type or URN whole; * stands for any text
  --json FILE         writes the plan as JSON, a list of plans with --all; - prints it and nothing else
  --html FILE         writes the plan, or the comparison, as one page for a browser; with --all, a page for each stack
  --manifests DIR     writes the Kubernetes objects as YAML, a folder for each cluster
  --sarif FILE        writes the findings for code scanning, a run for each stack
  --code-quality FILE writes the findings as GitLab shows them in a merge request
  --against REV       compares with another git revision, which this revision's rules judge; your files stay untouched
  --install           installs the packages that REV names, where they differ from those here
  --accept-policy-changes
                      lets pass what REV's own guardrails would stop and these do not, where policies/ differs
  --markdown FILE     writes the plan, or the comparison, as one comment on a pull request
  --profile NAME      levels and options of policies/profiles/NAME.json
  --policy-config F   levels and options of a file, as pulumi takes it by --policy-pack-config
  --help              this text

Exit codes: 0 nothing stops the stack · 1 mandatory findings, here or by REV's own guardrails, or renames that lose resources · 2 settings, options or the program are wrong.`;

/** Reads the command line. */
export function readArguments(args: readonly string[]): Request {
    const {
        "policy-config": policyConfig,
        "code-quality": codeQuality,
        "accept-policy-changes": acceptPolicyChanges,
        ...values
    } = readOptions("plan", args, {
        stack: { type: "string", short: "s" },
        all: { type: "boolean", default: false },
        details: { type: "boolean", default: false },
        resource: { type: "string" },
        json: { type: "string" },
        html: { type: "string" },
        manifests: { type: "string" },
        sarif: { type: "string" },
        "code-quality": { type: "string" },
        against: { type: "string" },
        install: { type: "boolean", default: false },
        "accept-policy-changes": { type: "boolean", default: false },
        markdown: { type: "string" },
        profile: { type: "string" },
        "policy-config": { type: "string" },
        help: { type: "boolean", short: "h", default: false },
    });
    refuseTogether({ all: values.all, stack: values.stack });
    refuseTogether({ profile: values.profile, "policy-config": policyConfig });
    if (values.install && values.against === undefined) {
        throw new UserError("--install goes with --against only, whose packages it installs.", 2);
    }
    if (acceptPolicyChanges && values.against === undefined) {
        throw new UserError("--accept-policy-changes goes with --against only.", 2);
    }
    const { resource, json, html, manifests, sarif, profile } = values;
    const { all, details, help, against, install, markdown } = values;
    refuseSameFile({ json, html, sarif, "code-quality": codeQuality, markdown });
    const stack = values.stack ?? "dev";
    return {
        stack,
        all,
        details,
        resource,
        json,
        html,
        manifests,
        sarif,
        codeQuality,
        profile,
        policyConfig,
        help,
        against,
        install,
        acceptPolicyChanges,
        markdown,
    };
}
