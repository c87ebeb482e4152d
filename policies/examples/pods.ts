import type { Break, Example, Inputs, Json } from "./example.ts";

/** Where a pod stands in what makes it, by the token that the engine sends. */
export const POD_KINDS: Readonly<Record<string, string>> = {
    "kubernetes:apps/v1:Deployment": "spec.template",
    "kubernetes:core/v1:Pod": "",
    "kubernetes:core/v1:PodTemplate": "template",
    "kubernetes:core/v1:ReplicationController": "spec.template",
    "kubernetes:apps/v1:DeploymentPatch": "spec.template",
    "kubernetes:extensions/v1beta1:Deployment": "spec.template",
    "kubernetes:apps/v1:ReplicaSet": "spec.template",
    "kubernetes:apps/v1:StatefulSet": "spec.template",
    "kubernetes:apps/v1:DaemonSet": "spec.template",
    "kubernetes:batch/v1:Job": "spec.template",
    "kubernetes:batch/v1:CronJob": "spec.jobTemplate.spec.template",
    "kubernetes:argoproj.io/v1alpha1:Rollout": "spec.template",
};

/** The tokens of lists, and of the kinds in them. */
export const POD_LISTS: readonly string[] = Object.keys(POD_KINDS).filter(
    (type) => !/Patch$|extensions/.test(type),
);

/** A good pod, and ways to break it. Paths begin at the pod: `spec.containers[0].image`. */
export interface PodExample extends Pick<Example, "options" | "undecided"> {
    readonly good: Inputs;
    readonly breaks: readonly PodBreak[];
    /** The kinds that the rule is for. @default all */
    readonly kinds?: (type: string) => boolean;
}

/** `at` is left out where the finding stands at what was changed. */
export type PodBreak = Omit<Break, "set" | "at"> & {
    readonly set: readonly [path: string, value: Json | undefined];
    readonly at?: readonly string[];
};

/** The pod in a resource of this kind. */
export function inKind(pod: Inputs, place: string): Inputs {
    if (place === "") return pod;
    return place.split(".").reduceRight<Inputs>((inner, key) => ({ [key]: inner }), pod);
}

/** The pod in every kind that makes pods, and in lists of them: all breaks in a Deployment, the first one elsewhere. */
export function inAllKinds(example: PodExample): readonly Example[] {
    const { kinds = () => true } = example;
    const single = Object.entries(POD_KINDS).map(([type, place]) => {
        const prefix = place === "" ? "" : `${place}.`;
        return placed(example, type, prefix, inKind(example.good, place));
    });
    const listed = POD_LISTS.map((type) => {
        const place = POD_KINDS[type]!;
        const prefix = place === "" ? "items[0]." : `items[0].${place}.`;
        return placed(example, `${type}List`, prefix, { items: [inKind(example.good, place)] });
    });
    return [...single, ...listed].filter(({ type }) => kinds(type));
}

function placed(example: PodExample, type: string, prefix: string, good: Inputs): Example {
    const { undecided, options } = example;
    // Through text, because a change of one container would reach all that share its parts.
    const own = JSON.parse(JSON.stringify(good)) as Inputs;
    const isFull = type.endsWith(":apps/v1:Deployment");
    const breaks = example.breaks
        .slice(0, isFull ? undefined : 1)
        // What a patch does not name may be set already, so that leaving it out breaks nothing.
        .filter(({ set }) => !type.endsWith("Patch") || set[1] !== undefined);
    return {
        type,
        good: own,
        breaks: breaks.map(({ set: [path, value], at = [path], ...one }) => ({
            ...one,
            set: [`${prefix}${path}`, value] as const,
            at: at.map((it) => `${prefix}${it}`),
        })),
        ...(undecided && { undecided: `${prefix}${undecided}` }),
        ...(options && { options }),
    };
}
