import type { Mutation } from "./mutation.ts";

export const iamMutations: readonly Mutation[] = [
    {
        rule: "iam-no-star-admin",
        title: "a role may do everything",
        do: [
            {
                type: "aws:iam/rolePolicy:RolePolicy",
                set: {
                    policy: '{"Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}',
                },
            },
        ],
        at: "policy.Statement[0]",
    },
    {
        rule: "iam-no-wildcard-trust",
        title: "everybody may take on the role of the flow logs",
        do: [
            {
                type: "aws:iam/role:Role",
                name: "myapp-prod-aws-flow-logs",
                set: {
                    assumeRolePolicy:
                        '{"Statement":[{"Effect":"Allow","Principal":"*","Action":"sts:AssumeRole"}]}',
                },
            },
        ],
        at: "assumeRolePolicy.Statement[0]",
    },
    {
        rule: "iam-irsa-sub-pinned",
        title: "every service account of the cluster may read a secret on Google Cloud",
        do: [
            {
                type: "gcp:secretmanager/secretIamMember:SecretIamMember",
                set: {
                    member: "principalSet://iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/my-project-id.svc.id.goog/namespace/podinfo",
                },
            },
        ],
        at: "member",
        // A chain that ends in many accounts leads to none of them.
        also: ["xr-workload-identity-chain"],
    },
    {
        rule: "gcp-no-sa-keys",
        title: "the account of the nodes has a key",
        do: [],
        add: [
            {
                type: "gcp:serviceaccount/key:Key",
                name: "nodes",
                inputs: { serviceAccountId: "nodes@my-project-id.iam.gserviceaccount.com" },
            },
        ],
        at: "",
    },
];
