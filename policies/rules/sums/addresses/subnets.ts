import type { Value } from "../../../runtime/reader.ts";

/** How many addresses a range holds; undefined if it is none that is known. */
export function sizeOfRange(range: Value): number | undefined {
    const text = range.text();
    const prefix =
        text.state === "known" ? /^\d{1,3}(?:\.\d{1,3}){3}\/(\d{1,2})$/.exec(text.value) : null;
    const length = Number(prefix?.[1] ?? NaN);
    return length >= 0 && length <= 32 ? 2 ** (32 - length) : undefined;
}

/** The prefix length of a range, also of one that is written as its length alone: `/14`. */
export function prefixOf(range: Value): number | undefined {
    const text = range.text();
    const found = text.state === "known" ? /\/(\d{1,2})$/.exec(text.value)?.[1] : undefined;
    return found === undefined ? undefined : Number(found);
}
