import { StorageClass } from "kubernetes-models/storage.k8s.io/v1/StorageClass";
import { KafkaUser } from "@kubernetes-models/strimzi-kafka-operator/kafka.strimzi.io/v1/KafkaUser";
import { KafkaTopic } from "@kubernetes-models/strimzi-kafka-operator/kafka.strimzi.io/v1/KafkaTopic";
import { KafkaNodePool } from "@kubernetes-models/strimzi-kafka-operator/kafka.strimzi.io/v1/KafkaNodePool";
import { Kafka } from "@kubernetes-models/strimzi-kafka-operator/kafka.strimzi.io/v1/Kafka";
import { PrometheusRule } from "@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/PrometheusRule";
import { ServiceMonitor } from "@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/ServiceMonitor";
import { PodMonitor } from "@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/PodMonitor";
import { TriggerAuthentication } from "@kubernetes-models/keda/keda.sh/v1alpha1/TriggerAuthentication";
import { ScaledObject } from "@kubernetes-models/keda/keda.sh/v1alpha1/ScaledObject";
import { Elasticsearch } from "@kubernetes-models/elastic-cloud/elasticsearch.k8s.elastic.co/v1/Elasticsearch";
import { CertificateRequest } from "@kubernetes-models/cert-manager/cert-manager.io/v1/CertificateRequest";
import { Certificate } from "@kubernetes-models/cert-manager/cert-manager.io/v1/Certificate";
import { ClusterIssuer } from "@kubernetes-models/cert-manager/cert-manager.io/v1/ClusterIssuer";
import { Issuer } from "@kubernetes-models/cert-manager/cert-manager.io/v1/Issuer";
import { BackendTrafficPolicy } from "@kubernetes-models/envoy-gateway/gateway.envoyproxy.io/v1alpha1/BackendTrafficPolicy";
import { ClientTrafficPolicy } from "@kubernetes-models/envoy-gateway/gateway.envoyproxy.io/v1alpha1/ClientTrafficPolicy";
import { EnvoyProxy } from "@kubernetes-models/envoy-gateway/gateway.envoyproxy.io/v1alpha1/EnvoyProxy";
import { SecurityPolicy } from "@kubernetes-models/envoy-gateway/gateway.envoyproxy.io/v1alpha1/SecurityPolicy";
import { Gateway } from "@kubernetes-models/gateway-api/gateway.networking.k8s.io/v1/Gateway";
import { GatewayClass } from "@kubernetes-models/gateway-api/gateway.networking.k8s.io/v1/GatewayClass";
import { HTTPRoute } from "@kubernetes-models/gateway-api/gateway.networking.k8s.io/v1/HTTPRoute";
import { ExternalSecret } from "@kubernetes-models/external-secrets/external-secrets.io/v1/ExternalSecret";
import { SecretStore } from "@kubernetes-models/external-secrets/external-secrets.io/v1/SecretStore";
import { Deployment } from "kubernetes-models/apps/v1/Deployment";
import { StatefulSet } from "kubernetes-models/apps/v1/StatefulSet";
import { HorizontalPodAutoscaler } from "kubernetes-models/autoscaling/v2/HorizontalPodAutoscaler";
import { CronJob } from "kubernetes-models/batch/v1/CronJob";
import { Job } from "kubernetes-models/batch/v1/Job";
import { NetworkPolicy } from "kubernetes-models/networking.k8s.io/v1/NetworkPolicy";
import { PodDisruptionBudget } from "kubernetes-models/policy/v1/PodDisruptionBudget";
import { ConfigMap } from "kubernetes-models/v1/ConfigMap";
import { ClusterRole } from "kubernetes-models/rbac.authorization.k8s.io/v1/ClusterRole";
import { RoleBinding } from "kubernetes-models/rbac.authorization.k8s.io/v1/RoleBinding";
import { PriorityClass } from "kubernetes-models/scheduling.k8s.io/v1/PriorityClass";
import { Namespace } from "kubernetes-models/v1/Namespace";
import { LimitRange } from "kubernetes-models/v1/LimitRange";
import { PersistentVolume } from "kubernetes-models/v1/PersistentVolume";
import { PersistentVolumeClaim } from "kubernetes-models/v1/PersistentVolumeClaim";
import { ResourceQuota } from "kubernetes-models/v1/ResourceQuota";
import { Service } from "kubernetes-models/v1/Service";
import { ServiceAccount } from "kubernetes-models/v1/ServiceAccount";
import { unknownFields } from "../../support/known-fields.ts";
import { SNAPSHOT_MODELS } from "./snapshot-schemas.ts";

/** A published model, whose check throws if its schema refuses the object that it is called on. */
interface Model {
    readonly prototype: { validate(): void };
}

/** The published model of every type that the platform makes inside a cluster, by Pulumi's token. */
const MODELS: Readonly<Record<string, Model>> = {
    ...SNAPSHOT_MODELS,
    "kubernetes:cert-manager.io/v1:Certificate": Certificate,
    "kubernetes:cert-manager.io/v1:ClusterIssuer": ClusterIssuer,
    "kubernetes:cert-manager.io/v1:Issuer": Issuer,
    "kubernetes:gateway.envoyproxy.io/v1alpha1:BackendTrafficPolicy": BackendTrafficPolicy,
    "kubernetes:gateway.envoyproxy.io/v1alpha1:ClientTrafficPolicy": ClientTrafficPolicy,
    "kubernetes:gateway.envoyproxy.io/v1alpha1:EnvoyProxy": EnvoyProxy,
    "kubernetes:gateway.envoyproxy.io/v1alpha1:SecurityPolicy": SecurityPolicy,
    "kubernetes:gateway.networking.k8s.io/v1:Gateway": Gateway,
    "kubernetes:gateway.networking.k8s.io/v1:GatewayClass": GatewayClass,
    "kubernetes:gateway.networking.k8s.io/v1:HTTPRoute": HTTPRoute,
    "kubernetes:cert-manager.io/v1:CertificateRequest": CertificateRequest,
    "kubernetes:elasticsearch.k8s.elastic.co/v1:Elasticsearch": Elasticsearch,
    "kubernetes:kafka.strimzi.io/v1:Kafka": Kafka,
    "kubernetes:kafka.strimzi.io/v1:KafkaNodePool": KafkaNodePool,
    "kubernetes:kafka.strimzi.io/v1:KafkaTopic": KafkaTopic,
    "kubernetes:kafka.strimzi.io/v1:KafkaUser": KafkaUser,
    "kubernetes:keda.sh/v1alpha1:ScaledObject": ScaledObject,
    "kubernetes:keda.sh/v1alpha1:TriggerAuthentication": TriggerAuthentication,
    "kubernetes:monitoring.coreos.com/v1:PodMonitor": PodMonitor,
    "kubernetes:monitoring.coreos.com/v1:PrometheusRule": PrometheusRule,
    "kubernetes:monitoring.coreos.com/v1:ServiceMonitor": ServiceMonitor,
    "kubernetes:rbac.authorization.k8s.io/v1:ClusterRole": ClusterRole,
    "kubernetes:rbac.authorization.k8s.io/v1:RoleBinding": RoleBinding,
    "kubernetes:scheduling.k8s.io/v1:PriorityClass": PriorityClass,
    "kubernetes:storage.k8s.io/v1:StorageClass": StorageClass,
    "kubernetes:apps/v1:Deployment": Deployment,
    "kubernetes:apps/v1:StatefulSet": StatefulSet,
    "kubernetes:batch/v1:CronJob": CronJob,
    "kubernetes:batch/v1:Job": Job,
    "kubernetes:autoscaling/v2:HorizontalPodAutoscaler": HorizontalPodAutoscaler,
    "kubernetes:core/v1:Namespace": Namespace,
    "kubernetes:core/v1:ConfigMap": ConfigMap,
    "kubernetes:core/v1:LimitRange": LimitRange,
    "kubernetes:core/v1:PersistentVolume": PersistentVolume,
    "kubernetes:core/v1:PersistentVolumeClaim": PersistentVolumeClaim,
    "kubernetes:core/v1:ResourceQuota": ResourceQuota,
    "kubernetes:core/v1:Service": Service,
    "kubernetes:core/v1:ServiceAccount": ServiceAccount,
    "kubernetes:external-secrets.io/v1:ExternalSecret": ExternalSecret,
    "kubernetes:external-secrets.io/v1:SecretStore": SecretStore,
    "kubernetes:networking.k8s.io/v1:NetworkPolicy": NetworkPolicy,
    "kubernetes:policy/v1:PodDisruptionBudget": PodDisruptionBudget,
};

/**
 * Validates an object against the published schema of its type, and against fields that the schema does not know. Throws
 * if it is refused, or if there is no schema.
 */
export function validate(type: string, inputs: Readonly<Record<string, unknown>>): void {
    const model = MODELS[type];
    if (!model) throw new Error(`there is no schema for ${type}`);
    const unknown = unknownFields((data) => {
        model.prototype.validate.call(data);
    }, inputs);
    // What the models are made with takes a field of this name for documentation, and leaves it out.
    const fields = unknown.filter((path) => !/(^|\.)description$/.test(path));
    if (fields.length > 0) throw new Error(`${type} has no ${fields.join(", ")}`);
}
