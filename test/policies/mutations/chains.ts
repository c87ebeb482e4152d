import type { Mutation } from "./mutation.ts";

export const chainsMutations: readonly Mutation[] = [
    {
        rule: "xr-workload-identity-chain",
        title: "an identity on Azure trusts a service account that nobody makes",
        do: [
            {
                type: "azure-native:managedidentity:FederatedIdentityCredential",
                set: { subject: "system:serviceaccount:podinfo:secret-raeder" },
            },
        ],
        at: "subject",
    },
    {
        rule: "xr-workload-identity-chain",
        title: "the autoscaler's role does not trust EKS Pod Identity",
        do: [
            {
                type: "aws:iam/role:Role",
                name: "myapp-prod-aws-cluster-autoscaler",
                set: {
                    assumeRolePolicy:
                        '{"Statement":[{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}]}',
                },
            },
        ],
        at: "roleArn",
    },
    {
        rule: "xr-workload-identity-chain",
        title: "a secret on Google Cloud is for a service account that nobody makes",
        do: [
            {
                type: "gcp:secretmanager/secretIamMember:SecretIamMember",
                set: {
                    member: "principal://iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/my-project-id.svc.id.goog/subject/ns/podinfo/sa/reader",
                },
            },
        ],
        at: "member",
    },
    {
        rule: "xr-provider-explicit",
        title: "the network on Google Cloud is made by a default provider",
        do: [{ type: "gcp:compute/network:Network", set: {} }],
        traits: { provider: "default_9_37_0" },
        at: "",
    },
];
