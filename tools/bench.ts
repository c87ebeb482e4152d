import { writeFile } from "node:fs/promises";
import pc from "picocolors";
import type { Figure } from "./bench/figure.ts";
import { keeps, tell } from "./bench/figure.ts";
import { exitCodeOf } from "./lib/exit-code.ts";
import { notThere } from "./lib/not-there.ts";
import { readOptions } from "./lib/options.ts";

const HELP = `npm run bench -- [options]

Measures the program against its limits, as ratios within one run, so that a slow machine does not matter.

  --only NAME   one of start, loaded, types, growth, applications, rules, pack, plan, path; may be repeated
  --json FILE   writes the figures there as well
  --help        this text

Exit codes: 0 all limits are kept · 1 one is not, or could not be measured · 2 wrong options.`;

const say = (line: string) => console.log(line);

const GROUPS: Readonly<Record<string, () => Promise<Figure[]>>> = {
    start: async () => (await import("./bench/start.ts")).startFigures(),
    loaded: async () => (await import("./bench/start.ts")).loadedFigures(),
    types: async () => (await import("./bench/types.ts")).typeFigures(),
    growth: async () => (await import("./bench/growth.ts")).growthFigures(say),
    applications: async () => (await import("./bench/applications.ts")).applicationFigures(say),
    rules: async () => (await import("./bench/rules.ts")).ruleFigures(say),
    pack: async () => (await import("./bench/pack.ts")).packFigures(say),
    plan: async () => (await import("./bench/plan.ts")).planFigures(say),
    path: async () => (await import("./bench/critical-path.ts")).pathFigures(say),
};

process.exitCode = await exitCodeOf(() => main(process.argv.slice(2)), process.stderr);
// What was measured may have left timers and connections behind.
process.exit();

async function main(args: readonly string[]): Promise<number> {
    const values = readOptions("bench", args, {
        only: { type: "string", multiple: true, default: Object.keys(GROUPS) },
        json: { type: "string" },
        help: { type: "boolean", short: "h", default: false },
    });
    if (values.help) {
        say(HELP);
        return 0;
    }
    const unknown = values.only.find((name) => !Object.hasOwn(GROUPS, name));
    if (unknown !== undefined) throw notThere("group of figures", unknown, Object.keys(GROUPS));
    const figures: Figure[] = [];
    for (const name of values.only) {
        say(pc.dim(`measuring ${name} …`));
        figures.push(...(await GROUPS[name]!()));
    }
    for (const figure of figures) say(`\n${tell(figure).join("\n")}`);
    if (values.json !== undefined) {
        const rows = figures.map((figure) => ({ ...figure, kept: keeps(figure) }));
        await writeFile(values.json, `${JSON.stringify({ figures: rows }, null, 4)}\n`);
    }
    return figures.every(keeps) ? 0 : 1;
}
