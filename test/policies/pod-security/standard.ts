import type { Json } from "../../../policies/examples/example.ts";
import { BASELINE } from "./baseline.ts";
import { listAt, read, unset, type Control, type PlainPod, type StandardLevel } from "./control.ts";
import { RESTRICTED } from "./restricted.ts";

export const CONTAINER_LISTS = ["containers", "initContainers", "ephemeralContainers"] as const;

const containersOf = ({ spec }: PlainPod) => CONTAINER_LISTS.flatMap((list) => listAt(spec[list]));

/** The standard of Kubernetes 1.37, line by line. */
export const CONTROLS: readonly Control[] = [
    ...BASELINE.map((control) => ({ ...control, level: "Baseline" as const })),
    ...RESTRICTED.map((control) => ({ ...control, level: "Restricted" as const })),
];

/** The values at a control's places in a pod. */
function valuesAt(pod: PlainPod, place: string): readonly (Json | undefined)[] {
    return place.startsWith("*.")
        ? containersOf(pod).map((container) => read(container, place.slice(2)))
        : [read({ ...pod }, place)];
}

function isBroken(pod: PlainPod, { places, permits, exempt, inherited }: Control): boolean {
    if (exempt?.(pod)) return false;
    const says = (one: Json) => !unset(read(one, inherited!));
    const isLeftOpen = inherited !== undefined && !says(pod.spec) && !containersOf(pod).every(says);
    return isLeftOpen || places.flatMap((place) => valuesAt(pod, place)).some((it) => !permits(it));
}

/** The lines of the standard that a pod breaks at a level; Restricted includes Baseline. */
export function brokenControls(pod: PlainPod, level: StandardLevel): readonly string[] {
    return CONTROLS.filter((control) => level === "Restricted" || control.level === "Baseline")
        .filter((control) => isBroken(pod, control))
        .map(({ name }) => name);
}
