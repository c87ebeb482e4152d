import { document, type Example, type Inputs, type Json } from "../example.ts";

const GITHUB = "token.actions.githubusercontent.com";

function github(subject: Json | undefined, operator = "StringLike", issuer = GITHUB): string {
    return document({
        Action: "sts:AssumeRoleWithWebIdentity",
        Principal: { Federated: `arn:aws:iam::123456789012:oidc-provider/${issuer}` },
        Condition: {
            [operator]: {
                [`${issuer}:aud`]: "sts.amazonaws.com",
                ...(subject !== undefined && { [`${issuer}:sub`]: subject }),
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

export const trustExamples: Record<string, readonly Example[]> = {
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
        {
            type: "aws:iam/role:Role",
            good: {
                assumeRolePolicy: github("repo:acme/shop:*", "StringLike", `${GITHUB}/acme-corp`),
            },
            breaks: [
                {
                    title: "it trusts every repository of the enterprise's issuer",
                    set: [
                        "assumeRolePolicy",
                        github("repo:*", "StringLike", `${GITHUB}/acme-corp`),
                    ],
                    at: ["assumeRolePolicy.Statement[0]"],
                },
            ],
            undecided: "assumeRolePolicy",
        },
    ],
};
