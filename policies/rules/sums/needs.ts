import { elements } from "../lists.ts";
import type { Value } from "../../runtime/reader.ts";
import { quantityAt, type Quantity } from "../quantities.ts";

/** The two lists in which a container states amounts. */
export type Sort = "requests" | "limits";

/** What is asked for, as far as it can be told. */
export interface Need {
    /** At least so much. */
    readonly amount: Quantity;
    /** How many containers state nothing, so that a quota refuses their pod. */
    readonly unstated: number;
    /** Where something stands that is not known yet, and may add to the amount. */
    readonly unknown?: string;
}

/** What a container gets that states nothing, by a LimitRange. */
export type Defaults = (sort: Sort, resource: string) => Need;

/** No LimitRange: a container that states nothing asks for nothing. */
const NO_DEFAULTS: Defaults = () => ({ amount: 0n, unstated: 1 });

const NONE: Need = { amount: 0n, unstated: 0 };

function plus(one: Need, other: Need): Need {
    return join(one, other, one.amount + other.amount);
}

function larger(one: Need, other: Need): Need {
    return join(one, other, one.amount > other.amount ? one.amount : other.amount);
}

function join(one: Need, other: Need, amount: Quantity): Need {
    const unknown = one.unknown ?? other.unknown;
    return {
        amount,
        unstated: one.unstated + other.unstated,
        ...(unknown !== undefined && { unknown }),
    };
}

/** What stands at a place, or undefined where nothing does. */
export function statedAt(value: Value): Need | undefined {
    const stated = quantityAt(value);
    if (stated === "absent") return undefined;
    if (typeof stated === "bigint") return { amount: stated, unstated: 0 };
    return { amount: 0n, unstated: 0, unknown: stated.unknown };
}

/** What a container asks for. A limit without a request is a request as well. */
function containerNeed(container: Value, sort: Sort, resource: string, defaults: Defaults): Need {
    const stated = container.get("resources");
    return (
        statedAt(stated.get(sort).get(resource)) ??
        (sort === "requests" ? statedAt(stated.get("limits").get(resource)) : undefined) ??
        defaults(sort, resource)
    );
}

/**
 * What a pod asks for, as the scheduler and quotas count: its containers and sidecars together, or the init container that
 * asks for the most beside the sidecars started before it, and the overhead of its runtime.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/pods/sidecar-containers/#resource-sharing-within-containers
 */
export function podNeed(
    spec: Value,
    sort: Sort,
    resource: string,
    defaults: Defaults = NO_DEFAULTS,
): Need {
    const overhead = statedAt(spec.at("overhead").get(resource)) ?? NONE;
    const whole = wholeNeed(spec, sort, resource);
    if (whole !== undefined) return plus(whole, overhead);
    const of = (container: Value) => containerNeed(container, sort, resource, defaults);
    const main = elements(spec.get("containers")).reduce(
        (sum, container) => plus(sum, isUnread(container) ?? of(container)),
        NONE,
    );
    const sum = plus(beside(elements(spec.get("initContainers")), of, main), overhead);
    // Where the pod states anything as a whole, the API server asks nothing of its containers.
    return spec.get("resources").state === "absent" ? sum : { ...sum, unstated: 0 };
}

/** What a pod states as a whole. Its limit is its request too, unless its containers ask for something themselves. */
function wholeNeed(spec: Value, sort: Sort, resource: string): Need | undefined {
    const stated = spec.get("resources");
    const own = statedAt(stated.get(sort).get(resource));
    if (own !== undefined || sort === "limits") return own;
    const containers = ["containers", "initContainers"].flatMap((name) => elements(spec.get(name)));
    const isAsked = containers.some(
        (container) => containerNeed(container, sort, resource, NO_DEFAULTS).unstated === 0,
    );
    return isAsked ? undefined : statedAt(stated.get("limits").get(resource));
}

/** The larger of what runs in the end and of what runs while the pod starts. */
function beside(init: readonly Value[], of: (container: Value) => Need, main: Need): Need {
    let sidecars = NONE;
    let peak = NONE;
    for (const container of init) {
        const need = isUnread(container) ?? of(container);
        const restarts = container.get("restartPolicy").text();
        if (restarts.state === "unknown") {
            peak = larger(peak, { ...need, unknown: container.get("restartPolicy").path });
        } else if (restarts.state === "known" && restarts.value === "Always") {
            sidecars = plus(sidecars, need);
            peak = larger(peak, { ...sidecars, unstated: 0 });
        } else {
            peak = larger(peak, plus({ ...sidecars, unstated: 0 }, need));
        }
    }
    return larger(plus(main, sidecars), peak);
}

function isUnread(container: Value): Need | undefined {
    const entries = container.entries();
    return entries.state === "known"
        ? undefined
        : { amount: 0n, unstated: 0, unknown: container.path };
}
