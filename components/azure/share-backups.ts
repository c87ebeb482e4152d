import { RoleDefinition } from "@pulumi/azure-native/authorization/roleDefinition.js";
import { Workflow } from "@pulumi/azure-native/logic/workflow.js";
import type { StorageAccount } from "@pulumi/azure-native/storage/storageAccount.js";
import type * as pulumi from "@pulumi/pulumi";
import { shortHash } from "../lib/names.ts";
import { amount, type Days } from "../lib/units.ts";
import type { AzureFoundation } from "./foundation.ts";
import { sendLogs } from "./logs.ts";
import type { AzureNetwork } from "./network.ts";
import { grant } from "./roles.ts";

export interface BackupsArgs {
    readonly foundation: AzureFoundation;
    readonly network: AzureNetwork;
    readonly account: StorageAccount;
    readonly retention: Days;
}

/**
 * Takes a snapshot of every share of an account each night, and deletes those that are older than asked.
 *
 * A workflow (Logic App) does it, since Azure Backup does not take shares that are mounted by NFS. Its runs are logged.
 *
 * @see https://learn.microsoft.com/rest/api/storagerp/file-shares
 */
export function backUpShares(
    name: string,
    args: BackupsArgs,
    opts: pulumi.CustomResourceOptions,
): pulumi.Resource[] {
    const { foundation, network, account, retention } = args;
    const workflow = new Workflow(
        `${name}-backups`,
        {
            resourceGroupName: foundation.resourceGroupName,
            location: foundation.region,
            identity: { type: "SystemAssigned" },
            state: "Enabled",
            definition: account.id.apply((id) => nightly(id, amount(retention))),
            tags: foundation.tags,
        },
        opts,
    );
    const access = grant(
        `${name}-backups`,
        {
            foundation,
            role: snapshotRole(name, foundation, opts).id,
            principalId: workflow.identity.apply((identity) => identity?.principalId ?? ""),
            principalType: "ServicePrincipal",
            scope: account.id,
        },
        opts,
    );
    const logs = { resource: workflow, workspaceId: network.workspace.id };
    return [workflow, access, sendLogs(`${name}-backups`, logs, opts)];
}

/**
 * Built-in roles that reach shares also hand out the account's keys. Roles have one name per tenant, so it ends in a hash
 * of the place.
 */
function snapshotRole(
    name: string,
    { resourceGroup, subscriptionId, region }: AzureFoundation,
    opts: pulumi.CustomResourceOptions,
): RoleDefinition {
    const shares = "Microsoft.Storage/storageAccounts/fileServices/shares";
    return new RoleDefinition(
        `${name}-backups`,
        {
            roleName: `${name}-backups-${shortHash(`${subscriptionId}/${region}`)}`,
            roleType: "CustomRole",
            description: "Takes and deletes snapshots of file shares",
            scope: resourceGroup.id,
            assignableScopes: [resourceGroup.id],
            permissions: [
                {
                    actions: [`${shares}/read`, `${shares}/write`, `${shares}/delete`],
                    notActions: [],
                },
            ],
        },
        opts,
    );
}

const MANAGER = "https://management.azure.com";
const API = "api-version=2024-01-01";
const AUTHENTICATION = { type: "ManagedServiceIdentity", audience: `${MANAGER}/` };

/** When a snapshot was taken; nothing for a share itself. */
const TAKEN = "item()?['properties']?['snapshotTime']";

/**
 * What the workflow does, in the language of Logic Apps.
 *
 * @see https://learn.microsoft.com/azure/logic-apps/logic-apps-workflow-definition-language
 */
function nightly(accountId: string, days: number) {
    const shares = `${MANAGER}${accountId}/fileServices/default/shares`;
    const old = `ticks(addDays(utcNow(), -${days}))`;
    return {
        $schema:
            "https://schema.management.azure.com/providers/Microsoft.Logic/schemas/2016-06-01/workflowdefinition.json#",
        contentVersion: "1.0.0.0",
        triggers: {
            nightly: {
                type: "Recurrence",
                recurrence: {
                    frequency: "Day",
                    interval: 1,
                    schedule: { hours: ["1"], minutes: [0] },
                    timeZone: "UTC",
                },
            },
        },
        actions: {
            list: http("GET", `${shares}?${API}&$expand=snapshots`),
            shares: query(`@empty(${TAKEN})`, "list"),
            take: each("shares", "shares", {
                snapshot: http("PUT", ofEach("take", `?${API}&$expand=snapshots`), {
                    body: { properties: {} },
                }),
            }),
            old: query(
                `@and(not(empty(${TAKEN})), less(ticks(coalesce(${TAKEN}, utcNow())), ${old}))`,
                "take",
            ),
            prune: each("old", "old", {
                delete: http("DELETE", ofEach("prune", `?${API}`), {
                    headers: {
                        "x-ms-snapshot": "@{items('prune')?['properties']?['snapshotTime']}",
                    },
                }),
            }),
        },
    };
}

/** The address of the share that a loop has come to. */
function ofEach(loop: string, parameters: string): string {
    return `@{concat('${MANAGER}', items('${loop}')?['id'], '${parameters}')}`;
}

function http(method: string, uri: string, more: Readonly<Record<string, unknown>> = {}) {
    const inputs = { method, uri, authentication: AUTHENTICATION, ...more };
    return { type: "Http", inputs, runAfter: {} };
}

function query(where: string, after: string) {
    const from = "@body('list')?['value']";
    return { type: "Query", inputs: { from, where }, runAfter: { [after]: ["Succeeded"] } };
}

function each(list: string, after: string, actions: Readonly<Record<string, unknown>>) {
    return {
        type: "Foreach",
        foreach: `@body('${list}')`,
        actions,
        runAfter: { [after]: ["Succeeded"] },
    };
}
