import { noDefaultServiceAccount, tokenNotAutomounted } from "./pod-security/accounts.ts";
import { baselineRest } from "./pod-security/baseline.ts";
import { noSecretEnv } from "./pod-security/environment.ts";
import { hostNamespaces, hostPorts } from "./pod-security/host.ts";
import { imagePinned } from "./pod-security/images.ts";
import { procMountDefault, seccompRuntimeDefault } from "./pod-security/kernel.ts";
import { noDefaultNamespace } from "./pod-security/namespace.ts";
import {
    dropAllCapabilities,
    noPrivileged,
    noPrivilegeEscalation,
} from "./pod-security/privileges.ts";
import { imageApprovedRegistry } from "./pod-security/registries.ts";
import { probes, resourcesSet } from "./pod-security/resources.ts";
import { runAsNonRoot, runAsUserNotRoot } from "./pod-security/users.ts";
import { readOnlyRootFilesystem, restrictedVolumes } from "./pod-security/volumes.ts";
import type { Rule } from "./rule.ts";

/**
 * What pods may do, what they are made of, and what they need to run well.
 *
 * Those that name the Baseline or Restricted level among their requirements make up the Pod Security Standards: together
 * they find what the standard forbids, and nothing that it allows.
 */
export const podSecurityRules: readonly Rule[] = [
    noPrivileged,
    hostNamespaces,
    noPrivilegeEscalation,
    runAsNonRoot,
    runAsUserNotRoot,
    dropAllCapabilities,
    seccompRuntimeDefault,
    procMountDefault,
    restrictedVolumes,
    hostPorts,
    baselineRest,
    readOnlyRootFilesystem,
    resourcesSet,
    probes,
    imagePinned,
    imageApprovedRegistry,
    noSecretEnv,
    tokenNotAutomounted,
    noDefaultServiceAccount,
    noDefaultNamespace,
];
