import type { Mutation } from "./mutation.ts";

const POLICY = "kubernetes:networking.k8s.io/v1:NetworkPolicy";
const NAMESPACE = "kubernetes:core/v1:Namespace";
const ENFORCE = 'metadata.labels["pod-security.kubernetes.io/enforce"]';

export const namespacesMutations: readonly Mutation[] = [
    {
        rule: "k8s-namespace-default-deny",
        title: "the application's namespace on AWS has lost its denial, while those on the other clouds have theirs",
        do: [{ type: POLICY, name: "myapp-prod-aws-podinfo-default-deny" }],
        at: "",
    },
    {
        rule: "k8s-namespace-default-deny",
        title: "the policy for DNS lets all traffic out",
        do: [
            {
                type: POLICY,
                name: "myapp-prod-gcp-podinfo-allow-dns",
                set: { "spec.egress": [{}] },
            },
        ],
        at: "spec.egress[0]",
    },
    {
        rule: "k8s-namespace-psa-labels",
        title: "a namespace takes privileged pods",
        do: [
            {
                type: NAMESPACE,
                name: "myapp-prod-aws-podinfo",
                set: { [ENFORCE]: "privileged" },
                keepReferences: true,
            },
        ],
        at: ENFORCE,
    },
    {
        rule: "k8s-namespace-quota-limits",
        title: "the application's namespace on Google Cloud has no defaults for containers",
        do: [{ type: "kubernetes:core/v1:LimitRange", name: "myapp-prod-gcp-podinfo" }],
        at: "",
    },
];
