import type { Rule } from "../rule.ts";
import { logsCmk, logsRetention } from "./retention.ts";
import { crossLogsSinkExists } from "./sinks.ts";

/** Where logs go and how long they are kept. */
export const logsRules: readonly Rule[] = [logsRetention, logsCmk, crossLogsSinkExists];
