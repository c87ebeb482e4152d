import * as form from "./forms.ts";
import * as own from "./application-forms.ts";
import * as kubernetes from "./kubernetes-forms.ts";
import { command, env, release, resources, sidecar, step } from "./container-schema.ts";
import { expose } from "./expose-schema.ts";
import { health } from "./health-schema.ts";
import { scaling } from "./scaling-schema.ts";
import { entries, field, list, section } from "./shape.ts";

const volume = section({
    path: field(own.filePath, "Where it is mounted"),
    kind: field(
        own.volumeKind,
        "temporary dies with the pod, block belongs to one pod and outlives it, shared is one folder for all pods",
    ),
    size: field(
        own.size,
        "How large it is. A block volume that stands keeps its size until its claim is grown",
    ),
    files: field(form.databaseKey, "The site's shared files, for shared"),
});

const placement = section({
    pool: field(
        form.poolKey,
        "The node pool of the site that it runs on; its taints are tolerated",
    ),
    spot: field(form.toggle, "Whether it may run on nodes that the cloud can take back"),
    architecture: field(own.architecture, "The processors that its image is built for"),
    zones: field(
        own.zones,
        "Whether its pods are spread over the zones as far as possible, or strictly",
    ),
});

const database = section(
    {
        server: field(form.databaseKey, "The site's server that holds it"),
        name: field(form.sqlName, "The name of the database and of its role"),
        onRemoval: field(
            own.onRemoval,
            "What becomes of the database when the application no longer asks for it",
        ),
    },
    "server",
);

const topics = (what: string) => field(list(own.word("the name of a topic", "orders")), what);

const stream = section(
    {
        name: field(form.databaseKey, "The stream of the site"),
        produces: topics("Topics it writes"),
        consumes: topics("Topics it reads, in a consumer group of its own name"),
    },
    "name",
);

const secret = section(
    {
        generate: field(own.generated, "Characters to generate, where no one else knows the value"),
        from: field(own.storedKey, "A secret that somebody put into the site's store"),
        field: field(own.documentField, "The field of the secret's document"),
    },
    "from",
);

const metrics = section({
    path: field(form.urlPath, "Where Prometheus reads them"),
    port: field(form.port, "On which port"),
    requests: field(own.metricName, "The counter of requests"),
    status: field(own.metricName, "Its label with the HTTP status"),
    duration: field(own.metricName, "The histogram of durations in seconds"),
});

const slo = section(
    {
        availability: field(
            own.share(90, 99.999),
            "Per cent of requests answered without a server error, over 30 days",
        ),
        latency: field(own.count(60_000), "Milliseconds within which most requests are answered"),
        latencyShare: field(own.share(50, 99.99), "How many of them, in per cent"),
        runbook: field(own.address, "What to do when it is broken; every alert carries it"),
    },
    "availability",
);

const schedule = section(
    {
        cron: field(own.cron, "When it runs"),
        timeZone: field(own.timeZone, "In which time zone"),
        deadline: field(own.seconds(10, 604_800), "Seconds a run may take"),
        retries: field(own.seconds(0, 10), "How often a failed run is tried again"),
        overlap: field(own.overlap, "What happens when the last run still runs"),
    },
    "cron",
);

/** An application, in the user's terms. */
export const application = section({
    kind: field(
        own.kind,
        "The golden path: web answers the internet, service answers other applications, worker works in the background, job runs by a schedule, pipeline runs several steps by a schedule",
    ),
    image: field(
        form.image,
        "The image, with a tag other than latest or with a digest; below the registry if one is named",
    ),
    registry: field(form.registryKey, "The registry of the site that holds the image"),
    ...command,
    port: field(form.port, "The port it listens on, on all addresses"),
    ports: field(entries(own.partKey, form.port), "Further ports by name"),
    replicas: field(
        section(
            {
                min: field(
                    own.fewest,
                    "The fewest pods. 0 only for a worker that scales by messages or lag",
                ),
                max: field(form.replicas, "The most pods"),
            },
            "min",
            "max",
        ),
        "How many pods the autoscaler keeps; a number alone is both",
    ),
    scaling: field(scaling, "When the autoscaler adds and takes away pods"),
    size: field(
        own.podSize,
        "What a pod needs, by a word: small 100m and 128Mi, medium 250m and 256Mi, large 500m and 1Gi, xlarge 1 and 2Gi, 2xlarge 2 and 4Gi",
    ),
    resources: resources("What a pod needs, exactly"),
    update: field(
        section({
            surge: field(own.podShare, "The most pods beyond replicas while an update runs"),
            unavailable: field(own.podShare, "The most pods that may be missing meanwhile"),
        }),
        "How an update replaces pods. Those with block volumes are replaced one by one",
    ),
    quota: field(
        section({
            cpu: field(
                kubernetes.cpu,
                "The most CPU that all its pods may request together, those of an update and a release among them; its namespace is held to it",
            ),
            memory: field(kubernetes.memory, "The same for memory"),
            storage: field(own.size, "The most that the block volumes of all its pods may come to"),
        }),
        "What it may come to at most",
    ),
    health: field(health, "How its health is asked for"),
    shutdown: field(own.seconds(5, 3600), "Seconds that it gets to stop after SIGTERM"),
    env,
    files: field(
        entries(own.filePath, own.fileContent),
        "Configuration files by path, read-only, never a credential",
    ),
    secrets: field(
        entries(own.secretVariable, secret),
        "Variables whose values are in the site's secret store",
    ),
    sidecars: field(
        entries(own.partKey, sidecar),
        "Containers beside its own, which start before it and stop after it",
    ),
    release: field(release, "What runs once per release before it: database migrations"),
    volumes: field(entries(own.partKey, volume), "Folders it can write, by name"),
    placement: field(placement, "Where its pods run"),
    database: field(database, "A logical database and a role of its own on a server of the site"),
    cache: field(form.databaseKey, "A cache of the site"),
    queue: field(form.databaseKey, "A queue of the site"),
    stream: field(stream, "Topics of a stream of the site"),
    search: field(form.databaseKey, "A search cluster of the site"),
    buckets: field(
        entries(form.databaseKey, own.access),
        "Object stores of the site, and what it may do there",
    ),
    calls: field(list(own.call), "Applications of the site that it calls"),
    egress: field(
        entries(
            own.partKey,
            section({
                cidrs: field(
                    list(form.callerBlock),
                    "Blocks of addresses. In a larger one, private ranges stay shut: 0.0.0.0/0 is the internet",
                ),
                ports: field(list(form.anyPort), "TCP ports"),
            }),
        ),
        "What else its pods may reach, by name",
    ),
    expose: field(expose, "How it is reached"),
    access: field(
        section({
            view: field(
                list(form.viewer),
                "Who may look at its pods, logs and events and change nothing: ARNs of IAM roles or users on AWS, object ids of Entra groups on Azure, user:… on Google Cloud",
            ),
        }),
        "Who gets into its namespace, besides administrators",
    ),
    metrics: field(metrics, "Where its metrics are"),
    slo: field(slo, "What it promises; alerts and a dashboard follow"),
    schedule: field(schedule, "When a job or a pipeline runs"),
    steps: field(
        entries(own.partKey, step),
        "A pipeline's steps, one after the other; they share /work",
    ),
    sites: field(list(form.siteKey), "The sites it runs on"),
    owner: field(form.owner, "The team that answers for it"),
});
