// Has the guardrails of another revision judge: all that decides comes from there, and only this question from here.
import "../../preload.js";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { reasonOf } from "../../lib/trace.ts";
import type { JudgeRequest, judgeStacks } from "./judging.ts";
import type { JudgeAnswer } from "./guardrails-there.ts";

process.once("message", (request: JudgeRequest) => void answer(request));
// Nobody waits for the answer any more.
process.once("disconnect", () => process.exit(0));

async function answer(request: JudgeRequest): Promise<void> {
    const said = await judged(request).catch((error: unknown): JudgeAnswer => ({
        state: "failed",
        reason: reasonOf(error),
    }));
    process.send?.(said, () => process.exit(0));
}

async function judged(request: JudgeRequest): Promise<JudgeAnswer> {
    const file = join(request.root, "tools", "plan", "against", "judging.ts");
    if (!existsSync(file)) return { state: "missing" };
    const there = (await import(pathToFileURL(file).href)) as { judgeStacks: typeof judgeStacks };
    return { state: "judged", findings: await there.judgeStacks(request) };
}
