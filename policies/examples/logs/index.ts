import type { Example, StackExample } from "../example.ts";
import { retentionExamples } from "./retention.ts";
import { sinkStackExamples } from "./sinks.ts";

export const logsExamples: Record<string, readonly Example[]> = retentionExamples;

export const logsStackExamples: Record<string, readonly StackExample[]> = sinkStackExamples;
