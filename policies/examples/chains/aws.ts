import {
    document,
    UNKNOWN,
    type ExampleResource,
    type Inputs,
    type Json,
    type StackExample,
} from "../example.ts";
import { accountOf, clusterOf, releaseOf } from "./cluster.ts";

const EKS = "aws:eks/cluster:Cluster";
const TAG = "aws:RequestTag/";

const TAGS: Inputs = {
    [`${TAG}eks-cluster-name`]: "prod",
    [`${TAG}kubernetes-namespace`]: "shop",
    [`${TAG}kubernetes-service-account`]: "web",
};

/** The trust of a role that EKS Pod Identity hands out. */
function podTrust(statement: Inputs = {}): string {
    return document({
        Principal: { Service: "pods.eks.amazonaws.com" },
        Action: ["sts:AssumeRole", "sts:TagSession"],
        Condition: { StringEquals: TAGS },
        ...statement,
    });
}

function role(trust: Json, references?: ExampleResource["references"]): ExampleResource {
    return {
        name: "role",
        type: "aws:iam/role:Role",
        inputs: { arn: UNKNOWN, assumeRolePolicy: trust },
        ...(references && { references }),
    };
}

const association = (inputs: Inputs = {}): ExampleResource => ({
    name: "binding",
    type: "aws:eks/podIdentityAssociation:PodIdentityAssociation",
    inputs: {
        clusterName: "prod",
        namespace: "shop",
        serviceAccount: "web",
        roleArn: UNKNOWN,
        ...inputs,
    },
    references: { clusterName: ["cluster"], roleArn: ["role"] },
});

const NO_ACCOUNT = [["binding", "serviceAccount"]] as const;
const UNTRUSTED = [["binding", "roleArn"]] as const;

const trusting = (title: string, statement: Inputs) => ({
    title,
    set: ["role", "assumeRolePolicy", podTrust(statement)] as const,
    at: UNTRUSTED,
});

const podIdentity: readonly StackExample[] = [
    {
        title: "an association for a service account of the stack",
        good: [...clusterOf(EKS), accountOf(), role(podTrust()), association()],
        breaks: [
            {
                title: "the service account has another name",
                remove: "account-web",
                add: accountOf(undefined, "job"),
                at: NO_ACCOUNT,
            },
            {
                title: "the association is for another namespace, which the trust does not name",
                set: ["binding", "namespace", "sohp"],
                at: [...NO_ACCOUNT, ...UNTRUSTED],
            },
            trusting("the role trusts another service", {
                Principal: { Service: "ec2.amazonaws.com" },
            }),
            trusting("the role may not be taken on", { Action: "sts:TagSession" }),
            trusting("the role may not be tagged", { Action: "sts:AssumeRole" }),
            trusting("the trust names another service account", {
                Condition: {
                    StringEquals: { ...TAGS, [`${TAG}kubernetes-service-account`]: "job" },
                },
            }),
            trusting("the trust names a pattern of service accounts", {
                Condition: { StringLike: { ...TAGS, [`${TAG}kubernetes-service-account`]: "w*" } },
            }),
            trusting("the trust names another cluster", {
                Condition: { StringEquals: { ...TAGS, [`${TAG}eks-cluster-name`]: "dev" } },
            }),
            {
                title: "the association gives the session no tags, which the trust asks for",
                set: ["binding", "disableSessionTags", true],
                at: UNTRUSTED,
            },
        ],
        undecided: ["role", "assumeRolePolicy"],
    },
    {
        title: "an association that takes everything from what it binds",
        good: [
            ...clusterOf(EKS),
            {
                name: "shop",
                type: "kubernetes:core/v1:Namespace",
                inputs: { metadata: { name: UNKNOWN } },
                provider: "kube",
            },
            {
                ...accountOf(),
                inputs: { metadata: { namespace: UNKNOWN, name: UNKNOWN } },
                references: { metadata: ["shop"] },
            },
            role(podTrust({ Condition: {} })),
            {
                ...association({ namespace: UNKNOWN, serviceAccount: UNKNOWN }),
                references: {
                    clusterName: ["cluster"],
                    roleArn: ["role"],
                    namespace: ["shop"],
                    serviceAccount: ["account-web"],
                },
            },
        ],
        breaks: [],
    },
    {
        title: "an association that takes the name of the service account from it",
        good: [
            ...clusterOf(EKS),
            accountOf(),
            role(podTrust({ Condition: {} })),
            {
                ...association({ serviceAccount: UNKNOWN }),
                references: {
                    clusterName: ["cluster"],
                    roleArn: ["role"],
                    serviceAccount: ["account-web"],
                },
            },
        ],
        breaks: [
            {
                title: "the namespace is another",
                set: ["binding", "namespace", "till"],
                at: NO_ACCOUNT,
            },
        ],
        undecided: ["binding", "namespace"],
    },
    {
        title: "a chart whose values name the service account without saying that it is made",
        good: [
            ...clusterOf(EKS),
            releaseOf({ operator: { serviceAccount: { name: "web" } } }),
            role(podTrust()),
            association(),
        ],
        breaks: [],
        undecided: ["chart", "values.operator.serviceAccount.name"],
    },
    {
        title: "an association for the service account that a chart's values name",
        good: [
            ...clusterOf(EKS),
            releaseOf({ serviceAccount: { create: true, name: "web" } }),
            role(podTrust()),
            association(),
        ],
        breaks: [
            {
                title: "there is neither chart nor account",
                remove: "chart",
                add: accountOf(undefined, "job"),
                at: NO_ACCOUNT,
            },
        ],
        undecided: ["chart", "values"],
    },
    {
        title: "a service account that the options say is made elsewhere",
        options: { madeElsewhere: ["shop/*"] },
        good: [...clusterOf(EKS), accountOf(undefined, "job"), role(podTrust()), association()],
        breaks: [
            {
                title: "the options say another",
                options: { madeElsewhere: ["till/*"] },
                at: NO_ACCOUNT,
            },
        ],
    },
    {
        title: "service accounts that Kubernetes itself makes",
        good: [
            ...clusterOf(EKS),
            accountOf(undefined, "job"),
            role(podTrust({ Condition: {} })),
            association({ serviceAccount: "default" }),
        ],
        breaks: [
            {
                title: "it is one that it does not make",
                set: ["binding", "serviceAccount", "defautl"],
                at: NO_ACCOUNT,
            },
        ],
    },
    {
        title: "an add-on with a role",
        good: [
            ...clusterOf(EKS),
            role(podTrust({ Condition: {} })),
            {
                name: "addon",
                type: "aws:eks/addon:Addon",
                inputs: {
                    clusterName: "prod",
                    addonName: "vpc-cni",
                    podIdentityAssociations: [{ serviceAccount: "aws-node", roleArn: UNKNOWN }],
                },
                references: { clusterName: ["cluster"], podIdentityAssociations: ["role"] },
            },
        ],
        breaks: [
            {
                title: "the role does not trust EKS Pod Identity",
                set: [
                    "role",
                    "assumeRolePolicy",
                    podTrust({ Principal: { Service: "eks.amazonaws.com" } }),
                ],
                at: [["addon", "podIdentityAssociations[0].roleArn"]],
            },
        ],
        undecided: ["addon", "podIdentityAssociations"],
    },
];

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

const annotated: readonly StackExample[] = [
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

export const awsChainExamples: readonly StackExample[] = [...podIdentity, ...annotated];
