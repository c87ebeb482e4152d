/**
 * Names that an application cannot take, because the clusters or the platform use them already.
 *
 * The settings refuse them before anything is created, the component that makes the objects once more.
 */

/** Variables that the platform sets in every pod. */
export const POD_VARIABLES = ["POD_NAME", "POD_IP"] as const;

/** Variables that it sets as well in the pods of an application that uses a service. */
export const SERVICE_VARIABLES = {
    database: [
        "PGHOST",
        "PGPORT",
        "PGUSER",
        "PGPASSWORD",
        "PGDATABASE",
        "PGSSLMODE",
        "DATABASE_URL",
    ],
    cache: ["REDIS_HOST", "REDIS_PORT", "REDIS_PASSWORD", "REDIS_URL", "REDIS_CA_FILE"],
    queue: [
        "AMQP_HOST",
        "AMQP_PORT",
        "AMQP_USERNAME",
        "AMQP_PASSWORD",
        "AMQP_VHOST",
        "AMQP_URL",
        "AMQP_CA_FILE",
    ],
    stream: [
        "KAFKA_BROKERS",
        "KAFKA_USERNAME",
        "KAFKA_PASSWORD",
        "KAFKA_CA_FILE",
        "KAFKA_SECURITY_PROTOCOL",
        "KAFKA_SASL_MECHANISM",
    ],
    search: [
        "ELASTICSEARCH_HOST",
        "ELASTICSEARCH_PORT",
        "ELASTICSEARCH_USERNAME",
        "ELASTICSEARCH_PASSWORD",
        "ELASTICSEARCH_URL",
        "ELASTICSEARCH_CA_FILE",
    ],
} as const;

const NAMESPACES = [
    "azure-alb-system",
    "cert-manager",
    "databases",
    "default",
    "elastic-system",
    "envoy-gateway",
    "external-dns",
    "external-secrets",
    "gatekeeper-system",
    "gateways",
    "keda",
    "observability",
    "rabbitmq-system",
    "snapscheduler",
    "strimzi-system",
];
const NAMESPACE_PREFIX =
    /^(kube|aks|amazon|gke|gmp|gateway|cache|queue|stream|search|operator)-|^gateway$/;

/** True if the namespace of that name is not an application's to have. */
export function isReservedNamespace(name: string): boolean {
    return NAMESPACES.includes(name) || NAMESPACE_PREFIX.test(name);
}
