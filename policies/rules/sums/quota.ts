import type { Value } from "../../runtime/reader.ts";
import type { Stack, StackResource } from "../../runtime/stack.ts";
import { failIf, type Verdict } from "../../runtime/truth.ts";
import { isPatch, sorted } from "../objects.ts";
import { KUBERNETES_PROVIDER, NAMESPACE, placesOf, type Inhabitants } from "../places.ts";
import { podsOf } from "../pods.ts";
import {
    bytesText,
    coresText,
    countText,
    quantityAt,
    whole,
    type Quantity,
} from "../quantities.ts";
import { on, type Rule, type StackVerdict } from "../rule.ts";
import { SCALER_TYPES } from "../scale.ts";
import { CROWD_TYPES, crowdOf, HIDDEN_TYPES, type Crowd } from "./crowds.ts";
import { defaultsOf, LIMIT_RANGE } from "./limit-ranges.ts";
import { podNeed, type Defaults, type Need, type Sort } from "./needs.ts";
import { inWords, sumOf, type Term } from "./terms.ts";

const QUOTA = "kubernetes:core:ResourceQuota";

/** What an entry of a quota bounds: pods by number, or what they ask for. */
type Bound = "pods" | { readonly sort: Sort; readonly resource: string };

/** Amounts that a quota makes every container state. */
const COMPULSORY: readonly string[] = ["cpu", "memory"];

function boundOf(name: string): Bound | undefined {
    if (name === "pods" || name === "count/pods") return "pods";
    if (["cpu", "memory", "ephemeral-storage"].includes(name)) {
        return { sort: "requests", resource: name };
    }
    const [, sort, resource] = /^(requests|limits)\.(.+)$/.exec(name) ?? [];
    if (resource === undefined || resource === "storage") return undefined;
    return { sort: sort === "limits" ? "limits" : "requests", resource };
}

function textFor(resource: string): (amount: Quantity) => string {
    if (resource === "cpu") return coresText;
    return /^(memory|ephemeral-storage|hugepages-.+)$/.test(resource) ? bytesText : countText;
}

/** What runs in the namespace of a quota. */
interface Tenancy {
    readonly workloads: readonly { readonly specs: readonly Value[]; readonly crowd: Crowd }[];
    readonly defaults: Defaults;
    /** Where it is said what cannot be counted, if anything is. */
    readonly doubt: string | undefined;
    /** Whether the stack makes the namespace, and so shows what is in it. */
    readonly isOwn: boolean;
}

/** The sum for one entry of a quota. */
interface Sum {
    readonly terms: readonly Term[];
    readonly unstated: number;
    readonly doubt: string | undefined;
}

function addUp({ workloads, defaults, doubt }: Tenancy, bound: Bound): Sum {
    const terms: Term[] = [];
    let unstated = 0;
    let unsure = doubt;
    for (const { specs, crowd } of workloads) {
        const { pods, surge } = crowd;
        unsure ??= typeof pods === "object" ? pods.unknown : undefined;
        unsure ??= typeof surge === "object" ? surge.unknown : undefined;
        if (specs.length === 0) unsure ??= "spec";
        for (const spec of specs) {
            const need: Need =
                bound === "pods"
                    ? { amount: whole(1), unstated: 0 }
                    : podNeed(spec, bound.sort, bound.resource, defaults);
            unsure ??= need.unknown;
            if (typeof pods === "object") continue;
            if (pods > 0) unstated += need.unstated;
            const more = typeof surge === "object" ? 0 : surge;
            terms.push({ replicas: pods, surge: more, each: need.amount });
        }
    }
    return { terms, unstated, doubt: unsure };
}

function judgeEntry(name: string, hard: Value, tenancy: Tenancy): readonly Verdict[] {
    const bound = boundOf(name);
    if (bound === undefined) return [];
    const limit = quantityAt(hard);
    if (limit === "absent") return [];
    if (typeof limit === "object") return failIf(limit, hard, "");
    const { terms, unstated, doubt } = addUp(tenancy, bound);
    const text = bound === "pods" ? countText : textFor(bound.resource);
    const total = sumOf(terms);
    if (total > limit) {
        const words = inWords(terms, bound === "pods" ? undefined : text);
        return failIf(true, hard, `${words} are ${text(total)}; the quota is ${text(limit)}`);
    }
    if (bound !== "pods" && unstated > 0 && COMPULSORY.includes(bound.resource)) {
        const refused = `${unstated} ${unstated === 1 ? "container states" : "containers state"} no amount and no LimitRange gives one, so the quota refuses their pods`;
        return failIf(tenancy.isOwn ? true : { unknown: hard.path }, hard, refused);
    }
    return failIf(doubt === undefined ? false : { unknown: doubt }, hard, "");
}

function judgeQuota({ inputs }: StackResource, tenancy: () => Tenancy): readonly Verdict[] {
    const hard = inputs.at("spec.hard");
    const entries = hard.entries();
    if (entries.state === "absent") return [];
    if (entries.state === "unknown") return [{ state: "unknown", path: hard.path }];
    if (!entries.value.some(([name]) => boundOf(name) !== undefined)) return [];
    const partial = ["scopes", "scopeSelector"].find(
        (name) => inputs.get("spec").get(name).state !== "absent",
    );
    // Which pods a scope takes in depends on their class and priority, which admission may set.
    if (partial !== undefined) return [{ state: "unknown", path: `spec.${partial}` }];
    return sorted(entries.value).flatMap(([name, value]) => judgeEntry(name, value, tenancy()));
}

function quotas(stack: Stack): readonly StackVerdict[] {
    const places = placesOf(stack);
    const workloads = places.inhabitants(...CROWD_TYPES);
    const hidden = places.inhabitants(...HIDDEN_TYPES);
    const ranges = places.inhabitants(LIMIT_RANGE);
    const own = new Set(stack.all(NAMESPACE).map((namespace) => places.namespace(namespace)));
    const known = new Map<string, Tenancy>();
    return stack.all(QUOTA).flatMap((quota) => {
        if (isPatch(quota.token)) return [];
        const place = places.namespace(quota);
        if (place === undefined) {
            return on(quota, [{ state: "unknown", path: "metadata.namespace" }]);
        }
        const cluster = places.cluster(quota);
        const tenancy = () => {
            let found = known.get(place);
            if (found === undefined) {
                found = {
                    workloads: workloads.of(place).map((workload) => ({
                        specs: podsOf(workload).map(({ spec }) => spec),
                        crowd: crowdOf(stack, workload),
                    })),
                    defaults: defaultsOf(ranges, place, cluster),
                    doubt: doubtIn(place, cluster, workloads, hidden),
                    isOwn: own.has(place),
                };
                known.set(place, found);
            }
            return found;
        };
        return on(quota, judgeQuota(quota, tenancy));
    });
}

/** What may be in the namespace without being counted. */
function doubtIn(
    place: string,
    cluster: string,
    workloads: Inhabitants,
    hidden: Inhabitants,
): string | undefined {
    if (hidden.of(place).length > 0) return "chart";
    const loose = [...workloads.loose(cluster), ...hidden.loose(cluster)];
    return loose.length > 0 ? "metadata.namespace" : undefined;
}

/** A namespace's quota lets its workloads grow as far as their autoscalers go. */
export const quotaHoldsMaximum: Rule = {
    id: "k8s-quota-holds-maximum",
    title: "A namespace's quota holds its workloads at their maximum.",
    why: "The quota refuses the pods beyond it without a word: the autoscaler stops short of its maximum under the very load that it is for, and an update waits for ever for its surge.",
    clouds: ["kubernetes"],
    pack: "reliability",
    severity: "high",
    requirements: {},
    analogies: { "SOC 2": ["A1.1"] },
    remediation:
        "Raise the entry of spec.hard to the sum, or lower the autoscaler's maximum, the surge or what the containers ask " +
        "for. Where containers state nothing, state it, or add a LimitRange with defaults.",
    see: "https://kubernetes.io/docs/concepts/policy/resource-quotas/",
    checks: {},
    stack: {
        judges: [QUOTA],
        reads: [
            ...CROWD_TYPES,
            ...HIDDEN_TYPES,
            ...SCALER_TYPES,
            LIMIT_RANGE,
            NAMESPACE,
            KUBERNETES_PROVIDER,
        ],
        check: quotas,
    },
    note:
        "The sum takes the maximum of a HorizontalPodAutoscaler or ScaledObject, else spec.replicas, and the surge of an " +
        "update; one run of each CronJob; sidecars, init containers and overhead as the scheduler counts them. Pods that " +
        "DaemonSets, Helm releases and ScaledJobs make cannot be counted: where the rest fits, the rule then says unknown.",
};
