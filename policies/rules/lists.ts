import type { Value } from "../runtime/reader.ts";
import { and, holds, isPresent, type Truth } from "../runtime/truth.ts";

/** Whether a list stands here and is not empty. */
export function hasElements(list: Value): Truth {
    return and(
        isPresent(list),
        holds(list, list.list(), (elements) => elements.length > 0, false),
    );
}

/** The elements of a list, or the list itself if it cannot be read. */
export function elements(list: Value): readonly Value[] {
    const known = list.list();
    if (known.state === "known") return known.value;
    return known.state === "absent" ? [] : [list];
}

/** The last part of a path or an address: the name in `projects/p/global/networks/default`. */
export function lastPart(text: string): string {
    return text.slice(text.lastIndexOf("/") + 1);
}
