import type { CloudName } from "../contracts/cloud.ts";
import type { Defaults } from "./profiles.ts";
import { CLOUD_DATABASE, DEFAULT_POOLS, DEFAULTS, PROFILES } from "./profiles.ts";
import { applicationDefaults, applicationProfile } from "./application-profiles.ts";
import type { Overrides, RawServices } from "./schema.ts";
import {
    CACHE_STORAGE,
    gatewayDefaults,
    gatewayProfile,
    MONITORING,
    SEARCH_BACKUP,
    SERVICE_DEFAULTS,
    SERVICE_PROFILES,
    TOPIC,
} from "./service-profiles.ts";
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

/** Defaults of the services that the stack or the site names. */
function services(
    defaults: RawServices,
    environment: Environment,
    stack: Overrides,
    site: Overrides,
): Readonly<Record<string, unknown>> {
    return Object.fromEntries(
        SERVICES.map((kind) => [
            kind,
            Object.fromEntries(
                keysOf(stack[kind], site[kind]).map((key) => [
                    key,
                    { ...defaults[kind], ...follow(kind, key, environment, stack, site) },
                ]),
            ),
        ]),
    );
}

/** The kinds of services, by their key in the settings. */
const SERVICES = Object.keys(SERVICE_DEFAULTS) as (keyof typeof SERVICE_DEFAULTS)[];

/** Defaults that follow from what else is said about an entry. */
function follow(
    kind: keyof RawServices,
    key: string,
    environment: Environment,
    stack: Overrides,
    site: Overrides,
): Readonly<Record<string, unknown>> {
    if (kind === "caches") {
        const said = site.caches?.[key]?.placement ?? stack.caches?.[key]?.placement;
        const placement = said ?? SERVICE_PROFILES[environment].caches?.placement;
        return placement === "cluster" ? { storage: CACHE_STORAGE } : {};
    }
    if (kind === "searches") {
        const said = site.searches?.[key]?.backup ?? stack.searches?.[key]?.backup;
        return said ? { backup: SEARCH_BACKUP } : {};
    }
    if (kind !== "streams") return {};
    const topics = keysOf(stack.streams?.[key]?.topics, site.streams?.[key]?.topics);
    return { topics: under(topics, TOPIC) };
}

/** Defaults of the applications, which depend on what each one is and asks for. */
function applications(
    defaults: typeof applicationDefaults,
    stack: Overrides,
    site: Overrides,
): Readonly<Record<string, unknown>> {
    return Object.fromEntries(
        keysOf(stack.applications, site.applications).map((key) => {
            const said = [stack.applications?.[key], site.applications?.[key]];
            const layers = said.filter((layer) => layer !== undefined && layer !== null);
            return [key, defaults(key, layers)];
        }),
    );
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
    };
    const spread = (defaults: Partial<Defaults>, database: unknown) => ({
        ...defaults.sections,
        cluster: { ...defaults.sections?.cluster, nodePools: under(keys.pools, defaults.nodePool) },
        databases: under(keys.databases, database),
        registries: under(keys.registries, defaults.registry),
        tags: {},
    });
    const gateway = site.gateway?.kind ?? stack.gateway?.kind;
    const hasDomain = (site.gateway?.domain ?? stack.gateway?.domain) !== undefined;
    return [
        [
            "default",
            {
                ...spread(DEFAULTS, DEFAULTS.database),
                ...services(SERVICE_DEFAULTS, environment, stack, site),
                gateway: gatewayDefaults(hasDomain),
                applications: applications(
                    (key, said) => applicationDefaults(key, said, gateway),
                    stack,
                    site,
                ),
            },
        ],
        [
            "profile",
            {
                ...spread(PROFILES[environment], {
                    ...PROFILES[environment].database,
                    ...(cloud && CLOUD_DATABASE[cloud][environment]),
                }),
                ...services(SERVICE_PROFILES[environment], environment, stack, site),
                gateway: gatewayProfile(environment, hasDomain),
                monitoring: MONITORING[environment],
                applications: applications(
                    (_, said) => applicationProfile(environment, said),
                    stack,
                    site,
                ),
            },
        ],
    ];
}
