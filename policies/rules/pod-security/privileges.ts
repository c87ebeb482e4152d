import type { Value } from "../../runtime/reader.ts";
import {
    and,
    each,
    failIf,
    failIfOn,
    holds,
    isOn,
    not,
    or,
    some,
    type Truth,
    type Verdict,
} from "../../runtime/truth.ts";
import {
    containerCheck,
    isExactly,
    isMissing,
    POD_TYPES,
    repairs,
    type Container,
    type Pod,
} from "../pods.ts";
import { forTypes, type Check, type Rule } from "../rule.ts";
import { walkOf } from "../walk.ts";

const PRIVILEGED = "the container is privileged";

const privileged = containerCheck(({ security }) =>
    failIfOn(security.get("privileged"), PRIVILEGED),
);

/** Judges whatever is called a security context, as in a chart's values or a custom resource that makes pods. */
const privilegedAnywhere: Check = ({ inputs }) =>
    walkOf(inputs).securityContexts.flatMap((context) =>
        failIfOn(context.get("privileged"), PRIVILEGED),
    );

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
    concerns: (type) => type.startsWith("kubernetes:"),
};

function judgeEscalation({ security }: Container, pod: Pod): readonly Verdict[] {
    const value = security.get("allowPrivilegeEscalation");
    const bad = holds(value, value.flag(), (on) => on, isMissing(pod, value));
    return failIf(
        and(bad, not(pod.isWindows)),
        value,
        "lets a process gain more rights than its parent",
    );
}

/** The API server refuses the switch on a container that has every right already. */
function canForbidEscalation({ security }: Container): boolean {
    const hasAll = or(
        isOn(security.get("privileged"), false),
        some(security.at("capabilities.add"), (capability) =>
            isExactly(capability, ["SYS_ADMIN", "CAP_SYS_ADMIN", "ALL"], false),
        ),
    );
    return hasAll === false;
}

const mendableEscalation = containerCheck((container, pod) =>
    canForbidEscalation(container) ? judgeEscalation(container, pod) : [],
);

/** No process gains more rights than it was started with. */
export const noPrivilegeEscalation: Rule = {
    id: "k8s-no-privilege-escalation",
    title: "No process of a container gains more rights than it was started with.",
    why: "With escalation allowed, which is the default, one setuid file in the image makes an ordinary user root.",
    clouds: ["kubernetes"],
    pack: "security",
    severity: "high",
    requirements: {
        "CIS EKS": ["4.2.5"],
        "CIS AKS": ["4.2.5"],
        NSA: ["C-0016"],
        PSS: ["Restricted"],
    },
    remediation: "Set securityContext.allowPrivilegeEscalation to false on every container.",
    see: "https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted",
    checks: forTypes(POD_TYPES, containerCheck(judgeEscalation)),
    fixes: repairs(mendableEscalation, false),
    note: "Pods for Windows are exempt, as in the standard: the API server refuses the field there.",
};

const dropsAll = (drop: Value, pod: Pod): Truth =>
    drop.state === "absent"
        ? not(isMissing(pod, drop))
        : some(drop, (capability) => isExactly(capability, ["ALL"], false));

function judgeDropped({ security }: Container, pod: Pod): readonly Verdict[] {
    const drop = security.at("capabilities.drop");
    const bad = and(not(dropsAll(drop, pod)), not(pod.isWindows));
    return failIf(bad, drop, "leaves the container capabilities that it was not asked for");
}

const capabilities = containerCheck((container, pod) => [
    ...judgeDropped(container, pod),
    ...each(container.security.at("capabilities.add"), (capability) => {
        const bad = not(isExactly(capability, ["NET_BIND_SERVICE"], true));
        return failIf(and(bad, not(pod.isWindows)), capability, "adds a capability of root");
    }),
]);

/** Containers have no capability of root, but for opening low ports. */
export const dropAllCapabilities: Rule = {
    id: "k8s-drop-all-capabilities",
    title: "Every container drops all capabilities, and adds none but NET_BIND_SERVICE.",
    why: "The default capabilities let a process that is taken over forge packets, change owners and dodge permissions.",
    clouds: ["kubernetes"],
    pack: "security",
    severity: "high",
    requirements: { NSA: ["C-0046"], PSS: ["Restricted"] },
    remediation:
        'Set securityContext.capabilities to { drop: ["ALL"] } on every container; add NET_BIND_SERVICE for ports below 1024.',
    see: "https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted",
    checks: forTypes(POD_TYPES, capabilities),
    fixes: repairs(containerCheck(judgeDropped), ["ALL"]),
    note: "Pods for Windows are exempt, as in the standard: capabilities mean nothing there.",
};
