import type { Value } from "../../runtime/reader.ts";
import type { Stack } from "../../runtime/stack.ts";
import { and, failIf, not, or, some, type Truth } from "../../runtime/truth.ts";
import { isAllowed, namesOption } from "../objects.ts";
import { KUBERNETES_PROVIDER } from "../places.ts";
import { podsOf } from "../pods.ts";
import { forTypes, on, type Check, type Context, type Rule, type StackVerdict } from "../rule.ts";
import { SCALED_TYPES, SCALER_TYPES, scalesOf } from "../scale.ts";

const ANTI_AFFINITY = [
    "requiredDuringSchedulingIgnoredDuringExecution",
    "preferredDuringSchedulingIgnoredDuringExecution",
] as const;

const anything = (): Truth => true;

function isSpread(spec: Value): Truth {
    const apart = spec.at("affinity.podAntiAffinity");
    return or(
        some(spec.get("topologySpreadConstraints"), anything),
        ...ANTI_AFFINITY.map((name) => some(apart.get(name), anything)),
    );
}

const spread: Check = (resource, { options }) => {
    const needed = not(isAllowed(resource.inputs, options.get("singletons")));
    return podsOf(resource).flatMap(({ spec, isPatch }) => {
        const constraints = spec.get("topologySpreadConstraints");
        const missing = not(isSpread(spec));
        const doubt = isPatch ? { unknown: constraints.path } : true;
        return failIf(
            and(missing, doubt, needed),
            constraints,
            "lets all pods stand on one node, and in one zone",
        );
    });
};

function tooFew(stack: Stack, { options }: Context): readonly StackVerdict[] {
    const scales = scalesOf(stack);
    return stack.all(...SCALED_TYPES).flatMap((workload) => {
        const { min } = scales.of(workload);
        const few: Truth = typeof min === "number" ? min < 2 : min;
        const needed = not(isAllowed(workload.inputs, options.get("singletons")));
        return on(
            workload,
            failIf(
                and(few, needed),
                workload.inputs.at("spec.replicas"),
                `is ${String(min)} at least, and 2 survive the loss of a node`,
            ),
        );
    });
}

/** A workload survives the loss of a node, and of a zone. */
export const minReplicasSpread: Rule = {
    id: "k8s-min-replicas-spread",
    title: "A workload of production has at least two pods, apart from each other.",
    why: "One pod, or all pods on one node, are gone for minutes whenever that node is replaced, and nodes are replaced every week.",
    clouds: ["kubernetes"],
    pack: "reliability",
    severity: "low",
    requirements: {},
    analogies: { "SOC 2": ["A1.2"] },
    remediation:
        "Set spec.replicas, or the autoscaler's minimum, to 2 or more, and give the pods topologySpreadConstraints over " +
        "zones and nodes. A workload that cannot have two pods is named in the option `singletons`.",
    see: "https://kubernetes.io/docs/concepts/scheduling-eviction/topology-spread-constraints/",
    production: true,
    options: {
        properties: {
            singletons: namesOption("The metadata.name of workloads that can have one pod only"),
        },
    },
    checks: forTypes(
        SCALED_TYPES.flatMap((type) => [type, `${type}List`]),
        spread,
    ),
    stack: {
        judges: SCALED_TYPES,
        reads: [...SCALER_TYPES, KUBERNETES_PROVIDER, "kubernetes:core:Namespace"],
        check: tooFew,
    },
    note:
        "The number of pods is judged over the stack, as an autoscaler may own it: then its minimum counts, which KEDA " +
        "leaves at 0. The scheduler's own defaults do not count as spread: they are preferences that its operator may change.",
};
