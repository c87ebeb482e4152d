import assert from "node:assert/strict";
import { followUp } from "../../tools/lib/follow-up.ts";

describe("a command to copy", () => {
    for (const [title, subject, options, expected] of [
        ["needs no dashes for nothing", {}, [], "npm run try"],
        ["names the stack", { stack: "examples/shop" }, [], "npm run try -- --stack examples/shop"],
        [
            "repeats the profile before what it adds",
            { stack: "prod", profile: "pci" },
            ["--destroy"],
            "npm run try -- --stack prod --profile pci --destroy",
        ],
        [
            "repeats the file of levels, as one word of a shell",
            { policyConfig: "my levels.json" },
            [],
            "npm run try -- --policy-config 'my levels.json'",
        ],
    ] as const) {
        it(title, () => assert.equal(followUp("try", subject, ...options), expected));
    }
});
