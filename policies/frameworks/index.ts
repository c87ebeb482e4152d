import type { Profile } from "../profiles/profiles.ts";
import { cisAks } from "./cis/aks.ts";
import { cisAws, cisAzure, cisGcp } from "./cis/clouds.ts";
import { cisEks } from "./cis/eks.ts";
import { cisGke } from "./cis/gke.ts";
import type { Framework } from "./framework.ts";
import { gdpr } from "./gdpr.ts";
import { hipaa } from "./hipaa.ts";
import { nsa, podSecurity } from "./kubernetes.ts";
import { pci } from "./pci/index.ts";
import { soc2 } from "./soc2.ts";

/** Every standard that rules refer to. */
export const frameworks: readonly Framework[] = [
    soc2,
    pci,
    hipaa,
    gdpr,
    cisEks,
    cisAks,
    cisGke,
    cisAws,
    cisAzure,
    cisGcp,
    nsa,
    podSecurity,
];

/** The frameworks that a profile is about; none for the baseline. */
export function frameworksOf({ standards }: Profile): readonly Framework[] {
    return frameworks.filter(({ standard }) => standards.includes(standard));
}
