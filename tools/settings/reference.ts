import { join } from "node:path";
import type { CloudName } from "../../components/contracts/cloud.ts";
import { ACKNOWLEDGEMENTS } from "../../components/settings/acknowledgements.ts";
import { SERVICE_LIMITS } from "../../components/settings/clouds.ts";
import {
    CLOUD_DATABASE,
    DEFAULT_PROJECT,
    DEFAULTS,
    GROWTH,
    PROFILES,
} from "../../components/settings/profiles.ts";
import { layer } from "../../components/settings/layers.ts";
import {
    applicationDefaults,
    applicationProfile,
} from "../../components/settings/application-profiles.ts";
import type { RawApplication } from "../../components/settings/schema.ts";
import { OVERRIDES, SCHEMA } from "../../components/settings/schema.ts";
import {
    CACHE_STORAGE,
    gatewayDefaults,
    gatewayProfile,
    MONITORING,
    SEARCH_BACKUP,
    SERVICE_DEFAULTS,
    SERVICE_PROFILES,
    TOPIC,
} from "../../components/settings/service-profiles.ts";
import type { Field, Shape } from "../../components/settings/shape.ts";
import { isMapping } from "../../components/settings/shape.ts";

const ENVIRONMENTS = ["dev", "staging", "prod"] as const;

/** The least room for shared files that a cloud sells. */
const leastRoom = (cloud: CloudName) => `\`${SERVICE_LIMITS[cloud].sharedFiles.size?.min} GiB\``;

type Environment = (typeof ENVIRONMENTS)[number];

/** An entry's defaults in an environment. */
type Template = (environment: Environment) => unknown;

const profiled =
    (part: "nodePool" | "database" | "registry"): Template =>
    (environment) => ({ ...DEFAULTS[part], ...PROFILES[environment][part] });

const service =
    (kind: keyof typeof SERVICE_DEFAULTS): Template =>
    (environment) => ({ ...SERVICE_DEFAULTS[kind], ...SERVICE_PROFILES[environment][kind] });

/** A service that asks for everything that it can ask for, so that every default shows. */
const EVERYTHING: RawApplication = {
    kind: "service",
    release: {},
    database: {},
    stream: {},
    slo: {},
    metrics: {},
    schedule: {},
    expose: { rateLimit: {}, cors: {} },
    sidecars: { "<name>": {} },
    steps: { "<name>": {} },
    secrets: { "<name>": {} },
    egress: { "<name>": {} },
    volumes: { "<name>": {} },
};

/** Where the defaults of a part of the schema come from. */
const TEMPLATES: Readonly<Record<string, Template>> = {
    "cluster.nodePools.<name>": profiled("nodePool"),
    "databases.<name>": profiled("database"),
    "registries.<name>": profiled("registry"),
    "objectStores.<name>": service("objectStores"),
    "caches.<name>": service("caches"),
    "queues.<name>": service("queues"),
    "streams.<name>.topics.<name>": () => TOPIC,
    "streams.<name>": service("streams"),
    "searches.<name>.backup": () => SEARCH_BACKUP,
    "searches.<name>": service("searches"),
    "sharedFiles.<name>": service("sharedFiles"),
    gateway: (environment) => ({
        ...gatewayDefaults(true),
        ...gatewayProfile(environment, true),
    }),
    monitoring: (environment) => MONITORING[environment],
    "applications.<name>": (environment) =>
        layer(
            [
                ["default", applicationDefaults("<name>", [EVERYTHING])],
                ["profile", applicationProfile(environment, [EVERYTHING])],
            ],
            "",
        ).tree,
};

/** Defaults that no profile holds because they follow from other settings. */
const DERIVED: Readonly<Record<string, string>> = {
    "network.cidr": "a /16 of 10.0.0.0/8, planned from the site's name",
    "cluster.nodePools": "one pool, `workers`",
    "databases.<name>.maxStorage": `${GROWTH.dev} times the storage, in prod ${GROWTH.prod} times`,
    "databases.<name>.storage": `on Azure ${ENVIRONMENTS.map((environment) => CLOUD_DATABASE.azure[environment].storage ?? "").join(", ")}`,
    "caches.<name>.storage": `\`${CACHE_STORAGE}\` in the cluster`,
    "sharedFiles.<name>.size": `${leastRoom("azure")} on Azure, ${leastRoom("gcp")} on Google Cloud`,
    "gateway.certificates": "`private` without a domain",
    "gateway.zone": "`false` without a domain",
    "applications.<name>.kind": "`service`",
    "applications.<name>.port": "none for workers, jobs and pipelines",
    "applications.<name>.expose.reach": "web: `public`; workers, jobs and pipelines: `none`",
    "applications.<name>.expose.hosts": "`<name>.<gateway.domain>`",
    "applications.<name>.shutdown": "workers: `60`",
    "applications.<name>.replicas.min": "jobs and pipelines: `1`",
    "applications.<name>.database.name": "its own name, with `_` for `-`",
    "applications.<name>.metrics.port": "its own port",
    "applications.<name>.scaling.queueName": "its own name",
    "applications.<name>.volumes.<name>.size": "block: `10Gi`",
    "applications.<name>.sites": "all sites",
    "applications.<name>.owner": "the stack's owner",
    project: `\`${DEFAULT_PROJECT}\``,
    target: "`all`",
};

/** The value at a dotted path inside a tree of defaults. */
function at(tree: unknown, path: string): unknown {
    return path
        .split(".")
        .reduce<unknown>((below, key) => (isMapping(below) ? below[key] : undefined), tree);
}

/** The default of a setting in an environment, or undefined if there is none. */
function defaultOf(path: string, environment: Environment): unknown {
    for (const [prefix, template] of Object.entries(TEMPLATES)) {
        if (!path.startsWith(`${prefix}.`)) continue;
        return at(template(environment), path.slice(prefix.length + 1));
    }
    return at(PROFILES[environment].sections, path) ?? at(DEFAULTS.sections, path);
}

const show = (value: unknown): string => {
    if (Array.isArray(value) && value.length === 0) return "`[]`";
    return isMapping(value) ? "`{}`" : `\`${String(value)}\``;
};

/** The default as the page says it: one value, or one for each environment where they differ. */
function defaults(path: string, shape: Shape): string {
    const values = ENVIRONMENTS.map((environment) => defaultOf(path, environment));
    const derived = DERIVED[path];
    if (values[0] === undefined || (shape.kind === "section" && isMapping(values[0]))) {
        return derived ?? "–";
    }
    const words = values.map(show);
    const same = new Set(words).size === 1;
    return [same ? words[0] : words.join(" · "), derived].filter(Boolean).join("; ");
}

/** What may be written, in words. */
function allowed(shape: Shape): string {
    switch (shape.kind) {
        case "leaf":
            return `${shape.what.replace(/^an? /, "")}, like \`${shape.example}\``;
        case "list":
            return `list: ${allowed(shape.item)}`;
        case "entries":
            return `by name: ${shape.key.what.replace(/^.*?: /, "")}`;
        case "section":
            return "";
    }
}

/** A setting and everything under it, a line each. */
function lines(path: string, { shape, doc }: Field): string[] {
    const cells = [`\`${path}\``, doc, allowed(shape), defaults(path, shape)];
    const own = `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
    if (shape.kind === "section") return below(path, shape.fields);
    if (shape.kind === "entries" && shape.entry.kind === "section") {
        return [own, ...below(`${path}.<name>`, shape.entry.fields)];
    }
    return [own];
}

const below = (path: string, fields: Readonly<Record<string, Field>>): string[] =>
    Object.entries(fields).flatMap(([key, field]) =>
        lines(path === "" ? key : `${path}.${key}`, field),
    );

const HEAD = [
    "| setting | what it is | allowed | default (dev · staging · prod where they differ) |",
    "|---|---|---|---|",
];

const isShared = (key: string) => Object.hasOwn(OVERRIDES.fields, key);

function stackLines(): string[] {
    const own = Object.entries(SCHEMA.fields).filter(([key]) => !isShared(key) && key !== "sites");
    return own.flatMap(([key, field]) => lines(key, field));
}

function siteLines(): string[] {
    const fields = SCHEMA.fields.sites.shape.entry.fields;
    const own = Object.entries(fields).filter(([key]) => !isShared(key));
    return own.flatMap(([key, field]) => lines(`sites.<name>.${key}`, field));
}

function reference(): string {
    const sections = Object.entries(OVERRIDES.fields).flatMap(([key, field]) => [
        "",
        `### ${key}`,
        "",
        `${field.doc}.`,
        "",
        ...HEAD,
        ...lines(key, field),
    ]);
    return `${[
        "# Settings",
        "",
        "<!-- Made by `npm run settings -- --docs`; a test fails when it is stale. -->",
        "",
        "Everything under `platform:` in `Pulumi.<stack>.yaml`. `npm run settings -- --stack dev` prints what a stack's settings come to and where each value comes from.",
        "",
        "Four layers, the later the stronger: **default** (the same everywhere), **profile** (of the environment), **stack** (the file), **site** (inside `sites.<name>`).",
        "Mappings are merged key by key; a list replaces the weaker one as a whole; in a site, `name:` with nothing behind it (`null`) drops the stack's entry of that name.",
        "Everything wrong is reported at once, before anything is created.",
        "",
        "A site whose `network.cidr` is left out gets a planned block. It depends on the site's full name (`<project>-<environment>-<site>`) and on nothing else,",
        "so adding, removing or moving sites never moves another one's network. When two names happen to get the same block, the settings say so and ask for one of them to be written down.",
        "",
        "## The stack",
        "",
        ...HEAD,
        ...stackLines(),
        "",
        "What `acknowledge` can accept in prod:",
        "",
        ...Object.entries(ACKNOWLEDGEMENTS).map(([name, what]) => `- \`${name}\`: ${what}`),
        "",
        "## Sites",
        "",
        ...HEAD,
        ...siteLines(),
        "",
        "## For all sites, or again in one",
        ...sections,
    ].join("\n")}\n`;
}

/** The reference page of all settings, made from the schema and the profiles, in the project's format. */
export async function referencePage(): Promise<string> {
    const { format, resolveConfig } = await import("prettier");
    const file = join(import.meta.dirname, "..", "..", "docs", "settings.md");
    return format(reference(), { ...(await resolveConfig(file)), filepath: file });
}
