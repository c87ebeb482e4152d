import type * as pulumi from "@pulumi/pulumi";
import { SecurityPolicy } from "@pulumi/gcp/compute/securityPolicy.js";
import type { input } from "@pulumi/gcp/types/index.js";
import type { GcpFoundation } from "./foundation.ts";

type Rule = input.compute.SecurityPolicyRule;

/**
 * Google's rule sets, from the OWASP Core Rule Set, by what they look for.
 *
 * @see https://docs.cloud.google.com/armor/docs/waf-rules
 */
const RULE_SETS = {
    "SQL injection": "sqli-v33-stable",
    "Cross-site scripting": "xss-v33-stable",
    "Local file inclusion": "lfi-v33-stable",
    "Remote file inclusion": "rfi-v33-stable",
    "Remote code execution": "rce-v33-stable",
    Scanners: "scannerdetection-v33-stable",
    "Protocol attacks": "protocolattack-v33-stable",
    "Session fixation": "sessionfixation-v33-stable",
    "Known vulnerabilities": "cve-canary",
} as const;

/** The signatures with the fewest false alarms. */
const SENSITIVITY = 1;

/** What one address may send in a minute: more than people do, less than an attack. */
const REQUESTS_PER_MINUTE = 1200;

/** The last rule's priority, which Google sets. */
const LAST = 2_147_483_647;

const EVERYBODY: Rule["match"] = {
    versionedExpr: "SRC_IPS_V1",
    config: { srcIpRanges: ["*"] },
};

/** Whoever stays below the limit is let through here, which is why no other rule comes after. */
const THROTTLE: Rule = {
    description: "Too many requests from one address",
    priority: LAST - 1,
    action: "throttle",
    match: EVERYBODY,
    rateLimitOptions: {
        conformAction: "allow",
        exceedAction: "deny(429)",
        enforceOnKey: "IP",
        rateLimitThreshold: { count: REQUESTS_PER_MINUTE, intervalSec: 60 },
    },
};

/**
 * Where Google puts what it finds out about a flood while it lasts, after the rules that stand and before the limit. Only
 * Cloud Armor Enterprise fills it.
 *
 * @see https://docs.cloud.google.com/armor/docs/adaptive-protection-auto-deploy
 */
const FLOODS: Rule = {
    description: "Floods that Google has recognised",
    priority: 2000,
    action: "deny(403)",
    match: { expr: { expression: "evaluateAdaptiveProtectionAutoDeploy()" } },
};

const PASS: Rule = {
    description: "Everything else",
    priority: LAST,
    action: "allow",
    match: EVERYBODY,
};

/** Refuses what looks like an attack. The first rule that fits decides, so letting pass comes last. */
function rules(advanced: boolean): Rule[] {
    const attacks = Object.entries(RULE_SETS).map(([description, set], index): Rule => {
        const expression = `evaluatePreconfiguredWaf('${set}', {'sensitivity': ${SENSITIVITY}})`;
        const priority = 1000 + 10 * index;
        return { description, priority, action: "deny(403)", match: { expr: { expression } } };
    });
    return [...attacks, ...(advanced ? [FLOODS] : []), THROTTLE, PASS];
}

/** What the firewall is made with. */
export interface FirewallArgs {
    readonly foundation: GcpFoundation;
    /** True if Google may stop floods by rules of its own. */
    readonly advanced: boolean;
}

/**
 * Cloud Armor before the public gateway: rule sets against common attacks, a limit for each address, and Google's own
 * alarm for unusual load.
 */
export function firewallPolicy(
    name: string,
    { foundation, advanced }: FirewallArgs,
    opts: pulumi.CustomResourceOptions,
): SecurityPolicy {
    return new SecurityPolicy(
        name,
        {
            description: `Before the public gateway of ${name}`,
            type: "CLOUD_ARMOR",
            rules: rules(advanced),
            adaptiveProtectionConfig: {
                layer7DdosDefenseConfig: { enable: true, ruleVisibility: "STANDARD" },
            },
            // Rules look into JSON, too. What they found is logged, but not the bodies they found it in.
            advancedOptionsConfig: { jsonParsing: "STANDARD", logLevel: "NORMAL" },
        },
        { ...opts, dependsOn: [foundation.apis.compute] },
    );
}
