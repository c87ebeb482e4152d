import assert from "node:assert/strict";
import { EXPOSED, proxyLabels } from "../../../components/kubernetes/gateway/places.ts";
import { PORTS, PROMETHEUS } from "../../../components/kubernetes/operators/places.ts";
import type { Recorded } from "../../../tools/offline/mocks.ts";
import { type Json, plan, spec } from "./program.ts";
import { reaches } from "./reachability.ts";
import type { End, Policy } from "./reachability.ts";

/** One application of each sort of neighbour, on a site with one of each service. */
const APPLICATIONS = {
    web: {
        kind: "web",
        calls: ["api"],
        database: "one",
        cache: "one",
        metrics: { port: 9100 },
        release: { command: ["migrate"] },
    },
    api: {
        port: 3000,
        ports: { admin: 9000 },
        search: "one",
        expose: "internal",
        egress: { bank: { cidrs: ["198.51.100.0/24"], ports: [8443] } },
    },
    // It may call one port of another application, and not its first.
    work: {
        kind: "worker",
        calls: ["api:admin"],
        queue: "one",
        stream: { name: "one", consumes: ["orders"] },
        metrics: { port: 9200 },
    },
    etl: {
        kind: "pipeline",
        schedule: "0 1 * * *",
        buckets: { one: "write" },
        steps: { only: {} },
    },
    alone: {},
};

const SERVICES = {
    gateway: { domain: "example.com", email: "team@example.com" },
    cluster: { nodePools: { workers: { size: "2xlarge", min: 3 } } },
    databases: { one: {} },
    caches: { one: { placement: "cluster" } },
    queues: { one: {} },
    streams: { one: { topics: { orders: {} } } },
    searches: { one: {} },
    objectStores: { one: {} },
};

/** The pods that the program makes, and those that operators make for it, as they are labelled. */
function pods(made: Recorded): Readonly<Record<string, End>> {
    const labelled = (application: string, kind: string): End => {
        const own = spec(made, application, kind) as {
            template?: { metadata: { labels: Record<string, string> } };
            jobTemplate?: { spec: { template: { metadata: { labels: Record<string, string> } } } };
        };
        const { labels = {} } = (own.jobTemplate?.spec.template ?? own.template)?.metadata ?? {};
        return { namespace: application, labels };
    };
    const server = (namespace: string, labels: Record<string, string>): End => ({
        namespace,
        labels,
    });
    return {
        web: labelled("web", "Deployment"),
        migration: labelled("web", "Job"),
        "pod beside web": server("web", { run: "shell" }),
        api: labelled("api", "Deployment"),
        work: labelled("work", "Deployment"),
        etl: labelled("etl", "CronJob"),
        alone: labelled("alone", "Deployment"),
        "another's pod": server("elsewhere", { "app.kubernetes.io/instance": "web" }),
        "public proxy": server("envoy-gateway", proxyLabels("public")),
        "internal proxy": server("envoy-gateway", proxyLabels("internal")),
        prometheus: server(PROMETHEUS.namespace, PROMETHEUS.pods),
        "databases' job": server("databases", {}),
        cache: server("cache-one", { "app.kubernetes.io/name": "valkey" }),
        queue: server("queue-one", { "app.kubernetes.io/name": "rabbitmq" }),
        stream: server("stream-one", {
            "strimzi.io/cluster": "kafka",
            "strimzi.io/name": "kafka-kafka",
        }),
        search: server("search-one", {
            "elasticsearch.k8s.elastic.co/cluster-name": "elasticsearch",
            "common.k8s.elastic.co/type": "elasticsearch",
        }),
        dns: server("kube-system", { "k8s-app": "kube-dns" }),
    };
}

const OUTSIDE: Readonly<Record<string, End>> = {
    bank: { address: "198.51.100.7" },
    internet: { address: "93.184.216.34" },
    "metadata server": { address: "169.254.169.254" },
};

/** Every port that somebody listens on. */
const LISTENING: Readonly<Record<string, readonly number[]>> = {
    web: [8080, 9100],
    api: [3000, 9000],
    work: [9200],
    alone: [8080],
    cache: [PORTS.valkey, PORTS.valkeyMetrics],
    queue: [PORTS.amqps, PORTS.rabbitmqManagement],
    stream: [PORTS.kafka, PORTS.kafkaAgent],
    search: [PORTS.elasticsearch, PORTS.elasticsearchTransport],
    prometheus: [PROMETHEUS.port],
    database: [5432, 22],
    bank: [443, 8443],
    internet: [80, 443],
    "metadata server": [80],
};

/** Who starts connections. */
const ASKING = [
    "web",
    "migration",
    "pod beside web",
    "api",
    "work",
    "etl",
    "alone",
    "another's pod",
    "public proxy",
    "internal proxy",
    "prometheus",
    "databases' job",
];

/** What has been declared, and nothing else. Proxies and Prometheus are let in; where else they go is tested with them. */
const DECLARED = [
    "web → api:3000",
    "web → cache:6379",
    "web → database:5432",
    // What the application may reach, what migrates for it may reach too.
    "migration → api:3000",
    "migration → cache:6379",
    "migration → database:5432",
    // Pods of one application reach its ports, for a look from beside it.
    "web → web:8080",
    "migration → web:8080",
    "pod beside web → web:8080",
    "api → api:3000",
    "api → api:9000",
    "alone → alone:8080",
    "api → search:9200",
    "api → bank:8443",
    "work → api:9000",
    "work → queue:5671",
    "work → stream:9093",
    // The cloud's own object store answers on public addresses that change.
    "etl → bank:443",
    "etl → internet:443",
    "public proxy → web:8080",
    "internal proxy → api:3000",
    "prometheus → web:9100",
    "prometheus → work:9200",
    "databases' job → database:5432",
];

describe("who reaches whom on a site with several applications", () => {
    let policies: readonly Policy[];
    let ends: Readonly<Record<string, End>>;

    before(async () => {
        const made = await plan(APPLICATIONS, { ...SERVICES, cloud: "aws" });
        policies = made.all("kubernetes:networking.k8s.io/v1:NetworkPolicy").map(({ inputs }) => ({
            namespace: String((inputs["metadata"] as Json)["namespace"]),
            // Recorded as JSON, of which the model looks at its own part.
            spec: inputs["spec"] as unknown as Policy["spec"],
        }));
        const subnet = made
            .all("aws:ec2/subnet:Subnet")
            .find(({ name }) => name.includes("database"));
        const database: End = {
            address: String(subnet?.inputs["cidrBlock"]).replace(/\.\d+\/\d+$/, ".7"),
        };
        const namespaces = made.all("kubernetes:core/v1:Namespace").map(({ inputs }) => {
            const { name, labels } = inputs["metadata"] as { name: string; labels: Json };
            return [name, labels] as const;
        });
        const labelled = new Map(namespaces);
        const all: Readonly<Record<string, End>> = { ...pods(made), ...OUTSIDE, database };
        const placed = Object.entries(all).map(([key, one]) => {
            const reach = "namespace" in one ? labelled.get(one.namespace)?.[EXPOSED] : undefined;
            const own = typeof reach === "string" && { namespaceLabels: { [EXPOSED]: reach } };
            return [key, { ...one, ...own }] as const;
        });
        ends = Object.fromEntries(placed);
    });

    const end = (name: string): End => {
        const found = ends[name];
        assert.ok(found, name);
        return found;
    };

    it("is what they declared, and all else is denied", () => {
        const open = ASKING.flatMap((from) =>
            Object.entries(LISTENING).flatMap(([to, ports]) =>
                ports
                    .filter((port) =>
                        reaches(policies, end(from), end(to), { protocol: "TCP", port }),
                    )
                    .map((port) => `${from} → ${to}:${port}`),
            ),
        );
        const own = open.filter(
            (one) =>
                // Nothing holds a namespace of somebody else's: it may ask, and is let in nowhere.
                !/^another's pod → (bank|internet|metadata server|database):/.test(one) &&
                !/^(prometheus|(public|internal) proxy) → (?!web|api|work|alone)/.test(one),
        );
        assert.deepEqual(own.sort(), [...DECLARED].sort());
    });

    it("is the cluster's own DNS for everybody, and no other", () => {
        for (const from of ["web", "migration", "pod beside web", "api", "work", "etl", "alone"]) {
            const asks = (to: End) =>
                reaches(policies, end(from), to, { protocol: "UDP", port: 53 });
            assert.equal(asks(end("dns")), true, from);
            assert.equal(asks(end("internet")), false, from);
        }
    });

    it("is held by each side alone, should the other one ever fail", () => {
        const applications = Object.keys(APPLICATIONS);
        const inside = (place: string) => applications.includes(place) || place === "migration";
        const namespaceOf = (name: string) => (name === "migration" ? "web" : name);
        const declared = DECLARED.filter((one) => one.split(/ → |:/).slice(0, 2).every(inside));
        for (const side of ["from", "to"] as const) {
            const open = ASKING.filter(inside).flatMap((from) =>
                applications.flatMap((to) => {
                    const holds = namespaceOf(side === "from" ? from : to);
                    const own = policies.filter(({ namespace }) => namespace === holds);
                    return (LISTENING[to] ?? [])
                        .filter((port) =>
                            reaches(own, end(from), end(to), { protocol: "TCP", port }),
                        )
                        .map((port) => `${from} → ${to}:${port}`);
                }),
            );
            assert.deepEqual(open.sort(), [...declared].sort(), side);
        }
    });
});
