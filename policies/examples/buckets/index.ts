import type { Example, StackExample } from "../example.ts";
import { accountExamples, accountStackExamples } from "./accounts.ts";
import { encryptionExamples, encryptionStackExamples } from "./encryption.ts";
import { grantExamples } from "./grants.ts";
import { lifecycleExamples, lifecycleStackExamples } from "./lifecycle.ts";
import { loggingStackExamples } from "./logging.ts";
import { publicExamples, publicStackExamples } from "./public.ts";
import { transportExamples, transportStackExamples } from "./transport.ts";
import { versioningExamples, versioningStackExamples } from "./versioning.ts";

export const bucketExamples: Record<string, readonly Example[]> = {
    ...publicExamples,
    ...grantExamples,
    ...transportExamples,
    ...encryptionExamples,
    ...versioningExamples,
    ...lifecycleExamples,
    ...accountExamples,
};

export const bucketStackExamples: Record<string, readonly StackExample[]> = {
    ...publicStackExamples,
    ...transportStackExamples,
    ...encryptionStackExamples,
    ...versioningStackExamples,
    ...loggingStackExamples,
    ...lifecycleStackExamples,
    ...accountStackExamples,
};
