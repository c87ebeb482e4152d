import type { Rule } from "../rule.ts";
import { kmsNoPublicPrincipal } from "./kms.ts";

/** Who may use encryption keys, how long they live, and whether disks and secrets have one. */
export const keyRules: readonly Rule[] = [kmsNoPublicPrincipal];
