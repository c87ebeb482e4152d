import type { Rule } from "../rule.ts";
import { kmsDeletionWindow } from "./deletion.ts";
import { diskEncryptedAtRest } from "./disks.ts";
import { kmsNoPublicPrincipal } from "./kms.ts";
import { kmsRotation } from "./rotation.ts";
import { secretCmkRotation } from "./secrets-manager.ts";
import { azureVaultNetworkRbac } from "./vault.ts";

/** Who may use encryption keys, how long they live, and whether disks and secrets have one. */
export const keyRules: readonly Rule[] = [
    kmsNoPublicPrincipal,
    kmsRotation,
    kmsDeletionWindow,
    azureVaultNetworkRbac,
    secretCmkRotation,
    diskEncryptedAtRest,
];
