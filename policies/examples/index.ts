import type { Example, StackExample } from "./example.ts";
import { eksExamples, eksStackExamples } from "./eks/index.ts";
import { aksExamples, aksStackExamples } from "./aks/index.ts";
import { gkeExamples, gkeStackExamples } from "./gke/index.ts";
import { clusterVersionExamples, clusterVersionStackExamples } from "./cluster-versions.ts";
import { databaseExamples, databaseStackExamples } from "./databases/index.ts";
import { registryExamples, registryStackExamples } from "./registries/index.ts";
import { bucketExamples, bucketStackExamples } from "./buckets/index.ts";
import { networkExamples, networkStackExamples } from "./network.ts";
import { edgeExamples, edgeStackExamples } from "./edge/index.ts";
import { keyExamples, keyStackExamples } from "./keys/index.ts";
import { secretsExamples, secretsStackExamples } from "./secrets.ts";
import { logsExamples, logsStackExamples } from "./logs/index.ts";
import { protectionExamples, protectionStackExamples } from "./protection.ts";
import { iamExamples, iamStackExamples } from "./iam.ts";
import { governanceExamples, governanceStackExamples } from "./governance.ts";
import { chainsExamples, chainsStackExamples } from "./chains.ts";
import { podSecurityExamples, podSecurityStackExamples } from "./pod-security.ts";
import { workloadsExamples, workloadsStackExamples } from "./workloads.ts";
import { namespacesExamples, namespacesStackExamples } from "./namespaces.ts";
import { servicesExamples, servicesStackExamples } from "./services.ts";
import { rbacExamples, rbacStackExamples } from "./rbac.ts";
import { releasesExamples, releasesStackExamples } from "./releases.ts";
import { sumsExamples, sumsStackExamples } from "./sums.ts";

/** Examples of what resources settle alone, by rule. `secret-not-plaintext` has its own tests, because its findings depend on what is secret. */
export const examples: Readonly<Record<string, readonly Example[]>> = {
    ...eksExamples,
    ...aksExamples,
    ...gkeExamples,
    ...clusterVersionExamples,
    ...databaseExamples,
    ...registryExamples,
    ...bucketExamples,
    ...networkExamples,
    ...edgeExamples,
    ...keyExamples,
    ...secretsExamples,
    ...logsExamples,
    ...protectionExamples,
    ...iamExamples,
    ...governanceExamples,
    ...chainsExamples,
    ...podSecurityExamples,
    ...workloadsExamples,
    ...namespacesExamples,
    ...servicesExamples,
    ...rbacExamples,
    ...releasesExamples,
    ...sumsExamples,
};

/** Examples of what several resources settle together, by rule. */
export const stackExamples: Readonly<Record<string, readonly StackExample[]>> = {
    ...eksStackExamples,
    ...aksStackExamples,
    ...gkeStackExamples,
    ...clusterVersionStackExamples,
    ...databaseStackExamples,
    ...registryStackExamples,
    ...bucketStackExamples,
    ...networkStackExamples,
    ...edgeStackExamples,
    ...keyStackExamples,
    ...secretsStackExamples,
    ...logsStackExamples,
    ...protectionStackExamples,
    ...iamStackExamples,
    ...governanceStackExamples,
    ...chainsStackExamples,
    ...podSecurityStackExamples,
    ...workloadsStackExamples,
    ...namespacesStackExamples,
    ...servicesStackExamples,
    ...rbacStackExamples,
    ...releasesStackExamples,
    ...sumsStackExamples,
};
