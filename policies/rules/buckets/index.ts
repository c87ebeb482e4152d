import type { Rule } from "../rule.ts";
import { bucketNoPublicGrant, bucketPublicAccessBlocked } from "./public.ts";

/** Who gets at what a bucket holds, whether it survives mistakes, and what it costs. */
export const bucketRules: readonly Rule[] = [bucketPublicAccessBlocked, bucketNoPublicGrant];
