import type { Example, StackExample } from "../example.ts";

const ECR = "aws:ecr/repository:Repository";
const ACR = "azure-native:containerregistry:Registry";
const ARTIFACT_REGISTRY = "gcp:artifactregistry/repository:Repository";

export const scanningExamples: Record<string, readonly Example[]> = {
    "registry-scan-on-push": [
        {
            type: ARTIFACT_REGISTRY,
            good: {
                format: "DOCKER",
                vulnerabilityScanningConfig: { enablementConfig: "INHERITED" },
            },
            breaks: [
                {
                    title: "scanning is switched off",
                    set: ["vulnerabilityScanningConfig.enablementConfig", "DISABLED"],
                    at: ["vulnerabilityScanningConfig.enablementConfig"],
                },
            ],
            undecided: "vulnerabilityScanningConfig.enablementConfig",
        },
    ],
};

export const scanningStackExamples: Record<string, readonly StackExample[]> = {
    "registry-scan-on-push": [
        {
            title: "a repository that scans by itself",
            good: [
                {
                    name: "app",
                    type: ECR,
                    inputs: { name: "app", imageScanningConfiguration: { scanOnPush: true } },
                },
            ],
            breaks: [
                {
                    title: "scanning is off",
                    set: ["app", "imageScanningConfiguration.scanOnPush", false],
                    at: [["app", "imageScanningConfiguration.scanOnPush"]],
                },
                {
                    title: "nothing is said, and off is the default",
                    set: ["app", "imageScanningConfiguration", undefined],
                    at: [["app", "imageScanningConfiguration.scanOnPush"]],
                },
            ],
            undecided: ["app", "imageScanningConfiguration.scanOnPush"],
        },
        {
            title: "a registry that scans for all its repositories",
            good: [
                { name: "app", type: ECR, inputs: { name: "team/app" } },
                {
                    name: "scanning",
                    type: "aws:ecr/registryScanningConfiguration:RegistryScanningConfiguration",
                    inputs: {
                        scanType: "ENHANCED",
                        rules: [
                            {
                                scanFrequency: "CONTINUOUS_SCAN",
                                repositoryFilters: [{ filter: "team", filterType: "WILDCARD" }],
                            },
                        ],
                    },
                },
            ],
            breaks: [
                {
                    title: "it scans when told to only",
                    set: ["scanning", "rules[0].scanFrequency", "MANUAL"],
                    at: [["app", "imageScanningConfiguration.scanOnPush"]],
                },
                {
                    title: "it scans others",
                    set: ["scanning", "rules[0].repositoryFilters[0].filter", "app/*"],
                    at: [["app", "imageScanningConfiguration.scanOnPush"]],
                },
                {
                    title: "it has no settings",
                    remove: "scanning",
                    at: [["app", "imageScanningConfiguration.scanOnPush"]],
                },
            ],
            undecided: ["app", "name"],
        },
        {
            title: "a registry of Azure under Defender",
            good: [
                { name: "images", type: ACR, inputs: { sku: { name: "Premium" } } },
                {
                    name: "defender",
                    type: "azure-native:security:Pricing",
                    inputs: { pricingName: "Containers", pricingTier: "Standard" },
                },
            ],
            breaks: [
                {
                    title: "the plan is the free one",
                    set: ["defender", "pricingTier", "Free"],
                    at: [["images", ""]],
                },
            ],
            undecided: ["defender", "pricingTier"],
        },
        {
            title: "a repository of Google Cloud whose project scans",
            good: [
                { name: "images", type: ARTIFACT_REGISTRY, inputs: { format: "DOCKER" } },
                {
                    name: "api",
                    type: "gcp:projects/service:Service",
                    inputs: { service: "containerscanning.googleapis.com" },
                },
            ],
            breaks: [],
            undecided: ["api", "service"],
        },
    ],
};
