import type { Json } from "../../../policies/examples/example.ts";
import type { Mutation } from "./mutation.ts";

const RBAC = "kubernetes:rbac.authorization.k8s.io/v1";

/** A role beside the platform's own, which has none. */
function role(
    kind: "ClusterRole" | "Role",
    rule: { readonly [list: string]: Json },
): Mutation["add"] {
    return [
        {
            type: `${RBAC}:${kind}`,
            name: "added",
            inputs: {
                metadata: { name: "added", ...(kind === "Role" && { namespace: "podinfo" }) },
                rules: [rule],
            },
        },
    ];
}

export const rbacMutations: readonly Mutation[] = [
    {
        rule: "k8s-rbac-no-cluster-admin",
        title: "the application's service account is the cluster's administrator",
        do: [],
        add: [
            {
                type: `${RBAC}:ClusterRoleBinding`,
                name: "podinfo-admin",
                inputs: {
                    metadata: { name: "podinfo-admin" },
                    roleRef: {
                        apiGroup: "rbac.authorization.k8s.io",
                        kind: "ClusterRole",
                        name: "cluster-admin",
                    },
                    subjects: [{ kind: "ServiceAccount", name: "podinfo", namespace: "podinfo" }],
                },
            },
        ],
        at: "roleRef.name",
    },
    {
        rule: "k8s-rbac-no-wildcards",
        title: "a role of the application's namespace is for every resource of a group",
        do: [],
        add: role("Role", { apiGroups: ["apps"], resources: ["*"], verbs: ["get"] }),
        at: "rules[0].resources[0]",
    },
    {
        rule: "k8s-rbac-no-escalation-verbs",
        title: "a role runs commands in the application's pods",
        do: [],
        add: role("Role", { apiGroups: [""], resources: ["pods/exec"], verbs: ["create"] }),
        at: "rules[0]",
    },
    {
        rule: "k8s-rbac-secrets-minimized",
        title: "a role lists the secrets of all namespaces",
        do: [],
        add: role("ClusterRole", { apiGroups: [""], resources: ["secrets"], verbs: ["list"] }),
        at: "rules[0]",
    },
    {
        rule: "k8s-rbac-no-pod-create-webhook-pv",
        title: "a role changes what the API server is sent",
        do: [],
        add: role("ClusterRole", {
            apiGroups: ["admissionregistration.k8s.io"],
            resources: ["mutatingwebhookconfigurations"],
            verbs: ["patch"],
        }),
        at: "rules[0]",
    },
];
