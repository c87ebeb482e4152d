import type { Example, StackExample } from "./example.ts";
import { baselineExamples } from "./pod-security/baseline.ts";
import { imageExamples } from "./pod-security/images.ts";
import { namespaceExamples } from "./pod-security/namespace.ts";
import { podStackExamples } from "./pod-security/stacks.ts";
import { privilegeExamples } from "./pod-security/privileges.ts";
import { userExamples } from "./pod-security/users.ts";
import { workloadPodExamples } from "./pod-security/workloads.ts";

export const podSecurityExamples: Record<string, readonly Example[]> = {
    ...privilegeExamples,
    ...userExamples,
    ...baselineExamples,
    ...imageExamples,
    ...workloadPodExamples,
    ...namespaceExamples,
};

export const podSecurityStackExamples: Record<string, readonly StackExample[]> = podStackExamples;
