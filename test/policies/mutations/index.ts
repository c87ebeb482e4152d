import { eksMutations } from "./eks.ts";
import { aksMutations } from "./aks.ts";
import { gkeMutations } from "./gke.ts";
import { clusterVersionMutations } from "./cluster-versions.ts";
import { databasesMutations } from "./databases.ts";
import { registriesMutations } from "./registries.ts";
import { bucketsMutations } from "./buckets.ts";
import { networkMutations } from "./network.ts";
import { edgeMutations } from "./edge.ts";
import { keysMutations } from "./keys.ts";
import { secretsMutations } from "./secrets.ts";
import { logsMutations } from "./logs.ts";
import { protectionMutations } from "./protection.ts";
import { iamMutations } from "./iam.ts";
import { governanceMutations } from "./governance.ts";
import { chainsMutations } from "./chains.ts";
import { podSecurityMutations } from "./pod-security.ts";
import { workloadsMutations } from "./workloads.ts";
import { namespacesMutations } from "./namespaces.ts";
import { servicesMutations } from "./services.ts";
import { rbacMutations } from "./rbac.ts";
import { releasesMutations } from "./releases.ts";
import { sumsMutations } from "./sums.ts";
import type { Mutation } from "./mutation.ts";

/** What is done to the platform's own prod stack, and the one rule that must find it. */
export const mutations: readonly Mutation[] = [
    ...eksMutations,
    ...aksMutations,
    ...gkeMutations,
    ...clusterVersionMutations,
    ...databasesMutations,
    ...registriesMutations,
    ...bucketsMutations,
    ...networkMutations,
    ...edgeMutations,
    ...keysMutations,
    ...secretsMutations,
    ...logsMutations,
    ...protectionMutations,
    ...iamMutations,
    ...governanceMutations,
    ...chainsMutations,
    ...podSecurityMutations,
    ...workloadsMutations,
    ...namespacesMutations,
    ...servicesMutations,
    ...rbacMutations,
    ...releasesMutations,
    ...sumsMutations,
];
