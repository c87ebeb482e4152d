import type { Rule } from "./rule.ts";
import { serviceNotPublic } from "./services/exposure.ts";
import { ingressNoSnippets } from "./services/nginx.ts";
import { ingressTlsRule } from "./services/tls.ts";

/** How workloads are reached. */
export const servicesRules: readonly Rule[] = [serviceNotPublic, ingressTlsRule, ingressNoSnippets];
