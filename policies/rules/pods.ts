import type { Value } from "../runtime/reader.ts";
import { each, type Verdict } from "../runtime/truth.ts";
import type { Resource } from "./rule.ts";

const TEMPLATE = "spec.template.spec";

/** Where the pod's spec stands in each kind that makes pods. */
const POD_SPECS: Readonly<Record<string, string>> = {
    "kubernetes:core:Pod": "spec",
    "kubernetes:core:PodTemplate": "template.spec",
    "kubernetes:core:ReplicationController": TEMPLATE,
    "kubernetes:apps:Deployment": TEMPLATE,
    "kubernetes:apps:ReplicaSet": TEMPLATE,
    "kubernetes:apps:StatefulSet": TEMPLATE,
    "kubernetes:apps:DaemonSet": TEMPLATE,
    "kubernetes:batch:Job": TEMPLATE,
    "kubernetes:batch:CronJob": "spec.jobTemplate.spec.template.spec",
    // Argo Rollouts stand in for Deployments. They are custom resources, so the API server knows nothing of their pods.
    "kubernetes:argoproj.io:Rollout": TEMPLATE,
};

/** Every kind that makes pods, alone or in a list of its kind. */
export const POD_TYPES: readonly string[] = Object.keys(POD_SPECS).flatMap((type) => [
    type,
    `${type}List`,
]);

/** Judges the spec of every pod that a workload makes. */
function eachPod(
    resource: Resource,
    judge: (spec: Value) => readonly Verdict[],
): readonly Verdict[] {
    const single = POD_SPECS[resource.type];
    if (single !== undefined) return judge(resource.inputs.at(single));
    const listed = POD_SPECS[resource.type.replace(/List$/, "")];
    if (listed === undefined) return [];
    return each(resource.inputs.get("items"), (item) => judge(item.at(listed)));
}

/** Containers of every sort that a pod may have. */
const CONTAINER_LISTS = ["containers", "initContainers", "ephemeralContainers"] as const;

/** Judges every container of every pod that a workload makes. */
export function eachContainer(
    resource: Resource,
    judge: (container: Value) => readonly Verdict[],
): readonly Verdict[] {
    return eachPod(resource, (spec) =>
        spec.state === "unknown"
            ? [{ state: "unknown", path: spec.path }]
            : CONTAINER_LISTS.flatMap((list) => each(spec.get(list), judge)),
    );
}
