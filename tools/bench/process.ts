import { spawn } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";

/** What running a command took. */
export interface Cost {
    /** Milliseconds from start to exit. */
    readonly time: number;
    /** The most memory in MB that the process and all it started held, or undefined where that cannot be seen. */
    readonly memory: number | undefined;
    readonly output: string;
    readonly code: number;
}

/** Milliseconds between two looks at the memory. */
const LOOK = 20;

/** Runs a command to its end and measures it from outside. Memory is read from /proc, so on Linux only. */
export function measure(
    command: string,
    args: readonly string[],
    env: NodeJS.ProcessEnv = process.env,
): Promise<Cost> {
    return new Promise((resolve, reject) => {
        const started = performance.now();
        const child = spawn(command, args, { env, stdio: ["ignore", "pipe", "pipe"] });
        const most = new Map<number, number>();
        const timer = setInterval(() => look(child.pid, most), LOOK);
        let output = "";
        child.stdout.on("data", (data: Buffer) => (output += data.toString()));
        child.stderr.on("data", (data: Buffer) => (output += data.toString()));
        child.on("error", reject);
        child.on("close", (code) => {
            clearInterval(timer);
            const sum = [...most.values()].reduce((total, one) => total + one, 0);
            resolve({
                time: performance.now() - started,
                memory: most.size > 0 ? sum / 1024 : undefined,
                output,
                code: code ?? -1,
            });
        });
    });
}

/** Notes the peak of every process in the tree; the peaks need not coincide, so their sum is on the safe side. */
function look(pid: number | undefined, most: Map<number, number>): void {
    if (pid === undefined) return;
    try {
        const status = readFileSync(`/proc/${pid}/status`, "utf8");
        const peak = Number(/^VmHWM:\s+(\d+)/m.exec(status)?.[1] ?? 0);
        most.set(pid, Math.max(most.get(pid) ?? 0, peak));
        for (const task of readdirSync(`/proc/${pid}/task`)) {
            const children = readFileSync(`/proc/${pid}/task/${task}/children`, "utf8");
            for (const child of children.split(" ").filter(Boolean)) look(Number(child), most);
        }
    } catch {
        // Gone between two looks, or no /proc.
    }
}

/** The middle one. */
export function median(values: readonly number[]): number {
    const sorted = [...values].sort((a, b) => a - b);
    return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}
