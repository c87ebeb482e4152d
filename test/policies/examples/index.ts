import { bucketExamples } from "./buckets.ts";
import { clusterExamples } from "./clusters.ts";
import { databaseExamples } from "./databases.ts";
import type { Example } from "./example.ts";
import { iamExamples } from "./iam.ts";
import { keyExamples } from "./keys.ts";
import { kubernetesExamples } from "./kubernetes.ts";
import { networkExamples } from "./network.ts";
import { podExamples } from "./pods.ts";
import { registryExamples } from "./registries.ts";

/** Examples by rule. `secret-not-plaintext` has its own tests, because its findings depend on what is secret. */
export const examples: Readonly<Record<string, readonly Example[]>> = {
    ...clusterExamples,
    ...databaseExamples,
    ...registryExamples,
    ...bucketExamples,
    ...keyExamples,
    ...networkExamples,
    ...iamExamples,
    ...podExamples,
    ...kubernetesExamples,
};
