/** What differs between the kinds of Kubernetes objects, as data. */
import type { Seconds } from "../../table.ts";

/** The built-in kinds that belong to no namespace. */
export const CLUSTER_WIDE: ReadonlySet<string> = new Set([
    "APIService",
    "CSIDriver",
    "ClusterIssuer",
    "ClusterRole",
    "ClusterRoleBinding",
    "ClusterSecretStore",
    "CustomResourceDefinition",
    "GatewayClass",
    "IngressClass",
    "MutatingWebhookConfiguration",
    "Namespace",
    "PersistentVolume",
    "PriorityClass",
    "RuntimeClass",
    "StorageClass",
    "ValidatingAdmissionPolicy",
    "ValidatingAdmissionPolicyBinding",
    "ValidatingWebhookConfiguration",
    "VolumeAttributesClass",
    "VolumeSnapshotClass",
]);

/** The API groups that every cluster serves. The core group is written without a name before its version. */
export const BUILT_IN_GROUPS: ReadonlySet<string> = new Set([
    "core",
    "admissionregistration.k8s.io",
    "apiextensions.k8s.io",
    "apiregistration.k8s.io",
    "apps",
    "autoscaling",
    "batch",
    "coordination.k8s.io",
    "discovery.k8s.io",
    "networking.k8s.io",
    "node.k8s.io",
    "policy",
    "rbac.authorization.k8s.io",
    "scheduling.k8s.io",
    "storage.k8s.io",
]);

/** The API groups of custom resources that a Helm chart brings. A chart that is not here brings none. */
export const CHART_GROUPS: Readonly<Record<string, readonly string[]>> = {
    "alb-controller": ["alb.networking.azure.io"],
    "aws-load-balancer-controller": ["elbv2.k8s.aws", "gateway.k8s.aws"],
    "cert-manager": ["cert-manager.io", "acme.cert-manager.io"],
    "eck-operator": ["elasticsearch.k8s.elastic.co"],
    "external-secrets": ["external-secrets.io", "generators.external-secrets.io"],
    "gateway-api-crds": ["gateway.networking.k8s.io"],
    "gateway-helm": ["gateway.envoyproxy.io", "gateway.networking.k8s.io"],
    keda: ["keda.sh", "eventing.keda.sh"],
    "kube-prometheus-stack": ["monitoring.coreos.com"],
    "rabbitmq-cluster-operator": ["rabbitmq.com"],
    snapscheduler: ["snapscheduler.backube"],
    "strimzi-kafka-operator": ["kafka.strimzi.io", "core.strimzi.io"],
};

/** The charts whose definitions stay when they are uninstalled. */
export const KEEPING_CHARTS: ReadonlySet<string> = new Set([
    "cert-manager",
    "gateway-api-crds",
    "gateway-helm",
]);

/** The API groups that GKE brings with the Gateway API. */
export const GKE_GROUPS: ReadonlySet<string> = new Set([
    "gateway.networking.k8s.io",
    "networking.gke.io",
]);

/** The API group of volumes' snapshots, which a cluster has together with their controller. */
export const SNAPSHOT_GROUP = "snapshot.storage.k8s.io";

/** The namespaces that every cluster has. */
export const BUILT_IN_NAMESPACES: ReadonlySet<string> = new Set([
    "default",
    "kube-node-lease",
    "kube-public",
    "kube-system",
]);

/** What a kind has that others have not. */
export interface Kind {
    /** Inputs that must be there. */
    readonly required?: readonly string[];
    /** Inputs whose change makes the object anew. The name and the namespace do so for every kind. */
    readonly immutable?: readonly string[];
    readonly seconds?: Seconds;
    /** What is secret in it, whatever the program says. */
    readonly secrets?: readonly string[];
    /** Where its pods' specification lies. */
    readonly pods?: string;
}

const workload = {
    required: ["spec.selector", "spec.template"],
    immutable: ["spec.selector"],
    pods: "spec.template.spec",
};

/** The kinds that differ from a plain object, by group and name. */
export const KINDS: Readonly<Record<string, Kind>> = {
    "apps:Deployment": { ...workload, seconds: { create: 20, update: 30, delete: 5 } },
    "apps:DaemonSet": { ...workload, seconds: { create: 20, update: 30, delete: 5 } },
    "apps:StatefulSet": {
        ...workload,
        required: ["spec.selector", "spec.template", "spec.serviceName"],
        immutable: [
            "spec.selector",
            "spec.podManagementPolicy",
            "spec.serviceName",
            "spec.volumeClaimTemplates",
        ],
        seconds: { create: 40, update: 60, delete: 10 },
    },
    "autoscaling:HorizontalPodAutoscaler": {
        required: ["spec.maxReplicas", "spec.scaleTargetRef"],
    },
    "batch:CronJob": {
        required: ["spec.schedule", "spec.jobTemplate"],
        pods: "spec.jobTemplate.spec.template.spec",
    },
    "batch:Job": {
        required: ["spec.template"],
        immutable: ["spec.selector", "spec.template", "spec.completionMode"],
        pods: "spec.template.spec",
        seconds: { create: 15 },
    },
    "elasticsearch.k8s.elastic.co:Elasticsearch": {
        required: ["spec.version", "spec.nodeSets[].name"],
        seconds: { create: 180, update: 60, delete: 20 },
    },
    "kafka.strimzi.io:Kafka": {
        required: ["spec.kafka.listeners"],
        seconds: { create: 180, update: 60, delete: 20 },
    },
    "kafka.strimzi.io:KafkaNodePool": {
        required: ["spec.replicas", "spec.roles", "spec.storage.type"],
    },
    "keda.sh:ScaledObject": { required: ["spec.scaleTargetRef.name", "spec.triggers[].type"] },
    "rabbitmq.com:Permission": { required: ["spec.vhost", "spec.permissions"] },
    "rabbitmq.com:RabbitmqCluster": { seconds: { create: 120, update: 60, delete: 20 } },
    "rabbitmq.com:User": { required: ["spec.rabbitmqClusterReference"] },
    "rabbitmq.com:Vhost": { required: ["spec.name", "spec.rabbitmqClusterReference"] },
    "core:ConfigMap": { immutable: ["data", "binaryData"] },
    "core:Namespace": { seconds: { create: 1, delete: 10 } },
    "core:PersistentVolumeClaim": {
        required: ["spec.accessModes"],
        immutable: [
            "spec.accessModes",
            "spec.selector",
            "spec.storageClassName",
            "spec.volumeName",
        ],
        seconds: { create: 5 },
    },
    "core:Pod": { required: ["spec.containers"], immutable: ["spec"], pods: "spec" },
    "core:Secret": {
        immutable: ["type", "stringData", "data"],
        secrets: ["stringData", "data"],
    },
    "core:Service": { required: ["spec"], immutable: ["spec.clusterIP"], seconds: { create: 10 } },
    "cert-manager.io:Certificate": {
        required: ["spec.issuerRef", "spec.secretName"],
        seconds: { create: 5 },
    },
    "gateway.networking.k8s.io:Gateway": {
        required: ["spec.gatewayClassName", "spec.listeners"],
        seconds: { create: 60, update: 10, delete: 20 },
    },
    "gateway.networking.k8s.io:GatewayClass": {
        required: ["spec.controllerName"],
        immutable: ["spec.controllerName"],
    },
    "networking.k8s.io:NetworkPolicy": { required: ["spec.podSelector"] },
    "rbac.authorization.k8s.io:ClusterRoleBinding": {
        required: ["roleRef"],
        immutable: ["roleRef"],
    },
    "rbac.authorization.k8s.io:RoleBinding": { required: ["roleRef"], immutable: ["roleRef"] },
    "snapshot.storage.k8s.io:VolumeSnapshotClass": {
        required: ["driver", "deletionPolicy"],
        immutable: ["driver", "deletionPolicy", "parameters"],
    },
    "storage.k8s.io:StorageClass": {
        required: ["provisioner"],
        immutable: ["parameters", "provisioner", "volumeBindingMode"],
    },
};
