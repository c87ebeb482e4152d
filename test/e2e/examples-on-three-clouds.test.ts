import { liveThrough } from "./support/whole-life.ts";

for (const example of ["rollout", "shop"] as const) liveThrough(example);
