import { join } from "node:path";
import type { Figure } from "./figure.ts";
import { measure } from "./process.ts";

const CHILD = join(import.meta.dirname, "plan-child.ts");
const ROUNDS = 7;

/** What a plan of prod, which has sites in all three clouds, takes over running the program alone. */
export async function planFigures(say: (line: string) => void): Promise<Figure[]> {
    // Both then find all that Node keeps compiled.
    await Promise.all([timeOf("plan"), timeOf("program")]);
    const plan: number[] = [];
    const program: number[] = [];
    // In turn, so that a machine that gets slower or faster does so for both.
    for (let round = 0; round < ROUNDS; round++) {
        program.push(await timeOf("program"));
        plan.push(await timeOf("plan"));
    }
    const seconds = (times: readonly number[]) => times.map((time) => time.toFixed(2)).join(", ");
    say(`  program: ${seconds(program)} s`);
    say(`  plan: ${seconds(plan)} s`);
    // The best of all: whatever else the machine does only ever adds.
    const [whole, bare] = [Math.min(...plan), Math.min(...program)];
    return [
        {
            name: "plan of prod over the bare program run, time",
            value: whole / bare,
            unit: "×",
            limit: 2,
            detail: `${whole.toFixed(2)} s against ${bare.toFixed(2)} s, each with its start`,
        },
    ];
}

async function timeOf(what: "plan" | "program"): Promise<number> {
    const { time, code, output } = await measure(process.execPath, [CHILD, what]);
    if (code !== 0) throw new Error(`The ${what} did not run:\n${output}`);
    return time / 1000;
}
