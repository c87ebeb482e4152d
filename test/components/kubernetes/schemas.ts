import { ExternalSecret } from "@kubernetes-models/external-secrets/external-secrets.io/v1/ExternalSecret";
import { SecretStore } from "@kubernetes-models/external-secrets/external-secrets.io/v1/SecretStore";
import { Deployment } from "kubernetes-models/apps/v1/Deployment";
import { HorizontalPodAutoscaler } from "kubernetes-models/autoscaling/v2/HorizontalPodAutoscaler";
import { NetworkPolicy } from "kubernetes-models/networking.k8s.io/v1/NetworkPolicy";
import { PodDisruptionBudget } from "kubernetes-models/policy/v1/PodDisruptionBudget";
import { Namespace } from "kubernetes-models/v1/Namespace";
import { LimitRange } from "kubernetes-models/v1/LimitRange";
import { ResourceQuota } from "kubernetes-models/v1/ResourceQuota";
import { Service } from "kubernetes-models/v1/Service";
import { ServiceAccount } from "kubernetes-models/v1/ServiceAccount";

/** A published model: takes an object, and throws if its schema refuses it. */
type Model = new (data: never) => { validate(): void };

/** The published model of every type that the platform makes inside a cluster, by Pulumi's token. */
const MODELS: Readonly<Record<string, Model>> = {
    "kubernetes:apps/v1:Deployment": Deployment,
    "kubernetes:autoscaling/v2:HorizontalPodAutoscaler": HorizontalPodAutoscaler,
    "kubernetes:core/v1:Namespace": Namespace,
    "kubernetes:core/v1:LimitRange": LimitRange,
    "kubernetes:core/v1:ResourceQuota": ResourceQuota,
    "kubernetes:core/v1:Service": Service,
    "kubernetes:core/v1:ServiceAccount": ServiceAccount,
    "kubernetes:external-secrets.io/v1:ExternalSecret": ExternalSecret,
    "kubernetes:external-secrets.io/v1:SecretStore": SecretStore,
    "kubernetes:networking.k8s.io/v1:NetworkPolicy": NetworkPolicy,
    "kubernetes:policy/v1:PodDisruptionBudget": PodDisruptionBudget,
};

/** Validates an object against the published schema of its type. Throws if it is refused, or if there is no schema. */
export function validate(type: string, inputs: Readonly<Record<string, unknown>>): void {
    const model = MODELS[type];
    if (!model) throw new Error(`there is no schema for ${type}`);
    new model(inputs as never).validate();
}
