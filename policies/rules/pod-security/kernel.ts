import type { Value } from "../../runtime/reader.ts";
import { and, failIf, holds, not, type Truth, type Verdict } from "../../runtime/truth.ts";
import {
    containerCheck,
    isExactly,
    isMissing,
    POD_TYPES,
    podCheck,
    repairs,
    type Pod,
} from "../pods.ts";
import { forTypes, type Rule } from "../rule.ts";

const SEE = "https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted";

const PROFILES = ["RuntimeDefault", "Localhost"];

/** Whether a security context leaves system calls unfiltered. `unsaid` is the answer where it has no profile. */
export function isUnfiltered(security: Value, unsaid: Truth): Truth {
    const profile = security.get("seccompProfile");
    const hasProfile = profile.state === "known";
    return not(isExactly(profile.get("type"), PROFILES, hasProfile ? false : not(unsaid)));
}

function judgeSeccomp(pod: Pod): readonly Verdict[] {
    if (pod.isWindows === true) return [];
    const own = pod.security.get("seccompProfile");
    const find = (security: Value, unsaid: Truth) =>
        failIf(
            and(isUnfiltered(security, unsaid), not(pod.isWindows)),
            security.at("seccompProfile.type"),
            "leaves all system calls open",
        );
    return [
        ...find(pod.security, false),
        ...pod.unread,
        ...pod.containers.flatMap(({ security }) => {
            const type = security.at("seccompProfile.type");
            return find(
                security,
                holds(own, own.entries(), () => false, isMissing(pod, type)),
            );
        }),
    ];
}

const seccomp = podCheck(judgeSeccomp);

/** System calls are filtered. */
export const seccompRuntimeDefault: Rule = {
    id: "k8s-seccomp-runtime-default",
    title: "Every container runs under a seccomp profile.",
    why: "Without a profile all system calls are open, and most ways out of a container begin with a rare one.",
    clouds: ["kubernetes"],
    pack: "security",
    severity: "medium",
    requirements: { "CIS GKE": ["4.6.2"], NSA: ["C-0055"], PSS: ["Restricted"] },
    remediation: "Set securityContext.seccompProfile.type to RuntimeDefault on the pod.",
    see: SEE,
    checks: forTypes(POD_TYPES, seccomp),
    fixes: repairs(seccomp, "RuntimeDefault"),
    note:
        "Pods for Windows are exempt, as in the standard. k8s-baseline-rest finds a profile that is switched off, " +
        "which the Baseline level forbids too.",
};

const procMount = containerCheck(({ security }, { hasOwnUsers }) => {
    const value = security.get("procMount");
    const bad = not(isExactly(value, ["Default"], true));
    return failIf(and(bad, hasOwnUsers), value, "shows the container what /proc hides by default");
});

/** /proc stays masked in pods with users of their own. */
export const procMountDefault: Rule = {
    id: "k8s-proc-mount-default",
    title: "A pod with users of its own keeps parts of /proc hidden.",
    why: "Unmasked, /proc tells about the node and lets its kernel be tuned, and a user namespace is one fault from root.",
    clouds: ["kubernetes"],
    pack: "security",
    severity: "medium",
    requirements: { PSS: ["Restricted"] },
    remediation: "Remove securityContext.procMount, or set it to Default.",
    see: SEE,
    checks: forTypes(POD_TYPES, procMount),
    note:
        "Since 1.35 the Baseline level lets a pod with hostUsers false choose procMount and the Restricted level does " +
        "not, so this is a rule of its own beside k8s-baseline-rest, which judges all other pods.",
};
