import type { Break, Example, Inputs, StackExample } from "./example.ts";
import { forms } from "./forms.ts";

const RBAC = "kubernetes:rbac.authorization.k8s.io/v1";

/** The same for several kinds: alone, as a patch, and in a list. */
function kinds(
    names: readonly string[],
    good: Inputs,
    breaks: readonly Break[],
    undecided: string,
): readonly Example[] {
    return names.flatMap((kind) => [
        ...forms(`${RBAC}:${kind}`, good, breaks, undecided),
        { type: `${RBAC}:${kind}Patch`, good, breaks, undecided },
    ]);
}

const binding = {
    metadata: { name: "operators" },
    roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: "view" },
    subjects: [{ kind: "Group", name: "team" }],
};

const role = (...rules: readonly Inputs[]) => ({ metadata: { name: "reader" }, rules });

/** What a role may say and still keep a rule, and what breaks it, as its second entry. */
function entry(title: string, given: Inputs): Break {
    return { title, set: ["rules[1]", given], at: ["rules[1]"] };
}

const harmless = { apiGroups: ["apps"], resources: ["deployments"], verbs: ["get", "list"] };

/** Every right but one, so that each of the three lists matters. */
const nearMisses = (group: string, resource: string, verb: string): readonly Inputs[] => [
    { apiGroups: ["example.com"], resources: [resource], verbs: [verb] },
    { apiGroups: [group], resources: ["configmaps"], verbs: [verb] },
    { apiGroups: [group], resources: [resource], verbs: ["deletecollection"] },
];

function allowed(type: string, given: Inputs): Example {
    return {
        type: `${RBAC}:${type}`,
        good: role(harmless, given),
        options: { allowed: ["read*"] },
        breaks: [
            {
                title: "no option names it",
                options: { allowed: ["other*"] },
                at: Object.values(given).some((list) => Array.isArray(list) && list.includes("*"))
                    ? ["rules[1].resources[0]"]
                    : ["rules[1]"],
            },
        ],
    };
}

const RBAC_GROUP = "rbac.authorization.k8s.io";
const WEBHOOKS = "admissionregistration.k8s.io";

export const rbacExamples: Record<string, readonly Example[]> = {
    "k8s-rbac-no-cluster-admin": [
        ...kinds(
            ["ClusterRoleBinding", "RoleBinding"],
            binding,
            [
                {
                    title: "the role is cluster-admin",
                    set: ["roleRef.name", "cluster-admin"],
                    at: ["roleRef.name"],
                },
                ...[
                    "system:masters",
                    "system:unauthenticated",
                    "system:authenticated",
                    "system:anonymous",
                ].map((group) => ({
                    title: `a subject is ${group}`,
                    set: ["subjects[0].name", group] as const,
                    at: ["subjects[0].name"],
                })),
            ],
            "roleRef.name",
        ),
        {
            type: `${RBAC}:ClusterRoleBinding`,
            good: { ...binding, roleRef: { ...binding.roleRef, name: "cluster-admin" } },
            options: { allowed: ["operators"] },
            breaks: [
                { title: "no option names it", options: { allowed: [] }, at: ["roleRef.name"] },
            ],
        },
    ],
    "k8s-rbac-no-wildcards": [
        ...kinds(
            ["ClusterRole", "Role"],
            role(harmless),
            [
                {
                    title: "it gives every verb",
                    set: ["rules[0].verbs", ["get", "*"]],
                    at: ["rules[0].verbs[1]"],
                },
                {
                    title: "it is for every resource",
                    set: ["rules[0].resources[0]", "*"],
                    at: ["rules[0].resources[0]"],
                },
                {
                    title: "it is for every group",
                    set: ["rules[0].apiGroups[0]", "*"],
                    at: ["rules[0].apiGroups[0]"],
                },
            ],
            "rules[0].verbs[1]",
        ),
        allowed("Role", { apiGroups: ["apps"], resources: ["*"], verbs: ["get"] }),
    ],
    "k8s-rbac-no-escalation-verbs": [
        ...kinds(
            ["ClusterRole", "Role"],
            role(
                harmless,
                ...nearMisses(RBAC_GROUP, "roles", "bind"),
                ...nearMisses("", "users", "impersonate"),
                ...nearMisses("", "pods/exec", "create"),
                {
                    apiGroups: [RBAC_GROUP],
                    resources: ["clusterroles"],
                    verbs: ["bind"],
                    resourceNames: ["view"],
                },
            ),
            [
                entry("it binds roles", {
                    apiGroups: [RBAC_GROUP],
                    resources: ["roles"],
                    verbs: ["bind"],
                }),
                entry("it escalates by a star", {
                    apiGroups: ["*"],
                    resources: ["clusterroles"],
                    verbs: ["*"],
                }),
                entry("it impersonates", {
                    apiGroups: [""],
                    resources: ["groups"],
                    verbs: ["impersonate"],
                }),
                entry("it takes the identity of a uid", {
                    apiGroups: ["authentication.k8s.io"],
                    resources: ["uids"],
                    verbs: ["impersonate"],
                }),
                entry("it reaches the kubelet", {
                    apiGroups: [""],
                    resources: ["nodes/proxy"],
                    verbs: ["get"],
                }),
                entry("it runs commands in pods", {
                    apiGroups: [""],
                    resources: ["pods/exec"],
                    verbs: ["create"],
                }),
                entry("it runs commands in whatever has that subresource", {
                    apiGroups: [""],
                    resources: ["*/exec"],
                    verbs: ["get"],
                }),
                entry("it makes tokens", {
                    apiGroups: [""],
                    resources: ["serviceaccounts/token"],
                    verbs: ["create"],
                }),
                entry("it approves certificates", {
                    apiGroups: ["certificates.k8s.io"],
                    resources: ["certificatesigningrequests/approval"],
                    verbs: ["update"],
                }),
                entry("it approves for signers", {
                    apiGroups: ["certificates.k8s.io"],
                    resources: ["signers"],
                    verbs: ["approve"],
                }),
                entry("it binds by name what gives everything", {
                    apiGroups: [RBAC_GROUP],
                    resources: ["clusterroles"],
                    verbs: ["bind"],
                    resourceNames: ["view", "cluster-admin"],
                }),
            ],
            "rules",
        ),
        allowed("ClusterRole", {
            apiGroups: [""],
            resources: ["serviceaccounts/token"],
            verbs: ["create"],
        }),
    ],
    "k8s-rbac-secrets-minimized": [
        ...kinds(
            ["ClusterRole"],
            role(harmless, ...nearMisses("", "secrets", "get"), {
                apiGroups: [""],
                resources: ["secrets"],
                verbs: ["get"],
                resourceNames: ["one"],
            }),
            ["get", "list", "watch", "*"].map((verb) =>
                entry(`it may ${verb} secrets`, {
                    apiGroups: [""],
                    resources: ["configmaps", "secrets"],
                    verbs: ["create", verb],
                }),
            ),
            "rules",
        ),
        allowed("ClusterRole", { apiGroups: [""], resources: ["secrets"], verbs: ["list"] }),
    ],
    "k8s-rbac-no-pod-create-webhook-pv": [
        ...kinds(
            ["ClusterRole"],
            role(harmless, ...nearMisses("", "pods", "create"), {
                apiGroups: [WEBHOOKS],
                resources: ["validatingwebhookconfigurations"],
                verbs: ["update"],
                resourceNames: ["own"],
            }),
            [
                entry("it makes pods", { apiGroups: [""], resources: ["pods"], verbs: ["create"] }),
                entry("it makes volumes", {
                    apiGroups: [""],
                    resources: ["persistentvolumes"],
                    verbs: ["create"],
                }),
                ...["create", "update", "patch"].map((verb) =>
                    entry(`it may ${verb} webhooks`, {
                        apiGroups: [WEBHOOKS],
                        resources: ["mutatingwebhookconfigurations"],
                        verbs: [verb],
                    }),
                ),
            ],
            "rules",
        ),
        allowed("ClusterRole", { apiGroups: [""], resources: ["pods"], verbs: ["create"] }),
    ],
};

export const rbacStackExamples: Record<string, readonly StackExample[]> = {};
