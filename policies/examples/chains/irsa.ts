import { document, UNKNOWN, type ExampleResource, type StackExample } from "../example.ts";
import { accountOf, clusterOf } from "./cluster.ts";
import { EKS, role } from "./pod-identity.ts";

const HOST = "oidc.eks.eu-central-1.amazonaws.com/id/0123456789ABCDEF";
const ROLE_ARN = "eks.amazonaws.com/role-arn";
const ISSUER_ARN = `arn:aws:iam::123456789012:oidc-provider/${HOST}`;
const SUBJECT = `assumeRolePolicy.Statement[0].Condition.StringEquals["${HOST}:sub"]`;

function irsa(account: string): string {
    return document({
        Action: "sts:AssumeRoleWithWebIdentity",
        Principal: { Federated: ISSUER_ARN },
        Condition: {
            StringEquals: {
                [`${HOST}:sub`]: `system:serviceaccount:${account}`,
                [`${HOST}:aud`]: "sts.amazonaws.com",
            },
        },
    });
}

const ISSUER: ExampleResource = {
    name: "issuer",
    type: "aws:iam/openIdConnectProvider:OpenIdConnectProvider",
    inputs: { url: UNKNOWN, arn: UNKNOWN, clientIdLists: ["sts.amazonaws.com"] },
    references: { url: ["cluster"] },
};
const KNOWN = { identities: [{ oidcs: [{ issuer: `https://${HOST}` }] }] };
const MISNAMED = ["account-web", `metadata.annotations["${ROLE_ARN}"]`] as const;

export const irsaExamples: readonly StackExample[] = [
    {
        title: "an annotated service account and the issuer of its cluster, once they stand",
        good: [
            ...clusterOf(EKS, KNOWN),
            accountOf([ROLE_ARN, "role"]),
            role(irsa("shop:web"), { assumeRolePolicy: ["issuer"] }),
            { ...ISSUER, inputs: { ...ISSUER.inputs, url: `https://${HOST}`, arn: ISSUER_ARN } },
        ],
        breaks: [
            {
                title: "the trust names another service account",
                set: ["role", "assumeRolePolicy", irsa("shop:job")],
                at: [MISNAMED, ["role", SUBJECT]],
            },
            {
                title: "the trust names a pattern",
                set: ["role", "assumeRolePolicy", irsa("shop:*")],
                at: [MISNAMED, ["role", SUBJECT]],
            },
            {
                title: "the service account names no role",
                remove: "account-web",
                add: accountOf(),
                at: [["role", SUBJECT]],
            },
            {
                title: "the service account is gone",
                remove: "account-web",
                add: accountOf(undefined, "job"),
                at: [["role", SUBJECT]],
            },
            {
                title: "the issuer does not take pods' tokens",
                set: ["issuer", "clientIdLists", ["another"]],
                at: [["issuer", "clientIdLists"]],
            },
        ],
        undecided: ["role", "assumeRolePolicy"],
    },
    {
        title: "an issuer whose address is not known, but its ARN",
        good: [
            ...clusterOf(EKS),
            accountOf([ROLE_ARN, "role"]),
            role(irsa("shop:web"), { assumeRolePolicy: ["issuer"] }),
            { ...ISSUER, inputs: { ...ISSUER.inputs, arn: ISSUER_ARN } },
        ],
        breaks: [
            {
                title: "the trust names another service account",
                set: ["role", "assumeRolePolicy", irsa("shop:job")],
                at: [MISNAMED, ["role", SUBJECT]],
            },
        ],
        undecided: ["issuer", "url"],
    },
    {
        title: "a role that trusts the issuer of another cluster, while its text is unknown",
        good: [
            ...clusterOf(EKS),
            { name: "another", type: EKS, inputs: {} },
            { ...ISSUER, name: "other-issuer", references: { url: ["another"] } },
            { ...accountOf(), name: "account-web" },
            role(UNKNOWN, { assumeRolePolicy: ["other-issuer"] }),
        ],
        breaks: [
            {
                title: "the service account names that role",
                remove: "account-web",
                add: accountOf([ROLE_ARN, "role"]),
                at: [MISNAMED],
            },
        ],
    },
    {
        title: "a trust for an issuer that belongs to no cluster of the stack",
        good: [
            ...clusterOf(EKS, KNOWN),
            role(
                document({ Action: "sts:AssumeRole", Principal: { Service: "ec2.amazonaws.com" } }),
            ),
            accountOf(),
        ],
        breaks: [
            {
                title: "it trusts an account of the cluster that does not name it",
                set: ["role", "assumeRolePolicy", irsa("shop:web")],
                at: [["role", SUBJECT]],
            },
        ],
    },
];
