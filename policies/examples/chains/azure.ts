import { UNKNOWN, type ExampleResource, type StackExample } from "../example.ts";
import { accountOf, clusterOf } from "./cluster.ts";

const AKS = "azure-native:containerservice/v20250501:ManagedCluster";
const CLIENT_ID = "azure.workload.identity/client-id";

const IDENTITY: ExampleResource = {
    name: "identity",
    type: "azure-native:managedidentity:UserAssignedIdentity",
    inputs: {},
};
const credential = (name: string, issuer: string): ExampleResource => ({
    name,
    type: "azure-native:managedidentity:FederatedIdentityCredential",
    inputs: {
        resourceName: UNKNOWN,
        issuer: UNKNOWN,
        subject: "system:serviceaccount:shop:web",
        audiences: ["api://AzureADTokenExchange"],
    },
    references: { resourceName: ["identity"], issuer: [issuer] },
});

const MISNAMED = ["account-web", `metadata.annotations["${CLIENT_ID}"]`] as const;
const SUBJECT = ["trust", "subject"] as const;

export const azureChainExamples: readonly StackExample[] = [
    {
        title: "a service account on Azure, its identity, its credential and its cluster",
        good: [
            ...clusterOf(AKS),
            IDENTITY,
            accountOf([CLIENT_ID, "identity"]),
            credential("trust", "cluster"),
        ],
        breaks: [
            {
                title: "the credential names another service account",
                set: ["trust", "subject", "system:serviceaccount:shop:job"],
                at: [MISNAMED, SUBJECT],
            },
            {
                title: "the credential names a pattern",
                set: ["trust", "subject", "system:serviceaccount:shop:*"],
                at: [MISNAMED, SUBJECT],
            },
            { title: "there is no credential", remove: "trust", at: [MISNAMED] },
            {
                title: "there is no service account",
                remove: "account-web",
                add: accountOf(undefined, "job"),
                at: [SUBJECT],
            },
            {
                title: "the service account names no identity",
                remove: "account-web",
                add: accountOf(),
                at: [SUBJECT],
            },
            {
                title: "the credential takes tokens for another audience",
                set: ["trust", "audiences", ["api://another"]],
                at: [["trust", "audiences"]],
            },
        ],
        undecided: ["trust", "subject"],
    },
    {
        title: "a credential for each of two clusters",
        good: [
            ...clusterOf(AKS),
            { name: "another", type: AKS, inputs: {} },
            {
                name: "kube-2",
                type: "pulumi:providers:kubernetes",
                inputs: { kubeconfig: UNKNOWN },
                references: { kubeconfig: ["another"] },
            },
            IDENTITY,
            accountOf([CLIENT_ID, "identity"]),
            {
                ...accountOf([CLIENT_ID, "identity"]),
                name: "account-2",
                type: "kubernetes:core/v1:ServiceAccountPatch",
                provider: "kube-2",
            },
            credential("trust", "cluster"),
            credential("trust-2", "another"),
        ],
        breaks: [
            { title: "one of the credentials is missing", remove: "trust", at: [MISNAMED] },
            {
                title: "one of the service accounts is missing",
                remove: "account-web",
                add: accountOf(undefined, "job"),
                at: [SUBJECT],
            },
        ],
        undecided: ["trust", "issuer"],
    },
    {
        title: "a credential for a pipeline",
        good: [
            IDENTITY,
            {
                ...credential("trust", "nothing"),
                inputs: {
                    resourceName: UNKNOWN,
                    issuer: "https://token.actions.githubusercontent.com",
                    subject: "repo:acme/shop:environment:prod",
                    audiences: ["api://AzureADTokenExchange"],
                },
                references: { resourceName: ["identity"] },
            },
        ],
        breaks: [],
        undecided: ["trust", "subject"],
    },
];
