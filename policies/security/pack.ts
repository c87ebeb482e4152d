import { rules } from "../rules/index.ts";
import { serve } from "../runtime/serve.ts";

void serve(
    {
        name: "platform-security",
        displayName: "Platform security",
        description:
            "Who can get in, what they may do, and whether it can be read or proved afterwards.",
        tags: ["security"],
    },
    rules.filter(({ pack }) => pack === "security"),
);
