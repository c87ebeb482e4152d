import type { Value } from "../../runtime/reader.ts";
import { and, each, failIf, isOneOf, not } from "../../runtime/truth.ts";
import { forKinds, isAllowed, namesOption } from "../objects.ts";
import type { Context, Rule } from "../rule.ts";
import { RBAC } from "./rights.ts";

/** Groups that everybody or nobody in particular is in, and the one that no binding can take away from. */
const OPEN_GROUPS: readonly string[] = [
    "system:masters",
    "system:anonymous",
    "system:unauthenticated",
    "system:authenticated",
];

function judgeBinding(binding: Value, { options }: Context) {
    const role = binding.at("roleRef.name");
    const allowed = isAllowed(binding, options.get("allowed"));
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
            allowed: namesOption("The metadata.name of bindings that may give cluster-admin"),
        },
    },
    checks: forKinds([`${RBAC}:ClusterRoleBinding`, `${RBAC}:RoleBinding`], judgeBinding),
};
