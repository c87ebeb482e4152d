import type { Stack, StackResource } from "../../runtime/stack.ts";
import { failIf, isOn, isPresent, or, some, type Verdict } from "../../runtime/truth.ts";
import { on, type StackVerdict } from "../rule.ts";
import { WORKSPACE } from "./retention.ts";

export const DIAGNOSTICS = "azure-native:monitor:DiagnosticSetting";

/** The inputs of a diagnostic setting that say where logs end. */
const ENDS = ["workspaceId", "storageAccountId"] as const;

/** Those that pass logs on to somewhere else. */
const PASSING_ON = ["eventHubAuthorizationRuleId", "marketplacePartnerId"] as const;

/** What Azure services log goes to workspaces and accounts of the stack. */
export function azureSinks(stack: Stack): readonly StackVerdict[] {
    return stack.all(DIAGNOSTICS).flatMap((one) => on(one, settingVerdicts(stack, one)));
}

function settingVerdicts(stack: Stack, setting: StackResource): readonly Verdict[] {
    const { given } = setting;
    if (some(given.get("logs"), (log) => isOn(log.get("enabled"), false)) === false) return [];
    const workspace = given.get("workspaceId");
    const text = workspace.text();
    const isHere =
        ENDS.some((input) => stack.targets(setting, input).length > 0) ||
        (text.state === "known" && stack.named(WORKSPACE, "id", text.value).length > 0);
    if (isHere) return [];
    const elsewhere = or(...[...ENDS, ...PASSING_ON].map((input) => isPresent(given.get(input))));
    return elsewhere === false
        ? failIf(true, workspace, "goes to no place that keeps it")
        : [{ state: "unknown", path: workspace.path }];
}
