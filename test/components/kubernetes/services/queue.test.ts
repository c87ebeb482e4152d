import assert from "node:assert/strict";
import { queueProblems } from "../../../../components/kubernetes/services/refusals.ts";
import { RabbitmqQueue } from "../../../../components/kubernetes/services/queue.ts";
import type { RabbitmqQueueArgs } from "../../../../components/kubernetes/services/queue.ts";
import { describeProblem } from "../../../../components/lib/problem.ts";
import { record } from "../record.ts";
import type { End } from "../reachability.ts";
import {
    assertSameUnknown,
    itReaches,
    listed,
    madeBy,
    objectsText,
    one,
    PASSWORD,
    pod,
    podOf,
    serviceOf,
    specOf,
    stored,
    surroundings,
    validateAll,
    WEB,
    WORKER,
} from "./support.ts";
import type { Connection } from "./support.ts";

const SIZE = {
    replicas: 3,
    storage: "20 GiB",
    resources: { cpu: "500m", memory: "2Gi" },
    backupRetention: "none",
    deletionProtection: true,
    clients: [WEB, WORKER],
} as const;

/** Makes a queue and returns what it made, and the store. */
function queue(changes: Partial<RabbitmqQueueArgs> = {}, isUnknown = false) {
    return serviceOf(
        "Queue",
        { key: "orders", isUnknown },
        (around) => new RabbitmqQueue("site-orders", { ...around, ...SIZE, ...changes }),
    );
}

describe("RabbitmqQueue", () => {
    it("makes the cluster, and a virtual host with a user and its rights for each application", async () => {
        const { own } = await queue({ clients: [WEB] });
        assert.deepEqual(
            listed(own).filter((line) => !/NetworkPolicy|RandomPassword/.test(line)),
            [
                "cert-manager.io/v1:Certificate site-orders-tls",
                "core/v1:LimitRange site-orders-queue-orders",
                "core/v1:Namespace site-orders-queue-orders",
                "core/v1:ResourceQuota site-orders-queue-orders-pods",
                "core/v1:ServiceAccount site-orders-secret-reader",
                "external-secrets.io/v1:ExternalSecret site-orders-rabbitmq-admin",
                "external-secrets.io/v1:ExternalSecret site-orders-user-platform-autoscaler",
                "external-secrets.io/v1:ExternalSecret site-orders-user-web",
                "external-secrets.io/v1:SecretStore site-orders-store",
                "monitoring.coreos.com/v1:ServiceMonitor site-orders-metrics",
                "policy/v1:PodDisruptionBudget site-orders",
                "rabbitmq.com/v1beta1:Permission site-orders-platform-autoscaler",
                "rabbitmq.com/v1beta1:Permission site-orders-web",
                "rabbitmq.com/v1beta1:RabbitmqCluster site-orders",
                "rabbitmq.com/v1beta1:User site-orders-platform-autoscaler",
                "rabbitmq.com/v1beta1:User site-orders-web",
                "rabbitmq.com/v1beta1:Vhost site-orders",
            ],
        );
    });

    it("makes the same while nothing is known yet", () =>
        assertSameUnknown((isUnknown) => queue({}, isUnknown)));

    it("makes objects that the published schemas know", async () => {
        // Nobody publishes the types of RabbitMQ's own kinds.
        validateAll((await queue()).own, /rabbitmq\.com/);
    });

    it("has quorum queues and TLS only, and reads its administrator from the store", async () => {
        const { own } = await queue();
        const { override, rabbitmq, ...spec } = specOf<{
            override: { statefulSet: { spec: { template: { spec: object } } } };
            rabbitmq: { additionalConfig: string };
        }>(own, "RabbitmqCluster");
        assert.deepEqual(spec, {
            replicas: 3,
            image: "docker.io/library/rabbitmq:4.3.5-management",
            service: { type: "ClusterIP" },
            persistence: { storageClassName: "block-retain", storage: "20Gi" },
            resources: {
                requests: { cpu: "500m", memory: "2Gi" },
                limits: { cpu: "1", memory: "2Gi" },
            },
            tls: { secretName: "rabbitmq-tls", disableNonTLSListeners: true },
            secretBackend: { externalSecret: { name: "rabbitmq-admin" } },
            terminationGracePeriodSeconds: 600,
        });
        assert.deepEqual(rabbitmq.additionalConfig.split("\n"), [
            "default_queue_type = quorum",
            "queue_leader_locator = balanced",
            "cluster_partition_handling = pause_minority",
            "disk_free_limit.absolute = 2048MiB",
            "ssl_options.versions.1 = tlsv1.3",
            "ssl_options.versions.2 = tlsv1.2",
            "management.ssl.versions.1 = tlsv1.3",
            "management.ssl.versions.2 = tlsv1.2",
            "log.console.formatter = json",
            "",
        ]);
        const container = {
            allowPrivilegeEscalation: false,
            readOnlyRootFilesystem: false,
            capabilities: { drop: ["ALL"] },
        };
        const spread = (topologyKey: string, whenUnsatisfiable: string) => ({
            maxSkew: 1,
            topologyKey,
            whenUnsatisfiable,
            nodeTaintsPolicy: "Honor",
            labelSelector: {
                matchLabels: { "app.kubernetes.io/name": "rabbitmq" },
            },
        });
        assert.deepEqual(override.statefulSet.spec.template.spec, {
            securityContext: {
                runAsNonRoot: true,
                seccompProfile: { type: "RuntimeDefault" },
                runAsUser: 999,
                runAsGroup: 999,
                fsGroup: 999,
            },
            initContainers: [{ name: "setup-container", securityContext: container }],
            containers: [{ name: "rabbitmq", securityContext: container }],
            topologySpreadConstraints: [
                spread("topology.kubernetes.io/zone", "ScheduleAnyway"),
                spread("kubernetes.io/hostname", "DoNotSchedule"),
            ],
        });
    });

    it("gives applications all rights in the virtual host that they share, and the autoscaler none but to look", async () => {
        const { own } = await queue({ clients: [WEB] });
        const rabbitmqClusterReference = { name: "rabbitmq" };
        assert.deepEqual(specOf(own, "Vhost"), {
            rabbitmqClusterReference,
            name: "orders",
            defaultQueueType: "quorum",
            deletionPolicy: "retain",
        });
        assert.deepEqual(specOf(own, "User", "site-orders-web"), {
            rabbitmqClusterReference,
            importCredentialsSecret: { name: "user-web" },
        });
        assert.deepEqual(specOf(own, "User", "site-orders-platform-autoscaler"), {
            rabbitmqClusterReference,
            importCredentialsSecret: { name: "user-platform-autoscaler" },
            tags: ["monitoring"],
        });
        const rights = (user: string, names: string) => ({
            rabbitmqClusterReference,
            vhost: "orders",
            userReference: { name: user },
            permissions: { configure: names, write: names, read: names },
        });
        assert.deepEqual(specOf(own, "Permission", "site-orders-web"), rights("web", ".*"));
        assert.deepEqual(
            specOf(own, "Permission", "site-orders-platform-autoscaler"),
            rights("platform-autoscaler", "^$"),
        );
    });

    it("keeps the messages of an application that goes, and drops them without protection", async () => {
        const { own } = await queue({ deletionProtection: false, clients: [WEB] });
        assert.equal(specOf<{ deletionPolicy: string }>(own, "Vhost").deletionPolicy, "delete");
    });

    it("stores a document for each application with exactly the contract's fields", async () => {
        const { all, made } = await queue();
        const fields = ["host", "port", "username", "password", "vhost", "url", "ca"];
        assert.deepEqual(Object.keys(stored(all, "site-orders-web")).sort(), [...fields].sort());
        assert.deepEqual(Object.keys(made.access), ["web", "worker"]);
        assert.deepEqual(made.access["web"]?.credentials.fields, fields);
        assert.deepEqual(made.access["web"]?.destinations, [
            {
                namespace: "queue-orders",
                // What its Service selects by, and no more: EKS lets out to no other.
                pods: { "app.kubernetes.io/name": "rabbitmq" },
                ports: [5671],
            },
        ]);
        assert.deepEqual(made.scaling.credentials.fields, [
            "username",
            "password",
            "host",
            "ca",
            "tls",
        ]);
        assert.deepEqual(made.scaling.destinations[0]?.ports, [15671]);
    });

    it("writes passwords into the store, and into no object", async () => {
        const { all } = await queue();
        assert.equal(
            stored(all, "site-orders-web")["url"],
            `amqps://web:${PASSWORD}@rabbitmq.queue-orders.svc.cluster.local:5671/orders`,
        );
        assert.equal(
            stored(all, "site-orders-platform-autoscaler")["host"],
            `https://platform-autoscaler:${PASSWORD}@rabbitmq.queue-orders.svc.cluster.local:15671`,
        );
        assert.equal(objectsText(all).includes(PASSWORD), false);
        assert.match(objectsText(all), /default_pass = \{\{ \.password \}\}/);
    });

    it("lets only the namespace of the queue read its documents", async () => {
        const { store } = await queue({ clients: [WEB] });
        assert.deepEqual(store.readers, [
            {
                namespace: "queue-orders",
                documents: [
                    "site-orders-platform-admin",
                    "site-orders-platform-autoscaler",
                    "site-orders-web",
                ],
            },
        ]);
    });

    it("is protected with its messages, waits until all nodes are ready, and dies with the cluster", async () => {
        const { own } = await queue();
        const cluster = one(own, "RabbitmqCluster");
        assert.equal(cluster.protect, true);
        assert.deepEqual((cluster.inputs["metadata"] as { annotations: object }).annotations, {
            "pulumi.com/waitFor": "condition=AllReplicasReady",
        });
        assert.match(cluster.deletedWith, /cloud:index:Cluster::site$/);
        for (const end of [
            "Operator::operator",
            "Class::block-retain",
            "Certificate::site-orders-tls",
            "ExternalSecret::site-orders-rabbitmq-admin",
            "NodePool::site-workers",
        ]) {
            assert.ok(
                cluster.dependsOn.some((urn) => urn.endsWith(end)),
                end,
            );
        }
    });

    it("lets a node be drained, unless there is only one", async () => {
        assert.deepEqual(specOf((await queue()).own, "PodDisruptionBudget"), {
            maxUnavailable: 1,
            unhealthyPodEvictionPolicy: "AlwaysAllow",
            selector: {
                matchLabels: { "app.kubernetes.io/name": "rabbitmq" },
            },
        });
        const { own } = await queue({ replicas: 1 });
        assert.equal(
            own.some(({ type }) => type.endsWith(":PodDisruptionBudget")),
            false,
        );
    });

    it("has its metrics read only where there is a Prometheus", async () => {
        const all = await record(() => {
            const args = surroundings("orders", { monitored: false });
            new RabbitmqQueue("site-orders", { ...args, ...SIZE });
        });
        const own = madeBy("Queue", all);
        assert.equal(
            own.some(({ type }) => type.endsWith(":ServiceMonitor")),
            false,
        );
        assert.equal(
            own.some(({ name }) => name.endsWith("allow-metrics")),
            false,
        );
    });

    it("rejects an even number of nodes, a platform's name and sizes that do not run, at once", async () => {
        const bad = {
            replicas: 2,
            storage: "1 GiB",
            resources: { cpu: "much", memory: "512Mi" },
            clients: [{ ...WEB, application: "platform-admin" }],
        } as const;
        await assert.rejects(queue(bad), (error: Error) => {
            assert.match(error.message, /queues\.orders\.replicas: 2 is no number of members/);
            assert.match(error.message, /queues\.orders\.storage: 1 GiB is not/);
            assert.match(error.message, /queues\.orders\.resources\.cpu: much is not/);
            assert.match(error.message, /queues\.orders\.resources\.memory: 512Mi is not/);
            assert.match(error.message, /queues\.orders\.clients: platform-admin begins/);
            return true;
        });
    });
});

describe("a queue's network policies (P27)", () => {
    const rabbitmq: End = {
        namespace: "queue-orders",
        labels: {
            "app.kubernetes.io/name": "rabbitmq",
            "app.kubernetes.io/component": "rabbitmq",
        },
    };
    const prometheus = pod("observability", { "app.kubernetes.io/name": "prometheus" });
    const connections: readonly Connection[] = [
        ["an application that uses it", podOf(WEB), rabbitmq, 5671, true],
        ["another pod of the application's namespace", pod("web"), rabbitmq, 5671, false],
        ["an application that does not", pod("shop", WEB.pods), rabbitmq, 5671, false],
        ["an application that uses no TLS", podOf(WEB), rabbitmq, 5672, false],
        ["an application's pods, of the management API", podOf(WEB), rabbitmq, 15671, false],
        ["RabbitMQ's operators", pod("rabbitmq-system"), rabbitmq, 15671, true],
        ["the autoscaler", pod("keda"), rabbitmq, 15671, true],
        ["Prometheus", prometheus, rabbitmq, 15691, true],
        ["Grafana", pod("observability"), rabbitmq, 15691, false],
        ["another node of the queue", rabbitmq, rabbitmq, 25672, true],
        ["a node of another queue", pod("queue-mail", rabbitmq.labels), rabbitmq, 25672, false],
        ["RabbitMQ, of the internet", rabbitmq, { address: "203.0.113.1" }, 443, false],
    ];
    itReaches(queue, connections);
});

describe("queueProblems", () => {
    it("takes one node, three and five", () => {
        for (const replicas of [1, 3, 5]) {
            assert.deepEqual(queueProblems({ ...SIZE, replicas }, "queues.orders"), []);
        }
    });

    it("rejects two nodes and says what to do", () => {
        assert.deepEqual(
            queueProblems({ ...SIZE, replicas: 2 }, "queues.orders").map(describeProblem),
            [
                "queues.orders.replicas: 2 is no number of members that can outvote a lost one. Set it to 1, or to 3, 5 or 7.",
            ],
        );
    });
});
