import type { Value } from "../runtime/reader.ts";
import { each, holds, type Truth, type Verdict } from "../runtime/truth.ts";
import type { Check, Context, Fix, Resource } from "./rule.ts";

const TEMPLATE = "spec.template";

/** Where a pod, or the template of one, stands in each kind that makes pods. */
const PODS: Readonly<Record<string, string>> = {
    "kubernetes:core:Pod": "",
    "kubernetes:core:PodTemplate": "template",
    "kubernetes:core:ReplicationController": TEMPLATE,
    "kubernetes:apps:Deployment": TEMPLATE,
    "kubernetes:apps:ReplicaSet": TEMPLATE,
    "kubernetes:apps:StatefulSet": TEMPLATE,
    "kubernetes:apps:DaemonSet": TEMPLATE,
    "kubernetes:batch:Job": TEMPLATE,
    "kubernetes:batch:CronJob": "spec.jobTemplate.spec.template",
    // Argo Rollouts stand in for Deployments. They are custom resources, so the API server knows nothing of their pods.
    "kubernetes:argoproj.io:Rollout": TEMPLATE,
};

/** The kinds whose pods cannot be changed in place, so that Pulumi replaces the resource. */
const IMMUTABLE: readonly string[] = ["kubernetes:core:Pod", "kubernetes:batch:Job"];

/** Every kind that makes pods, alone or in a list of its kind. */
export const POD_TYPES: readonly string[] = Object.keys(PODS).flatMap((type) => [
    type,
    `${type}List`,
]);

/** A container of any sort. */
export interface Container {
    readonly at: Value;
    readonly security: Value;
}

/** A pod that a workload makes, as all rules read it. */
export interface Pod {
    readonly spec: Value;
    readonly metadata: Value;
    readonly security: Value;
    /** The containers that run as long as the pod does. */
    readonly main: readonly Container[];
    /** All containers: those, and the init and ephemeral ones. */
    readonly containers: readonly Container[];
    /** One unknown for each list of containers that cannot be read yet. */
    readonly unread: readonly Verdict[];
    /** Whether it is for Windows nodes, where what Linux knows of privileges has no meaning. */
    readonly isWindows: Truth;
    /** Whether it has a user namespace of its own, in which root is nobody on the node. */
    readonly hasOwnUsers: Truth;
    /** True for a patch, which leaves alone what it does not name. */
    readonly isPatch: boolean;
}

/** What a workload says about pods. */
interface Walk {
    readonly pods: readonly Pod[];
    /** An unknown, if the list that holds the workloads cannot be read yet. */
    readonly unread: readonly Verdict[];
}

/** Many rules look at each pod, one after the other; the first of them pays for the walk. */
const walks = new WeakMap<Resource, Walk>();

function walkOf(resource: Resource): Walk {
    let walk = walks.get(resource);
    if (walk === undefined) walks.set(resource, (walk = newWalk(resource)));
    return walk;
}

function newWalk({ type, token, inputs }: Resource): Walk {
    const isPatch = token.endsWith("Patch");
    const single = PODS[type];
    if (single !== undefined) return { pods: [podAt(inputs, single, isPatch)], unread: [] };
    const listed = PODS[type.replace(/List$/, "")];
    if (listed === undefined) return { pods: [], unread: [] };
    const items = inputs.get("items");
    const list = items.list();
    return list.state === "known"
        ? { pods: list.value.map((item) => podAt(item, listed, isPatch)), unread: [] }
        : { pods: [], unread: unknownIf(list.state, items) };
}

function podAt(workload: Value, path: string, isPatch: boolean): Pod {
    const template = path === "" ? workload : workload.at(path);
    const spec = template.get("spec");
    const main = containersIn(spec.get("containers"));
    return {
        spec,
        metadata: template.get("metadata"),
        security: spec.get("securityContext"),
        main,
        containers: [
            ...main,
            ...containersIn(spec.get("initContainers")),
            ...containersIn(spec.get("ephemeralContainers")),
        ],
        unread: unreadIn(spec),
        isWindows: isExactly(spec.at("os.name"), ["windows"], false),
        hasOwnUsers: holds(
            spec.get("hostUsers"),
            spec.get("hostUsers").flag(),
            (host) => !host,
            false,
        ),
        isPatch,
    };
}

function containersIn(list: Value): readonly Container[] {
    const elements = list.list();
    if (elements.state !== "known") return [];
    return elements.value.map((at) => ({ at, security: at.get("securityContext") }));
}

function unreadIn(spec: Value): readonly Verdict[] {
    if (spec.state === "unknown") return unknownIf("unknown", spec);
    return ["containers", "initContainers", "ephemeralContainers"].flatMap((name) => {
        const list = spec.get(name);
        return unknownIf(list.list().state, list);
    });
}

function unknownIf(state: Value["state"], { path }: Value): readonly Verdict[] {
    return state === "unknown" ? [{ state, path }] : [];
}

/** Judges every pod that a workload makes. */
export function podCheck(judge: (pod: Pod, context: Context) => readonly Verdict[]): Check {
    return (resource, context) => {
        const { pods, unread } = walkOf(resource);
        return [...unread, ...pods.flatMap((pod) => judge(pod, context))];
    };
}

/** Judges every container, init container and ephemeral container of every pod that a workload makes. */
export function containerCheck(
    judge: (container: Container, pod: Pod, context: Context) => readonly Verdict[],
): Check {
    return podCheck((pod, context) => [
        ...pod.unread,
        ...pod.containers.flatMap((container) => judge(container, pod, context)),
    ]);
}

/** Every pod that a workload makes, for rules over the stack. */
export function podsOf(resource: Resource): readonly Pod[] {
    return walkOf(resource).pods;
}

/** Whether a field is missing that has to be set: nobody knows in a patch, as another program may have set it. */
export function isMissing({ isPatch }: Pod, { path }: Value): Truth {
    return isPatch ? { unknown: path } : true;
}

/** Whether a text is one of these, letter by letter, as the API server compares. */
export function isExactly(value: Value, allowed: readonly string[], absent: Truth): Truth {
    return holds(value, value.text(), (text) => allowed.includes(text), absent);
}

/** The verdicts on the volumes of a pod. */
export function eachVolume(
    { spec }: Pod,
    judge: (volume: Value) => readonly Verdict[],
): readonly Verdict[] {
    return each(spec.get("volumes"), judge);
}

/**
 * Repairs for all workloads: put this value wherever the check finds something. There is none for lists of workloads,
 * which the API server gives out and never takes in.
 */
export function repairs(check: Check, value: unknown): Record<string, Fix> {
    const changes: Fix["changes"] = (resource, context) =>
        check(resource, context).flatMap(({ state, path }) =>
            state === "fail" ? [{ path, value: structuredClone(value) }] : [],
        );
    return Object.fromEntries(
        Object.keys(PODS).map((type) => [type, { replaces: IMMUTABLE.includes(type), changes }]),
    );
}
