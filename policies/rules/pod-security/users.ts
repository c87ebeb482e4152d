import type { Value } from "../../runtime/reader.ts";
import { and, failIf, holds, isOn, not, type Truth, type Verdict } from "../../runtime/truth.ts";
import { isMissing, POD_TYPES, podCheck, type Pod } from "../pods.ts";
import { forTypes, type Rule } from "../rule.ts";

const SEE = "https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted";
const USERS_NOTE =
    "A pod with hostUsers false is exempt, as in the standard since 1.35: its root is nobody on the node.";

const MAY_BE_ROOT = "lets the container run as root";

function judgeNonRoot(pod: Pod): readonly Verdict[] {
    if (pod.hasOwnUsers === true) return [];
    const own = pod.security.get("runAsNonRoot");
    const find = (bad: Truth, value: Value) =>
        failIf(and(bad, not(pod.hasOwnUsers)), value, MAY_BE_ROOT);
    return [
        // A false on the pod breaks the standard even where every container says true.
        ...find(not(isOn(own, true)), own),
        ...pod.unread,
        ...pod.containers.flatMap(({ security }) => {
            const value = security.get("runAsNonRoot");
            const unsaid = holds(own, own.flag(), () => false, isMissing(pod, value));
            return find(
                holds(value, value.flag(), (on) => !on, unsaid),
                value,
            );
        }),
    ];
}

/** Every container is held to a user other than root. */
export const runAsNonRoot: Rule = {
    id: "k8s-run-as-non-root",
    title: "No container can start as root.",
    why: "Root in a container is root on the node as soon as anything else fails, and most images start as root.",
    clouds: ["kubernetes"],
    pack: "security",
    severity: "high",
    requirements: { NSA: ["C-0013"], PSS: ["Restricted"] },
    analogies: { "PCI DSS": ["2.2"] },
    remediation:
        "Set securityContext.runAsNonRoot to true on the pod, and runAsUser where the image names no user by number.",
    see: SEE,
    checks: forTypes(POD_TYPES, podCheck(judgeNonRoot)),
    note: USERS_NOTE,
};

const isRoot = (value: Value): Truth => holds(value, value.number(), (user) => user === 0, false);

const judgeUser = (security: Value, pod: Pod): readonly Verdict[] => {
    const user = security.get("runAsUser");
    return failIf(and(isRoot(user), not(pod.hasOwnUsers)), user, "is root");
};

const userCheck = podCheck((pod) => [
    ...judgeUser(pod.security, pod),
    ...pod.unread,
    ...pod.containers.flatMap(({ security }) => judgeUser(security, pod)),
]);

/** Nobody asks for root by its number. */
export const runAsUserNotRoot: Rule = {
    id: "k8s-run-as-user-not-0",
    title: "No pod or container asks to run as user 0.",
    why: "User 0 is root, whatever runAsNonRoot says elsewhere; the pod then starts as root or not at all.",
    clouds: ["kubernetes"],
    pack: "security",
    severity: "high",
    requirements: { NSA: ["C-0013"], PSS: ["Restricted"] },
    remediation: "Set securityContext.runAsUser to a number above 0, or leave it to the image.",
    see: SEE,
    checks: forTypes(POD_TYPES, userCheck),
    note: USERS_NOTE,
};
