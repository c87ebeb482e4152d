import type { Rule } from "../rule.ts";
import { databasePgaudit } from "./audit.ts";
import { databaseDeletionProtection, databaseFinalSnapshot } from "./deletion.ts";
import { databaseCustomerManagedKey, databaseEncryptedAtRest } from "./encryption.ts";
import { databaseLogExport } from "./logs.ts";
import { databaseMonitoring } from "./monitoring.ts";
import { databaseHighAvailability, databaseMinorUpgrades } from "./operations.ts";
import { databaseNoPublicAccess, databaseNoWorldFirewall } from "./public.ts";
import { databaseReachableOnlyFromCluster } from "./reach/index.ts";
import { databaseGeoRedundantBackup, databasePointInTimeRecovery } from "./recovery.ts";
import { databaseBackupRetention } from "./retention.ts";
import { databaseIamAuthentication, databaseNoInlinePassword } from "./sign-in.ts";
import { databasePrivateSubnets } from "./subnets.ts";
import { databaseSupportedEngine } from "./supported.ts";
import { databaseTlsEnforced } from "./tls.ts";

/** Who gets to a database, whether its data can be read where it lies, and whether it outlives a mistake. */
export const databaseRules: readonly Rule[] = [
    databaseNoPublicAccess,
    databaseNoWorldFirewall,
    databaseEncryptedAtRest,
    databaseCustomerManagedKey,
    databaseTlsEnforced,
    databaseBackupRetention,
    databasePointInTimeRecovery,
    databaseGeoRedundantBackup,
    databaseHighAvailability,
    databaseDeletionProtection,
    databaseFinalSnapshot,
    databaseIamAuthentication,
    databaseNoInlinePassword,
    databaseLogExport,
    databasePgaudit,
    databaseMinorUpgrades,
    databaseMonitoring,
    databaseSupportedEngine,
    databasePrivateSubnets,
    databaseReachableOnlyFromCluster,
];
