import type { CloudLimits, CloudName } from "../contracts/cloud.ts";
import type { Problem } from "../lib/problem.ts";
import { checkApplications } from "./checks/applications/index.ts";
import { checkCluster } from "./checks/cluster.ts";
import { checkDatabases } from "./checks/database.ts";
import { checkDrops, checkNulls } from "./checks/drops.ts";
import { checkNames } from "./checks/names.ts";
import { checkNetwork } from "./checks/network.ts";
import { checkPlaces } from "./checks/places.ts";
import { checkProd } from "./checks/prod.ts";
import { checkRegistries } from "./checks/registries.ts";
import { checkServices } from "./checks/services.ts";
import { checkSite } from "./checks/site.ts";
import {
    checkAcknowledgements,
    checkDuplicates,
    checkOverlaps,
    checkRequired,
    chooseSites,
} from "./checks/stack.ts";
import { checkChannel, checkVersions } from "./checks/versions.ts";
import { LIMITS } from "./clouds.ts";
import { contextOf } from "./context-of.ts";
import { DEFAULT_PROJECT } from "./profiles.ts";
import type { RawSettings } from "./schema.ts";
import { SCHEMA } from "./schema.ts";
import type { Report } from "./shape.ts";
import { isMapping, readShape } from "./shape.ts";
import type { SiteContext, Stack } from "./site-context.ts";
import { originsOf, toSite } from "./to-site.ts";
import type { Settings } from "./types.ts";

type Limits = Readonly<Record<CloudName, CloudLimits>>;

/** What parsing depends on besides the configuration. */
export interface ParseOptions {
    /** The day on which versions have to be supported. @default - now */
    readonly today?: Date;
    /** What the clouds refuse. @default - the limits of components/{aws,azure,gcp} */
    readonly limits?: Limits;
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
    checkServices,
    checkApplications,
    checkProd,
    checkChannel,
];

/** What is said when the configuration as a whole is something else. */
const NO_MAPPING: Problem = {
    path: "config",
    message: "is not a group of settings",
    fix: "Write the settings below config:, like platform:environment: dev",
};

/** What is said about the stack as a whole, and gathered about it. */
function stackOf(raw: RawSettings, report: Report, today: Date): Stack {
    return {
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
}

/** Resolves every site, checks each by itself and all of them together; returns those that the target chooses. */
function checkSites(raw: RawSettings, stack: Stack, report: Report, limits: Limits): SiteContext[] {
    const { sites: rawSites = {}, ...shared } = raw;
    checkNulls(shared, "", report);
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
    checkPlaces(raw, stack);
    for (const site of sites) for (const check of CHECKS) check(site);
    checkOverlaps(sites, planned);
    checkDuplicates(sites);
    return chooseSites(raw.target ?? "all", sites, stack);
}

/**
 * Turns a stack's configuration into settings, or into every problem it has, all at once.
 *
 * Pure: it reads nothing, creates nothing and never throws, whatever it is given.
 */
export function parse(input: unknown, options: ParseOptions = {}): Parsed {
    const { today = new Date(), limits = LIMITS, concealed = [] } = options;
    if (input !== undefined && !isMapping(input)) return { problems: [NO_MAPPING] };
    const report: Report = { problems: [], broken: new Set(concealed) };
    const raw = readShape(SCHEMA, input ?? {}, "", report) ?? {};
    const stack = stackOf(raw, report, today);
    stack.problems.push(...checkRequired(raw, report.broken));
    const chosen = checkSites(raw, stack, report, limits);
    checkAcknowledgements(stack);
    if (stack.problems.length > 0) return { problems: stack.problems };
    const { project, environment, warnings } = stack;
    const { owner = "", costCentre = "", target = "all", acknowledge = [] } = raw;
    const sites = chosen.flatMap((site) =>
        site.cloud ? [toSite(site, site.cloud, stack, raw)] : [],
    );
    const origins = originsOf(raw, chosen);
    const said = { project, environment, owner, costCentre, target, acknowledge };
    return { settings: { ...said, sites, origins, warnings } };
}
