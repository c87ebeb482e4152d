import { CustomResource } from "@pulumi/kubernetes/apiextensions/customResource.js";
import { HorizontalPodAutoscaler } from "@pulumi/kubernetes/autoscaling/v2/horizontalPodAutoscaler.js";
import type { IScaledObject } from "@kubernetes-models/keda/keda.sh/v1alpha1/ScaledObject";
import type { ITriggerAuthentication } from "@kubernetes-models/keda/keda.sh/v1alpha1/TriggerAuthentication";
import type { ApplicationSettings } from "../../settings/application-types.ts";
import type { Manifest } from "../manifest.ts";
import type { Within } from "../platform-namespace.ts";
import { autoscalerSpec } from "../scaling.ts";
import { scaledObjectSpec } from "../services/scaled-object.ts";
import type { EventScaling } from "./events.ts";
import type { Metadata, Scaled } from "./workload.ts";

/** What scales an application. */
interface AutoscalerArgs {
    readonly scaled: Scaled;
    readonly settings: ApplicationSettings;
    readonly metadata: Metadata;
    readonly events?: EventScaling;
}

/** Adds and takes away pods: by CPU and memory, and by events where it is asked to. Two autoscalers of one workload would fight. */
export function makeAutoscaler(name: string, args: AutoscalerArgs, within: Within): void {
    const { scaled, settings, metadata, events } = args;
    if (events) {
        makeScaledObject(name, args, events, within);
        return;
    }
    const spec = autoscalerSpec(scaled, settings.replicas, settings.scaling);
    const annotated = { ...metadata, annotations: MAY_BE_FOLLOWED };
    new HorizontalPodAutoscaler(name, { metadata: annotated, spec }, within);
}

/**
 * Lets KEDA take over in the update that takes this autoscaler away: it refuses a ScaledObject while another autoscaler
 * stands, and Pulumi makes what is new before it deletes what is old.
 *
 * @see https://keda.sh/docs/latest/operate/admission-webhooks/
 */
const MAY_BE_FOLLOWED = { "validations.keda.sh/hpa-ownership": "false" } as const;

function makeScaledObject(
    name: string,
    { scaled, settings, metadata }: AutoscalerArgs,
    { operator, triggers, authentications }: EventScaling,
    within: Within,
): void {
    const { namespace, labels } = metadata;
    const signIns = Object.entries(authentications).map(
        ([key, spec]) =>
            new CustomResource(
                `${name}-${key}`,
                {
                    apiVersion: "keda.sh/v1alpha1",
                    kind: "TriggerAuthentication",
                    metadata: { name: key, namespace, labels },
                    spec,
                } satisfies Manifest<ITriggerAuthentication>,
                { ...within, dependsOn: [operator] },
            ),
    );
    const { replicas, scaling } = settings;
    const spec = scaledObjectSpec({ scaled, replicas, pace: scaling, triggers });
    new CustomResource(
        name,
        {
            apiVersion: "keda.sh/v1alpha1",
            kind: "ScaledObject",
            metadata,
            spec,
        } satisfies Manifest<IScaledObject>,
        { ...within, dependsOn: [operator, ...signIns] },
    );
}
