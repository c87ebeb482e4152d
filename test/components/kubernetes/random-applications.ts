import fc from "fast-check";

type Raw = Readonly<Record<string, unknown>>;

/** Names that stand in each other's way if names are put together carelessly. */
const NAMES = [
    "a",
    "a-b",
    "a-volume",
    "shop",
    "shop-api",
    "shop-secret",
    "namespace",
    "allow-dns",
    "x-pods",
    "constructor",
    `n${"0".repeat(29)}`,
];

/** What every site has. */
const SITE = {
    gateway: { domain: "example.com", email: "team@example.com" },
    cluster: {
        nodePools: {
            workers: { size: "2xlarge", min: 3 },
            spots: { size: "xlarge", spot: true },
            batch: { size: "xlarge", taints: ["dedicated=batch:NoSchedule"] },
        },
    },
} as const;

/** One of each service, by the part of an application that names it. */
const SERVICES = {
    databases: { one: {} },
    caches: { one: { placement: "cluster" }, two: { placement: "cloud" } },
    queues: { one: {} },
    streams: { one: { topics: { orders: { partitions: 4 } } } },
    searches: { one: {} },
    objectStores: { media: {}, "b-c": {} },
    sharedFiles: { one: {} },
} as const;

/** A few of the parts: an application with all of them would make every run a large one. */
const some = (parts: Readonly<Record<string, fc.Arbitrary<unknown>>>): fc.Arbitrary<Raw> =>
    fc
        .subarray(Object.keys(parts), { maxLength: Math.min(6, Object.keys(parts).length) })
        .chain((keys) =>
            fc.record(Object.fromEntries(keys.map((key) => [key, parts[key] ?? fc.constant({})]))),
        )
        // Either says it all.
        .map(({ size, ...rest }) => ("resources" in rest || !size ? rest : { ...rest, size }));

const either = fc.constantFrom;
const digest = `@sha256:${"0a".repeat(32)}`;
const size = fc.record(
    {
        cpu: either("50m", "0.25", 1),
        memory: either("64Mi", "1Gi"),
        limits: either<Raw>({ cpu: 1 }, { cpu: "2500m", memory: "1536Mi" }),
    },
    { requiredKeys: ["cpu", "memory"] },
);
const env = fc.dictionary(
    either("LOG_LEVEL", "colour", "X_1"),
    either("info", "", "two words", "{{ .Values }}", "ü\n$(HOME)", 5, true),
    { maxKeys: 3 },
);
const words = fc.array(either("run", "--fast", "-c", "a b", 5), { maxLength: 3 });
const command = fc.record({ command: words, args: words });

/** What every kind can have. */
const COMMON = {
    image: either("acme/app:1.0", `registry.example.com:5000/a/b${digest}`, "acme/b:V_1.x"),
    env,
    files: fc.dictionary(
        either("/etc/app.yaml", "/app/a@b.json", `/f/${"x".repeat(240)}`),
        fc.string({ maxLength: 40 }).filter((text) => !text.includes("@")),
        { maxKeys: 2 },
    ),
    secrets: fc.dictionary(
        either("KEY", "SIGNING_KEY", "A1"),
        fc.record({ generate: fc.integer({ min: 16, max: 128 }) }),
        { maxKeys: 2 },
    ),
    database: either("one"),
    cache: either("one", "two"),
    queue: either("one"),
    stream: either<Raw>(
        { name: "one", consumes: ["orders"] },
        { name: "one", produces: ["orders"] },
    ),
    search: either("one"),
    buckets: fc.dictionary(either("media", "b-c"), either("read", "write"), { maxKeys: 2 }),
    egress: either<Raw>({ bank: { cidrs: ["198.51.100.0/24"], ports: [443, 8443] } }, {}),
    placement: either<Raw>(
        { pool: "spots" },
        { pool: "batch", zones: "require" },
        { spot: true, architecture: "amd64" },
    ),
    owner: either("shop-team", "Team Ä/1"),
};

/** What the largest of these come to. */
const QUOTA = { cpu: "64", memory: "128Gi" };

const VOLUMES = {
    spill: fc.record({ path: either("/spill"), size: either("64Mi", "2Gi") }),
    media: either<Raw>({ path: "/media", kind: "shared", files: "one" }),
};

/** What runs all the time can have besides. */
const RUNNING = {
    ...COMMON,
    resources: size,
    size: either("medium", "xlarge"),
    ports: either<Raw>({ admin: 9000 }, { "a-b-c-d-e-f-g-h": 9001, x: 65535 }),
    shutdown: fc.integer({ min: 5, max: 3600 }),
    replicas: either<unknown>(1, 5, { min: 2, max: 4 }),
    scaling: either<Raw>(
        { cpu: 50, slowdown: 0, up: { pods: 0, percent: 1000, delay: 3600 } },
        { memory: 95, down: { percent: 100, period: 1800 } },
    ),
    sidecars: fc.dictionary(
        either("proxy", "zebra"),
        fc.record({ image: either("acme/proxy:1.0"), resources: size, env }),
        { maxKeys: 2 },
    ),
    release: fc.record({ command: either(["migrate"]), deadline: either(10, 86_400) }),
    volumes: some({ ...VOLUMES, data: either<Raw>({ path: "/data", kind: "block" }) }),
    metrics: either<Raw>({ port: 9100 }, { port: 9100, path: "/stats", requests: "hits_total" }),
};

const SERVING = {
    ...RUNNING,
    port: fc.integer({ min: 1024, max: 8999 }),
    health: either<Raw>(
        { live: "/up", start: 10 },
        { start: 1800, liveness: { period: 300, timeout: 300, failures: 100 } },
        { by: "grpc", readiness: { period: 1 } },
        { by: "tcp" },
    ),
    update: either<Raw>({ surge: "25%" }, { surge: 0, unavailable: "50%" }),
    slo: either<unknown>(99.9, { availability: 99.95, latency: 250 }),
};

const SCHEDULED = {
    ...COMMON,
    volumes: some(VOLUMES),
    shutdown: fc.integer({ min: 5, max: 3600 }),
};

const schedule = either<unknown>("*/5 * * * *", {
    cron: "0 2 1-7 * 1",
    timeZone: "America/New_York",
    overlap: "allow",
    retries: 0,
});

const STEPS = [
    { only: {} },
    { b: {}, a: { after: "b", args: ["x"] }, c: { after: "a", image: "acme/etl:2.0" } },
];

/** An application of each kind, without what others have to be there for. */
const KINDS: Readonly<Record<string, fc.Arbitrary<Raw>>> = {
    web: some({
        ...SERVING,
        expose: either<unknown>("internal", "public", {
            reach: "public",
            paths: ["/api", "/x"],
            bodyLimit: "1Mi",
            rateLimit: { requests: 5, per: "second" },
            cors: { origins: ["https://www.example.com"], credentials: true },
            redirects: { "/old": "/new" },
        }),
    }),
    service: some({ ...SERVING, scaling: either<Raw>({ requests: 50 }, { cpu: 10 }) }),
    worker: some({
        ...RUNNING,
        health: either<Raw>({ command: ["check", "--fast"], liveness: { timeout: 1 } }),
        scaling: either<Raw>({ cpu: 60 }, { slowdown: 3600 }),
    }),
    waiting: fc
        .record({ replicas: either<Raw>({ min: 0, max: 4 }) })
        .chain((base) => some(RUNNING).map((more) => ({ ...more, ...base, ...WAITING }))),
    job: fc
        .tuple(command, schedule, some({ ...SCHEDULED, resources: size }))
        .map(([run, when, more]) => ({ ...more, ...run, schedule: when })),
    pipeline: fc
        .tuple(schedule, either(...STEPS), some(SCHEDULED))
        .map(([when, steps, more]) => ({ ...more, schedule: when, steps })),
};

/** A worker without pods while nothing waits for it. */
const WAITING = {
    queue: "one",
    stream: { name: "one", consumes: ["orders"] },
    scaling: { messages: 5, lag: 100 },
};

const application: fc.Arbitrary<Raw> = fc.oneof(
    ...Object.entries(KINDS).map(([kind, arbitrary]) =>
        arbitrary.map((more) => ({
            ...more,
            kind: kind === "waiting" ? "worker" : kind,
            quota: QUOTA,
            // What has block volumes is replaced pod by pod.
            ...("volumes" in more && { update: {} }),
        })),
    ),
);

const SERVES = ["web", "service"];

/** Several applications that the settings take, of which each may call those after it. */
export const applications: fc.Arbitrary<Readonly<Record<string, Raw>>> = fc
    .uniqueArray(fc.constantFrom(...NAMES), { minLength: 3, maxLength: 6 })
    .chain((names) =>
        fc.tuple(...names.map((name) => fc.tuple(fc.constant(name), application, fc.nat()))),
    )
    .map((all) =>
        Object.fromEntries(
            all.map(([name, one, choice], at) => {
                const others = all
                    .slice(at + 1)
                    .filter(([, { kind }]) => SERVES.includes(String(kind)));
                const calls = others.filter((_, index) => (choice >> index) % 2 === 1);
                return [name, { ...one, calls: calls.map(([other]) => other) }];
            }),
        ),
    );

/** What says which service of a kind an application uses. */
const NAMED_IN: Readonly<Record<keyof typeof SERVICES, string>> = {
    databases: "database",
    caches: "cache",
    queues: "queue",
    streams: "stream",
    searches: "search",
    objectStores: "buckets",
    sharedFiles: "volumes",
};

/** A site with the services that its applications name, and no others. */
export function siteFor(some: Readonly<Record<string, Raw>>): Raw {
    const used = Object.entries(SERVICES).filter(([kind]) =>
        Object.values(some).some((one) => NAMED_IN[kind as keyof typeof SERVICES] in one),
    );
    return { ...SITE, ...Object.fromEntries(used) };
}
