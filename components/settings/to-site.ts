import type { CloudName } from "../contracts/cloud.ts";
import { POOL_LABEL, SPOT_LABEL } from "../contracts/cluster.ts";
import type { KubernetesVersion } from "../contracts/cluster.ts";
import type { PostgresVersion } from "../contracts/database.ts";
import { FACTS } from "./clouds.ts";
import type { RawSettings } from "./schema.ts";
import type { Effective, SiteContext, Stack } from "./site-context.ts";
import type { Origin, SiteSettings } from "./types.ts";

/** Pools whose nodes say which pool they belong to, so that applications can be placed on them. */
function labelled(pools: Effective["cluster"]["nodePools"]): Effective["cluster"]["nodePools"] {
    return Object.fromEntries(
        Object.entries(pools).map(([key, pool]) => {
            const own = { [POOL_LABEL]: key, ...(pool.spot && { [SPOT_LABEL]: "true" }) };
            return [key, { ...pool, labels: { ...pool.labels, ...own } }];
        }),
    );
}

/** The settings of a site that passed every check. */
export function toSite(
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
            nodePools: labelled(cluster.nodePools),
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

/** The origins of everything the stack says about itself and about the sites it deploys. */
export function originsOf(raw: RawSettings, sites: readonly SiteContext[]): Record<string, Origin> {
    const own = ["environment", "project", "owner", "costCentre", "target", "acknowledge"] as const;
    return Object.fromEntries([
        ...own.map((key) => [key, raw[key] === undefined ? "default" : "stack"] as const),
        ...sites.flatMap(({ origins }) => [...origins]),
    ]);
}
