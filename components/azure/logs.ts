import type { WorkspaceArgs } from "@pulumi/azure-native/operationalinsights/workspace.js";
import { DiagnosticSetting } from "@pulumi/azure-native/monitor/diagnosticSetting.js";
import type * as pulumi from "@pulumi/pulumi";
import type { Problem } from "../lib/problem.ts";
import { amount, type Days } from "../lib/units.ts";
import type { AzureFoundation } from "./foundation.ts";

/** What a workspace keeps without charge, and the least it can be told to keep. */
const SHORTEST_RETENTION = 30;

/** The longest that a flow log's storage keeps, and so the longest for all of a site's logs. */
const LONGEST_RETENTION = 365;

/** Refuses a retention that Azure would. */
export function retentionProblems(retention: Days): Problem[] {
    const days = amount(retention);
    const fits = days >= SHORTEST_RETENTION && days <= LONGEST_RETENTION;
    if (Number.isInteger(days) && fits) return [];
    return [
        {
            path: "logRetention",
            value: retention,
            message: `is not between ${SHORTEST_RETENTION} and ${LONGEST_RETENTION} days`,
            fix: "Choose one, and export what has to be kept for longer",
        },
    ];
}

/**
 * The arguments of a Log Analytics workspace.
 *
 * @see https://learn.microsoft.com/azure/azure-monitor/logs/data-retention-configure
 */
export function workspaceArgs(foundation: AzureFoundation, retention: Days): WorkspaceArgs {
    return {
        resourceGroupName: foundation.resourceGroupName,
        location: foundation.region,
        sku: { name: "PerGB2018" },
        retentionInDays: amount(retention),
        features: { enableLogAccessUsingOnlyResourcePermissions: true },
        tags: foundation.tags,
    };
}

/** Where logs come from and go to. */
export interface DiagnosticsArgs {
    readonly resource: { readonly id: pulumi.Input<string> };
    readonly workspaceId: pulumi.Input<string>;
    /** The log categories; all that there are, if left out. */
    readonly categories?: readonly string[];
}

/** Sends a resource's logs to a workspace, in tables of their own rather than the one that all resources share. */
export function sendLogs(
    name: string,
    args: DiagnosticsArgs,
    opts: pulumi.CustomResourceOptions,
): DiagnosticSetting {
    const { resource, workspaceId, categories } = args;
    return new DiagnosticSetting(
        `${name}-logs`,
        {
            name: "platform",
            resourceUri: resource.id,
            workspaceId,
            logAnalyticsDestinationType: "Dedicated",
            logs: categories?.map((category) => ({ category, enabled: true })) ?? [
                { categoryGroup: "allLogs", enabled: true },
            ],
        },
        { deleteBeforeReplace: true, ...opts },
    );
}
