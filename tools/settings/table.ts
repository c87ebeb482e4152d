import Table from "cli-table3";
import pc from "picocolors";
import type { Row } from "./rows.ts";

/** Origins that the user wrote stand out from those that came by themselves. */
const PAINT = { default: pc.dim, profile: pc.cyan, stack: pc.green, site: pc.yellow } as const;

const show = (value: unknown): string => {
    if (Array.isArray(value)) return value.length === 0 ? "[]" : value.map(String).join("\n");
    return String(value);
};

/** Values and their origins as a table that fits the width. */
export function table(title: string, rows: readonly Row[], width: number): string {
    const longest = Math.max(...rows.map(({ setting }) => setting.length), "setting".length);
    const rest = Math.max(20, width - longest - "profile".length - 10);
    const result = new Table({
        head: ["setting", "value", "from"],
        style: { head: [], border: [], compact: true },
        colWidths: [longest + 2, rest + 2, "profile".length + 2],
        wordWrap: true,
        wrapOnWordBoundary: false,
    });
    for (const { setting, value, origin } of rows) {
        // A wrap inside a painted cell would cut the escape sequences.
        result.push([setting, show(value), { content: PAINT[origin](origin), wordWrap: false }]);
    }
    return `${pc.bold(title)}\n${result.toString()}\n`;
}
