import type { Example, StackExample } from "./example.ts";

const RBAC = "kubernetes:rbac.authorization.k8s.io/v1";

const binding = {
    metadata: { name: "operators" },
    roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: "view" },
    subjects: [{ kind: "Group", name: "team" }],
};

const bindingBreaks = (prefix: string) => [
    {
        title: "the role is cluster-admin",
        set: [`${prefix}roleRef.name`, "cluster-admin"] as const,
        at: [`${prefix}roleRef.name`],
    },
    ...["system:masters", "system:unauthenticated", "system:authenticated", "system:anonymous"].map(
        (group) => ({
            title: `a subject is ${group}`,
            set: [`${prefix}subjects[0].name`, group] as const,
            at: [`${prefix}subjects[0].name`],
        }),
    ),
];

export const kubernetesExamples: Record<string, readonly Example[]> = {
    "k8s-rbac-no-cluster-admin": [
        ...["ClusterRoleBinding", "RoleBinding", "ClusterRoleBindingPatch"].map(
            (kind): Example => ({
                type: `${RBAC}:${kind}`,
                good: binding,
                breaks: bindingBreaks(""),
                undecided: "roleRef.name",
            }),
        ),
        ...["ClusterRoleBindingList", "RoleBindingList"].map((kind): Example => ({
            type: `${RBAC}:${kind}`,
            good: { items: [binding] },
            breaks: bindingBreaks("items[0]."),
            undecided: "items",
        })),
    ],
};

export const kubernetesStackExamples: Record<string, readonly StackExample[]> = {};
