import type { Example, StackExample } from "../example.ts";
import { backupExamples, backupStackExamples } from "./backups.ts";
import { deletionExamples, deletionStackExamples } from "./deletion.ts";
import { encryptionExamples, encryptionStackExamples } from "./encryption.ts";
import { logExamples, logStackExamples } from "./logs.ts";
import { operationsExamples, operationsStackExamples } from "./operations.ts";
import { publicExamples } from "./public.ts";
import { awsReachExamples } from "./reach-aws.ts";
import { azureReachExamples } from "./reach-azure.ts";
import { googleReachExamples } from "./reach-google.ts";
import { signInExamples, signInStackExamples } from "./sign-in.ts";
import { subnetStackExamples } from "./subnets.ts";
import { tlsExamples, tlsStackExamples } from "./tls.ts";

export const databaseExamples: Record<string, readonly Example[]> = {
    ...publicExamples,
    ...encryptionExamples,
    ...tlsExamples,
    ...backupExamples,
    ...deletionExamples,
    ...operationsExamples,
    ...signInExamples,
    ...logExamples,
};

export const databaseStackExamples: Record<string, readonly StackExample[]> = {
    ...encryptionStackExamples,
    ...tlsStackExamples,
    ...backupStackExamples,
    ...deletionStackExamples,
    ...operationsStackExamples,
    ...signInStackExamples,
    ...logStackExamples,
    ...subnetStackExamples,
    "db-reachable-only-from-cluster": [
        ...awsReachExamples,
        ...azureReachExamples,
        ...googleReachExamples,
    ],
};
