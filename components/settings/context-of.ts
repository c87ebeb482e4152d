import type { CloudLimits, CloudName } from "../contracts/cloud.ts";
import { plannedBlock } from "./cidr-plan.ts";
import { FACTS } from "./clouds.ts";
import { resolve } from "./resolve.ts";
import type { RawSettings, RawSite } from "./schema.ts";
import type { SiteContext, Stack } from "./site-context.ts";
import type { ApplicationSettings } from "./types.ts";
import { reporter } from "./site-context.ts";

/** The applications that run on a site: all that name no sites, and those that name it. */
function ofSite(
    site: string,
    applications: Readonly<Record<string, ApplicationSettings>>,
): Readonly<Record<string, ApplicationSettings>> {
    return Object.fromEntries(
        Object.entries(applications).filter(([, { sites }]) => sites?.includes(site) ?? true),
    );
}

/** Resolves a site and prepares it to be checked; notes its key if its block had to be planned. */
export function contextOf(
    key: string,
    rawSite: RawSite,
    raw: RawSettings,
    stack: Stack,
    limits: Readonly<Record<CloudName, CloudLimits>>,
    planned: Set<string>,
): SiteContext {
    const { cloud } = rawSite;
    const own = cloud && limits[cloud];
    const name = `${stack.project}-${stack.environment}-${key}`;
    const { effective, origins } = resolve(
        stack.environment,
        { key, raw: rawSite, cloud },
        raw,
        own,
        stack,
    );
    const site = `sites.${key}`;
    for (const leaf of ["cloud", "region", "account", "subscription", "project"] as const) {
        if (rawSite[leaf] !== undefined) origins.set(`${site}.${leaf}`, "site");
    }
    const network = { ...effective.network };
    if (effective.network.cidr === undefined) {
        planned.add(key);
        network.cidr = plannedBlock(name);
        origins.set(`${site}.network.cidr`, "default");
    }
    const applications = ofSite(key, effective.applications);
    const others = Object.keys(effective.applications).filter(
        (application) => !Object.hasOwn(applications, application),
    );
    return {
        stack,
        key,
        name,
        raw: rawSite,
        cloud,
        facts: cloud && FACTS[cloud],
        limits: own,
        effective: { ...effective, network, applications },
        elsewhere: new Set(others),
        origins,
        add: reporter(stack, stack.problems, site, origins),
        warn: reporter(stack, stack.warnings, site, origins),
    };
}
