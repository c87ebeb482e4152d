import type { Example } from "../example.ts";

const pinned = (pkg: string, input: string, value: string): Example => ({
    type: `pulumi:providers:${pkg}`,
    good: { [input]: value },
    breaks: [{ title: "it is left to the environment", set: [input, undefined], at: [input] }],
    undecided: input,
});

export const explicitProviderExamples: Record<string, readonly Example[]> = {
    "xr-provider-explicit": [
        ...[
            "aws:ec2/vpc:Vpc",
            "azure-native:network/v20240501:VirtualNetwork",
            "gcp:compute/network:Network",
            "kubernetes:core/v1:Namespace",
        ].map((type): Example => ({
            type,
            good: {},
            breaks: [
                { title: "its provider is the default one", provider: "default_7_48_0", at: [""] },
                { title: "its provider has no version", provider: "default", at: [""] },
            ],
        })),
        { type: "aws:ec2/vpc:Vpc", provider: "default-region", good: {}, breaks: [] },
        pinned("aws", "region", "eu-central-1"),
        pinned("azure-native", "subscriptionId", "00000000-0000-4000-8000-000000000000"),
        pinned("gcp", "project", "acme"),
        pinned("kubernetes", "kubeconfig", "apiVersion: v1"),
    ],
};
