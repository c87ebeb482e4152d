import { and, failIf, holds, isOneOf, not, type Truth } from "../../runtime/truth.ts";
import { forKinds, isAllowed, mark, namesOption, type ObjectCheck } from "../objects.ts";
import { NAMESPACE } from "../places.ts";
import type { Rule } from "../rule.ts";
import { SYSTEM_NAMESPACES } from "./system.ts";

const ENFORCE = "pod-security.kubernetes.io/enforce";
const VERSION = "pod-security.kubernetes.io/enforce-version";

const podSecurityLabels: ObjectCheck = (namespace, { options }, isPatch) => {
    const counts = not(isAllowed(namespace, options.get("exempt")));
    const level = mark(namespace, "labels", ENFORCE);
    const version = mark(namespace, "labels", VERSION);
    const missing = (path: string): Truth => (isPatch ? { unknown: path } : true);
    const accepted = holds(
        options.get("level"),
        options.get("level").text(),
        (least) =>
            isOneOf(level, least === "restricted" ? [least] : ["restricted", "baseline"], false),
        false,
    );
    const isPinned = holds(version, version.text(), (text) => /^v1\.\d{1,3}$/.test(text), false);
    return [
        ...failIf(
            and(level.state === "absent" ? missing(level.path) : not(accepted), counts),
            level,
            "does not enforce the Pod Security Standard that is asked for",
        ),
        ...failIf(
            and(version.state === "absent" ? missing(version.path) : not(isPinned), counts),
            version,
            "leaves it to the cluster's version what the standard means",
        ),
    ];
};

/** The API server itself refuses pods that break the Pod Security Standards. */
export const namespacePodSecurity: Rule = {
    id: "k8s-namespace-psa-labels",
    title: "Every namespace enforces a Pod Security Standard of a pinned version.",
    why: "Without the label the API server takes any pod, whoever makes it and whatever it asks for; without a version, an upgrade of the cluster refuses pods that ran before.",
    clouds: ["kubernetes"],
    pack: "security",
    severity: "high",
    requirements: {
        "CIS GKE": ["4.2.1"],
        "CIS EKS": ["4.2.1", "4.2.2", "4.2.3", "4.2.4", "4.2.5"],
        "CIS AKS": ["4.2.1", "4.2.2", "4.2.3", "4.2.4", "4.2.5"],
        NSA: ["C-0068"],
    },
    remediation:
        "Label the namespace pod-security.kubernetes.io/enforce: restricted, or baseline where its pods need more, and " +
        "pod-security.kubernetes.io/enforce-version with the version that they were written for, such as v1.36.",
    see: "https://kubernetes.io/docs/concepts/security/pod-security-admission/",
    options: {
        properties: {
            level: {
                type: "string",
                enum: ["baseline", "restricted"],
                default: "baseline",
                description: "The least that a namespace has to enforce.",
            },
            exempt: namesOption(
                "The metadata.name of namespaces that need no such label",
                SYSTEM_NAMESPACES,
            ),
        },
    },
    checks: forKinds([NAMESPACE], podSecurityLabels),
    note:
        "There is no repair: a label that is put on later makes the API server refuse the namespace's next pods. Of a " +
        "NamespacePatch only what it sets is judged.",
};
