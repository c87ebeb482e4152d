import { rules } from "../rules/index.ts";
import { serve } from "../runtime/serve.ts";

void serve(
    {
        name: "platform-cost",
        displayName: "Platform cost",
        description: "What is paid for and not needed, or belongs to nobody.",
        tags: ["cost"],
    },
    rules.filter(({ pack }) => pack === "cost"),
);
