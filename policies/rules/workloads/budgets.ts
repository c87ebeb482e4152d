import type { Value } from "../../runtime/reader.ts";
import type { Stack, StackResource } from "../../runtime/stack.ts";
import { and, failIf, holds, not, or, type Truth, type Verdict } from "../../runtime/truth.ts";
import { forKinds, isPatch, type ObjectCheck } from "../objects.ts";
import { KUBERNETES_PROVIDER, NAMESPACE, placesOf } from "../places.ts";
import { podsOf } from "../pods.ts";
import { on, type Fix, type Rule, type StackVerdict } from "../rule.ts";
import { SCALED_TYPES, SCALER_TYPES, scalesOf, type Amount } from "../scale.ts";
import { pairsOf, selects } from "../selectors.ts";

const BUDGET = "kubernetes:policy:PodDisruptionBudget";
const MIN = "spec.minAvailable";
const MAX = "spec.maxUnavailable";

const NEVER = "lets no pod go, so that no node can be drained";

/** What a budget keeps of a number of pods. Kubernetes rounds a percentage up. */
function kept(value: Value, pods: number): Amount | undefined {
    if (value.state === "absent") return undefined;
    const text = value.text();
    const percent = text.state === "known" ? /^(\d{1,3})%$/.exec(text.value)?.[1] : undefined;
    if (percent !== undefined) return Math.ceil((Number(percent) * pods) / 100);
    const number = value.number();
    return number.state === "known" ? number.value : { unknown: value.path };
}

function isAll(min: Value): Truth {
    return holds(min, min.text(), (text) => text === "100%", false);
}

/** What a budget settles alone, whatever it is for. */
const frozen: ObjectCheck = (budget) => {
    const max = budget.at(MAX);
    const min = budget.at(MIN);
    const most = kept(max, 100);
    return [
        ...failIf(typeof most === "object" ? most : most === 0, max, NEVER),
        ...failIf(isAll(min), min, NEVER),
    ];
};

/** The workloads of a namespace, to be found by the labels of their pods. */
class Labelled {
    readonly #byPair = new Map<string, StackResource[]>();
    readonly #all: readonly StackResource[];

    constructor(workloads: readonly StackResource[]) {
        this.#all = workloads;
        for (const workload of workloads) {
            const pairs = isReadable(labelsOf(workload)) ? pairsOf(labelsOf(workload)) : [""];
            for (const pair of pairs) {
                const list = this.#byPair.get(pair);
                if (list === undefined) this.#byPair.set(pair, [workload]);
                else list.push(workload);
            }
        }
    }

    /** Those that may satisfy a selector: the fewest that share one of its pairs, and those whose labels are not known. */
    candidates(selector: Value): readonly StackResource[] {
        const pairs = pairsOf(selector.get("matchLabels"));
        if (pairs.length === 0) return this.#all;
        const [fewest = []] = pairs
            .map((pair) => this.#byPair.get(pair) ?? [])
            .sort((one, other) => one.length - other.length);
        return [...fewest, ...(this.#byPair.get("") ?? [])];
    }
}

function labelsOf(workload: StackResource): Value {
    const [pod] = podsOf(workload);
    return (pod?.metadata ?? workload.inputs).get("labels");
}

function isReadable(labels: Value): boolean {
    const entries = labels.entries();
    return (
        entries.state === "absent" ||
        (entries.state === "known" && entries.value.every(([, value]) => value.state === "known"))
    );
}

/** A workload in a namespace that cannot be told yet may be one that a budget selects. */
const LOOSE = { match: { unknown: "metadata.namespace" }, min: 0 } as const;

/** The budgets of a stack against the workloads that they are for. */
function budgets(stack: Stack): readonly StackVerdict[] {
    const places = placesOf(stack);
    const scales = scalesOf(stack);
    const workloads = stack.all(...SCALED_TYPES).filter(({ token }) => !isPatch(token));
    const labelled = new Map<string, Labelled>();
    const inPlace = places.inhabitants(...SCALED_TYPES);
    const covered = new Map<string, Truth>();
    const all = stack.all(BUDGET);
    const judged = all.flatMap((budget) => {
        const place = places.namespace(budget);
        if (place === undefined) return [];
        let found = labelled.get(place);
        if (found === undefined) labelled.set(place, (found = new Labelled(inPlace.of(place))));
        const selector = budget.inputs.at("spec.selector");
        const matched = found.candidates(selector).flatMap((workload) => {
            const match = selects(selector, labelsOf(workload));
            if (match === false) return [];
            covered.set(workload.urn, or(covered.get(workload.urn) ?? false, match));
            return [{ match, min: scales.of(workload).min }];
        });
        const others = inPlace.loose(places.cluster(budget)).map(() => LOOSE);
        return on(budget, tooTight(budget.inputs, [...matched, ...others]));
    });
    const loose = all.find((budget) => places.namespace(budget) === undefined);
    return [
        ...judged,
        ...workloads.flatMap((workload) => {
            const { min } = scales.of(workload);
            const several: Truth = typeof min === "number" ? min > 1 : min;
            const place: Truth =
                places.namespace(workload) === undefined || loose !== undefined
                    ? { unknown: "metadata.namespace" }
                    : false;
            const bad = and(several, not(or(covered.get(workload.urn) ?? false, place)));
            return on(
                workload,
                failIf(bad, workload.inputs, "has several pods and no PodDisruptionBudget"),
            );
        }),
    ];
}

/** A budget keeps as many pods as there may be at the least. */
function tooTight(
    budget: Value,
    matched: readonly { readonly match: Truth; readonly min: Amount }[],
): readonly Verdict[] {
    const min = budget.at(MIN);
    // All of them is found whatever the budget is for.
    if (min.state === "absent" || matched.length === 0 || isAll(min) === true) return [];
    let pods = 0;
    for (const { match, min: fewest } of matched) {
        if (typeof match === "object") return [{ state: "unknown", path: match.unknown }];
        if (typeof fewest === "object") return [{ state: "unknown", path: fewest.unknown }];
        pods += fewest;
    }
    const stay = kept(min, pods);
    if (typeof stay === "object") return [{ state: "unknown", path: stay.unknown }];
    return failIf(
        stay !== undefined && pods > 0 && stay >= pods,
        min,
        `keeps ${String(stay)} pods, and the autoscaler or spec.replicas leaves ${pods}: none can be evicted`,
    );
}

const letOneGo: Fix = {
    replaces: false,
    changes: ({ inputs }) => {
        const max = inputs.at(MAX);
        return kept(max, 100) === 0 ? [{ path: MAX, value: 1 }] : [];
    },
};

/** Nodes can be drained, and never take all pods of a workload with them. */
export const budgetPresentAndSane: Rule = {
    id: "k8s-pdb-present-and-sane",
    title: "A workload of several pods has a PodDisruptionBudget that lets at least one of them go.",
    why: "Without a budget an upgrade of the nodes may take all pods at once; with one that lets none go, nodes cannot be drained and upgrades hang.",
    clouds: ["kubernetes"],
    pack: "reliability",
    severity: "low",
    requirements: {},
    analogies: { "SOC 2": ["A1.2"] },
    remediation:
        "Add a PodDisruptionBudget whose selector has the pods' labels, with maxUnavailable 1. A minAvailable has to be " +
        "below spec.replicas and below the autoscaler's minimum.",
    see: "https://kubernetes.io/docs/tasks/run-application/configure-pdb/",
    checks: forKinds([BUDGET], frozen),
    stack: {
        judges: [...SCALED_TYPES, BUDGET],
        reads: [...SCALER_TYPES, KUBERNETES_PROVIDER, NAMESPACE],
        check: budgets,
    },
    fixes: { [BUDGET]: letOneGo },
    note:
        "minAvailable is held against the fewest pods there may be: spec.replicas, or the minimum of an autoscaler, added " +
        "up over all workloads that the budget selects.",
};
