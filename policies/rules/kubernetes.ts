import type { Value } from "../runtime/reader.ts";
import {
    and,
    each,
    failIf,
    failIfOn,
    holds,
    isOneOf,
    not,
    some,
    type Verdict,
} from "../runtime/truth.ts";
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

const RBAC = "kubernetes:rbac.authorization.k8s.io";
const BINDINGS = [`${RBAC}:ClusterRoleBinding`, `${RBAC}:RoleBinding`];

/** Groups that everybody or nobody in particular is in, and the one that no binding can take away from. */
const OPEN_GROUPS: readonly string[] = [
    "system:masters",
    "system:anonymous",
    "system:unauthenticated",
    "system:authenticated",
];

function judgeBinding(binding: Value, options: Value) {
    const role = binding.at("roleRef.name");
    const name = binding.at("metadata.name");
    const allowed = some(options.get("allowed"), (entry) =>
        holds(entry, entry.text(), (wanted) => isOneOf(name, [wanted.toLowerCase()], false), false),
    );
    return [
        ...failIf(
            and(isOneOf(role, ["cluster-admin"], false), not(allowed)),
            role,
            "gives every right on the cluster",
        ),
        ...each(binding.get("subjects"), (subject) => {
            const group = subject.get("name");
            return failIf(isOneOf(group, OPEN_GROUPS, false), group, "is a group for everybody");
        }),
    ];
}

const binding: Check = ({ inputs }, { options }) => judgeBinding(inputs, options);
const bindingList: Check = ({ inputs }, { options }) =>
    each(inputs.get("items"), (item) => judgeBinding(item, options));

/** Nobody is made the cluster's administrator, and no right is given to everybody. */
export const rbacNoClusterAdmin: Rule = {
    id: "k8s-rbac-no-cluster-admin",
    title: "No binding gives cluster-admin, and none is for everybody.",
    why: "A service account with cluster-admin makes every flaw of its pod a flaw of the whole cluster.",
    clouds: ["kubernetes"],
    pack: "security",
    severity: "critical",
    requirements: {
        "CIS EKS": ["4.1.1"],
        "CIS AKS": ["4.1.1"],
        "CIS GKE": ["4.1.6", "4.1.8", "4.1.9", "4.1.10"],
        NSA: ["C-0035"],
    },
    analogies: { "PCI DSS": ["7.2.1"] },
    remediation:
        "Bind a role with the rights that are needed. Administrators are given access in the platform's settings; a " +
        "binding that has to stay is named in the option `allowed`.",
    see: "https://kubernetes.io/docs/concepts/security/rbac-good-practices/",
    options: {
        properties: {
            allowed: {
                type: "array",
                items: { type: "string" },
                default: [],
                description: "The metadata.name of bindings that may give cluster-admin.",
            },
        },
    },
    checks: {
        ...forTypes(BINDINGS, binding),
        ...forTypes(
            BINDINGS.map((type) => `${type}List`),
            bindingList,
        ),
    },
};

/** What runs in a cluster, and what it may do there. */
export const kubernetesRules: readonly Rule[] = [noPrivileged, rbacNoClusterAdmin];
