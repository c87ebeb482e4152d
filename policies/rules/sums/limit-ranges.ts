import type { Value } from "../../runtime/reader.ts";
import type { Inhabitants } from "../places.ts";
import { statedAt, type Defaults, type Need, type Sort } from "./needs.ts";

export const LIMIT_RANGE = "kubernetes:core:LimitRange";

/** Where the default stands, in the order in which the API server looks for it. */
const FALLBACKS: Readonly<Record<Sort, readonly string[]>> = {
    limits: ["default", "max"],
    requests: ["defaultRequest", "default", "max", "min"],
};

/** What the LimitRanges of a namespace give to containers that state nothing. */
export function defaultsOf(ranges: Inhabitants, place: string, cluster: string): Defaults {
    const items = ranges.of(place).map(({ inputs }) => inputs.at("spec.limits"));
    const unread: Need = { amount: 0n, unstated: 0, unknown: "metadata.namespace" };
    return (sort, resource) =>
        items.map((list) => defaultIn(list, sort, resource)).find((need) => need !== undefined) ??
        (ranges.loose(cluster).length > 0 ? unread : { amount: 0n, unstated: 1 });
}

function defaultIn(list: Value, sort: Sort, resource: string): Need | undefined {
    const elements = list.list();
    if (elements.state === "unknown") return { amount: 0n, unstated: 0, unknown: list.path };
    if (elements.state === "absent") return undefined;
    for (const item of elements.value) {
        const type = item.get("type").text();
        if (type.state === "unknown") {
            return { amount: 0n, unstated: 0, unknown: item.get("type").path };
        }
        if (type.state !== "known" || type.value !== "Container") continue;
        for (const name of FALLBACKS[sort]) {
            const stated = statedAt(item.get(name).get(resource));
            if (stated !== undefined) return stated;
        }
    }
    return undefined;
}
