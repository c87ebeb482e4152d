import { document, type Example, type Inputs, type Json } from "./example.ts";

const ADMINISTRATOR = "arn:aws:iam::aws:policy/AdministratorAccess";
const READ_ONLY = "arn:aws:iam::aws:policy/ReadOnlyAccess";
const NARROW = { Action: ["s3:GetObject"], Resource: "*" };

/** All ways to allow everything, or nearly. */
const BROAD: readonly Inputs[] = [
    { Action: "*", Resource: "*" },
    { Action: ["s3:GetObject", "*:*"], Resource: ["*"] },
    { Action: "**", Resource: "arn:aws:*" },
    { NotAction: "aws-portal:*", Resource: "*" },
    { Action: "*", NotResource: "arn:aws:s3:::archive" },
];

function identityPolicy(type: string): Example {
    return {
        type,
        good: { policy: document(NARROW) },
        breaks: BROAD.map((statement) => ({
            title: `the policy says ${JSON.stringify(statement)}`,
            set: ["policy", document(statement)],
            at: ["policy.Statement[0]"],
        })),
        undecided: "policy",
    };
}

function attachment(type: string): Example {
    return {
        type,
        good: { role: "reader", policyArn: READ_ONLY },
        breaks: [
            {
                title: "AdministratorAccess is attached",
                set: ["policyArn", ADMINISTRATOR],
                at: ["policyArn"],
            },
        ],
        undecided: "policyArn",
    };
}

function basicRole(level: string): readonly Example[] {
    const policy = (role: string) =>
        JSON.stringify({ bindings: [{ role, members: ["user:somebody@example.com"] }] });
    return [
        ...["Member", "Binding"].map((kind): Example => ({
            type: `gcp:${level}/iAM${kind}:IAM${kind}`,
            good: { role: "roles/container.admin" },
            breaks: [
                { title: "the role is owner", set: ["role", "roles/owner"], at: ["role"] },
                { title: "the role is editor", set: ["role", "roles/editor"], at: ["role"] },
            ],
            undecided: "role",
        })),
        {
            type: `gcp:${level}/iAMPolicy:IAMPolicy`,
            good: { policyData: policy("roles/viewer") },
            breaks: [
                {
                    title: "a binding is for owners",
                    set: ["policyData", policy("roles/owner")],
                    at: ["policyData.bindings[0]"],
                },
            ],
            undecided: "policyData",
        },
    ];
}

const GITHUB = "token.actions.githubusercontent.com";
const PROVIDER = `arn:aws:iam::123456789012:oidc-provider/${GITHUB}`;

function github(subject: Json | undefined, operator = "StringLike"): string {
    return document({
        Action: "sts:AssumeRoleWithWebIdentity",
        Principal: { Federated: PROVIDER },
        Condition: {
            [operator]: {
                [`${GITHUB}:aud`]: "sts.amazonaws.com",
                ...(subject !== undefined && { [`${GITHUB}:sub`]: subject }),
            },
        },
    });
}

/** Everybody, as far as a condition allows. */
const limited = (condition: Inputs) =>
    document({ ...trusts("*"), Condition: { StringLike: condition } });

/** Patterns that leave open much, but not whose it is. */
const LIMITS: readonly Inputs[] = [
    { "aws:PrincipalArn": "arn:aws:iam::123456789012:role/*" },
    { "aws:SourceArn": "arn:aws:s3:::acme-*" },
    { "aws:PrincipalOrgPaths": "o-a1b2c3d4e5/r-ab12/*" },
];

const trusts = (principal: Json): Inputs => ({ Action: "sts:AssumeRole", Principal: principal });

const PODS: Record<string, (spec: Inputs) => Inputs> = {
    "kubernetes:core/v1:Pod": (spec) => ({ spec }),
    "kubernetes:core/v1:PodTemplate": (spec) => ({ template: { spec } }),
    "kubernetes:batch/v1:CronJob": (spec) => ({
        spec: { jobTemplate: { spec: { template: { spec } } } },
    }),
};

const TEMPLATED = [
    "kubernetes:core/v1:ReplicationController",
    "kubernetes:apps/v1:Deployment",
    "kubernetes:apps/v1:DeploymentPatch",
    "kubernetes:extensions/v1beta1:Deployment",
    "kubernetes:apps/v1:ReplicaSet",
    "kubernetes:apps/v1:StatefulSet",
    "kubernetes:apps/v1:DaemonSet",
    "kubernetes:batch/v1:Job",
    "kubernetes:argoproj.io/v1alpha1:Rollout",
];
for (const type of TEMPLATED) PODS[type] = (spec) => ({ spec: { template: { spec } } });

const LISTS = ["containers", "initContainers", "ephemeralContainers"];

function workload(type: string, wrap: (spec: Inputs) => Inputs): readonly Example[] {
    const container = (name: string) => ({
        name,
        image: "registry.k8s.io/pause:3.10",
        securityContext: { privileged: false },
    });
    const spec = Object.fromEntries(
        LISTS.map((list) => [list, [container("one"), container("two")]]),
    );
    const good = wrap(spec);
    const path = pathOf(wrap({}));
    return [
        {
            type,
            good,
            breaks: LISTS.map((list) => ({
                title: `one of its ${list} is privileged`,
                set: [`${path}.${list}[1].securityContext.privileged`, true],
                at: [`${path}.${list}[1].securityContext.privileged`],
            })),
            undecided: `${path}.containers[0].securityContext.privileged`,
        },
    ];
}

/** The path to the innermost object. */
function pathOf(inputs: Inputs): string {
    const [entry] = Object.entries(inputs);
    if (entry === undefined) return "";
    const below = pathOf(entry[1] as Inputs);
    return below === "" ? entry[0] : `${entry[0]}.${below}`;
}

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

export const accessExamples: Record<string, readonly Example[]> = {
    "iam-no-star-admin": [
        identityPolicy("aws:iam/policy:Policy"),
        identityPolicy("aws:iam/rolePolicy:RolePolicy"),
        identityPolicy("aws:iam/userPolicy:UserPolicy"),
        identityPolicy("aws:iam/groupPolicy:GroupPolicy"),
        attachment("aws:iam/rolePolicyAttachment:RolePolicyAttachment"),
        attachment("aws:iam/userPolicyAttachment:UserPolicyAttachment"),
        attachment("aws:iam/groupPolicyAttachment:GroupPolicyAttachment"),
        attachment("aws:iam/policyAttachment:PolicyAttachment"),
        {
            type: "aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive",
            good: { policyArns: [READ_ONLY] },
            breaks: [
                {
                    title: "AdministratorAccess is attached",
                    set: ["policyArns[0]", ADMINISTRATOR],
                    at: ["policyArns[0]"],
                },
            ],
            undecided: "policyArns",
        },
        {
            type: "aws:iam/role:Role",
            good: {
                managedPolicyArns: [READ_ONLY],
                inlinePolicies: [{ name: "read", policy: document(NARROW) }],
            },
            breaks: [
                {
                    title: "AdministratorAccess is attached in another partition",
                    set: [
                        "managedPolicyArns[0]",
                        ADMINISTRATOR.replace("aws:iam", "aws-us-gov:iam"),
                    ],
                    at: ["managedPolicyArns[0]"],
                },
                {
                    title: "an inline policy allows everything",
                    set: ["inlinePolicies[0].policy", document({ Action: "*", Resource: "*" })],
                    at: ["inlinePolicies[0].policy.Statement[0]"],
                },
            ],
            undecided: "inlinePolicies[0].policy",
        },
        {
            type: "azure-native:authorization:RoleAssignment",
            good: {
                roleDefinitionId:
                    "/providers/x/roleDefinitions/7f951dda-4ed3-4680-a7ca-43fe172d538d",
            },
            breaks: [
                {
                    title: "the role is Owner",
                    set: [
                        "roleDefinitionId",
                        "/providers/x/roleDefinitions/8e3af657-a8ff-443c-a75c-2fe8c4bcb635",
                    ],
                    at: ["roleDefinitionId"],
                },
            ],
            undecided: "roleDefinitionId",
        },
        {
            type: "azure-native:authorization/v20220401:RoleDefinition",
            good: { permissions: [{ actions: ["Microsoft.Compute/*/read"] }] },
            breaks: [
                {
                    title: "a custom role allows every action",
                    set: ["permissions[0].actions[0]", "*"],
                    at: ["permissions[0]"],
                },
            ],
            undecided: "permissions",
        },
        ...basicRole("projects"),
        ...basicRole("folder"),
        ...basicRole("organizations"),
    ],
    "iam-no-wildcard-trust": [
        {
            type: "aws:iam/role:Role",
            good: { assumeRolePolicy: document(trusts({ Service: "eks.amazonaws.com" })) },
            breaks: [
                {
                    title: "it trusts everybody",
                    set: ["assumeRolePolicy", document(trusts("*"))],
                    at: ["assumeRolePolicy.Statement[0]"],
                },
                {
                    title: "it trusts every AWS account",
                    set: ["assumeRolePolicy", document(trusts({ AWS: ["*"] }))],
                    at: ["assumeRolePolicy.Statement[0]"],
                },
                {
                    title: "it trusts a role of that name in every account",
                    set: [
                        "assumeRolePolicy",
                        limited({ "aws:PrincipalArn": "arn:aws:iam::*:role/deploy" }),
                    ],
                    at: ["assumeRolePolicy.Statement[0]"],
                },
                {
                    title: "it trusts every organisation",
                    set: ["assumeRolePolicy", limited({ "aws:PrincipalOrgID": "o-*" })],
                    at: ["assumeRolePolicy.Statement[0]"],
                },
                {
                    title: "it trusts GitHub without naming a repository",
                    set: ["assumeRolePolicy", github(undefined)],
                    at: ["assumeRolePolicy.Statement[0]"],
                },
                {
                    title: "it trusts every repository on GitHub",
                    set: ["assumeRolePolicy", github("repo:*")],
                    at: ["assumeRolePolicy.Statement[0]"],
                },
                {
                    title: "it trusts a pattern of organisations on GitHub",
                    set: ["assumeRolePolicy", github(["repo:acme/shop:*", "repo:acme*/shop:*"])],
                    at: ["assumeRolePolicy.Statement[0]"],
                },
                {
                    title: "it demands the repository only where one is given",
                    set: ["assumeRolePolicy", github("repo:acme/shop:*", "StringLikeIfExists")],
                    at: ["assumeRolePolicy.Statement[0]"],
                },
            ],
            undecided: "assumeRolePolicy",
        },
        ...LIMITS.map((condition): Example => ({
            type: "aws:iam/role:Role",
            good: { assumeRolePolicy: limited(condition) },
            breaks: [],
            undecided: "assumeRolePolicy",
        })),
        {
            type: "aws:iam/role:Role",
            good: {
                assumeRolePolicy: github("repo:acme/shop:ref:refs/heads/main", "StringEquals"),
            },
            breaks: [],
            undecided: "assumeRolePolicy",
        },
    ],
    "k8s-no-privileged": [
        ...Object.entries(PODS).flatMap(([type, wrap]) => workload(type, wrap)),
        ...Object.entries(PODS)
            .filter(([type]) => !/Patch$|extensions/.test(type))
            .flatMap(([type, wrap]) =>
                workload(`${type}List`, (spec) => ({ items: [wrap(spec)] })).map(listed),
            ),
        {
            type: "kubernetes:helm.sh/v3:Release",
            good: { chart: "agent", values: { agent: { containerSecurityContext: {} } } },
            breaks: [
                {
                    title: "a chart is asked for a privileged container",
                    set: ["values.agent.containerSecurityContext.privileged", true],
                    at: ["values.agent.containerSecurityContext.privileged"],
                },
            ],
            undecided: "values.agent.containerSecurityContext",
        },
        {
            type: "kubernetes:keda.sh/v1alpha1:ScaledJob",
            good: {
                spec: { jobTargetRef: { template: { spec: { containers: [{ name: "work" }] } } } },
            },
            breaks: [
                {
                    title: "a custom resource makes a privileged container",
                    set: [
                        "spec.jobTargetRef.template.spec.containers[0].securityContext",
                        { privileged: true },
                    ],
                    at: [
                        "spec.jobTargetRef.template.spec.containers[0].securityContext.privileged",
                    ],
                },
            ],
        },
    ],
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

/** The path through a list has an index, which the innermost object's path lacks. */
function listed(example: Example): Example {
    const index = (path: string) => path.replace(/^items\.0/, "items[0]");
    return {
        ...example,
        breaks: example.breaks.map((it) => ({
            ...it,
            set: [index(it.set[0]), it.set[1]],
            at: it.at.map(index),
        })),
        undecided: index(example.undecided!),
    };
}
