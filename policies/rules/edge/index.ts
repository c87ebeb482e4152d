import type { Rule } from "../rule.ts";
import { edgeTls } from "./tls.ts";
import { edgeWaf } from "./waf.ts";

/** Load balancers, gateways and what stands in front of them. */
export const edgeRules: readonly Rule[] = [edgeTls, edgeWaf];
