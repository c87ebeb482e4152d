import type { Value } from "../../runtime/reader.ts";
import { attached, maybe, NOTHING, type Stack, type StackResource } from "../../runtime/stack.ts";
import { and, failIf, isOn, isOneOf, not, or, some, type Truth } from "../../runtime/truth.ts";
import { on, type Rule, type StackVerdict } from "../rule.ts";
import { CLUSTER } from "./types.ts";

const SETTING = "azure-native:monitor:DiagnosticSetting";

const CATEGORIES: readonly string[] = ["kube-audit", "kube-audit-admin"];
const GROUPS: readonly string[] = ["audit", "alllogs"];

/** Whether an entry of a setting takes the audit log. Azure wants `enabled` to be said. */
function isAudit(log: Value): Truth {
    const named = or(
        isOneOf(log.get("category"), CATEGORIES, false),
        isOneOf(log.get("categoryGroup"), GROUPS, false),
    );
    return and(isOn(log.get("enabled"), false), named);
}

const takesAudit = ({ given }: StackResource): Truth => some(given.get("logs"), isAudit);

function withoutAudit(stack: Stack): readonly StackVerdict[] {
    const clusters = stack.all(CLUSTER);
    const settings = attached(stack, clusters, {
        types: [SETTING],
        input: "resourceUri",
        names: ["id"],
    });
    return clusters.flatMap((cluster) => {
        const own = settings.of(cluster);
        const kept = or(...own.map(takesAudit), maybe(settings.loose, "resourceUri"));
        const [first] = own;
        return first === undefined
            ? on(cluster, failIf(not(kept), NOTHING, "has no diagnostic setting for its audit log"))
            : on(first, failIf(not(kept), first.given.get("logs"), "leaves the audit log out"));
    });
}

/** The audit log of an AKS cluster is kept outside of it. */
export const aksAuditLogs: Rule = {
    id: "az-aks-audit-logs",
    title: "The audit log of an AKS cluster is kept.",
    why: "AKS keeps no audit log by itself: who read a Secret or gave away a role cannot be found out afterwards.",
    clouds: ["azure"],
    pack: "security",
    severity: "medium",
    requirements: { "CIS AKS": ["2.1.1"] },
    analogies: { "PCI DSS": ["10.2.1"], HIPAA: ["164.312(b)"] },
    remediation:
        "Add a DiagnosticSetting with the cluster as resourceUri, a workspace, and the category kube-audit, or " +
        "kube-audit-admin, which costs less and leaves out who read what.",
    see: "https://learn.microsoft.com/en-us/azure/aks/monitor-aks",
    checks: {},
    stack: { judges: [CLUSTER, SETTING], check: withoutAudit },
    note:
        "Lists of requirements take the omsagent add-on or azureMonitorProfile for it too. Neither is: the first collects " +
        "what containers print, the second metrics.",
};
