/**
 * Previews prod in the folder that the first argument names, with Node's compile cache in the second and the policy pack in the
 * third, if there is one. Prints what that took: the whole preview, and the most memory that the pack's process held.
 */
import { readdirSync, readFileSync } from "node:fs";
import platform from "../../index.ts";
import { findEngine } from "../engine/find.ts";
import { findStack } from "../stack/files.ts";
import { layoutOf } from "../stack/layout.ts";
import { openStack } from "../stack/local-stack.ts";
import { run } from "../stack/run.ts";

/** Milliseconds between two looks at the memory. */
const LOOK = 50;

const [folder = "", cache = "", pack] = process.argv.slice(2);
const engine = await findEngine({ env: process.env, say: () => undefined });
const stack = await openStack({
    engine,
    layout: { ...layoutOf(folder), cache },
    file: await findStack("prod"),
    program: async () => ({ ...(await platform()) }),
    timeScale: 0,
});
let memory = 0;
const timer = setInterval(() => {
    memory = Math.max(memory, ...packProcesses().map((pid) => peakOf(pid)));
}, LOOK);
const { elapsed, error } = await run(stack, "preview", {
    policyPacks: pack === undefined ? [] : [pack],
});
clearInterval(timer);
if (error !== undefined) throw new Error(String(error));
console.log(JSON.stringify({ elapsed, memory }));
process.exit(0);

/** The pack's processes of this preview; others may run beside it. */
function packProcesses(): readonly string[] {
    return readdirSync("/proc").filter((pid) => {
        if (!/^\d+$/.test(pid)) return false;
        try {
            const command = readFileSync(`/proc/${pid}/cmdline`, "utf8");
            return command.includes("run-policy-pack") && isBelow(pid);
        } catch {
            return false;
        }
    });
}

function isBelow(pid: string): boolean {
    for (let next = Number(pid); next > 1; next = parentOf(next)) {
        if (next === process.pid) return true;
    }
    return false;
}

function parentOf(pid: number): number {
    const status = readFileSync(`/proc/${pid}/status`, "utf8");
    return Number(/^PPid:\s+(\d+)/m.exec(status)?.[1] ?? 0);
}

/** The most memory that a process ever held, in MB. */
function peakOf(pid: string): number {
    try {
        const status = readFileSync(`/proc/${pid}/status`, "utf8");
        return Number(/^VmHWM:\s+(\d+)/m.exec(status)?.[1] ?? 0) / 1024;
    } catch {
        return 0;
    }
}
