import { and, each, failIf, isOneOf, not } from "../../runtime/truth.ts";
import { forKinds, isAllowed, namesOption, type ObjectCheck } from "../objects.ts";
import type { Rule } from "../rule.ts";
import { findsRights, isForNamed, RBAC, type Right } from "./rights.ts";

const CLUSTER_ROLE = `${RBAC}:ClusterRole`;
const ROLES = [CLUSTER_ROLE, `${RBAC}:Role`];

const SEE = "https://kubernetes.io/docs/concepts/security/rbac-good-practices/";

const options = {
    properties: { allowed: namesOption("The metadata.name of roles that may give these rights") },
};

const wildcards: ObjectCheck = (role, context) => {
    const refused = not(isAllowed(role, context.options.get("allowed")));
    return each(role.get("rules"), (entry) =>
        ["verbs", "resources", "apiGroups"].flatMap((list) =>
            each(entry.get(list), (word) =>
                failIf(and(isOneOf(word, ["*"], false), refused), word, "stands for all there are"),
            ),
        ),
    );
};

/** A role names what it gives. */
export const rbacNoWildcards: Rule = {
    id: "k8s-rbac-no-wildcards",
    title: "A role names the verbs, resources and groups that it gives.",
    why: "A star also gives what is added to the cluster later: custom resources, subresources and verbs nobody thought of.",
    clouds: ["kubernetes"],
    pack: "security",
    severity: "high",
    requirements: { "CIS EKS": ["4.1.3"], "CIS AKS": ["4.1.3"], "PCI DSS": ["7.2.3"] },
    remediation:
        "List in rules[].verbs, resources and apiGroups what the holder needs. A role that has to stay is named in the " +
        "option `allowed`.",
    see: SEE,
    options,
    checks: forKinds(ROLES, wildcards),
};

/** Rights by which their holder gets further rights. */
const ESCALATING: readonly Right[] = [
    {
        group: "rbac.authorization.k8s.io",
        resources: ["roles", "clusterroles"],
        verbs: ["bind", "escalate"],
        message: "lets its holder give itself any right",
    },
    {
        group: "",
        resources: ["users", "groups", "serviceaccounts"],
        verbs: ["impersonate"],
        message: "lets its holder act as somebody else",
    },
    {
        group: "authentication.k8s.io",
        resources: ["uids", "userextras"],
        verbs: ["impersonate"],
        message: "lets its holder act as somebody else",
    },
    {
        group: "",
        resources: ["nodes/proxy"],
        verbs: ["get", "create", "update", "patch", "delete"],
        message:
            "reaches the kubelet, which runs commands in every pod of the node and audits none",
    },
    {
        group: "",
        resources: ["pods/exec"],
        verbs: ["create", "get"],
        message: "runs commands in pods, and so with the rights of their service accounts",
    },
    {
        group: "",
        resources: ["serviceaccounts/token"],
        verbs: ["create"],
        message: "makes tokens of other service accounts",
    },
    {
        group: "certificates.k8s.io",
        resources: ["certificatesigningrequests/approval"],
        verbs: ["update", "patch"],
        message: "approves certificates, which are identities",
    },
    {
        group: "certificates.k8s.io",
        resources: ["signers"],
        verbs: ["approve", "sign"],
        message: "approves certificates, which are identities",
    },
];

/** Names that are no narrower than none. */
const EVERYTHING: readonly string[] = [
    "cluster-admin",
    "admin",
    "system:masters",
    "kubernetes.io/*",
    "kubernetes.io/kube-apiserver-client",
];

/** No role lets its holder take more rights than it has. */
export const rbacNoEscalation: Rule = {
    id: "k8s-rbac-no-escalation-verbs",
    title: "No role lets its holder take further rights.",
    why: "With bind, escalate, impersonate, the kubelet's API, exec, tokens or certificates, whoever holds a small role soon holds all of them.",
    clouds: ["kubernetes"],
    pack: "security",
    severity: "high",
    requirements: { "CIS EKS": ["4.1.8", "4.1.10", "4.1.12"] },
    remediation:
        "Remove the entry, or name in its resourceNames the few objects that it is for. A role that has to stay is named " +
        "in the option `allowed`.",
    see: SEE,
    options,
    checks: forKinds(
        ROLES,
        findsRights(ESCALATING, (entry) => isForNamed(entry, EVERYTHING)),
    ),
    note:
        "An entry with resourceNames passes, unless they name what stands for everything, such as cluster-admin: to let " +
        "an operator bind one role is how Kubernetes means delegation to be done. Getting pods/exec counts as creating it, " +
        "because a WebSocket begins with a GET.",
};

const SECRETS: Right = {
    group: "",
    resources: ["secrets"],
    verbs: ["get", "list", "watch"],
    message: "reads the secrets of every namespace",
};

/** Nobody reads the secrets of the whole cluster. */
export const rbacSecretsMinimized: Rule = {
    id: "k8s-rbac-secrets-minimized",
    title: "No role reads secrets across the cluster.",
    why: "One stolen token of such a role gives away the credentials of every application; list and watch give them away as get does.",
    clouds: ["kubernetes"],
    pack: "security",
    severity: "high",
    requirements: { "CIS EKS": ["4.1.2"], "CIS AKS": ["4.1.2"] },
    analogies: { "PCI DSS": ["7.2.2"] },
    remediation:
        "Give a Role in each namespace that needs it, or name the secrets in resourceNames. A ClusterRole that has to " +
        "stay is named in the option `allowed`.",
    see: SEE,
    options,
    checks: forKinds([CLUSTER_ROLE], findsRights([SECRETS], isForNamed)),
    note:
        "A ClusterRole is found whatever binds it: one that is meant for RoleBindings only is a ClusterRoleBinding away " +
        "from the whole cluster, and can be allowed by name.",
};

const BROAD: readonly Right[] = [
    {
        group: "",
        resources: ["pods"],
        verbs: ["create"],
        message: "makes pods in every namespace, under any service account there",
    },
    {
        group: "",
        resources: ["persistentvolumes"],
        verbs: ["create"],
        message: "makes volumes, which may be a node's own file system",
    },
    {
        group: "admissionregistration.k8s.io",
        resources: ["mutatingwebhookconfigurations", "validatingwebhookconfigurations"],
        verbs: ["create", "update", "patch"],
        message: "reads and changes whatever is sent to the API server",
    },
];

/** Nobody makes pods, volumes or webhooks in the whole cluster. */
export const rbacNoBroadCreate: Rule = {
    id: "k8s-rbac-no-pod-create-webhook-pv",
    title: "No role makes pods, persistent volumes or webhooks across the cluster.",
    why: "Who makes pods anywhere runs as any service account, who makes volumes mounts a node's disk, and who sets webhooks sees every secret that is written.",
    clouds: ["kubernetes"],
    pack: "security",
    severity: "medium",
    requirements: { "CIS EKS": ["4.1.4", "4.1.9", "4.1.11"], "CIS AKS": ["4.1.4"] },
    remediation:
        "Give a Role in the namespaces that need it; let a storage class make volumes, and an operator change only the " +
        "webhook that resourceNames name. A ClusterRole that has to stay is named in the option `allowed`.",
    see: SEE,
    options,
    checks: forKinds([CLUSTER_ROLE], findsRights(BROAD, isForNamed)),
};
