import assert from "node:assert/strict";
import type { ApplicationKind } from "../../components/contracts/application-kind.ts";
import { api, app, nightly, problemsOf, siteOf, stack } from "./support.ts";

/** The application `shop` of a stack that says this about it, and more about the rest. */
function shop(more: object = {}, rest: object = {}) {
    const { applications } = siteOf(stack({ applications: app({ ...more }), ...rest }));
    assert.ok(applications.shop);
    return applications.shop;
}

/** What a kind cannot be without. */
const LEAST: Readonly<Record<ApplicationKind, object>> = {
    web: {},
    service: {},
    worker: {},
    job: { schedule: "0 1 * * *" },
    pipeline: { schedule: "0 1 * * *", steps: { one: {} } },
};

const ofKind = (kind: ApplicationKind, rest: object = {}) => shop({ kind, ...LEAST[kind] }, rest);

describe("an application that says next to nothing", () => {
    it("is a service of one to three pods in dev, with every default filled in", () => {
        assert.deepEqual(shop(), {
            kind: "service",
            image: "ghcr.io/acme/shop:1.4.2",
            port: 8080,
            command: [],
            access: { view: [] },
            args: [],
            ports: {},
            replicas: { min: 1, max: 3 },
            scaling: {
                cpu: 70,
                memory: 80,
                up: { percent: 100, pods: 4, period: 15, delay: 0 },
                down: { percent: 10, period: 60 },
                slowdown: 300,
            },
            size: "small",
            resources: { cpu: "100m", memory: "128Mi" },
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
            quota: { cpu: "2", memory: "4Gi", storage: "100Gi" },
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
            expose: { reach: "cluster", hosts: [], paths: ["/"], timeout: 30, redirects: {} },
        });
    });

    it("has what its size says, and less or more of it where it says so exactly", () => {
        assert.deepEqual(shop({ size: "large" }).resources, { cpu: "500m", memory: "1Gi" });
        const exact = shop({
            size: "large",
            resources: { memory: "1536Mi" },
            replicas: 1,
        }).resources;
        assert.deepEqual(exact, { cpu: "500m", memory: "1536Mi" });
    });

    it("may come to what its environment allows, of which three sizes take no more (G9.8, G9.9)", () => {
        const quota = (environment: string, size: string) =>
            shop({ size }, { environment, cluster: { nodePools: { workers: { size: "large" } } } })
                .quota;
        const storage = "100Gi";
        for (const size of ["small", "medium", "large"]) {
            assert.deepEqual(quota("dev", size), { cpu: "2", memory: "4Gi", storage });
            assert.deepEqual(quota("staging", size), { cpu: "4", memory: "8Gi", storage });
            assert.deepEqual(quota("prod", size), { cpu: "8", memory: "16Gi", storage });
        }
    });

    it("is reached, scaled and stopped as its kind needs it", () => {
        const traits = (kind: ApplicationKind) => {
            const { expose, port, shutdown, replicas } = ofKind(kind);
            return [expose.reach, port, shutdown, replicas.max];
        };
        assert.deepEqual(traits("web"), ["public", 8080, 30, 3]);
        assert.deepEqual(traits("service"), ["cluster", 8080, 30, 3]);
        assert.deepEqual(traits("worker"), ["none", undefined, 60, 3]);
        assert.deepEqual(traits("job"), ["none", undefined, 30, 1]);
        assert.deepEqual(traits("pipeline"), ["none", undefined, 30, 1]);
    });

    it("has as many pods as its environment calls for, where it runs all the time", () => {
        const pods = (environment: string, kind: ApplicationKind) =>
            Object.values(
                ofKind(kind, { environment, gateway: { domain: "example.com" } }).replicas,
            );
        assert.deepEqual(pods("staging", "web"), [2, 6]);
        assert.deepEqual(pods("prod", "web"), [3, 10]);
        assert.deepEqual(pods("prod", "worker"), [3, 10]);
        assert.deepEqual(pods("prod", "job"), [1, 1]);
    });
});

describe("defaults of parts that an application asks for", () => {
    const databases = { main: {} };

    it("name its database after it, dropped in dev and kept elsewhere", () => {
        const use = (environment: string) =>
            siteOf(
                stack({
                    environment,
                    databases,
                    applications: { "shop-api": { ...api, database: "main" } },
                }),
            ).applications["shop-api"]?.database;
        const named = { server: "main", name: "shop_api" };
        assert.deepEqual(use("dev"), { ...named, onRemoval: "drop" });
        assert.deepEqual(use("staging"), { ...named, onRemoval: "keep" });
        assert.deepEqual(use("prod"), { ...named, onRemoval: "keep" });
    });

    it("bring metrics to an objective and to scaling by requests, and to nothing else", () => {
        const metrics = {
            path: "/metrics",
            requests: "http_requests_total",
            status: "status",
            duration: "http_request_duration_seconds",
        };
        assert.deepEqual(shop({ slo: 99.5 }).metrics, metrics);
        assert.deepEqual(shop({ scaling: { requests: 50 } }).metrics, metrics);
        assert.deepEqual(shop({ metrics: { port: 9090 } }).metrics, { ...metrics, port: 9090 });
        assert.equal(shop({ scaling: { cpu: 50 } }).metrics, undefined);
    });

    it("complete sidecars, steps, secrets, ways out and releases", () => {
        const words = { command: [], args: [], env: {} };
        const { sidecars, secrets, egress, release } = shop({
            sidecars: { proxy: { image: "acme/proxy:1.0" } },
            secrets: { KEY: { generate: 32 } },
            egress: { bank: { cidrs: ["198.51.100.0/24"] } },
            release: { command: ["migrate"] },
        });
        assert.deepEqual(sidecars, {
            proxy: { ...words, image: "acme/proxy:1.0", resources: { cpu: "50m", memory: "64Mi" } },
        });
        assert.deepEqual(secrets, { KEY: { field: "value", generate: 32 } });
        assert.deepEqual(egress, { bank: { ports: [443], cidrs: ["198.51.100.0/24"] } });
        assert.deepEqual(release, { command: ["migrate"], args: [], deadline: 900 });
        assert.deepEqual(shop({ ...nightly, steps: { one: {} } }).steps, {
            one: { ...words, resources: { cpu: "250m", memory: "256Mi" } },
        });
    });

    it("give each kind of volume the size that it can have", () => {
        const { volumes } = shop(
            {
                volumes: {
                    scratch: { path: "/scratch" },
                    data: { path: "/data", kind: "block" },
                    media: { path: "/media", kind: "shared", files: "media" },
                },
            },
            { sharedFiles: { media: {} } },
        );
        assert.deepEqual(volumes, {
            scratch: { path: "/scratch", kind: "temporary", size: "1Gi" },
            data: { path: "/data", kind: "block", size: "10Gi" },
            media: { path: "/media", kind: "shared", files: "media" },
        });
    });

    it("ask nothing of the cloud's own gateway that only Envoy keeps", () => {
        const gateway = { kind: "cloud", domain: "example.com", email: "team@example.com" };
        assert.deepEqual(shop({ expose: "public" }, { gateway }).expose, {
            reach: "public",
            hosts: [],
            paths: ["/"],
            redirects: {},
        });
        const asked = shop({ expose: { reach: "public", rateLimit: {}, cors: CORS } }).expose;
        assert.deepEqual(asked.rateLimit, { requests: 100, per: "minute" });
        assert.deepEqual(asked.cors, {
            methods: ["GET", "HEAD", "POST"],
            headers: [],
            credentials: false,
            ...CORS,
        });
    });
});

const CORS = { origins: ["https://www.example.com"] };

describe("short forms", () => {
    it("fix the number of pods, and are wrong once", () => {
        assert.deepEqual(shop({ replicas: 4 }).replicas, { min: 4, max: 4 });
        assert.deepEqual(problemsOf(stack({ applications: app({ replicas: "four" }) })), [
            'applications.shop.replicas.min: "four" is not a whole number from 0 to 500. Write it like 1.',
        ]);
        assert.deepEqual(problemsOf(stack({ applications: app({ replicas: 0 }) })), [
            "applications.shop.replicas.max: 0 is not a whole number from 1 to 500. Write it like 1.",
        ]);
    });

    const services = {
        databases: { main: {} },
        streams: { events: { topics: { orders: {} } } },
    };

    it("stand for the key that matters most", () => {
        const made = shop(
            {
                database: "main",
                expose: "internal",
                slo: 99.9,
                secrets: { STRIPE_KEY: "stripe" },
            },
            services,
        );
        assert.equal(made.database?.server, "main");
        assert.equal(made.expose.reach, "internal");
        assert.deepEqual(made.slo, { availability: 99.9, latency: 500, latencyShare: 95 });
        assert.deepEqual(made.secrets, { STRIPE_KEY: { field: "value", from: "stripe" } });
        assert.deepEqual(shop({ kind: "job", schedule: "  5 4 * *  1-5 " }).schedule, {
            timeZone: "Etc/UTC",
            deadline: 3600,
            retries: 2,
            overlap: "forbid",
            cron: "5 4 * * 1-5",
        });
    });

    it("read numbers that YAML took for a text, and texts that it took for a number", () => {
        const { slo, args } = shop({ slo: "99.95", args: ["--workers", 4, true] });
        assert.equal(slo?.availability, 99.95);
        assert.deepEqual(args, ["--workers", "4", "true"]);
    });
});
