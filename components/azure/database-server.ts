import type { ServerArgs } from "@pulumi/azure-native/dbforpostgresql/server.js";
import * as pulumi from "@pulumi/pulumi";
import { DATABASE_MAINTENANCE } from "../contracts/database.ts";
import { amount } from "../lib/units.ts";
import type { AzureDatabaseArgs } from "./database.ts";
import { databaseSku, NO_DISTANT_BACKUPS } from "./sizes.ts";

/** Days of the week as Azure counts them. */
const DAYS = [
    "Sunday",
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
] as const;

/** The arguments of the server. It stands in zone 1, next to the nodes of a site without high availability. */
export function serverArgs(args: AzureDatabaseArgs, password: pulumi.Input<string>): ServerArgs {
    const { foundation, network, highAvailability } = args;
    return {
        resourceGroupName: foundation.resourceGroupName,
        location: foundation.region,
        createMode: "Default",
        version: args.version,
        sku: databaseSku(args.size, foundation.region),
        storage: {
            type: "Premium_LRS",
            storageSizeGB: amount(args.storage),
            autoGrow: args.storageAutoGrow ? "Enabled" : "Disabled",
        },
        availabilityZone: "1",
        highAvailability: highAvailability
            ? { mode: "ZoneRedundant", standbyAvailabilityZone: "2" }
            : { mode: "Disabled" },
        backup: {
            backupRetentionDays: amount(args.backupRetention),
            geoRedundantBackup: copiesBackups(args) ? "Enabled" : "Disabled",
        },
        network: {
            delegatedSubnetResourceId: network.databaseSubnetId,
            privateDnsZoneArmResourceId: network.databaseZone.zone.id,
        },
        authConfig: { activeDirectoryAuth: "Disabled", passwordAuth: "Enabled" },
        administratorLogin: args.username,
        administratorLoginPassword: pulumi.secret(password),
        maintenanceWindow: {
            customWindow: "Enabled",
            dayOfWeek: DAYS.indexOf(DATABASE_MAINTENANCE.day),
            startHour: DATABASE_MAINTENANCE.hour,
            startMinute: 0,
        },
        tags: foundation.tags,
    };
}

/** True if Azure copies the backups to the partner region (G1.44). */
function copiesBackups({ highAvailability, foundation }: AzureDatabaseArgs): boolean {
    return highAvailability && !NO_DISTANT_BACKUPS.includes(foundation.region);
}
