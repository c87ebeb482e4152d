import { rules } from "../rules/index.ts";
import { serve } from "../runtime/serve.ts";

void serve(
    {
        name: "platform-reliability",
        displayName: "Platform reliability",
        description: "What survives a failure, a mistake or an upgrade.",
        tags: ["reliability"],
    },
    rules.filter(({ pack }) => pack === "reliability"),
);
