import type { Example, StackExample } from "./example.ts";
import { imageExamples } from "./pod-images.ts";

const RELEASE = "kubernetes:helm.sh/v3:Release";

export const releasesExamples: Record<string, readonly Example[]> = {
    "k8s-helm-release-pinned-and-flagged": [
        {
            type: RELEASE,
            good: { chart: "cluster-autoscaler", version: "9.59.0" },
            options: { reviewed: ["cluster-*"] },
            breaks: [
                { title: "it has no version", set: ["version", undefined], at: ["version"] },
                { title: "the version is a range", set: ["version", "^9.0.0"], at: ["version"] },
                { title: "the version is part of one", set: ["version", "9.59"], at: ["version"] },
                {
                    title: "nobody has looked through the chart",
                    set: ["chart", "oci://registry.example.com/charts/agent"],
                    at: ["chart"],
                },
            ],
            undecided: "version",
        },
        {
            type: RELEASE,
            good: { chart: "oci://registry.example.com/charts/agent", version: "v1.2.3-rc.1" },
            options: { reviewed: ["agent"] },
            breaks: [{ title: "no chart is reviewed", options: { reviewed: [] }, at: ["chart"] }],
            undecided: "chart",
        },
        {
            type: RELEASE,
            good: { chart: "./charts/agent" },
            options: { reviewed: ["agent"] },
            breaks: [
                {
                    title: "it is the newest of a repository",
                    set: ["chart", "stable/agent"],
                    at: ["version"],
                },
            ],
            undecided: "chart",
        },
        {
            type: RELEASE,
            good: { chart: "https://charts.example.com/agent-1.2.3.tgz" },
            options: { reviewed: ["agent"] },
            breaks: [],
        },
    ],
    "k8s-no-legacy-components": [
        ...imageExamples([
            "kubernetesui/dashboard:v2.7.0",
            "docker.io/kubernetesui/dashboard-api@sha256:0",
            "gcr.io/kubernetes-helm/tiller:v2.17.0",
        ]),
        ...[RELEASE, "kubernetes:helm.sh/v4:Chart"].map((type): Example => ({
            type,
            good: { chart: "headlamp" },
            breaks: [
                {
                    title: "the chart is the dashboard",
                    set: ["chart", "kubernetes-dashboard/kubernetes-dashboard"],
                    at: ["chart"],
                },
            ],
            undecided: "chart",
        })),
        {
            type: "azure-native:containerservice/v20250801:ManagedCluster",
            good: { addonProfiles: { kubeDashboard: { enabled: false } } },
            breaks: [
                {
                    title: "the add-on is on",
                    set: ["addonProfiles.kubeDashboard.enabled", true],
                    at: ["addonProfiles.kubeDashboard.enabled"],
                },
            ],
            undecided: "addonProfiles.kubeDashboard.enabled",
        },
        {
            type: "aws:s3/bucketV2:BucketV2",
            good: { apiVersion: "v1beta1" },
            breaks: [],
        },
    ],
};

export const releasesStackExamples: Record<string, readonly StackExample[]> = {};
