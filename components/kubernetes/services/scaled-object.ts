import type { IScaledObjectSpec } from "@kubernetes-models/keda/keda.sh/v1alpha1/ScaledObjectSpec";
import type { ITriggerAuthenticationSpec } from "@kubernetes-models/keda/keda.sh/v1alpha1/TriggerAuthenticationSpec";
import type { ScalingPace, ScalingSettings } from "../../settings/scaling-types.ts";
import type { Manifest } from "../manifest.ts";
import { PROMETHEUS } from "../operators/places.ts";
import type { Replicas } from "../scaling.ts";
import { scalingBehavior } from "../scaling.ts";

/** Seconds between two looks at a source. */
const POLLING = 15;

/** What KEDA looks at, and from where on it adds a pod. */
export interface Trigger {
    readonly type: string;
    readonly metricType?: "Utilization" | "AverageValue";
    readonly metadata: Readonly<Record<string, string>>;
    readonly authenticationRef?: { readonly name: string };
}

/** The shares of requested CPU and memory, as the cluster's own autoscaler looks at them. */
export function resourceTriggers({
    cpu,
    memory,
}: Pick<ScalingSettings, "cpu" | "memory">): Trigger[] {
    return Object.entries({ cpu, memory }).map(([type, value]) => ({
        type,
        metricType: "Utilization",
        metadata: { value: String(value) },
    }));
}

/** Something that Prometheus knows of an application: requests per second (G3.15), or a gauge. */
export interface PrometheusSource {
    readonly namespace: string;
    /** The counter, or the gauge. */
    readonly metric: string;
    readonly perPod: number;
}

/** Adds a pod for every so many requests per second. */
export function requestsTrigger({ namespace, metric, perPod }: PrometheusSource): Trigger {
    return prometheusTrigger(`sum(rate(${metric}{namespace="${namespace}"}[2m]))`, perPod);
}

/** Adds a pod for every so much of a gauge, summed over the pods that tell it. */
export function gaugeTrigger({ namespace, metric, perPod }: PrometheusSource): Trigger {
    return prometheusTrigger(`sum(${metric}{namespace="${namespace}"})`, perPod);
}

function prometheusTrigger(query: string, perPod: number): Trigger {
    return {
        type: "prometheus",
        metricType: "AverageValue",
        metadata: { serverAddress: PROMETHEUS.address, query, threshold: String(perPod) },
    };
}

/** Messages that wait in a queue of RabbitMQ. */
export interface QueueTrigger {
    readonly queue: string;
    readonly vhost: string;
    readonly perPod: number;
    /** The TriggerAuthentication with `host` and `ca`. */
    readonly authentication: string;
}

/** Adds a pod for every so many messages that wait. */
export function queueTrigger({ queue, vhost, perPod, authentication }: QueueTrigger): Trigger {
    return {
        type: "rabbitmq",
        metricType: "AverageValue",
        metadata: {
            protocol: "http",
            queueName: queue,
            vhostName: vhost,
            mode: "QueueLength",
            value: String(perPod),
        },
        authenticationRef: { name: authentication },
    };
}

/** Records that a consumer group of Kafka is behind. */
export interface LagTrigger {
    readonly brokers: string;
    readonly group: string;
    readonly topic: string;
    readonly perPod: number;
    /** The TriggerAuthentication with user, password and `ca`. */
    readonly authentication: string;
}

/** Adds a pod for every so many records behind; never more pods than the topic has partitions. */
export function lagTrigger({ brokers, group, topic, perPod, authentication }: LagTrigger): Trigger {
    return {
        type: "kafka",
        metricType: "AverageValue",
        metadata: {
            bootstrapServers: brokers,
            consumerGroup: group,
            topic,
            lagThreshold: String(perPod),
            // A group that has never read counts from the start of what there is.
            offsetResetPolicy: "earliest",
            sasl: "scram_sha512",
            tls: "enable",
        },
        authenticationRef: { name: authentication },
    };
}

/** What scales a workload, and between which numbers of pods. */
export interface ScaledArgs {
    readonly scaled: { readonly kind: string; readonly name: string };
    /** `min` may be 0 where something besides CPU and memory is looked at. */
    readonly replicas: Replicas;
    /** How fast pods come and go. The last one too goes when demand has been low for `slowdown` seconds. */
    readonly pace: ScalingPace;
    readonly triggers: readonly Trigger[];
}

/**
 * The spec of a ScaledObject. KEDA makes a HorizontalPodAutoscaler of it, so a workload has the one or the other.
 *
 * Where a source cannot be asked, the pods stay as many as they are.
 *
 * @see https://keda.sh/docs/latest/reference/scaledobject-spec/
 */
export function scaledObjectSpec({ scaled, replicas, pace, triggers }: ScaledArgs) {
    return {
        scaleTargetRef: { apiVersion: "apps/v1", ...scaled },
        minReplicaCount: replicas.min,
        maxReplicaCount: replicas.max,
        pollingInterval: POLLING,
        cooldownPeriod: pace.slowdown,
        fallback: {
            failureThreshold: 4,
            replicas: Math.max(1, replicas.min),
            behavior: "currentReplicasIfHigher",
        },
        advanced: {
            // Its HorizontalPodAutoscaler keeps KEDA's own name: ours may still stand, or stand already, when a workload
            // changes from one to the other, and two owners of one object would delete it for each other.
            horizontalPodAutoscalerConfig: { behavior: scalingBehavior(pace) },
        },
        triggers: [...triggers],
    } satisfies Manifest<IScaledObjectSpec>;
}

/**
 * How KEDA signs in with the management API of RabbitMQ: by the document of a queue's `scaling`. That TLS is spoken has
 * to stand there too, as KEDA reads it nowhere else.
 */
export function queueAuthentication(secret: string) {
    return fromSecret(secret, ["host", "ca", "tls"]);
}

/** How KEDA signs in with Kafka: as the application itself, by the document that its stream gave it. */
export function streamAuthentication(secret: string) {
    return fromSecret(secret, ["username", "password", "ca"]);
}

/** The spec of a TriggerAuthentication with parameters of a trigger, each from the key of its name in a Secret. */
function fromSecret(name: string, parameters: readonly string[]) {
    return {
        secretTargetRef: parameters.map((parameter) => ({ parameter, name, key: parameter })),
    } satisfies Manifest<ITriggerAuthenticationSpec>;
}
