import { join } from "node:path";
import { ROOT } from "../stack/layout.ts";
import type { Figure } from "./figure.ts";
import { measure } from "./process.ts";

/** What the type check takes. */
export async function typeFigures(): Promise<Figure[]> {
    const tsc = join(ROOT, "node_modules", ".bin", "tsc");
    const { time, memory, code, output } = await measure(tsc, ["--noEmit", "-p", ROOT]);
    return [
        {
            name: "type check, memory",
            value: memory ?? NaN,
            unit: "MB",
            limit: 1000,
            detail: `${(time / 1000).toFixed(1)} s${code === 0 ? "" : `; it fails: ${output.split("\n")[0]}`}`,
        },
    ];
}
