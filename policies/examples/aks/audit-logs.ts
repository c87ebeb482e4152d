import { UNKNOWN, type ExampleResource, type StackExample } from "../example.ts";

const setting = (type: string, logs: ExampleResource["inputs"][string]): StackExample["good"] => [
    { name: "main", type: "azure-native:containerservice:ManagedCluster", inputs: {} },
    {
        name: "logs",
        type,
        inputs: { resourceUri: UNKNOWN, logs },
        references: { resourceUri: ["main"] },
    },
];

/** Examples of where the audit log of an AKS cluster goes. */
export const aksAuditLogStackExamples: Record<string, readonly StackExample[]> = {
    "az-aks-audit-logs": [
        {
            title: "a diagnostic setting that takes the audit log",
            good: setting("azure-native:monitor:DiagnosticSetting", [
                { category: "guard", enabled: true },
                { category: "kube-audit", enabled: true },
            ]),
            breaks: [
                {
                    title: "it is not enabled",
                    set: ["logs", "logs[1].enabled", false],
                    at: [["logs", "logs"]],
                },
                {
                    title: "it takes other logs only",
                    set: ["logs", "logs[1].category", "kube-apiserver"],
                    at: [["logs", "logs"]],
                },
                {
                    title: "it leaves open whether the log is enabled",
                    set: ["logs", "logs[1].enabled", undefined],
                    at: [["logs", "logs"]],
                },
                {
                    title: "it names no log",
                    set: ["logs", "logs", [{ enabled: true }]],
                    at: [["logs", "logs"]],
                },
                {
                    title: "it takes metrics only",
                    set: ["logs", "logs", undefined],
                    at: [["logs", "logs"]],
                },
                {
                    title: "it is of another resource",
                    set: ["logs", "resourceUri", "/another"],
                    at: [["main", ""]],
                },
                { title: "there is none", remove: "logs", at: [["main", ""]] },
            ],
            undecided: ["logs", "resourceUri"],
        },
        {
            title: "a setting of the old module that takes the group of audit logs",
            good: setting("azure-native:insights/v20210501preview:DiagnosticSetting", [
                { categoryGroup: "audit", enabled: true },
            ]),
            breaks: [{ title: "there is none", remove: "logs", at: [["main", ""]] }],
            undecided: ["logs", "logs[0].enabled"],
        },
    ],
};
