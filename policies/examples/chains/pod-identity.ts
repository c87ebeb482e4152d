import {
    document,
    UNKNOWN,
    type ExampleResource,
    type Inputs,
    type Json,
    type StackExample,
} from "../example.ts";
import { accountOf, clusterOf, releaseOf } from "./cluster.ts";

export const EKS = "aws:eks/cluster:Cluster";
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

export function role(trust: Json, references?: ExampleResource["references"]): ExampleResource {
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

export const podIdentityExamples: readonly StackExample[] = [
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
