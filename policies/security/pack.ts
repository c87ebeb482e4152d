import { PolicyPack } from "@pulumi/policy";
import { rules } from "../rules/index.ts";
import { toPolicies } from "../runtime/policies.ts";

/** What must never be deployed: every rule of critical severity. */
new PolicyPack("platform-security", {
    displayName: "Platform security",
    description: "Stops public databases, open APIs, unencrypted storage, privileged containers.",
    tags: ["security"],
    policies: toPolicies(rules.filter((rule) => rule.severity === "critical")),
});
