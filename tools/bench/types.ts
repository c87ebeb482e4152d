import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { ROOT } from "../stack/layout.ts";
import type { Figure } from "./figure.ts";
import { measure } from "./process.ts";

/** What the type check, as `npm run check:types` makes it, takes. */
export async function typeFigures(): Promise<Figure[]> {
    const { scripts } = JSON.parse(await readFile(join(ROOT, "package.json"), "utf8")) as {
        scripts: { "check:types": string };
    };
    const [tsc = "", ...options] = scripts["check:types"].split(" ");
    const command = join(ROOT, "node_modules", ".bin", tsc);
    const { time, memory, code, output } = await measure(command, [...options, "-p", ROOT]);
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
