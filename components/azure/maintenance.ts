import type * as pulumi from "@pulumi/pulumi";
import { MaintenanceConfiguration } from "@pulumi/azure-native/containerservice/maintenanceConfiguration.js";
import type { ManagedCluster } from "@pulumi/azure-native/containerservice/managedCluster.js";
import type { AzureFoundation } from "./foundation.ts";

/** Sunday 04:00 to 08:00 UTC, the platform's time for maintenance on every cloud (G13.9). */
const WINDOW = {
    schedule: { weekly: { dayOfWeek: "Sunday", intervalWeeks: 1 } },
    startTime: "04:00",
    utcOffset: "+00:00",
    durationHours: 4,
};

/** What AKS calls the schedules of the two kinds of upgrades. */
const SCHEDULES = {
    upgrades: "aksManagedAutoUpgradeSchedule",
    "node-images": "aksManagedNodeOSUpgradeSchedule",
} as const;

/** Holds AKS to the platform's maintenance window, for patch versions and for node images. */
export function scheduleMaintenance(
    name: string,
    args: { readonly foundation: AzureFoundation; readonly cluster: ManagedCluster },
    opts: pulumi.CustomResourceOptions,
): MaintenanceConfiguration[] {
    return Object.entries(SCHEDULES).map(
        ([role, configName]) =>
            new MaintenanceConfiguration(
                `${name}-${role}`,
                {
                    resourceGroupName: args.foundation.resourceGroupName,
                    resourceName: args.cluster.name,
                    configName,
                    maintenanceWindow: WINDOW,
                },
                { ...opts, deletedWith: args.cluster, deleteBeforeReplace: true },
            ),
    );
}
