import { document, type Example } from "../example.ts";
import { googleGrant, resourcePolicy } from "../public.ts";

const ACR = "azure-native:containerregistry/v20250401:Registry";

export const accessExamples: Record<string, readonly Example[]> = {
    "registry-no-public-or-anonymous": [
        resourcePolicy("aws:ecr/repositoryPolicy:RepositoryPolicy"),
        resourcePolicy("aws:ecr/registryPolicy:RegistryPolicy"),
        {
            type: "aws:ecr/repositoryCreationTemplate:RepositoryCreationTemplate",
            good: {
                repositoryPolicy: document({
                    Action: "ecr:BatchGetImage",
                    Principal: { AWS: "arn:aws:iam::123456789012:root" },
                }),
            },
            breaks: [
                {
                    title: "every repository made from it is for everybody",
                    set: [
                        "repositoryPolicy",
                        document({ Action: "ecr:BatchGetImage", Principal: "*" }),
                    ],
                    at: ["repositoryPolicy.Statement[0]"],
                },
            ],
            undecided: "repositoryPolicy",
        },
        {
            type: ACR,
            good: { adminUserEnabled: false },
            breaks: [
                {
                    title: "anonymous pull is on",
                    set: ["anonymousPullEnabled", true],
                    at: ["anonymousPullEnabled"],
                },
            ],
            undecided: "anonymousPullEnabled",
        },
        ...googleGrant("artifactregistry/repository", "Iam", "Iam"),
    ],
    "az-acr-admin-user-disabled": [
        {
            type: ACR,
            good: { adminUserEnabled: false },
            breaks: [
                {
                    title: "the admin user is on",
                    set: ["adminUserEnabled", true],
                    at: ["adminUserEnabled"],
                },
            ],
            undecided: "adminUserEnabled",
        },
    ],
    "az-acr-public-network-off": [
        {
            type: ACR,
            good: { publicNetworkAccess: "Disabled" },
            breaks: [
                {
                    title: "the public network reaches it",
                    set: ["publicNetworkAccess", "Enabled"],
                    at: ["publicNetworkAccess"],
                },
                {
                    title: "nothing is said, and public is the default",
                    set: ["publicNetworkAccess", undefined],
                    at: ["publicNetworkAccess"],
                },
            ],
            undecided: "publicNetworkAccess",
        },
    ],
};
