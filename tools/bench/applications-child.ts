/** Plans the stack file that the first argument names as `npm run plan` does, and prints what that took. */
// Before the SDKs, which is why they are loaded afterwards.
import "../preload.js";

const { makePlan } = await import("../plan/make.ts");
const { showPlan } = await import("../plan/show/plan.ts");

const nowhere = { write: () => true, columns: 80, isTTY: false };
const [file = ""] = process.argv.slice(2);
const plan = await makePlan({ stack: file, sources: true });
showPlan(plan, { details: false, asked: { stack: file } }, nowhere);
const { user, system } = process.cpuUsage();
console.log(JSON.stringify({ time: (user + system) / 1e6, resources: plan.counts.resources }));
process.exit();
