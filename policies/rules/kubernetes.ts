import type { Value } from "../runtime/reader.ts";
import { failIfOn, type Verdict } from "../runtime/truth.ts";
import { eachContainer, POD_TYPES } from "./pods.ts";
import { forTypes, type Check, type Rule } from "./rule.ts";

const PRIVILEGED = "the container is privileged";

const privileged: Check = (resource) =>
    eachContainer(resource, (container) =>
        failIfOn(container.at("securityContext.privileged"), PRIVILEGED),
    );

/** Deeper than any object; a guard against endless walks. */
const DEEPEST = 64;

/** Judges whatever is called a security context, as in a chart's values or a custom resource that makes pods. */
function privilegedWithin(value: Value, depth: number): readonly Verdict[] {
    if (depth > DEEPEST) return [];
    const list = value.list();
    if (list.state === "known") {
        return list.value.flatMap((element) => privilegedWithin(element, depth + 1));
    }
    const entries = value.entries();
    if (entries.state !== "known") return [];
    return entries.value.flatMap(([key, child]) => [
        ...(/securityContext$/i.test(key) ? failIfOn(child.get("privileged"), PRIVILEGED) : []),
        ...privilegedWithin(child, depth + 1),
    ]);
}

const privilegedAnywhere: Check = ({ type, inputs }) =>
    type.startsWith("kubernetes:") ? privilegedWithin(inputs, 0) : [];

/** No container is privileged, whatever makes its pod. */
export const noPrivileged: Rule = {
    id: "k8s-no-privileged",
    title: "No container is privileged.",
    why: "A privileged container is root on its node, and from there on every pod and secret of that node.",
    clouds: ["kubernetes"],
    pack: "security",
    severity: "critical",
    requirements: {
        "CIS EKS": ["4.2.1"],
        "CIS AKS": ["4.2.1"],
        NSA: ["C-0057"],
        PSS: ["Baseline"],
    },
    analogies: { "PCI DSS": ["2.2"], "SOC 2": ["CC6.1"] },
    remediation: "Remove securityContext.privileged, and add the single capability that is needed.",
    see: "https://kubernetes.io/docs/concepts/security/pod-security-standards/",
    checks: { ...forTypes(POD_TYPES, privileged), "*": privilegedAnywhere },
};

/** What runs in a cluster, and what it may do there. */
export const kubernetesRules: readonly Rule[] = [noPrivileged];
