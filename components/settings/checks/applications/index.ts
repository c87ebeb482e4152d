import type { SiteContext } from "../../site-context.ts";
import type { ApplicationSettings } from "../../types.ts";
import { checkAccess } from "./access.ts";
import { checkCalls, checkCycles } from "./calls.ts";
import { checkEgress } from "./egress.ts";
import { checkExposure, checkHosts } from "./exposure.ts";
import { checkHealth } from "./health.ts";
import { checkKind } from "./kinds.ts";
import { checkMissing } from "./missing.ts";
import { checkNames } from "./names.ts";
import { checkPorts, checkVolumes } from "./parts.ts";
import { checkLimits, checkPlacement, checkQuota, checkRoom } from "./room.ts";
import { checkScaling } from "./scaling.ts";
import { checkStored } from "./stored.ts";
import { checkUses } from "./uses.ts";
import { checkVariables } from "./variables.ts";

/** A check of one application of a site. */
export type ApplicationCheck = (
    context: SiteContext,
    key: string,
    application: ApplicationSettings,
) => void;

const CHECKS: readonly ApplicationCheck[] = [
    checkNames,
    checkScaling,
    checkRoom,
    checkLimits,
    checkQuota,
    checkVariables,
    checkStored,
    checkUses,
    checkKind,
    checkHealth,
    checkMissing,
    checkPorts,
    checkVolumes,
    checkPlacement,
    checkCalls,
    checkEgress,
    checkExposure,
    checkAccess,
];

/** Applications that the site can run, each by itself and all of them together. */
export function checkApplications(context: SiteContext): void {
    const { applications } = context.effective;
    for (const [key, application] of Object.entries(applications)) {
        for (const check of CHECKS) check(context, key, application);
    }
    checkCycles(context);
    checkHosts(context);
}
