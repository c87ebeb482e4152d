import type { Example, StackExample } from "../example.ts";
import { awsTlsExamples } from "./tls-aws.ts";
import { awsTlsStackExamples } from "./tls-aws-stacks.ts";
import { azureTlsExamples } from "./tls-azure.ts";
import { googleTlsExamples, googleTlsStackExamples } from "./tls-google.ts";
import { kubernetesTlsExamples } from "./tls-kubernetes.ts";
import { wafExamples, wafStackExamples } from "./waf.ts";

export const edgeExamples: Record<string, readonly Example[]> = {
    "edge-tls12": [
        ...awsTlsExamples,
        ...azureTlsExamples,
        ...googleTlsExamples,
        ...kubernetesTlsExamples,
    ],
    "edge-waf": wafExamples,
};

export const edgeStackExamples: Record<string, readonly StackExample[]> = {
    "edge-tls12": [...awsTlsStackExamples, ...googleTlsStackExamples],
    "edge-waf": wafStackExamples,
};
