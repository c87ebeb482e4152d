import type { Example, StackExample } from "./example.ts";
import { permissionExamples } from "./iam/permissions.ts";
import { workloadExamples } from "./iam/workloads.ts";

export const iamExamples: Record<string, readonly Example[]> = {
    ...permissionExamples,
    ...workloadExamples,
};

export const iamStackExamples: Record<string, readonly StackExample[]> = {};
