import type * as pulumi from "@pulumi/pulumi";
import { HorizontalPodAutoscaler } from "@pulumi/kubernetes/autoscaling/v2/horizontalPodAutoscaler.js";
import type { ApplicationSettings } from "../../settings/application-types.ts";
import type { Within } from "../platform-namespace.ts";
import { autoscalerSpec } from "../scaling.ts";
import type { Metadata, Scaled } from "./workload.ts";

/** What scales an application. */
interface AutoscalerArgs {
    readonly scaled: Scaled;
    readonly settings: ApplicationSettings;
    readonly metadata: Metadata;
}

/** Adds and takes away pods by CPU and memory. */
export function makeAutoscaler(
    name: string,
    { scaled, settings, metadata }: AutoscalerArgs,
    within: Within,
): pulumi.Resource {
    const spec = autoscalerSpec(scaled, settings.replicas, settings.scaling);
    return new HorizontalPodAutoscaler(name, { metadata, spec }, within);
}
