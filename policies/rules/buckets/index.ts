import type { Rule } from "../rule.ts";
import { azureNetworkDefaultDeny, azureSharedKeyOff, azureSoftDelete } from "./accounts.ts";
import { bucketNoForceDestroy } from "./destruction.ts";
import { bucketEncryptedCmk } from "./encryption.ts";
import { gcpUniformAccess } from "./google.ts";
import { bucketLifecycle } from "./lifecycle.ts";
import { bucketAccessLogging } from "./logging.ts";
import { bucketNoPublicGrant, bucketPublicAccessBlocked } from "./public.ts";
import { bucketTlsOnly } from "./transport.ts";
import { bucketVersioning } from "./versioning.ts";

/** Who gets at what a bucket holds, whether it survives mistakes, and what it costs. */
export const bucketRules: readonly Rule[] = [
    bucketPublicAccessBlocked,
    bucketNoPublicGrant,
    bucketTlsOnly,
    bucketEncryptedCmk,
    bucketVersioning,
    bucketAccessLogging,
    bucketLifecycle,
    gcpUniformAccess,
    azureSharedKeyOff,
    azureNetworkDefaultDeny,
    azureSoftDelete,
    bucketNoForceDestroy,
];
