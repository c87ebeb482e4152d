import type { Origin, Settings, SiteSettings } from "../../components/settings/types.ts";
import { FACTS } from "../../components/settings/clouds.ts";
import { SCHEMA } from "../../components/settings/schema.ts";
import type { Shape } from "../../components/settings/shape.ts";
import { isMapping } from "../../components/settings/shape.ts";
import { join } from "../../components/settings/words.ts";

/** One effective value. */
export interface Row {
    /** The path inside the site, or inside the stack. */
    readonly setting: string;
    readonly value: unknown;
    readonly origin: Origin;
}

const SITE = SCHEMA.fields.sites.shape.entry;

/** What is shown in place of a value that only the engine can decrypt. */
export const SECRET = "(secret)";

/** A site's settings in the shape of the configuration, so that paths read as they are written there. */
function asWritten(site: SiteSettings): Readonly<Record<string, unknown>> {
    const { apiCidrs, administrators, ...cluster } = site.cluster;
    return {
        cloud: site.cloud,
        region: site.region,
        [FACTS[site.cloud].account]: site.account,
        network: site.network,
        cluster,
        apiAccess: { cidrs: apiCidrs, administrators },
        databases: site.databases,
        registries: site.registries,
        secretStore: site.secretStore,
        objectStores: site.objectStores,
        caches: site.caches,
        queues: site.queues,
        streams: site.streams,
        searches: site.searches,
        sharedFiles: site.sharedFiles,
        gateway: site.gateway,
        monitoring: site.monitoring,
        applications: site.applications,
        tags: site.tags.extra,
    };
}

/** Every leaf of a tree with its path, in the schema's order; an empty mapping has none. */
function leaves(value: unknown, shape: Shape, path: string): [path: string, value: unknown][] {
    if (!isMapping(value)) return [[path, value]];
    const known: readonly [string, Shape][] =
        shape.kind === "section"
            ? Object.entries(shape.fields).map(([key, field]) => [key, field.shape])
            : Object.keys(value).map((key) => [
                  key,
                  shape.kind === "entries" ? shape.entry : shape,
              ]);
    return known
        .filter(([key]) => value[key] !== undefined)
        .flatMap(([key, inner]) => leaves(value[key], inner, join(path, key)));
}

/** A value as it is written in the configuration. */
function written(value: unknown): unknown {
    if (Array.isArray(value)) return value.map(written);
    if (!isMapping(value) || !("effect" in value)) return value;
    return `${String(value.key)}=${String(value.value)}:${String(value.effect)}`;
}

const conceals = (secrets: readonly string[], ...paths: readonly string[]) =>
    secrets.some((secret) =>
        paths.some(
            (path) =>
                path === secret || path.startsWith(`${secret}.`) || secret.startsWith(`${path}[`),
        ),
    );

/** What the stack says about itself. */
export function stackRows(settings: Settings, secrets: readonly string[]): Row[] {
    const { environment, project, owner, costCentre, target, acknowledge, origins } = settings;
    const said = { environment, project, owner, costCentre, target, acknowledge };
    return Object.entries(said).map(([setting, value]) => ({
        setting,
        value: conceals(secrets, setting) ? SECRET : value,
        origin: conceals(secrets, setting) ? "stack" : (origins[setting] ?? "default"),
    }));
}

/** The effective values of a site. */
export function siteRows(
    site: SiteSettings,
    settings: Settings,
    secrets: readonly string[],
): Row[] {
    const at = `sites.${site.site}`;
    return leaves(asWritten(site), SITE, "").map(([setting, value]) => {
        const path = setting.startsWith("[") ? at + setting : `${at}.${setting}`;
        const own = conceals(secrets, path);
        const hidden = own || conceals(secrets, setting);
        return {
            setting,
            value: hidden ? SECRET : written(value),
            origin: hidden ? (own ? "site" : "stack") : (settings.origins[path] ?? "default"),
        };
    });
}
