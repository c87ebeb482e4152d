import { GOOGLE_GRANTS } from "../../rules/iam/google-grants.ts";
import { document, type Example, type Inputs, type Json } from "../example.ts";

const ISSUER = "oidc.eks.eu-central-1.amazonaws.com/id/0123456789ABCDEF";
const TRUST = "assumeRolePolicy";
const AT = [`${TRUST}.Statement[0]`];

/** The trust behind an annotated service account. */
function irsa(condition: Inputs | undefined, issuer = ISSUER): string {
    return document({
        Action: "sts:AssumeRoleWithWebIdentity",
        Principal: { Federated: `arn:aws:iam::123456789012:oidc-provider/${issuer}` },
        ...(condition && { Condition: condition }),
    });
}

const subject = (text: Json, operator = "StringEquals", issuer = ISSUER): Inputs => ({
    [operator]: { [`${issuer}:sub`]: text, [`${issuer}:aud`]: "sts.amazonaws.com" },
});

const OWN_ISSUER = "kubernetes.example.com";
const POOL =
    "iam.googleapis.com/projects/1234/locations/global/workloadIdentityPools/shop.svc.id.goog";

/** Grants to one service account, and to many. */
function googleGrant(type: string): Example {
    const one = `principal://${POOL}/subject/ns/shop/sa/web`;
    const many = `principalSet://${POOL}/namespace/shop`;
    const title = "it is for every service account of a namespace";
    if (type.endsWith("Member")) {
        return {
            type,
            good: { role: "roles/viewer", member: one },
            breaks: [
                { title, set: ["member", many], at: ["member"] },
                {
                    title: "it is for the whole cluster",
                    set: [
                        "member",
                        `principalSet://${POOL}/kubernetes.cluster/https://container.googleapis.com/v1/c`,
                    ],
                    at: ["member"],
                },
                {
                    title: "it is for a whole pool of another kind",
                    set: ["member", `principalSet://${POOL.replace("shop.svc.id.goog", "ci")}/*`],
                    at: ["member"],
                },
            ],
            undecided: "member",
        };
    }
    if (type.endsWith("Binding")) {
        return {
            type,
            good: { members: ["serviceAccount:shop.svc.id.goog[shop/web]", one] },
            breaks: [{ title, set: ["members[1]", many], at: ["members[1]"] }],
            undecided: "members[0]",
        };
    }
    const policy = (member: string) => JSON.stringify({ bindings: [{ members: [member] }] });
    return {
        type,
        good: { policyData: policy(one) },
        breaks: [
            {
                title,
                set: ["policyData", policy(many)],
                at: ["policyData.bindings[0].members[0]"],
            },
        ],
        undecided: "policyData",
    };
}

/** What a service account on Azure is trusted by. */
const credential = (text: string): Inputs => ({
    issuer: "https://westeurope.oic.prod-aks.azure.com/tenant/id/",
    audiences: ["api://AzureADTokenExchange"],
    subject: text,
});

export const workloadExamples: Record<string, readonly Example[]> = {
    "iam-irsa-sub-pinned": [
        {
            type: "aws:iam/role:Role",
            good: { [TRUST]: irsa(subject("system:serviceaccount:shop:web")) },
            breaks: [
                { title: "no condition is there", set: [TRUST, irsa(undefined)], at: AT },
                {
                    title: "no condition is there, and the issuer is of the domain for IPv6",
                    set: [TRUST, irsa(undefined, "oidc-eks.eu-central-1.api.aws/id/01234")],
                    at: AT,
                },
                {
                    title: "only the audience is demanded",
                    set: [
                        TRUST,
                        irsa({ StringEquals: { [`${ISSUER}:aud`]: "sts.amazonaws.com" } }),
                    ],
                    at: AT,
                },
                {
                    title: "a whole namespace is trusted",
                    set: [TRUST, irsa(subject("system:serviceaccount:shop:*", "StringLike"))],
                    at: AT,
                },
                {
                    title: "one of several is a pattern",
                    set: [
                        TRUST,
                        irsa(
                            subject(
                                ["system:serviceaccount:shop:web", "system:serviceaccount:*:job"],
                                "StringLike",
                            ),
                        ),
                    ],
                    at: AT,
                },
                {
                    title: "the subject is demanded only where one is given",
                    set: [
                        TRUST,
                        irsa(subject("system:serviceaccount:shop:web", "StringEqualsIfExists")),
                    ],
                    at: AT,
                },
                {
                    title: "a cluster that is no EKS trusts a namespace",
                    set: [
                        TRUST,
                        irsa(
                            subject("system:serviceaccount:shop:*", "StringLike", OWN_ISSUER),
                            OWN_ISSUER,
                        ),
                    ],
                    at: AT,
                },
            ],
            undecided: TRUST,
        },
        {
            type: "aws:iam/role:Role",
            good: { [TRUST]: irsa(subject("system:serviceaccount:shop:web", "StringLike")) },
            breaks: [],
        },
        {
            type: "aws:iam/role:Role",
            good: {
                [TRUST]: document({
                    Action: ["sts:AssumeRole", "sts:TagSession"],
                    Principal: { Service: "pods.eks.amazonaws.com" },
                }),
            },
            breaks: [],
        },
        {
            type: "azure-native:managedidentity/v20230131:FederatedIdentityCredential",
            good: credential("system:serviceaccount:shop:web"),
            breaks: [
                {
                    title: "the name is a pattern",
                    set: ["subject", "system:serviceaccount:shop:*"],
                    at: ["subject"],
                },
                {
                    title: "the name is left out",
                    set: ["subject", "system:serviceaccount:shop:"],
                    at: ["subject"],
                },
            ],
            undecided: "subject",
        },
        {
            type: "azure-native:managedidentity:FederatedIdentityCredential",
            good: credential("repo:acme/shop:environment:prod"),
            breaks: [],
        },
        ...GOOGLE_GRANTS.map(googleGrant),
    ],
    "gcp-no-sa-keys": [
        {
            type: "gcp:serviceaccount/key:Key",
            options: { allowed: ["*"] },
            good: {
                serviceAccountId: "projects/p/serviceAccounts/legacy@p.iam.gserviceaccount.com",
            },
            breaks: [
                { title: "the options allow none", options: { allowed: [] }, at: [""] },
                {
                    title: "the options allow another",
                    options: { allowed: ["another-*"] },
                    at: [""],
                },
            ],
        },
    ],
};
