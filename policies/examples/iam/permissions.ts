import { document, type Example, type Inputs } from "../example.ts";

const ADMINISTRATOR = "arn:aws:iam::aws:policy/AdministratorAccess";
export const READ_ONLY = "arn:aws:iam::aws:policy/ReadOnlyAccess";
export const NARROW = { Action: ["s3:GetObject"], Resource: "*" };

/** All ways to allow everything, or nearly. */
export const BROAD: readonly Inputs[] = [
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

export const permissionExamples: Record<string, readonly Example[]> = {
    "iam-no-star-admin": [
        identityPolicy("aws:iam/rolePolicy:RolePolicy"),
        identityPolicy("aws:iam/userPolicy:UserPolicy"),
        identityPolicy("aws:iam/groupPolicy:GroupPolicy"),
        attachment("aws:iam/rolePolicyAttachment:RolePolicyAttachment"),
        attachment("aws:iam/userPolicyAttachment:UserPolicyAttachment"),
        attachment("aws:iam/groupPolicyAttachment:GroupPolicyAttachment"),
        attachment("aws:iam/policyAttachment:PolicyAttachment"),
        ...["Role", "User", "Group"].map((kind): Example => ({
            type: `aws:iam/${kind.toLowerCase()}PolicyAttachmentsExclusive:${kind}PolicyAttachmentsExclusive`,
            good: { policyArns: [READ_ONLY] },
            breaks: [
                {
                    title: "AdministratorAccess is attached",
                    set: ["policyArns[0]", ADMINISTRATOR],
                    at: ["policyArns[0]"],
                },
            ],
            undecided: "policyArns",
        })),
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
};
