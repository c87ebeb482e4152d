import { document, UNKNOWN, type ExampleResource, type StackExample } from "../example.ts";
import { BROAD, NARROW, READ_ONLY } from "./permissions.ts";

const EVERYTHING = document({ Action: "*", Resource: "*" });
const WRITTEN = "arn:aws:iam::123456789012:policy/limits/most";

/** A policy that says everything, as the most that a role may do. */
const BOUNDARY: ExampleResource = {
    name: "most",
    type: "aws:iam/policy:Policy",
    inputs: { name: "most", policy: EVERYTHING },
};

const BOUNDED: ExampleResource = {
    name: "builder",
    type: "aws:iam/role:Role",
    inputs: { permissionsBoundary: UNKNOWN, managedPolicyArns: [READ_ONLY] },
    references: { permissionsBoundary: ["most"] },
};

const ATTACHED: ExampleResource = {
    name: "read",
    type: "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
    inputs: { role: "builder", policyArn: READ_ONLY },
};

const FOUND = [["most", "policy.Statement[0]"]] as const;

export const boundaryExamples: readonly StackExample[] = [
    {
        title: "a policy that allows little",
        good: [{ ...BOUNDARY, inputs: { policy: document(NARROW) } }],
        breaks: BROAD.map((statement) => ({
            title: `the policy says ${JSON.stringify(statement)}`,
            set: ["most", "policy", document(statement)],
            at: FOUND,
        })),
        undecided: ["most", "policy"],
    },
    {
        title: "a policy that allows everything and is a permissions boundary",
        good: [BOUNDARY, BOUNDED, ATTACHED],
        breaks: [
            {
                title: "nothing is bounded by it",
                set: ["builder", "permissionsBoundary", undefined],
                at: FOUND,
            },
            {
                title: "another role has the boundary as its policy too",
                add: {
                    name: "other",
                    type: "aws:iam/role:Role",
                    inputs: { managedPolicyArns: [UNKNOWN] },
                    references: { managedPolicyArns: ["most"] },
                },
                at: FOUND,
            },
            {
                title: "the boundary is attached to a user too",
                add: {
                    name: "other",
                    type: "aws:iam/userPolicyAttachment:UserPolicyAttachment",
                    inputs: { user: "somebody", policyArn: UNKNOWN },
                    references: { policyArn: ["most"] },
                },
                at: FOUND,
            },
            {
                title: "an attachment names the boundary by its ARN",
                set: ["read", "policyArn", WRITTEN],
                at: FOUND,
            },
            {
                title: "a permission set takes the boundary by its name",
                add: {
                    name: "other",
                    type: "aws:ssoadmin/customerManagedPolicyAttachment:CustomerManagedPolicyAttachment",
                    inputs: { customerManagedPolicyReference: { name: "most", path: "/limits/" } },
                },
                at: FOUND,
            },
        ],
        undecided: ["read", "policyArn"],
    },
    {
        title: "a boundary that is named by its ARN",
        good: [
            BOUNDARY,
            {
                name: "somebody",
                type: "aws:iam/user:User",
                inputs: { permissionsBoundary: WRITTEN },
            },
        ],
        breaks: [
            {
                title: "the ARN is that of another policy",
                set: ["somebody", "permissionsBoundary", READ_ONLY],
                at: FOUND,
            },
        ],
    },
];
