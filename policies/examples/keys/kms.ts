import type { Example } from "../example.ts";
import { googleGrant, resourcePolicy } from "../public.ts";

export const kmsExamples: Record<string, readonly Example[]> = {
    "kms-no-public-principal": [
        resourcePolicy("aws:kms/key:Key"),
        resourcePolicy("aws:kms/keyPolicy:KeyPolicy"),
        resourcePolicy("aws:kms/externalKey:ExternalKey"),
        resourcePolicy("aws:kms/replicaKey:ReplicaKey"),
        resourcePolicy("aws:kms/replicaExternalKey:ReplicaExternalKey"),
        ...googleGrant("kms/cryptoKey", "IAM", "IAM"),
        ...googleGrant("kms/keyRing", "IAM", "IAM"),
    ],
};
