import type { Example, StackExample } from "./example.ts";
import { boundaryExamples } from "./iam/boundaries.ts";
import { permissionExamples } from "./iam/permissions.ts";
import { trustExamples } from "./iam/trust.ts";
import { workloadExamples } from "./iam/workloads.ts";

export const iamExamples: Record<string, readonly Example[]> = {
    ...permissionExamples,
    ...trustExamples,
    ...workloadExamples,
};

export const iamStackExamples: Record<string, readonly StackExample[]> = {
    "iam-no-star-admin": boundaryExamples,
};
