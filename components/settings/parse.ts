import type { CloudLimits, CloudName } from "../contracts/cloud.ts";
import type { KubernetesVersion } from "../contracts/cluster.ts";
import type { PostgresVersion } from "../contracts/database.ts";
import type { Problem } from "../lib/problem.ts";
import { checkApplications } from "./checks/applications.ts";
import { checkCluster } from "./checks/cluster.ts";
import { checkDatabases } from "./checks/database.ts";
import { checkNames } from "./checks/names.ts";
import { checkNetwork } from "./checks/network.ts";
import { checkProd } from "./checks/prod.ts";
import { checkRegistries } from "./checks/registries.ts";
import { checkSite } from "./checks/site.ts";
import {
    cautions,
    checkAcknowledgements,
    checkDuplicates,
    checkOverlaps,
    checkRequired,
    chooseSites,
} from "./checks/stack.ts";
import { checkVersions } from "./checks/versions.ts";
import { plannedBlock } from "./cidr-plan.ts";
import { FACTS, LIMITS } from "./clouds.ts";
import { DEFAULT_PROJECT } from "./profiles.ts";
import { resolve } from "./resolve.ts";
import type { RawSettings, RawSite } from "./schema.ts";
import { SCHEMA } from "./schema.ts";
import type { Report } from "./shape.ts";
import { isMapping, readShape } from "./shape.ts";
import type { SiteContext, Stack } from "./site-context.ts";
import { reporter } from "./site-context.ts";
import type { Origin, Settings, SiteSettings } from "./types.ts";

/** What parsing depends on besides the configuration. */
export interface ParseOptions {
    /** The day on which versions have to be supported. @default - now */
    readonly today?: Date;
    /** What the clouds refuse. @default - the limits of components/{aws,azure,gcp} */
    readonly limits?: Readonly<Record<CloudName, CloudLimits>>;
    /**
     * Paths whose values are not known because they are encrypted. Nothing is said about them, and the settings lack
     * them, so such settings are for showing, not for deploying. @default - none
     */
    readonly concealed?: readonly string[];
}

/** The settings, or everything that is wrong with them. */
export type Parsed =
    | { readonly settings: Settings; readonly problems?: undefined }
    | { readonly settings?: undefined; readonly problems: readonly Problem[] };

/** Checks that look at one site alone. */
const CHECKS = [
    checkSite,
    checkNames,
    checkNetwork,
    checkVersions,
    checkCluster,
    checkDatabases,
    checkRegistries,
    checkApplications,
    checkProd,
    cautions,
];

/** What is said when the configuration as a whole is something else. */
const NO_MAPPING: Problem = {
    path: "config",
    message: "is not a group of settings",
    fix: "Write the settings below config:, like platform:environment: dev",
};

/** A path's `null` entries under `sites`, or under the stack's own maps, where there is nothing to drop. */
function checkNulls(value: unknown, path: string, report: Report): void {
    if (typeof value !== "object" || value === null || Array.isArray(value)) return;
    for (const [key, inner] of Object.entries(value)) {
        const at = path === "" ? key : `${path}.${key}`;
        if (inner === null) {
            const message = "is empty, which drops nothing here";
            report.problems.push({
                path: at,
                message,
                fix: "Write {} for the defaults, or remove the line",
            });
            report.broken.add(at);
        } else {
            checkNulls(inner, at, report);
        }
    }
}

/** Entries that a site drops although the stack has none of that name. */
function checkDrops(site: unknown, stack: unknown, path: string, report: Report): void {
    if (typeof site !== "object" || site === null || Array.isArray(site)) return;
    for (const [key, inner] of Object.entries(site)) {
        const below =
            typeof stack === "object" && stack !== null && Object.hasOwn(stack, key)
                ? (stack as Record<string, unknown>)[key]
                : undefined;
        const at = `${path}.${key}`;
        if (inner === null && below === undefined && !report.broken.has(at)) {
            const message = "is empty, which drops nothing: the stack has no entry of that name";
            report.problems.push({
                path: at,
                message,
                fix: "Write {} for the defaults, or remove the line",
            });
        } else {
            checkDrops(inner, below, at, report);
        }
    }
}

function contextOf(
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
    return {
        stack,
        key,
        name,
        raw: rawSite,
        cloud,
        facts: cloud && FACTS[cloud],
        limits: own,
        effective: { ...effective, network },
        origins,
        add: reporter(stack, stack.problems, site, origins),
        warn: reporter(stack, stack.warnings, site, origins),
    };
}

/** The settings of a site that passed every check. */
function toSite(
    context: SiteContext,
    cloud: CloudName,
    stack: Stack,
    raw: RawSettings,
): SiteSettings {
    const { key, name, raw: site, effective } = context;
    const { apiAccess, cluster, tags, ...rest } = effective;
    return {
        site: key,
        name,
        cloud,
        region: site.region ?? "",
        account: site[FACTS[cloud].account] ?? "",
        tags: {
            project: stack.project,
            environment: stack.environment,
            site: key,
            owner: raw.owner ?? "",
            costCentre: raw.costCentre ?? "",
            extra: tags,
        },
        ...rest,
        cluster: {
            ...cluster,
            // The checks let only these versions pass.
            version: cluster.version as KubernetesVersion,
            apiCidrs: apiAccess.cidrs,
            administrators: apiAccess.administrators,
        },
        databases: Object.fromEntries(
            Object.entries(effective.databases).map(([entry, database]) => [
                entry,
                { ...database, version: database.version as PostgresVersion },
            ]),
        ),
    };
}

function originsOf(raw: RawSettings, sites: readonly SiteContext[]): Record<string, Origin> {
    const own = ["environment", "project", "owner", "costCentre", "target"] as const;
    return Object.fromEntries([
        ...own.map((key) => [key, raw[key] === undefined ? "default" : "stack"] as const),
        ...sites.flatMap(({ origins }) => [...origins]),
    ]);
}

/**
 * Turns a stack's configuration into settings, or into every problem it has, all at once.
 *
 * Pure: it reads nothing, creates nothing and never throws, whatever it is given.
 */
export function parse(input: unknown, options: ParseOptions = {}): Parsed {
    const { today = new Date(), limits = LIMITS, concealed = [] } = options;
    const report: Report = { problems: [], broken: new Set(concealed) };
    if (input !== undefined && !isMapping(input)) return { problems: [NO_MAPPING] };
    const raw = readShape(SCHEMA, input ?? {}, "", report) ?? {};
    const { sites: rawSites = {}, ...shared } = raw;
    checkNulls(shared, "", report);
    const stack: Stack = {
        // While the environment is wrong, the mildest profile hides no other problem and invents none.
        environment: raw.environment ?? "dev",
        project: raw.project ?? DEFAULT_PROJECT,
        today,
        acknowledged: raw.acknowledge ?? [],
        needed: new Set(),
        broken: report.broken,
        problems: report.problems,
        warnings: [],
    };
    stack.problems.push(...checkRequired(raw, report.broken));
    const planned = new Set<string>();
    const sites: SiteContext[] = [];
    for (const [key, site] of Object.entries(rawSites)) {
        if (site === null) {
            const fix = "Write its cloud, its region and its account, or remove the line";
            stack.problems.push({ path: `sites.${key}`, message: "is empty", fix });
            continue;
        }
        checkDrops(site, shared, `sites.${key}`, report);
        sites.push(contextOf(key, site, raw, stack, limits, planned));
    }
    for (const site of sites) for (const check of CHECKS) check(site);
    checkOverlaps(sites, planned);
    checkDuplicates(sites);
    const chosen = chooseSites(raw.target ?? "all", sites, stack);
    checkAcknowledgements(stack);
    if (stack.problems.length > 0) return { problems: stack.problems };
    return {
        settings: {
            project: stack.project,
            environment: stack.environment,
            owner: raw.owner ?? "",
            costCentre: raw.costCentre ?? "",
            sites: chosen.flatMap((site) =>
                site.cloud ? [toSite(site, site.cloud, stack, raw)] : [],
            ),
            origins: originsOf(raw, chosen),
            warnings: stack.warnings,
        },
    };
}
