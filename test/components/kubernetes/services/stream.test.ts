import assert from "node:assert/strict";
import {
    streamClientProblems,
    streamProblems,
} from "../../../../components/kubernetes/services/refusals.ts";
import { KafkaStream } from "../../../../components/kubernetes/services/stream.ts";
import type { KafkaStreamArgs } from "../../../../components/kubernetes/services/stream.ts";
import { describeProblem } from "../../../../components/lib/problem.ts";
import {
    assertSameUnknown,
    itReaches,
    listed,
    objectsText,
    one,
    PASSWORD,
    pod,
    podOf,
    serviceOf,
    specOf,
    stored,
    validateAll,
    WEB,
    WORKER,
} from "./support.ts";
import type { Connection } from "./support.ts";

const SIZE = {
    brokers: 3,
    storage: "100 GiB",
    resources: { cpu: "1", memory: "2Gi" },
    topics: {
        "user-events": { partitions: 6, retention: "7 days", cleanup: "delete" },
        "order-events": { partitions: 12, retention: "30 days", cleanup: "compact" },
    },
    backupRetention: "none",
    deletionProtection: true,
    clients: [
        { ...WEB, produces: ["user-events"], consumes: [] },
        { ...WORKER, produces: [], consumes: ["user-events", "order-events"] },
    ],
} as const;

/** Makes a stream and returns what it made, and the store. */
function stream(changes: Partial<KafkaStreamArgs> = {}, isUnknown = false) {
    return serviceOf(
        "Stream",
        { key: "events", isUnknown },
        (around) => new KafkaStream("site-events", { ...around, ...SIZE, ...changes }),
    );
}

describe("KafkaStream", () => {
    it("makes the cluster, its nodes, its topics and a user for each application", async () => {
        const { own } = await stream();
        assert.deepEqual(
            listed(own).filter((line) => line.startsWith("kafka.strimzi.io")),
            [
                "kafka.strimzi.io/v1:Kafka site-events",
                "kafka.strimzi.io/v1:KafkaNodePool site-events-broker",
                "kafka.strimzi.io/v1:KafkaNodePool site-events-controller",
                "kafka.strimzi.io/v1:KafkaTopic site-events-order-events",
                "kafka.strimzi.io/v1:KafkaTopic site-events-user-events",
                "kafka.strimzi.io/v1:KafkaUser site-events-web",
                "kafka.strimzi.io/v1:KafkaUser site-events-worker",
            ],
        );
    });

    it("makes the same while nothing is known yet", () =>
        assertSameUnknown((isUnknown) => stream({}, isUnknown)));

    it("makes objects that the published schemas know", async () => {
        validateAll((await stream()).own, /^$/);
        validateAll((await stream({ brokers: 1 })).own, /^$/);
    });

    it("labels every object of Strimzi's with its cluster (G7.12)", async () => {
        const { own } = await stream();
        const ofStrimzi = own.filter(({ type }) => type.includes("kafka.strimzi.io"));
        const topics = ofStrimzi.filter(({ type }) => type.endsWith(":KafkaTopic"));
        assert.notEqual(topics.length, 0);
        for (const { name, inputs } of ofStrimzi) {
            const { labels } = inputs["metadata"] as { labels: Record<string, string> };
            assert.equal(labels["strimzi.io/cluster"], "kafka", name);
        }
    });

    it("listens over TLS only, for users with a password, and for nobody else (G7.9)", async () => {
        const { own } = await stream();
        const { kafka } = specOf<{ kafka: { listeners: unknown; authorization: unknown } }>(
            own,
            "Kafka",
        );
        const pods = (namespace: string, labels: object) => ({
            namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": namespace } },
            podSelector: { matchLabels: labels },
        });
        assert.deepEqual(kafka.listeners, [
            {
                name: "tls",
                port: 9093,
                type: "internal",
                tls: true,
                authentication: { type: "scram-sha-512" },
                configuration: {
                    brokerCertChainAndKey: {
                        secretName: "kafka-tls",
                        certificate: "tls.crt",
                        key: "tls.key",
                    },
                },
                networkPolicyPeers: [
                    pods("keda", {}),
                    pods("web", WEB.pods),
                    pods("worker", WORKER.pods),
                ],
            },
        ]);
        assert.deepEqual(kafka.authorization, { type: "simple" });
    });

    it("keeps three copies of which two are in sync, and one where there is one broker (G7.10)", async () => {
        const config = async (brokers: number) =>
            specOf<{ kafka: { config: object } }>((await stream({ brokers })).own, "Kafka").kafka
                .config;
        assert.deepEqual(await config(3), {
            "auto.create.topics.enable": false,
            "default.replication.factor": 3,
            "min.insync.replicas": 2,
            "offsets.topic.replication.factor": 3,
            "transaction.state.log.replication.factor": 3,
            "transaction.state.log.min.isr": 2,
        });
        assert.deepEqual(await config(1), {
            "auto.create.topics.enable": false,
            "default.replication.factor": 1,
            "min.insync.replicas": 1,
            "offsets.topic.replication.factor": 1,
            "transaction.state.log.replication.factor": 1,
            "transaction.state.log.min.isr": 1,
        });
    });

    it("gives brokers and controllers volumes that are kept, each on a node of its own", async () => {
        const { own } = await stream();
        const { template, ...broker } = specOf<{ template: { pod: object } }>(
            own,
            "KafkaNodePool",
            "site-events-broker",
        );
        assert.deepEqual(broker, {
            replicas: 3,
            roles: ["broker"],
            storage: {
                type: "jbod",
                volumes: [
                    {
                        id: 0,
                        type: "persistent-claim",
                        size: "100Gi",
                        class: "block-retain",
                        deleteClaim: false,
                        kraftMetadata: "shared",
                    },
                ],
            },
            resources: {
                requests: { cpu: "1", memory: "2Gi" },
                limits: { cpu: "2", memory: "2Gi" },
            },
        });
        const spread = (topologyKey: string, whenUnsatisfiable: string) => ({
            maxSkew: 1,
            topologyKey,
            whenUnsatisfiable,
            nodeTaintsPolicy: "Honor",
            labelSelector: {
                matchLabels: { "strimzi.io/cluster": "kafka", "strimzi.io/pool-name": "broker" },
            },
        });
        assert.deepEqual(template.pod, {
            topologySpreadConstraints: [
                spread("topology.kubernetes.io/zone", "ScheduleAnyway"),
                spread("kubernetes.io/hostname", "DoNotSchedule"),
            ],
        });
        const controller = specOf<{ replicas: number; roles: string[] }>(
            own,
            "KafkaNodePool",
            "site-events-controller",
        );
        assert.equal(controller.replicas, 3);
        assert.deepEqual(controller.roles, ["controller"]);
    });

    it("lets one node do both, and moves partitions where there are several", async () => {
        const single = (await stream({ brokers: 1 })).own;
        const pool = specOf<{ replicas: number; roles: string[] }>(single, "KafkaNodePool");
        assert.deepEqual([pool.replicas, pool.roles], [1, ["controller", "broker"]]);
        const moves = (own: typeof single) =>
            specOf<{ cruiseControl?: { autoRebalance: unknown } }>(own, "Kafka").cruiseControl
                ?.autoRebalance;
        assert.equal(moves(single), undefined);
        assert.deepEqual(moves((await stream()).own), [
            { mode: "add-brokers" },
            { mode: "remove-brokers" },
        ]);
    });

    it("makes each topic as it is asked for (G7.12)", async () => {
        const { own } = await stream();
        const topic = (name: string) => specOf(own, "KafkaTopic", `site-events-${name}`);
        assert.deepEqual(topic("user-events"), {
            topicName: "user-events",
            partitions: 6,
            replicas: 3,
            config: { "cleanup.policy": "delete", "retention.ms": 604_800_000 },
        });
        assert.deepEqual(topic("order-events"), {
            topicName: "order-events",
            partitions: 12,
            replicas: 3,
            config: { "cleanup.policy": "compact", "retention.ms": 2_592_000_000 },
        });
    });

    it("names the object of a topic that Kubernetes would not name so", async () => {
        const topics = {
            Orders_v1: { partitions: 1, retention: "1 day", cleanup: "delete" },
        } as const;
        const { own } = await stream({ topics, clients: [] });
        const { metadata, spec } = one(own, "KafkaTopic").inputs as {
            metadata: { name: string };
            spec: { topicName: string };
        };
        assert.match(metadata.name, /^orders-v1-[0-9a-f]{6}$/);
        assert.equal(spec.topicName, "Orders_v1");
    });

    it("lets users do with topics and groups of their own what they say, and no more", async () => {
        const { own } = await stream();
        const acls = (user: string) =>
            specOf<{ authorization: { acls: unknown } }>(own, "KafkaUser", `site-events-${user}`)
                .authorization.acls;
        const allow = (type: string, name: string, patternType: string, operations: string[]) => ({
            resource: { type, name, patternType },
            operations,
        });
        assert.deepEqual(acls("web"), [
            allow("topic", "user-events", "literal", ["Write", "Describe"]),
            allow("transactionalId", "web", "literal", ["Write", "Describe"]),
            allow("transactionalId", "web.", "prefix", ["Write", "Describe"]),
        ]);
        assert.deepEqual(acls("worker"), [
            allow("topic", "user-events", "literal", ["Read", "Describe"]),
            allow("topic", "order-events", "literal", ["Read", "Describe"]),
            allow("group", "worker", "literal", ["Read", "Describe"]),
            allow("group", "worker.", "prefix", ["Read", "Describe"]),
        ]);
    });

    it("stores a document for each application, and writes no password into an object", async () => {
        const { made, all } = await stream();
        assert.deepEqual(stored(all, "site-events-web"), {
            brokers: "kafka-kafka-bootstrap.stream-events.svc.cluster.local:9093",
            username: "web",
            password: PASSWORD,
            ca: "PEM",
        });
        assert.deepEqual(made.access["web"]?.credentials.fields, [
            "brokers",
            "username",
            "password",
            "ca",
        ]);
        assert.equal(objectsText(all).includes(PASSWORD), false);
    });

    it("is protected with its nodes and its topics", async () => {
        for (const [deletionProtection, count] of [
            [true, 5],
            [false, 0],
        ] as const) {
            const { own } = await stream({ deletionProtection });
            assert.equal(own.filter(({ protect }) => protect).length, count);
        }
    });

    it("rejects two brokers, and topics that there are not, at once", async () => {
        const clients = [{ ...WEB, produces: ["orders"], consumes: ["user-events"] }];
        await assert.rejects(stream({ brokers: 2, clients }), (error: Error) => {
            assert.match(error.message, /streams\.events\.brokers: 2 are too few/);
            assert.match(error.message, /orders is a topic that application web uses/);
            return true;
        });
    });
});

describe("a stream's network policies", () => {
    const kafka = pod("stream-events", {
        "strimzi.io/cluster": "kafka",
        "strimzi.io/name": "kafka-kafka",
        "strimzi.io/component-type": "kafka",
    });
    const prometheus = pod("observability", { "app.kubernetes.io/name": "prometheus" });
    const connections: readonly Connection[] = [
        ["an application that uses it", podOf(WEB), kafka, 9093, true],
        ["an application that does not", pod("shop"), kafka, 9093, false],
        ["an application, of the brokers' own listener", podOf(WEB), kafka, 9091, false],
        ["the autoscaler", pod("keda"), kafka, 9093, true],
        ["Strimzi", pod("strimzi-system"), kafka, 9091, true],
        ["another broker", kafka, kafka, 9091, true],
        ["Prometheus", prometheus, kafka, 9404, true],
        ["Kafka, of the API server", kafka, { address: "10.0.0.4" }, 443, true],
        ["Kafka, of anything else", kafka, { address: "203.0.113.1" }, 80, false],
    ];
    itReaches(stream, connections);
});

describe("streamProblems", () => {
    it("takes one broker, three and more", () => {
        for (const brokers of [1, 3, 4, 9]) {
            assert.deepEqual(streamProblems({ ...SIZE, brokers }, "streams.events"), []);
        }
    });

    it("rejects topics that Kafka would refuse", () => {
        const topics = {
            "order events": { partitions: 0, retention: "1.5 days", cleanup: "delete" },
        } as const;
        assert.deepEqual(
            streamProblems({ ...SIZE, topics }, "streams.events").map(({ path }) => path),
            [
                "streams.events.topics.order events",
                "streams.events.topics.order events.partitions",
                "streams.events.topics.order events.retention",
            ],
        );
    });

    it("says which topics there are", () => {
        const clients = [{ ...WEB, produces: ["orders"], consumes: ["orders"] }];
        assert.deepEqual(
            streamClientProblems(SIZE.topics, clients, "streams.events").map(describeProblem),
            [
                "streams.events.topics: orders is a topic that application web uses and that there is not. Add the topic, or name one of user-events, order-events.",
            ],
        );
    });
});
