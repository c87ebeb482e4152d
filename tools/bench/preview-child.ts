/** Previews the stack file that the first argument names, in the folder that the second one names. */
import platform from "../../index.ts";
import { findEngine } from "../engine/find.ts";
import { layoutOf } from "../stack/layout.ts";
import { openStack } from "../stack/local-stack.ts";
import { run } from "../stack/run.ts";

const [file = "", folder = ""] = process.argv.slice(2);
const engine = await findEngine({ env: process.env, say: () => undefined });
const program = async () => ({ ...(await platform()) });
const layout = layoutOf(folder);
const stack = await openStack({
    engine,
    layout,
    file: { stack: "many", file },
    program,
    timeScale: 0,
});
const { error, elapsed, progress } = await run(stack, "preview");
if (error !== undefined) throw new Error(String(error));
console.log(JSON.stringify({ elapsed, resources: progress.done.length }));
process.exit(0);
