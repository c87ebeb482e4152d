import assert from "node:assert/strict";
import type { Recorded } from "../../../tools/offline/mocks.ts";
import { containers, IMAGE, type Json, listOf, plan, pod, spec, variables } from "./program.ts";

const APPLICATIONS = {
    web: {
        kind: "web",
        port: 3000,
        health: { live: "/up", ready: "/in", start: 62 },
        shutdown: 20,
    },
    api: { kind: "service", ports: { admin: 9000 }, metrics: { port: 9100 } },
    work: { kind: "worker", command: ["work"], args: ["--fast"], metrics: { port: 9000 } },
    job: {
        kind: "job",
        command: ["tidy"],
        schedule: { cron: "5 4 * * *", timeZone: "Europe/Berlin", retries: 1, overlap: "allow" },
    },
    etl: {
        kind: "pipeline",
        env: { A: "1", B: "1" },
        schedule: { cron: "0 2 * * *", deadline: 7200, overlap: "replace" },
        volumes: { spill: { path: "/spill", size: "2Gi" } },
        // Alphabetically the second would come first.
        steps: {
            transform: { after: "unpack", env: { B: "2" }, image: "acme/etl:2.0", args: ["x"] },
            unpack: { command: ["unpack"], resources: { cpu: "1", memory: "1Gi" } },
        },
    },
};

/** What every application has, whatever its kind. */
const ALWAYS = (key: string) => [
    `LimitRange ${key}`,
    `Namespace ${key}`,
    `NetworkPolicy ${key}-allow-dns`,
    `NetworkPolicy ${key}-default-deny`,
    `ResourceQuota ${key}`,
    `ResourceQuota ${key}-pods`,
    `ServiceAccount ${key}`,
];

/** What watches it, as some application of the site has metrics. */
const WATCHED = (key: string) => [`ConfigMap ${key}-dashboard`, `PrometheusRule ${key}-alerts`];

/** What runs all the time has, besides what makes its pods. */
const RUNNING = (key: string) => [`HorizontalPodAutoscaler ${key}`, `PodDisruptionBudget ${key}`];

/** What answers others. */
const ANSWERING = (key: string) => [
    `NetworkPolicy ${key}-allow-from-namespace`,
    `NetworkPolicy ${key}-allow-to-application`,
    `Service ${key}`,
];

describe("the golden paths", () => {
    let made: Recorded;
    before(async () => {
        made = await plan(APPLICATIONS);
    });

    const objects: Readonly<Record<keyof typeof APPLICATIONS, readonly string[]>> = {
        web: [
            "BackendTrafficPolicy web",
            "Deployment web",
            "HTTPRoute web",
            "NetworkPolicy web-allow-gateway",
            ...RUNNING("web"),
            ...ANSWERING("web"),
        ],
        api: [
            "Deployment api",
            "NetworkPolicy api-allow-metrics",
            "ServiceMonitor api-metrics",
            ...RUNNING("api"),
            ...ANSWERING("api"),
        ],
        work: [
            "Deployment work",
            "NetworkPolicy work-allow-metrics",
            "Service work",
            "ServiceMonitor work-metrics",
            ...RUNNING("work"),
        ],
        job: ["CronJob job"],
        etl: ["CronJob etl"],
    };
    for (const [key, own] of Object.entries(objects)) {
        it(`make exactly these objects of ${key}`, () => {
            const expected = [...ALWAYS(key), ...WATCHED(key), ...own].sort();
            assert.deepEqual(listOf(made, key), expected);
        });
    }

    it("ask a web application for its health where it answers, and give it time to stop", () => {
        const web = pod(made, "web", "Deployment");
        const { ports, startupProbe, livenessProbe, readinessProbe, lifecycle } =
            containers(web)["web"] ?? {};
        assert.deepEqual(ports, [{ name: "http", containerPort: 3000, protocol: "TCP" }]);
        const get = (path: string) => ({ httpGet: { path, port: "http" } });
        assert.deepEqual(startupProbe, {
            ...get("/up"),
            periodSeconds: 5,
            timeoutSeconds: 5,
            // 62 seconds are more than twelve questions.
            failureThreshold: 13,
        });
        assert.deepEqual((livenessProbe as Json)["httpGet"], { path: "/up", port: "http" });
        assert.deepEqual((readinessProbe as Json)["httpGet"], { path: "/in", port: "http" });
        assert.deepEqual(lifecycle, { preStop: { sleep: { seconds: 5 } } });
        assert.equal(web["terminationGracePeriodSeconds"], 25);
    });

    it("open further ports, and that of metrics by a name of its own", () => {
        assert.deepEqual(spec(made, "api", "Service")["ports"], [
            { name: "http", port: 80, targetPort: "http", protocol: "TCP" },
            { name: "admin", port: 9000, targetPort: "admin", protocol: "TCP" },
            { name: "metrics", port: 9100, targetPort: "metrics", protocol: "TCP" },
        ]);
        const { ports } = containers(pod(made, "api", "Deployment"))["api"] ?? {};
        assert.deepEqual(ports, [
            { name: "http", containerPort: 8080, protocol: "TCP" },
            { name: "admin", containerPort: 9000, protocol: "TCP" },
            { name: "metrics", containerPort: 9100, protocol: "TCP" },
        ]);
        const opened = spec(made, "api", "NetworkPolicy", "allow-from-namespace")["ingress"];
        assert.deepEqual((opened as Json[])[0]?.["ports"], [
            { protocol: "TCP", port: 8080 },
            { protocol: "TCP", port: 9000 },
        ]);
        assert.deepEqual((spec(made, "api", "ServiceMonitor")["endpoints"] as Json[])[0], {
            port: "metrics",
            path: "/metrics",
            interval: "30s",
            scrapeTimeout: "10s",
        });
    });

    it("run a worker without probes and without anybody who could call it", () => {
        const work = pod(made, "work", "Deployment");
        const { command, args, livenessProbe, lifecycle } = containers(work)["work"] ?? {};
        assert.deepEqual([command, args], [["work"], ["--fast"]]);
        assert.deepEqual([livenessProbe, lifecycle], [undefined, undefined]);
        assert.equal(work["terminationGracePeriodSeconds"], 60);
        assert.deepEqual(spec(made, "work", "Service")["ports"], [
            { name: "metrics", port: 9000, targetPort: "metrics", protocol: "TCP" },
        ]);
    });

    it("run a job by its schedule, each time in a pod that no Service finds", () => {
        const { jobTemplate, ...schedule } = spec(made, "job", "CronJob");
        assert.deepEqual(schedule, {
            schedule: "5 4 * * *",
            timeZone: "Europe/Berlin",
            concurrencyPolicy: "Allow",
            startingDeadlineSeconds: 600,
            successfulJobsHistoryLimit: 3,
            failedJobsHistoryLimit: 3,
        });
        const { spec: run } = jobTemplate as { spec: Json & { template: { metadata: Json } } };
        const { backoffLimit, activeDeadlineSeconds, podReplacementPolicy, template } = run;
        assert.deepEqual([backoffLimit, activeDeadlineSeconds], [1, 3600]);
        assert.equal(podReplacementPolicy, "Failed");
        const labels = template.metadata["labels"] as Json;
        assert.equal(labels["app.kubernetes.io/name"], "job-job");
        assert.equal(labels["app.kubernetes.io/instance"], "job");
        const { restartPolicy, containers: list } = pod(made, "job", "CronJob");
        assert.equal(restartPolicy, "Never");
        assert.deepEqual(
            (list as Json[]).map(({ name, image, command, args, ports }) => [
                name,
                image,
                command,
                args,
                ports,
            ]),
            [["job", IMAGE, ["tidy"], undefined, undefined]],
        );
    });

    it("run a pipeline's steps after one another, whatever the order of the settings (G9.15)", () => {
        const etl = pod(made, "etl", "CronJob");
        const steps = [...(etl["initContainers"] as Json[]), ...(etl["containers"] as Json[])];
        assert.deepEqual(
            steps.map(({ name, image, command, args }) => [name, image, command, args]),
            [
                ["unpack", IMAGE, ["unpack"], undefined],
                ["transform", "acme/etl:2.0", undefined, ["x"]],
            ],
        );
        const [first, last] = steps.map((one) => variables(one));
        assert.deepEqual([first?.["A"], first?.["B"]], ["1", "1"]);
        assert.deepEqual([last?.["A"], last?.["B"]], ["1", "2"]);
        assert.equal(spec(made, "etl", "CronJob")["concurrencyPolicy"], "Replace");
    });

    it("give the steps a folder that they share, and room on the disk for all that they write", () => {
        const etl = pod(made, "etl", "CronJob");
        assert.deepEqual(etl["volumes"], [
            { name: "tmp", emptyDir: { sizeLimit: "256Mi" } },
            { name: "spill", emptyDir: { sizeLimit: "2Gi" } },
            { name: "work", emptyDir: { sizeLimit: "2Gi" } },
        ]);
        for (const step of Object.values(containers(etl))) {
            assert.deepEqual(step["volumeMounts"], [
                { name: "tmp", mountPath: "/tmp" },
                { name: "spill", mountPath: "/spill" },
                { name: "work", mountPath: "/work" },
            ]);
        }
        assert.deepEqual(containers(etl)["unpack"]?.["resources"], {
            requests: { cpu: "1", memory: "1Gi", "ephemeral-storage": "4608Mi" },
            limits: { cpu: "2", memory: "1Gi", "ephemeral-storage": "5Gi" },
        });
    });

    it("let what answers people go before what works, and that before what can wait", () => {
        const priority = (key: string, kind: string) => pod(made, key, kind)["priorityClassName"];
        assert.deepEqual(
            [
                priority("web", "Deployment"),
                priority("api", "Deployment"),
                priority("work", "Deployment"),
                priority("job", "CronJob"),
                priority("etl", "CronJob"),
            ],
            ["serving", "serving", "working", "batch", "batch"],
        );
    });

    it("leave room for an update, for overlapping runs and for a run that is being replaced", () => {
        const most = (key: string) =>
            (spec(made, key, "ResourceQuota", "pods")["hard"] as Json)["pods"];
        assert.equal(most("web"), "8");
        assert.equal(most("job"), "20");
        assert.equal(most("etl"), "2");
    });
});
