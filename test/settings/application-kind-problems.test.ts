import { api, app, nightly, rejectsEach } from "./support.ts";

describe("settings of an application's kind that are wrong", () => {
    rejectsEach([
        [
            "a job without a schedule, and one whose schedule lacks the time",
            {
                applications: {
                    a: { ...api, kind: "job" },
                    b: { ...api, kind: "pipeline", schedule: { deadline: 60 }, steps: { one: {} } },
                },
            },
            [
                'applications.a.schedule: is missing, and a job runs by a schedule. Write when it runs, like schedule: "30 2 * * *".',
                'applications.b.schedule.cron: is missing, and a pipeline runs by a schedule. Write when it runs, like schedule: "30 2 * * *".',
            ],
        ],
        [
            "a schedule that is none, and says so once",
            {
                applications: {
                    a: { ...api, kind: "job", schedule: "61 * * * *" },
                    b: {
                        ...api,
                        kind: "job",
                        schedule: {
                            cron: "0 1 * * *",
                            timeZone: "Europe/Berln",
                            overlap: "no",
                            retries: 11,
                            deadline: 9,
                        },
                    },
                },
            },
            [
                'applications.a.schedule.cron: "61 * * * *" is not a schedule in cron\'s five fields: minute, hour, day, month, weekday. Write it like "30 2 * * *".',
                'applications.b.schedule.timeZone: "Europe/Berln" is not the name of a time zone. Write it like Europe/Berlin.',
                'applications.b.schedule.overlap: "no" is not one of forbid, replace, allow. Choose one of these.',
                "applications.b.schedule.retries: 11 is not a whole number from 0 to 10. Write it like 1.",
                "applications.b.schedule.deadline: 9 is not a whole number from 10 to 604800. Write it like 10.",
            ],
        ],
        [
            "a Sunday that Kubernetes would refuse",
            { applications: app({ kind: "job", schedule: "0 2 * * 7" }) },
            [
                'applications.shop.schedule.cron: "0 2 * * 7" is not a schedule in cron\'s five fields: minute, hour, day, month, weekday. In Kubernetes Sunday is 0; write "0 2 * * 0".',
            ],
        ],
        [
            "a schedule and steps of what runs all the time",
            { applications: app({ kind: "web", schedule: "0 1 * * *", steps: { one: {} } }) },
            [
                "applications.shop.schedule: means nothing for kind web: it runs all the time. Remove it, or choose another kind.",
                "applications.shop.steps: means nothing for kind web: only a pipeline has steps. Remove it, or choose another kind.",
            ],
        ],
        [
            "parts of a job that only what stays up can have",
            {
                applications: app({
                    kind: "job",
                    schedule: "0 1 * * *",
                    port: 8080,
                    ports: { admin: 9000 },
                    release: { command: ["migrate"] },
                    sidecars: { proxy: { image: "acme/proxy:1.0" } },
                    slo: 99.9,
                    metrics: {},
                }),
            },
            [
                "applications.shop.ports: means nothing for kind job: nobody can reach what runs by a schedule. Remove it, or choose another kind.",
                "applications.shop.port: means nothing for kind job: nobody can reach what runs by a schedule. Remove it, or choose another kind.",
                "applications.shop.release: means nothing for kind job: it runs by a schedule, and a release is what runs before something stays up. Remove it, or choose another kind.",
                "applications.shop.sidecars: means nothing for kind job: it runs by a schedule. Remove it, or choose another kind.",
                "applications.shop.slo: means nothing for kind job: it answers no requests. Remove it, or choose another kind.",
                "applications.shop.metrics: means nothing for kind job: it has ended before Prometheus could ask. Remove it, or choose another kind.",
            ],
        ],
        [
            "what a job has by default and cannot use",
            {
                applications: app({
                    kind: "job",
                    schedule: "0 1 * * *",
                    replicas: { min: 2 },
                    scaling: { cpu: 50 },
                    health: { live: "/x" },
                    expose: "public",
                }),
            },
            [
                'applications.shop.expose.reach: "public" means nothing for kind job, which answers nobody. Remove it, or choose kind: web or service.',
                "applications.shop.replicas: means nothing for kind job: each run is one pod. Remove it, or choose another kind.",
                "applications.shop.scaling: means nothing for kind job: each run is one pod. Remove it, or choose another kind.",
                "applications.shop.health: means nothing for kind job: its end says how it went. Remove it, or choose another kind.",
            ],
        ],
        [
            "a command of a pipeline, which its steps have",
            {
                applications: app({
                    kind: "pipeline",
                    schedule: "0 1 * * *",
                    command: ["x"],
                    args: [],
                    resources: { cpu: "1" },
                    steps: { one: {} },
                }),
            },
            [
                "applications.shop.command: means nothing for kind pipeline: each step has its own. Remove it, or choose another kind.",
                "applications.shop.args: means nothing for kind pipeline: each step has its own. Remove it, or choose another kind.",
                "applications.shop.resources: means nothing for kind pipeline: each step has its own. Remove it, or choose another kind.",
            ],
        ],
        [
            "a size beside resources that say all, and of a pipeline",
            {
                applications: {
                    a: { ...api, size: "large", resources: { cpu: "200m", memory: "1Gi" } },
                    b: { ...api, size: "large", resources: { memory: "512Mi" } },
                    c: { ...nightly, size: "large", steps: { one: {} } },
                },
            },
            [
                "applications.a.size: means nothing beside resources that say both CPU and memory. Remove the one or the other.",
                "applications.c.size: means nothing for kind pipeline: each step has its own. Remove it, or choose another kind.",
            ],
        ],
        [
            "questions about health that nobody could answer",
            {
                gateway: { kind: "cloud", domain: "example.com", email: "team@example.com" },
                applications: {
                    a: { ...api, health: { by: "grpc", live: "/up", command: ["check"] } },
                    b: {
                        ...api,
                        kind: "worker",
                        health: { by: "tcp", command: ["check"], readiness: { period: 3 } },
                    },
                    c: { ...api, kind: "web", health: { by: "tcp" } },
                    d: { ...api, health: { by: "udp", readiness: { timeout: 0 } } },
                },
            },
            [
                'applications.d.health.by: "udp" is not one of http, grpc, tcp. Choose one of these.',
                "applications.d.health.readiness.timeout: 0 is not a whole number from 1 to 300. Write it like 1.",
                "applications.a.health.command: is for what has no port, and it is asked at its port. Remove it.",
                "applications.a.health.live: is a path, and grpc asks for none. Remove it, or write by: http.",
                "applications.b.health.by: is about its port, and it has none. Remove it, or give it a port.",
                "applications.b.health.readiness: is about its port, and it has none. Remove it, or give it a port.",
                "applications.c.health.by: \"tcp\" is not how the cloud's own gateway asks: it wants a path over HTTP. Write by: http, or set the site's gateway.kind to envoy.",
            ],
        ],
        [
            "a pipeline without steps",
            { applications: app({ kind: "pipeline", schedule: "0 1 * * *" }) },
            [
                "applications.shop.steps: is missing, and a pipeline is made of steps. Name its steps, each with a command and the step that it comes after.",
            ],
        ],
        [
            "steps after one that is not there, after themselves, and after the same one",
            {
                applications: {
                    a: { ...nightly, steps: { load: { after: "extrakt" }, extract: {} } },
                    b: { ...nightly, steps: { one: { after: "one" } } },
                    c: {
                        ...nightly,
                        steps: {
                            one: {},
                            two: { after: "one" },
                            three: { after: "one" },
                            four: {},
                        },
                    },
                },
            },
            [
                'applications.a.steps.load.after: "extrakt" is not another step. Did you mean "extract"?',
                'applications.b.steps.one.after: "one" is not another step. Remove it.',
                "applications.c.steps.three.after: makes it the step after one, which two is already. Write after: and the step before it.",
                "applications.c.steps.four.after: makes it the first step, which one is already. Write after: and the step before it.",
            ],
        ],
        [
            "steps that go round",
            {
                applications: app({
                    ...nightly,
                    steps: { one: {}, two: { after: "three" }, three: { after: "two" } },
                }),
            },
            [
                "applications.shop.steps: go round in a ring: two and three only come after each other. Leave after out for the first, and let the others follow from it.",
            ],
        ],
        [
            "an objective and metrics of a worker that answers nobody",
            {
                applications: app({
                    kind: "worker",
                    slo: 99.9,
                    metrics: {},
                    health: { live: "/x" },
                    expose: "cluster",
                }),
            },
            [
                "applications.shop.slo: means nothing for kind worker: it answers no requests. Remove it, or choose another kind.",
                'applications.shop.expose.reach: "cluster" means nothing for kind worker, which answers nobody. Remove it, or choose kind: web or service.',
                "applications.shop.metrics.port: is missing: it has no port of its own. Write metrics: { port: } and the port that it answers Prometheus on.",
                "applications.shop.health: is asked for at its port, and it has none. Give it a port, name a command: to run in its container, or remove it.",
            ],
        ],
        [
            "a release that would start the application, and a sidecar without an image",
            { applications: app({ release: {}, sidecars: { proxy: {} } }) },
            [
                "applications.shop.sidecars.proxy.image: is missing. Name the image that was tested, like ghcr.io/acme/proxy:1.4.2.",
                "applications.shop.release.command: is missing: the image's own command would start the application. Write what migrates, like command: [migrate, up].",
            ],
        ],
        [
            "words and numbers that are none of those that are allowed",
            {
                applications: app({
                    kind: "wbe",
                    shutdown: 1,
                    slo: { availability: 50, latency: 0, runbook: "http://x" },
                    metrics: { path: "x", requests: "a-b" },
                    health: { start: 5 },
                }),
            },
            [
                'applications.shop.kind: "wbe" is not one of web, service, worker, job, pipeline. Did you mean "web"?',
                "applications.shop.shutdown: 1 is not a whole number from 5 to 3600. Write it like 5.",
                "applications.shop.slo.availability: 50 is not a number from 90 to 99.999, in per cent. Write it like 99.9.",
                "applications.shop.slo.latency: 0 is not a whole number from 1 to 60000. Write it like 1.",
                'applications.shop.slo.runbook: "http://x" is not an address that begins with https://. Write it like https://login.example.com.',
                'applications.shop.metrics.path: "x" is not a path. Write it like /healthz.',
                'applications.shop.metrics.requests: "a-b" is not the name of a metric or a label. Write it like http_requests_total.',
                "applications.shop.health.start: 5 is not a whole number from 10 to 1800. Write it like 10.",
            ],
        ],
    ]);
});
