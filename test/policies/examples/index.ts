import { accessExamples } from "./access.ts";
import { clusterExamples } from "./clusters.ts";
import { dataExamples } from "./data.ts";
import type { Example } from "./example.ts";
import { networkExamples } from "./network.ts";

/** Examples by rule. `secret-not-plaintext` has its own tests, because its findings depend on what is secret. */
export const examples: Readonly<Record<string, readonly Example[]>> = {
    ...clusterExamples,
    ...dataExamples,
    ...networkExamples,
    ...accessExamples,
};
