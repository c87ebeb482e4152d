import type { CloudName } from "../contracts/cloud.ts";
import type { Defaults } from "./profiles.ts";
import { CLOUD_DATABASE, DEFAULT_POOLS, DEFAULTS, PROFILES } from "./profiles.ts";
import type { Overrides } from "./schema.ts";
import { isMapping } from "./shape.ts";
import type { Environment, Origin } from "./types.ts";
import { join } from "./words.ts";

/** A tree of settings while layers are put over each other. */
type Tree = Record<string, unknown>;

/** A tree, and the origin of each of its leaves by path. */
export interface Layered {
    readonly tree: Tree;
    readonly origins: Map<string, Origin>;
}

/** One layer: where it comes from and what it says. */
export type Layer = readonly [origin: Origin, tree: Readonly<Record<string, unknown>>];

/** Forgets the origins of a path and of everything under it. */
function forget(origins: Map<string, Origin>, path: string): void {
    for (const known of origins.keys()) {
        if (known === path || known.startsWith(`${path}.`) || known.startsWith(`${path}[`)) {
            origins.delete(known);
        }
    }
}

function lay(
    into: Tree,
    origins: Map<string, Origin>,
    origin: Origin,
    tree: Readonly<Record<string, unknown>>,
    path: string,
): void {
    for (const [key, value] of Object.entries(tree)) {
        const at = join(path, key);
        if (value === null) {
            delete into[key];
            forget(origins, at);
        } else if (isMapping(value)) {
            const below = Object.hasOwn(into, key) ? into[key] : undefined;
            const inner: Tree = isMapping(below) ? below : {};
            into[key] = inner;
            lay(inner, origins, origin, value, at);
        } else if (value !== undefined) {
            into[key] = value;
            origins.set(at, origin);
        }
    }
}

/** Puts layers over each other, weakest first: mappings key by key, all else as a whole; `null` drops what is below. */
export function layer(layers: readonly Layer[], path: string): Layered {
    const tree: Tree = {};
    const origins = new Map<string, Origin>();
    for (const [origin, content] of layers) lay(tree, origins, origin, content, path);
    return { tree, origins };
}

/** The keys that the stack or the site gives a map, without those that the site drops. */
function keysOf(
    stack: Readonly<Record<string, unknown>> | undefined,
    site: Readonly<Record<string, unknown>> | undefined,
): string[] {
    const keys = new Set([...Object.keys(stack ?? {}), ...Object.keys(site ?? {})]);
    return [...keys].filter((key) => (site ?? {})[key] !== null);
}

/** A template under each of the keys. */
function under(keys: readonly string[], template: unknown): Readonly<Record<string, unknown>> {
    return Object.fromEntries(keys.map((key) => [key, template]));
}

/** The two weakest layers of a site: entries get their defaults under the keys that the user gave them. */
export function defaultLayers(
    environment: Environment,
    cloud: CloudName | undefined,
    stack: Overrides,
    site: Overrides,
): Layer[] {
    const named = keysOf(stack.cluster?.nodePools, site.cluster?.nodePools);
    const given = stack.cluster?.nodePools !== undefined || site.cluster?.nodePools !== undefined;
    const keys = {
        pools: given ? named : [...DEFAULT_POOLS],
        databases: keysOf(stack.databases, site.databases),
        registries: keysOf(stack.registries, site.registries),
        applications: keysOf(stack.applications, site.applications),
    };
    const spread = (defaults: Partial<Defaults>, database: unknown) => ({
        ...defaults.sections,
        cluster: { ...defaults.sections?.cluster, nodePools: under(keys.pools, defaults.nodePool) },
        databases: under(keys.databases, database),
        registries: under(keys.registries, defaults.registry),
        applications: under(keys.applications, defaults.application),
        tags: {},
    });
    return [
        ["default", spread(DEFAULTS, DEFAULTS.database)],
        [
            "profile",
            spread(PROFILES[environment], {
                ...PROFILES[environment].database,
                ...(cloud && CLOUD_DATABASE[cloud][environment]),
            }),
        ],
    ];
}
