import { inShop, object } from "../cluster-objects.ts";
import type { ExampleResource, Inputs } from "../example.ts";

export const HARD = (name: string) => `spec.hard["${name}"]`;

/** A container that asks for half a core and a gibibyte, with a limit of twice that. */
export const container = {
    name: "main",
    resources: {
        requests: { cpu: "500m", memory: "1Gi" },
        limits: { cpu: "1", memory: "2Gi" },
    },
};

export const deployment = (spec: Inputs = {}, pod: Inputs = {}): ExampleResource =>
    object("web", "apps/v1:Deployment", {
        metadata: inShop("web"),
        spec: {
            replicas: 10,
            strategy: { rollingUpdate: { maxSurge: 1 } },
            template: { spec: { containers: [container], ...pod } },
            ...spec,
        },
    });

export const quota = (hard: Inputs, more: Inputs = {}) =>
    object("quota", "core/v1:ResourceQuota", {
        metadata: inShop("quota"),
        spec: { hard, ...more },
    });

export const scaler = (max: number) =>
    object("scaler", "autoscaling/v2:HorizontalPodAutoscaler", {
        metadata: inShop("web"),
        spec: { scaleTargetRef: { kind: "Deployment", name: "web" }, maxReplicas: max },
    });

export const limits = object("limits", "core/v1:LimitRange", {
    metadata: inShop("limits"),
    spec: {
        limits: [
            { type: "Pod", max: { cpu: "8" } },
            { type: "Container", default: { cpu: "1" }, defaultRequest: { cpu: "250m" } },
        ],
    },
});

export const job = (spec: Inputs) =>
    object("job", "batch/v1:Job", {
        metadata: inShop("job"),
        spec: { template: { spec: { containers: [container] } }, ...spec },
    });
