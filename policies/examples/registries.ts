import type { Example, StackExample } from "./example.ts";
import { googleGrant, resourcePolicy } from "./public.ts";

export const registryExamples: Record<string, readonly Example[]> = {
    "registry-no-public-or-anonymous": [
        resourcePolicy("aws:ecr/repositoryPolicy:RepositoryPolicy"),
        resourcePolicy("aws:ecr/registryPolicy:RegistryPolicy"),
        {
            type: "azure-native:containerregistry/v20250401:Registry",
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
};

export const registryStackExamples: Record<string, readonly StackExample[]> = {};
