import { aksRules } from "./aks/index.ts";
import { bucketRules } from "./buckets/index.ts";
import { chainsRules } from "./chains.ts";
import { clusterVersionRules } from "./cluster-versions.ts";
import { databaseRules } from "./databases/index.ts";
import { edgeRules } from "./edge/index.ts";
import { eksRules } from "./eks/index.ts";
import { gkeRules } from "./gke/index.ts";
import { governanceRules } from "./governance.ts";
import { iamRules } from "./iam.ts";
import { keyRules } from "./keys/index.ts";
import { logsRules } from "./logs/index.ts";
import { namespacesRules } from "./namespaces.ts";
import { networkRules } from "./network.ts";
import { podSecurityRules } from "./pod-security.ts";
import { protectionRules } from "./protection.ts";
import { rbacRules } from "./rbac.ts";
import { registryRules } from "./registries/index.ts";
import { releasesRules } from "./releases.ts";
import { secretRules } from "./secrets.ts";
import { servicesRules } from "./services.ts";
import { sumsRules } from "./sums.ts";
import { workloadsRules } from "./workloads.ts";
import type { Rule } from "./rule.ts";

/** Every rule there is, by family. Packs choose from it. */
export const rules: readonly Rule[] = [
    ...eksRules,
    ...aksRules,
    ...gkeRules,
    ...clusterVersionRules,
    ...databaseRules,
    ...registryRules,
    ...bucketRules,
    ...networkRules,
    ...edgeRules,
    ...keyRules,
    ...secretRules,
    ...logsRules,
    ...protectionRules,
    ...iamRules,
    ...governanceRules,
    ...chainsRules,
    ...podSecurityRules,
    ...workloadsRules,
    ...namespacesRules,
    ...servicesRules,
    ...rbacRules,
    ...releasesRules,
    ...sumsRules,
];
