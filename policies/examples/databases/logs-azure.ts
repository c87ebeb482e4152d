import { UNKNOWN, type StackExample } from "../example.ts";
import { POSTGRES, SQL_DATABASE, SQL_SERVER } from "./breaks.ts";

/** Audits of Azure SQL: the type, the input that says of what, and of what it is. */
const SQL_AUDITS = [
    ["ServerBlobAuditingPolicy", "serverName", "server"],
    ["ExtendedDatabaseBlobAuditingPolicy", "databaseName", "database"],
] as const;

export const azureLogStackExamples: readonly StackExample[] = [
    {
        title: "a server with a diagnostic setting",
        good: [
            { name: "server", type: POSTGRES, inputs: {} },
            {
                name: "setting",
                type: "azure-native:monitor:DiagnosticSetting",
                inputs: {
                    resourceUri: UNKNOWN,
                    logs: [{ categoryGroup: "allLogs", enabled: true }],
                },
                references: { resourceUri: ["server"] },
            },
        ],
        breaks: [
            { title: "there is none", remove: "setting", at: [["server", ""]] },
            {
                title: "it sends no logs",
                set: ["setting", "logs[0].enabled", false],
                at: [["server", ""]],
            },
        ],
        undecided: ["setting", "resourceUri"],
    },
    ...SQL_AUDITS.map(([type, input, place]): StackExample => ({
        title: `a database of Azure SQL with a ${type}`,
        good: [
            { name: "server", type: SQL_SERVER, inputs: {} },
            {
                name: "database",
                type: SQL_DATABASE,
                inputs: { serverName: UNKNOWN },
                references: { serverName: ["server"] },
            },
            {
                name: "audit",
                type: `azure-native:sql:${type}`,
                inputs: { [input]: UNKNOWN, state: "Enabled" },
                references: { [input]: [place] },
            },
        ],
        breaks: [
            { title: "there is none", remove: "audit", at: [["database", ""]] },
            {
                title: "the audit is off",
                set: ["audit", "state", "Disabled"],
                at: [["database", ""]],
            },
        ],
        undecided: ["audit", input],
    })),
];
