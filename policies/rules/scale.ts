import type { Value } from "../runtime/reader.ts";
import type { Stack, StackResource } from "../runtime/stack.ts";
import { isPatch } from "./objects.ts";
import { placesOf } from "./places.ts";

/** A number, or where it would stand if it were known. */
export type Amount = number | { readonly unknown: string };

/** How many pods a workload has at least and at most. */
export interface Scale {
    readonly min: Amount;
    readonly max: Amount;
}

/** The kinds that have a number of pods which an autoscaler may change. */
export const SCALED_TYPES = [
    "kubernetes:apps:Deployment",
    "kubernetes:apps:StatefulSet",
    "kubernetes:apps:ReplicaSet",
    "kubernetes:core:ReplicationController",
    "kubernetes:argoproj.io:Rollout",
] as const;

const HPA = "kubernetes:autoscaling:HorizontalPodAutoscaler";
const KEDA = "kubernetes:keda.sh:ScaledObject";

/** What changes the number of pods of workloads. */
export const SCALER_TYPES: readonly string[] = [HPA, KEDA];

/** Where each autoscaler says how far it goes, and what it does where nothing is said. */
const BOUNDS: Readonly<
    Record<string, readonly [min: string, low: number, max: string, high: number]>
> = {
    [HPA]: ["spec.minReplicas", 1, "spec.maxReplicas", 1],
    [KEDA]: ["spec.minReplicaCount", 0, "spec.maxReplicaCount", 100],
};

/** A whole number at a value, or the default where nothing stands. */
export function amount(value: Value, absent: number): Amount {
    const reading = value.number();
    switch (reading.state) {
        case "known":
            return Number.isSafeInteger(reading.value) && reading.value >= 0
                ? reading.value
                : { unknown: value.path };
        case "absent":
            return absent;
        case "unknown":
            return { unknown: value.path };
    }
}

/** How far the workloads of a stack scale, by what scales each. */
export class Scales {
    readonly #stack: Stack;
    /** Autoscalers by the workload that they name. */
    readonly #byName = new Map<string, StackResource>();
    readonly #byUrn = new Map<string, StackResource>();
    /** Autoscalers whose target cannot be told, by namespace or, where that cannot be told either, by cluster. */
    readonly #loose = new Map<string, StackResource>();

    constructor(stack: Stack) {
        this.#stack = stack;
        for (const scaler of stack.all(...SCALER_TYPES)) this.#note(scaler);
    }

    #note(scaler: StackResource): void {
        const places = placesOf(this.#stack);
        const place = places.namespace(scaler);
        const target = scaler.inputs.at("spec.scaleTargetRef");
        const name = target.get("name").text();
        const kind = target.get("kind").text();
        const isKindKnown = kind.state !== "unknown";
        if (place !== undefined && name.state === "known" && isKindKnown) {
            const word = kind.state === "known" ? kind.value : "Deployment";
            this.#byName.set(`${place} ${word} ${name.value}`, scaler);
            return;
        }
        const [first, ...rest] = this.#stack
            .targets(scaler, "spec")
            .filter(({ type }) => (SCALED_TYPES as readonly string[]).includes(type));
        if (first !== undefined && rest.length === 0) this.#byUrn.set(first.urn, scaler);
        else this.#loose.set(place ?? places.cluster(scaler), scaler);
    }

    of(workload: StackResource): Scale {
        const places = placesOf(this.#stack);
        const given = places.namespace(workload);
        if (given === undefined && this.#byName.size > 0) return unsure("metadata.namespace");
        const place = given ?? "";
        const name = workload.inputs.at("metadata.name").text();
        const kind = workload.type.split(":").at(-1) ?? "";
        const own =
            this.#byUrn.get(workload.urn) ??
            (name.state === "known"
                ? this.#byName.get(`${place} ${kind} ${name.value}`)
                : undefined);
        if (own !== undefined) return boundsOf(own);
        const loose = this.#loose.get(place) ?? this.#loose.get(places.cluster(workload));
        if (loose !== undefined) return unsure("spec.scaleTargetRef");
        if (name.state !== "known" && this.#byName.size > 0) return unsure("metadata.name");
        const replicas = workload.inputs.at("spec.replicas");
        if (replicas.state === "absent" && isPatch(workload.token)) return unsure(replicas.path);
        const fixed = amount(replicas, 1);
        return { min: fixed, max: fixed };
    }
}

function unsure(path: string): Scale {
    return { min: { unknown: path }, max: { unknown: path } };
}

function boundsOf({ type, inputs }: StackResource): Scale {
    const [min, low, max, high] = BOUNDS[type] ?? ["", 1, "", 1];
    return { min: amount(inputs.at(min), low), max: amount(inputs.at(max), high) };
}

const known = new WeakMap<Stack, Scales>();

/** The scales of a stack, found once for all rules. */
export function scalesOf(stack: Stack): Scales {
    let scales = known.get(stack);
    if (scales === undefined) known.set(stack, (scales = new Scales(stack)));
    return scales;
}
