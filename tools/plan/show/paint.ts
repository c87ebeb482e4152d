import Table from "cli-table3";
import pc from "picocolors";
import { SECRET, UNKNOWN, type Json } from "../model.ts";

/** Where a plan is shown. */
export interface Screen {
    readonly isTTY?: boolean;
    readonly columns?: number;
    write(text: string): unknown;
}

export type Paint = ReturnType<typeof pc.createColors>;

/** Colours on terminals only, and there only where the user wants them. */
export function paintFor(screen: Screen): Paint {
    return pc.createColors(screen.isTTY === true && pc.isColorSupported);
}

/** The colours that this program paints with, and whatever else a terminal would obey, but for the ends of lines. */
const OBEYED = /\u001b\[(?:[124]|2[24]|3[1-79])m|[^\P{Cc}\n\t]|[\u202a-\u202e\u2066-\u2069]/gu;

/** A text in which nothing that a program wrote into names and messages can move the cursor, or hide what stands there. */
export function harmless(text: string, screen: Screen): string {
    const { isColorSupported } = paintFor(screen);
    return text.replaceAll(OBEYED, (found) => {
        if (found.length > 1 && isColorSupported) return found;
        return [...found].map(visible).join("");
    });
}

function visible(character: string): string {
    const code = character.codePointAt(0) ?? 0;
    const isSeen = code > 0x1f && code < 0x7f;
    return isSeen ? character : `\\u${code.toString(16).padStart(4, "0")}`;
}

/** A table in the style of all commands. */
export function tableOf(
    head: readonly string[],
    rows: readonly (readonly string[])[],
    options: { readonly right?: readonly number[]; readonly widths?: readonly number[] } = {},
): string {
    const { right = [], widths = [] } = options;
    const table = new Table({
        head: [...head],
        style: { head: [], border: [], compact: true },
        colAligns: head.map((_, column) => (right.includes(column) ? "right" : "left")),
        ...(widths.length > 0 && { colWidths: [...widths], wordWrap: true }),
    });
    table.push(...rows.map((row) => [...row]));
    return table.toString();
}

/** A value in one line. What is not known stands out. */
export function show(value: Json, paint: Paint): string {
    if (value === UNKNOWN || value === SECRET) return paint.dim(value);
    return typeof value === "string" ? value : JSON.stringify(value);
}

/** `1 resource`, `3 resources`. */
export function count(number: number, what: string): string {
    return `${number} ${what}${number === 1 ? "" : "s"}`;
}
