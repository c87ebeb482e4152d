import { UNKNOWN, type Example, type Inputs, type StackExample } from "../example.ts";
import {
    ALLOYDB,
    AURORA,
    breakAt,
    CLOUD_SQL,
    DOCDB,
    forEach,
    missing,
    NEPTUNE,
    POSTGRES,
    RDS,
    REDSHIFT,
    SQL_DATABASE,
    SQL_SERVER,
} from "./breaks.ts";

const SUBSCRIPTION = "/subscriptions/1";
const SERVER = `${SUBSCRIPTION}/resourceGroups/data/providers/Microsoft.Sql/servers/orders`;

/** Locks whose target the program writes out. */
const WRITTEN_LOCKS: readonly (readonly [title: string, type: string, inputs: Inputs])[] = [
    ["its group", "ManagementLockAtResourceGroupLevel", { resourceGroupName: "data" }],
    ["its server", "ManagementLockAtResourceLevel", { resourceName: "orders" }],
    ["its server's address", "ManagementLockByScope", { scope: SERVER }],
    [
        "its group's address",
        "ManagementLockByScope",
        { scope: `${SUBSCRIPTION}/resourceGroups/Data` },
    ],
    ["its subscription's address", "ManagementLockByScope", { scope: SUBSCRIPTION }],
];

export const deletionExamples: Record<string, readonly Example[]> = {
    "db-deletion-protection": [
        ...forEach([RDS, AURORA, NEPTUNE, DOCDB], {
            good: { deletionProtection: true },
            breaks: [
                breakAt("it is off", "deletionProtection", false),
                missing("deletionProtection"),
            ],
            undecided: "deletionProtection",
        }),
        {
            type: REDSHIFT,
            good: { clusterIdentifier: "warehouse" },
            breaks: [{ title: "Pulumi does not protect it", protect: false, at: [""] }],
        },
        {
            type: CLOUD_SQL,
            good: { deletionProtection: true, settings: { tier: "db-f1-micro" } },
            breaks: [breakAt("it is off", "deletionProtection", false)],
            undecided: "deletionProtection",
        },
        {
            type: ALLOYDB,
            good: { deletionProtection: true },
            breaks: [breakAt("it is off", "deletionProtection", false)],
            undecided: "deletionProtection",
        },
    ],
    "db-final-snapshot": forEach([RDS, AURORA, NEPTUNE, DOCDB, REDSHIFT], {
        good: { skipFinalSnapshot: false },
        breaks: [breakAt("it is skipped", "skipFinalSnapshot", true)],
        undecided: "skipFinalSnapshot",
    }),
};

const GROUP = "azure-native:resources:ResourceGroup";

export const deletionStackExamples: Record<string, readonly StackExample[]> = {
    "db-deletion-protection": [
        {
            title: "a server under a lock of its own",
            good: [
                { name: "server", type: POSTGRES, inputs: {}, protect: false },
                {
                    name: "lock",
                    type: "azure-native:authorization:ManagementLockByScope",
                    inputs: { scope: UNKNOWN, level: "CanNotDelete" },
                    references: { scope: ["server"] },
                },
            ],
            breaks: [
                { title: "there is no lock", remove: "lock", at: [["server", ""]] },
                {
                    title: "the lock holds nothing",
                    set: ["lock", "level", "NotSpecified"],
                    at: [["server", ""]],
                },
                {
                    title: "the lock is another resource's",
                    set: ["lock", "scope", "/subscriptions/1/resourceGroups/other"],
                    at: [["server", ""]],
                },
            ],
            undecided: ["lock", "scope"],
        },
        {
            title: "a server that Pulumi protects",
            good: [{ name: "server", type: POSTGRES, inputs: {} }],
            breaks: [
                {
                    title: "Pulumi does not protect it",
                    traits: ["server", { protect: false }],
                    at: [["server", ""]],
                },
            ],
        },
        {
            title: "a database in a group under a lock",
            good: [
                { name: "group", type: GROUP, inputs: {} },
                {
                    name: "server",
                    type: SQL_SERVER,
                    inputs: { resourceGroupName: UNKNOWN },
                    references: { resourceGroupName: ["group"] },
                    protect: false,
                },
                {
                    name: "database",
                    type: SQL_DATABASE,
                    inputs: { resourceGroupName: UNKNOWN, serverName: UNKNOWN },
                    references: { resourceGroupName: ["group"], serverName: ["server"] },
                    protect: false,
                },
                {
                    name: "lock",
                    type: "azure-native:authorization:ManagementLockAtResourceGroupLevel",
                    inputs: { resourceGroupName: UNKNOWN, level: "ReadOnly" },
                    references: { resourceGroupName: ["group"] },
                },
            ],
            breaks: [
                {
                    title: "there is no lock",
                    remove: "lock",
                    at: [
                        ["server", ""],
                        ["database", ""],
                    ],
                },
            ],
            undecided: ["lock", "resourceGroupName"],
        },
        ...WRITTEN_LOCKS.map(([title, type, inputs]): StackExample => ({
            title: `a database under a lock by name, on ${title}`,
            good: [
                {
                    name: "database",
                    type: SQL_DATABASE,
                    inputs: { resourceGroupName: "data", serverName: "orders" },
                    protect: false,
                },
                {
                    name: "lock",
                    type: `azure-native:authorization:${type}`,
                    inputs: { ...inputs, level: "CanNotDelete" },
                },
            ],
            breaks: [
                { title: "there is no lock", remove: "lock", at: [["database", ""]] },
                {
                    title: "the lock is another's",
                    set: ["lock", Object.keys(inputs)[0]!, "others"],
                    at: [["database", ""]],
                },
            ],
            undecided: ["lock", Object.keys(inputs)[0]!],
        })),
        {
            title: "a database that names a group under a lock",
            good: [
                { name: "group", type: GROUP, inputs: { resourceGroupName: "data" } },
                {
                    name: "database",
                    type: SQL_DATABASE,
                    inputs: { resourceGroupName: "data", serverName: "orders" },
                    protect: false,
                },
                {
                    name: "lock",
                    type: "azure-native:authorization:ManagementLockByScope",
                    inputs: { scope: UNKNOWN, level: "CanNotDelete" },
                    references: { scope: ["group"] },
                },
            ],
            breaks: [{ title: "there is no lock", remove: "lock", at: [["database", ""]] }],
        },
    ],
};
