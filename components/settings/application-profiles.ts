import { APPLICATION_SIZES } from "./application-types.ts";
import type { GatewayKind } from "../contracts/edge.ts";
import { RUNNING } from "../contracts/application-kind.ts";
import type { ApplicationKind } from "../contracts/application-kind.ts";
import type { RawApplication } from "./schema.ts";
import type { Environment } from "./types.ts";

/** What holds for every application unless its kind says otherwise. */
const COMMON = {
    command: [],
    args: [],
    ports: {},
    scaling: {
        cpu: 70,
        memory: 80,
        up: { percent: 100, pods: 4, period: 15, delay: 0 },
        down: { percent: 10, period: 60 },
        slowdown: 300,
    },
    health: {
        by: "http",
        live: "/health",
        ready: "/ready",
        command: [],
        start: 150,
        liveness: { period: 10, timeout: 5, failures: 3 },
        readiness: { period: 5, timeout: 3, failures: 3 },
    },
    shutdown: 30,
    update: { surge: 1, unavailable: 0 },
    quota: { cpu: "4", memory: "8Gi", storage: "100Gi" },
    env: {},
    files: {},
    secrets: {},
    sidecars: {},
    volumes: {},
    placement: { spot: false, zones: "prefer" },
    buckets: {},
    calls: [],
    egress: {},
    steps: {},
    expose: {
        hosts: [],
        paths: ["/"],
        redirects: {},
    },
    access: { view: [] },
} as const satisfies RawApplication;

/** What each golden path adds. */
const BY_KIND = {
    web: { port: 8080, expose: { reach: "public" } },
    service: { port: 8080, expose: { reach: "cluster" } },
    // What it has begun is finished before a node is drained.
    worker: { expose: { reach: "none" }, shutdown: 60 },
    job: { expose: { reach: "none" } },
    pipeline: { expose: { reach: "none" } },
} as const satisfies Record<ApplicationKind, RawApplication>;

/** Pods of kinds that run all the time. */
const REPLICAS = { min: 2, max: 6 } as const;

/** What an environment says otherwise: in prod a pod for each zone, in dev as few as will do. */
const BY_ENVIRONMENT = {
    dev: {
        replicas: { min: 1, max: 3 },
        quota: { cpu: "2", memory: "4Gi" },
        onRemoval: "drop",
    },
    staging: {},
    prod: { replicas: { min: 3, max: 10 }, quota: { cpu: "8", memory: "16Gi" } },
} as const;

/** Defaults of parts that an application has only if it asks for them. */
const WHERE_ASKED = {
    release: { command: [], args: [], deadline: 900 },
    stream: { produces: [], consumes: [] },
    metrics: {
        path: "/metrics",
        requests: "http_requests_total",
        status: "status",
        duration: "http_request_duration_seconds",
    },
    // G8.1: 99.9 % without a server error, and 95 % within half a second.
    slo: { availability: 99.9, latency: 500, latencyShare: 95 },
    schedule: { timeZone: "Etc/UTC", deadline: 3600, retries: 2, overlap: "forbid" },
} as const satisfies RawApplication;

/** What only Envoy keeps. It has to take a request in whole to measure it, so nobody gets a `bodyLimit` unasked. */
const WITH_ENVOY = { timeout: 30 } as const;
const RATE_LIMIT = { requests: 100, per: "minute" } as const;
const CORS = { methods: ["GET", "HEAD", "POST"], headers: [], credentials: false } as const;
const SIDECAR = { command: [], args: [], env: {}, resources: { cpu: "50m", memory: "64Mi" } };
const STEP = { command: [], args: [], env: {}, resources: { cpu: "250m", memory: "256Mi" } };
const SECRET = { field: "value" } as const;
const EGRESS = { ports: [443] };
const VOLUME_SIZES = { temporary: "1Gi", block: "10Gi" } as const;

/** What the layers of the configuration say about one application, weakest first. */
type Said = readonly RawApplication[];

/** The keys that any layer gives one of its maps. */
function keys(said: Said, part: keyof RawApplication): readonly string[] {
    return [...new Set(said.flatMap((layer) => Object.keys(layer[part] ?? {})))];
}

const under = (names: readonly string[], template: unknown) =>
    Object.fromEntries(names.map((name) => [name, template]));

/** The kind that the strongest layer names. */
function kindOf(said: Said): ApplicationKind {
    return said.findLast(({ kind }) => kind !== undefined)?.kind ?? "service";
}

/** A volume's defaults follow from its kind. */
function volumeDefaults(said: Said): Record<string, unknown> {
    return Object.fromEntries(
        keys(said, "volumes").map((name) => {
            const kind =
                said.findLast(({ volumes }) => volumes?.[name]?.kind !== undefined)?.volumes?.[name]
                    ?.kind ?? "temporary";
            return [name, { kind, ...(kind !== "shared" && { size: VOLUME_SIZES[kind] }) }];
        }),
    );
}

/** An objective and scaling by requests need metrics, so they bring them. */
function asksFor(said: Said, part: keyof typeof WHERE_ASKED): boolean {
    const has = (key: keyof RawApplication) => said.some((layer) => layer[key] !== undefined);
    if (part !== "metrics") return has(part);
    return (
        has(part) ||
        has("slo") ||
        said.some(({ scaling }) => (scaling?.requests ?? scaling?.gauge) !== undefined)
    );
}

/** The parts that were asked for, with their defaults. */
function optionalDefaults(key: string, said: Said) {
    const asked = Object.entries(WHERE_ASKED).filter(([part]) =>
        asksFor(said, part as keyof typeof WHERE_ASKED),
    );
    const uses = said.some(({ database }) => database !== undefined);
    return {
        ...Object.fromEntries(asked),
        ...(uses && { database: { name: key.replaceAll("-", "_"), onRemoval: "keep" } }),
    };
}

/** What an application gets that says nothing, given what it is and what it asks for. */
export function applicationDefaults(
    key: string,
    said: Said,
    gateway: GatewayKind = "envoy",
): Readonly<Record<string, unknown>> {
    const kind = kindOf(said);
    const own = BY_KIND[kind];
    const runs = RUNNING.includes(kind) ? REPLICAS : { min: 1, max: 1 };
    const limits = said.some(({ expose }) => expose?.rateLimit !== undefined);
    const shares = said.some(({ expose }) => expose?.cors !== undefined);
    const size = said.findLast((layer) => layer.size !== undefined)?.size ?? "small";
    return {
        ...COMMON,
        ...own,
        kind,
        size,
        resources: APPLICATION_SIZES[size],
        replicas: runs,
        expose: {
            ...COMMON.expose,
            ...own.expose,
            ...(gateway === "envoy" && WITH_ENVOY),
            ...(limits && { rateLimit: RATE_LIMIT }),
            ...(shares && { cors: CORS }),
        },
        ...optionalDefaults(key, said),
        sidecars: under(keys(said, "sidecars"), SIDECAR),
        steps: under(keys(said, "steps"), STEP),
        secrets: under(keys(said, "secrets"), SECRET),
        egress: under(keys(said, "egress"), EGRESS),
        volumes: volumeDefaults(said),
    };
}

/** What its environment changes about that. */
export function applicationProfile(
    environment: Environment,
    said: Said,
): Readonly<Record<string, unknown>> {
    const { replicas, quota, onRemoval }: Partial<Record<string, unknown>> =
        BY_ENVIRONMENT[environment];
    const uses = said.some(({ database }) => database !== undefined);
    return {
        ...(replicas !== undefined && RUNNING.includes(kindOf(said)) && { replicas }),
        ...(quota !== undefined && { quota }),
        ...(onRemoval !== undefined && uses && { database: { onRemoval } }),
    };
}
