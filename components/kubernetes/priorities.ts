import { PriorityClass } from "@pulumi/kubernetes/scheduling/v1/priorityClass.js";
import type { ApplicationKind } from "../contracts/application-kind.ts";
import type { Within } from "./platform-namespace.ts";

/** Who keeps its place when nodes are full: what answers people first, what can wait last. */
const CLASSES = {
    serving: { value: 10_000, description: "Answers requests" },
    working: { value: 5_000, description: "Works in the background" },
    batch: { value: 1_000, description: "Can wait", preemptionPolicy: "Never" },
} as const;

/** The class of each golden path. */
export const PRIORITY = {
    web: "serving",
    service: "serving",
    worker: "working",
    job: "batch",
    pipeline: "batch",
} as const satisfies Record<ApplicationKind, keyof typeof CLASSES>;

/**
 * Makes the priority classes of a cluster.
 *
 * @see https://kubernetes.io/docs/concepts/scheduling-eviction/pod-priority-preemption/
 */
export function makePriorities(name: string, within: Within): readonly PriorityClass[] {
    return Object.entries(CLASSES).map(
        ([priority, spec]) =>
            new PriorityClass(
                `${name}-${priority}`,
                { metadata: { name: priority }, globalDefault: false, ...spec },
                within,
            ),
    );
}
