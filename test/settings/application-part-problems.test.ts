import { api, app, nightly, rejectsEach } from "./support.ts";

/** A quota that is not what a case is about. */
const ROOMY = { cpu: "64", memory: "256Gi" };

describe("settings of an application's parts that are wrong", () => {
    rejectsEach([
        [
            "limits below what is requested",
            {
                applications: {
                    a: {
                        ...api,
                        size: "medium",
                        resources: { limits: { cpu: "200m", memory: "256Mi" } },
                    },
                    b: {
                        ...nightly,
                        steps: {
                            one: { resources: { memory: "1Gi", limits: { memory: "512Mi" } } },
                        },
                    },
                    c: {
                        ...api,
                        sidecars: {
                            proxy: {
                                image: "acme/proxy:1.0",
                                resources: { limits: { cpu: "0.04" } },
                            },
                        },
                    },
                },
            },
            [
                'applications.a.resources.limits.cpu: "200m" is less than the 250m that it requests. Write 250m or more, or leave it out.',
                'applications.b.steps.one.resources.limits.memory: "512Mi" is less than the 1Gi that it requests. Write 1Gi or more, or leave it out.',
                'applications.c.sidecars.proxy.resources.limits.cpu: "0.04" is less than the 50m that it requests. Write 50m or more, or leave it out.',
            ],
        ],
        [
            "updates that could never begin, or that nothing reads",
            {
                applications: {
                    a: { ...api, update: { surge: "0%" } },
                    b: {
                        ...api,
                        update: { surge: 2 },
                        volumes: { data: { path: "/data", kind: "block" } },
                    },
                    c: { ...nightly, steps: { one: {} }, update: { surge: 2 } },
                    d: { ...api, update: { surge: "101%", unavailable: "1.5" } },
                    e: {
                        ...api,
                        update: { surge: "100%", unavailable: "25%" },
                        quota: { cpu: "500m" },
                    },
                },
            },
            [
                'applications.d.update.surge: "101%" is not a number of pods, or a share of them in per cent. Write it like 25%.',
                'applications.d.update.unavailable: "1.5" is not a number of pods, or a share of them in per cent. Write it like 25%.',
                "applications.a.update: lets no pod come before one goes, and none go before one comes. Write 1 or more for surge or unavailable.",
                "applications.b.update: means nothing with block volumes: their pods are replaced one by one. Remove it.",
                "applications.c.update: means nothing for kind pipeline: each run is one pod. Remove it, or choose another kind.",
                'applications.e.quota.cpu: "500m" is less than the 600m that 6 pods of 100m ask for. Set it to 600m, or ask for less.',
            ],
        ],
        [
            "more than the quota of its namespace holds (G12.6, G12.7)",
            {
                sharedFiles: { media: {} },
                applications: {
                    shop: {
                        ...api,
                        resources: { cpu: "500m", memory: "768Mi" },
                        sidecars: { proxy: { image: "acme/proxy:1.0" } },
                        replicas: { max: 20 },
                        quota: { cpu: "8", memory: "16Gi" },
                    },
                    index: {
                        ...api,
                        volumes: {
                            data: { path: "/data", kind: "block", size: "40Gi" },
                            media: { path: "/media", kind: "shared", files: "media" },
                        },
                    },
                    etl: {
                        ...nightly,
                        steps: {
                            one: { resources: { memory: "5Gi" } },
                            two: { after: "one", resources: { memory: "4Gi" } },
                        },
                    },
                    still: {
                        ...api,
                        volumes: { data: { path: "/data", kind: "block" } },
                        quota: { cpu: "299m" },
                    },
                    migrated: {
                        ...api,
                        volumes: { data: { path: "/data", kind: "block" } },
                        release: { command: ["migrate"] },
                        quota: { cpu: "399m" },
                    },
                    stuck: {
                        ...api,
                        update: { surge: 2 },
                        release: { command: ["migrate"] },
                        quota: { cpu: "599m" },
                    },
                    report: {
                        ...api,
                        kind: "job",
                        schedule: { cron: "0 1 * * *", overlap: "allow" },
                        resources: { cpu: "250m" },
                    },
                },
            },
            [
                'applications.shop.quota.cpu: "8" is less than the 11550m that 21 pods of 550m ask for. Set it to 11550m, or ask for less.',
                'applications.shop.quota.memory: "16Gi" is less than the 17472Mi that 21 pods of 832Mi ask for. Set it to 17472Mi, or ask for less.',
                'applications.index.quota.storage: "100Gi" is less than the 120Gi that 3 volumes of 40Gi ask for. Set it to 120Gi, or ask for less.',
                'applications.etl.quota.memory: "4Gi" is less than the 5Gi that one pod asks for. Set it to 5Gi, or ask for less.',
                'applications.still.quota.cpu: "299m" is less than the 300m that 3 pods of 100m ask for. Set it to 300m, or ask for less.',
                'applications.migrated.quota.cpu: "399m" is less than the 400m that 4 pods of 100m ask for. Set it to 400m, or ask for less.',
                'applications.stuck.quota.cpu: "599m" is less than the 600m that 6 pods of 100m ask for. Set it to 600m, or ask for less.',
                'applications.report.quota.cpu: "2" is less than the 2500m that 10 pods of 250m ask for. Set it to 2500m, or ask for less.',
            ],
        ],
        [
            "ports and names that two containers of one pod would have",
            {
                applications: app({
                    ports: { http: 9000, metrics: 9001, proxy: 9002, admin: 8080 },
                    sidecars: {
                        proxy: { image: "acme/proxy:1.0", port: 8080 },
                        shop: { image: "acme/proxy:1.0" },
                        http: { image: "acme/proxy:1.0" },
                    },
                }),
            },
            [
                "applications.shop.ports.admin: 8080 is taken by port, and the containers of a pod share their ports. Choose another one.",
                "applications.shop.sidecars.proxy.port: 8080 is taken by ports.admin, and the containers of a pod share their ports. Choose another one.",
                "applications.shop.sidecars.shop: is the name of the application's own container. Give it another name.",
                "applications.shop.sidecars.http: is the name of the application's own port. Give it another name.",
                "applications.shop.ports.http: is the name of the application's own port, of its metrics' or of a sidecar's. Give it another name.",
                "applications.shop.ports.metrics: is the name of the application's own port, of its metrics' or of a sidecar's. Give it another name.",
                "applications.shop.ports.proxy: is the name of the application's own port, of its metrics' or of a sidecar's. Give it another name.",
            ],
        ],
        [
            "volumes that lack something, or say what means nothing",
            {
                sharedFiles: { media: {} },
                applications: app({
                    volumes: {
                        a: {},
                        tmp: { path: "/data" },
                        b: { path: "/b", kind: "shared" },
                        c: { path: "/c", files: "media" },
                        "ca-x": { path: "/z" },
                    },
                }),
            },
            [
                "applications.shop.volumes.a.path: is missing. Write where it is mounted.",
                "applications.shop.volumes.tmp: is the name of a volume that every pod may have. Give it another name.",
                "applications.shop.volumes.b.files: is missing, and the volume is shared. Name the site's shared files, like files: media.",
                'applications.shop.volumes.c.files: "media" means nothing for a temporary volume. Write kind: shared, or remove it.',
                "applications.shop.volumes.ca-x: is the name of a volume that every pod may have. Give it another name.",
            ],
        ],
        [
            "a size of shared files, and the same files twice",
            {
                sharedFiles: { media: {} },
                applications: app({
                    volumes: {
                        a: { path: "/a", kind: "shared", files: "media", size: "1Gi" },
                        b: { path: "/b", kind: "shared", files: "media" },
                    },
                }),
            },
            [
                'applications.shop.volumes.a.size: "1Gi" means nothing for a shared volume: its files have the size. Remove it.',
                'applications.shop.volumes.b.files: "media" is the folder of volume a, and a pod mounts it once. Use one volume.',
            ],
        ],
        [
            "folders and files that hide each other",
            {
                applications: app({
                    volumes: { a: { path: "/tmp/x" }, b: { path: "/b" }, c: { path: "/b/c" } },
                    files: { "/b": "x", "/etc/platform/a": "x" },
                }),
            },
            [
                'applications.shop.volumes.a.path: "/tmp/x" lies in or around /tmp, where something is mounted already. Choose another path.',
                'applications.shop.volumes.c.path: "/b/c" lies in or around /b, where something is mounted already. Choose another path.',
                'applications.shop.files["/b"]: "/b" lies in or around /b, where something is mounted already. Choose another path.',
                'applications.shop.files["/etc/platform/a"]: "/etc/platform/a" lies in or around /etc/platform, where something is mounted already. Choose another path.',
            ],
        ],
        [
            "a block volume of a job",
            {
                applications: app({
                    kind: "job",
                    schedule: "0 1 * * *",
                    volumes: { data: { path: "/data", kind: "block" } },
                }),
            },
            [
                'applications.shop.volumes.data.kind: "block" is for pods that stay: a job gets a new pod for each run. Write temporary or shared.',
            ],
        ],
        [
            "more files than Kubernetes takes, counted in bytes",
            {
                applications: app({
                    files: { "/a": "ä".repeat(300_000), "/b": "x".repeat(400_001) },
                }),
            },
            [
                'applications.shop.files: "1000001 bytes" are more than the 1000000 that Kubernetes takes together. Put what is large into the image, a bucket or shared files.',
            ],
        ],
        [
            "paths of files that are none, and a key in a file",
            { applications: app({ files: { a: "x", "/a/../b": "x", "/k": "-----BEGIN KEY" } }) },
            [
                "applications.shop.files.a: is not an absolute path of a file or folder, without ... Write it like /app/config/app.yaml.",
                'applications.shop.files["/a/../b"]: is not an absolute path of a file or folder, without ... Write it like /app/config/app.yaml.',
                "applications.shop.files[\"/k\"]: (hidden) is not the text of a file, without a credential. Write it like 'debug: false'.",
            ],
        ],
        [
            "a pod that fits no node together with its sidecars",
            {
                applications: app({
                    quota: ROOMY,
                    resources: { cpu: "1", memory: "4Gi" },
                    sidecars: {
                        proxy: { image: "acme/proxy:1.0", resources: { cpu: "1", memory: "4Gi" } },
                    },
                }),
            },
            [
                'applications.shop.resources.cpu: "1" fits no node together with its sidecars: the largest without taints, medium, has 2 CPU, of which the system takes a part. Ask for less, or add a pool of a larger size without taints.',
                'applications.shop.resources.memory: "4Gi" fits no node together with its sidecars: the largest without taints, medium, has 8 GiB, of which the system takes a part. Ask for less, or add a pool of a larger size without taints.',
            ],
        ],
        [
            "a step that fits no node, and one that fits those of its pool",
            {
                cluster: {
                    nodePools: {
                        workers: {},
                        big: { size: "xlarge", taints: ["dedicated=batch:NoSchedule"] },
                    },
                },
                applications: {
                    a: {
                        ...nightly,
                        quota: ROOMY,
                        steps: {
                            one: { resources: { cpu: "2" } },
                            two: { after: "one", resources: { memory: "8Gi" } },
                        },
                    },
                    b: {
                        ...nightly,
                        quota: ROOMY,
                        placement: { pool: "big" },
                        steps: { one: { resources: { cpu: "7", memory: "31Gi" } } },
                    },
                    c: {
                        ...nightly,
                        quota: ROOMY,
                        placement: { pool: "big" },
                        steps: { one: { resources: { cpu: "8" } } },
                    },
                },
            },
            [
                'applications.a.steps.one.resources.cpu: "2" fits no node: the largest without taints, medium, has 2 CPU, of which the system takes a part. Ask for less, or add a pool of a larger size without taints.',
                'applications.a.steps.two.resources.memory: "8Gi" fits no node: the largest without taints, medium, has 8 GiB, of which the system takes a part. Ask for less, or add a pool of a larger size without taints.',
                'applications.c.steps.one.resources.cpu: "8" fits no node: those of pool big, xlarge, have 8 CPU, of which the system takes a part. Ask for less, or name a pool of a larger size.',
            ],
        ],
        [
            "a pool that is not there, one that contradicts spot, and processors that no node has",
            {
                cluster: { nodePools: { workers: {}, spots: { spot: true, size: "large" } } },
                applications: {
                    a: { ...api, placement: { pool: "wrkers" } },
                    b: {
                        ...api,
                        placement: { pool: "workers", spot: true, architecture: "arm64" },
                    },
                    c: { ...api, placement: { pool: "spots", spot: false } },
                    d: { ...api, placement: { zones: "always" } },
                },
            },
            [
                'applications.d.placement.zones: "always" is not one of prefer, require. Choose one of these.',
                'applications.a.placement.pool: "wrkers" is not a node pool of the site. Did you mean "workers"?',
                "applications.b.placement.spot: true contradicts pool workers, whose nodes are never spot. Remove it, or name another pool.",
                'applications.b.placement.architecture: "arm64" is a processor that no node of the platform has: every size is amd64. Build the image for amd64, and leave this out.',
                "applications.c.placement.spot: false contradicts pool spots, whose nodes are all spot. Remove it, or name another pool.",
            ],
        ],
        [
            "numbers of pods that make no sense, and sources that are not there",
            {
                queues: { jobs: {} },
                applications: {
                    a: { ...api, replicas: { min: 4, max: 2 } },
                    b: { ...api, replicas: { min: 0 } },
                    c: { ...api, scaling: { messages: 5, lag: 5 } },
                    d: { ...api, scaling: { queueName: "x" } },
                    e: {
                        ...api,
                        kind: "worker",
                        queue: "jobs",
                        replicas: { min: 0 },
                        scaling: { messages: 5, cpu: 50 },
                    },
                },
            },
            [
                "applications.a.replicas.max: 2 is below min 4. Raise max or lower min.",
                "applications.b.replicas.min: 0 is for workers that wait for messages or records: nothing would start a pod again. Write 1 or more, or let a worker scale by scaling.messages or scaling.lag.",
                "applications.c.scaling.messages: counts a queue, and it has none. Name its queue, like queue: jobs.",
                "applications.c.scaling.lag: counts records of topics, and it reads none. Name the topics that it reads, under stream.consumes.",
                "applications.d.scaling.queueName: is counted by scaling.messages, which is not there. Write messages: too, or remove it.",
                "applications.e.scaling.cpu: cannot be measured while there is no pod, and replicas.min is 0. Remove it, or write 1 or more for replicas.min.",
            ],
        ],
        [
            "a gauge without its name or its measure",
            {
                applications: {
                    a: { ...api, scaling: { gauge: {} } },
                    b: { ...api, scaling: { gauge: { metric: "jobs", perPod: 0 } } },
                },
            },
            [
                "applications.b.scaling.gauge.perPod: 0 is not a whole number from 1 to 10000000. Write it like 1.",
                "applications.a.scaling.gauge.metric: is missing. Name the gauge.",
                "applications.a.scaling.gauge.perPod: is missing. Write how much of it one pod bears.",
            ],
        ],
        [
            "more pods than partitions that they could read",
            {
                streams: {
                    events: { topics: { few: { partitions: 2 }, more: { partitions: 3 } } },
                },
                applications: app({
                    kind: "worker",
                    stream: { name: "events", consumes: ["few", "more"] },
                    scaling: { lag: 5 },
                    replicas: { max: 4 },
                }),
            },
            [
                "applications.shop.replicas.max: 4 is more than the 3 partitions that it reads, and each is read by one pod. Write 3 or less, or give the topic more partitions.",
            ],
        ],
    ]);
});
