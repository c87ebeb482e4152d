/**
 * Where each operator runs. Nothing but the operator runs there, so the namespace alone says who it is, wherever a
 * policy does not have to tell its pods apart.
 */
export const RABBITMQ_OPERATOR = { namespace: "rabbitmq-system" } as const;
export const STRIMZI_OPERATOR = { namespace: "strimzi-system" } as const;
export const ELASTIC_OPERATOR = { namespace: "elastic-system" } as const;
export const SNAPSCHEDULER = { namespace: "snapscheduler" } as const;
export const KEDA = { namespace: "keda" } as const;

/** Metrics, and what shows and sends them (G13.8). */
export const OBSERVABILITY = { namespace: "observability" } as const;

/** Prometheus, as others reach it. Its Service is named by the chart, after the release. */
export const PROMETHEUS = {
    namespace: OBSERVABILITY.namespace,
    pods: { "app.kubernetes.io/name": "prometheus" },
    port: 9090,
    address: `http://kube-prometheus-stack-prometheus.${OBSERVABILITY.namespace}.svc.cluster.local:9090`,
} as const;

/** The ports by which services of the cluster answer: to operators, to the autoscaler and to applications. */
export const PORTS = {
    /** RabbitMQ over TLS. */
    amqps: 5671,
    /** RabbitMQ's management API over TLS. */
    rabbitmqManagement: 15671,
    /** RabbitMQ's metrics over TLS. */
    rabbitmqMetrics: 15691,
    /** Kafka's listener over TLS. */
    kafka: 9093,
    /** Between brokers, controllers and Strimzi's own parts. */
    kafkaInternal: [9090, 9091],
    /** What tells Strimzi how a broker is. */
    kafkaAgent: 8443,
    /** What Strimzi's parts tell of themselves. */
    kafkaMetrics: 9404,
    /** Elasticsearch over TLS. */
    elasticsearch: 9200,
    /** Between the nodes of Elasticsearch. */
    elasticsearchTransport: 9300,
    valkey: 6379,
    sentinel: 26379,
    valkeyMetrics: 9121,
    valkeyProxyHealth: 8404,
} as const;
