import { rules } from "../rules/index.ts";
import { serve } from "../runtime/serve.ts";

void serve(
    {
        name: "platform",
        displayName: "Platform",
        description: "All guardrails of the platform in one process.",
        tags: ["security", "reliability", "cost"],
    },
    rules,
);
