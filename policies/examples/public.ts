import { document, type Example } from "./example.ts";

const EVERYBODY = [
    { Action: "s3:GetObject", Resource: "*", Principal: "*" },
    { Action: "s3:GetObject", Resource: "*", Principal: { AWS: "*" } },
    { Action: "s3:GetObject", Resource: "*", Principal: { AWS: ["arn:aws:iam::1:root", "*"] } },
    { Action: "s3:GetObject", Resource: "*", NotPrincipal: { AWS: "arn:aws:iam::1:root" } },
    {
        Action: "s3:GetObject",
        Resource: "*",
        Principal: "*",
        Condition: { StringLike: { "aws:PrincipalOrgID": "*" } },
    },
    {
        Action: "s3:GetObject",
        Resource: "*",
        Principal: "*",
        Condition: { StringNotEquals: { "aws:PrincipalOrgID": "o-1" } },
    },
] as const;

/** A resource with an AWS policy document in `policy`: everything that lets everybody in. */
export function resourcePolicy(type: string): Example {
    return {
        type,
        good: {
            policy: document({
                Action: "s3:GetObject",
                Resource: "*",
                Principal: "*",
                Condition: { StringEquals: { "aws:PrincipalOrgID": "o-1" } },
            }),
        },
        breaks: EVERYBODY.map((statement) => ({
            title: `the policy says ${JSON.stringify(statement)}`,
            set: ["policy", document(statement)],
            at: ["policy.Statement[0]"],
        })),
        undecided: "policy",
    };
}

/** A Google Cloud grant of each of the three shapes. */
export function googleGrant(
    prefix: string,
    iam: "Iam" | "IAM" | "iAM",
    name: "Iam" | "IAM",
): readonly Example[] {
    const token = (kind: string) => {
        const module = `${prefix}${iam}${kind}`;
        const last = module.split("/")[1]!;
        const title =
            iam === "iAM" ? `${name}${kind}` : last.slice(0, 1).toUpperCase() + last.slice(1);
        return `gcp:${module}:${title}`;
    };
    const role = "roles/viewer";
    const policy = (member: string) =>
        JSON.stringify({ bindings: [{ role, members: ["group:team@example.com", member] }] });
    const title = "it is granted to everybody";
    return [
        {
            type: token("Member"),
            good: { role, member: "group:team@example.com" },
            breaks: [{ title, set: ["member", "allUsers"], at: ["role"] }],
            undecided: "member",
        },
        {
            type: token("Binding"),
            good: { role, members: ["group:team@example.com"] },
            breaks: [{ title, set: ["members[0]", "allAuthenticatedUsers"], at: ["role"] }],
            undecided: "members",
        },
        {
            type: token("Policy"),
            good: { policyData: policy("user:somebody@example.com") },
            breaks: [{ title, set: ["policyData", policy("allUsers")], at: ["policyData"] }],
            undecided: "policyData",
        },
    ];
}
