import { bucketRules } from "./buckets.ts";
import { clusterRules } from "./clusters.ts";
import { databaseRules } from "./databases.ts";
import { iamRules } from "./iam.ts";
import { keyRules } from "./keys.ts";
import { kubernetesRules } from "./kubernetes.ts";
import { networkRules } from "./network.ts";
import { registryRules } from "./registries.ts";
import type { Rule } from "./rule.ts";
import { secretRules } from "./secrets.ts";

/** Every rule there is, by family. Packs choose from it. */
export const rules: readonly Rule[] = [
    ...clusterRules,
    ...databaseRules,
    ...registryRules,
    ...bucketRules,
    ...networkRules,
    ...keyRules,
    ...secretRules,
    ...iamRules,
    ...kubernetesRules,
];
