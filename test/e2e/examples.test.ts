import { liveThrough } from "./support/whole-life.ts";

for (const example of ["django", "django-prod", "pipeline"] as const) liveThrough(example);
