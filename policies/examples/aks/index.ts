import type { Example, StackExample } from "../example.ts";
import { aksAccessExamples } from "./access.ts";
import { aksAuditLogStackExamples } from "./audit-logs.ts";
import { aksNodeExamples, aksNodeStackExamples } from "./nodes.ts";
import { aksProtectionExamples } from "./protection.ts";

export const aksExamples: Record<string, readonly Example[]> = {
    ...aksAccessExamples,
    ...aksProtectionExamples,
    ...aksNodeExamples,
};

export const aksStackExamples: Record<string, readonly StackExample[]> = {
    ...aksNodeStackExamples,
    ...aksAuditLogStackExamples,
};
