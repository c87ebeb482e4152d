import { WebApplicationFirewallPolicy } from "@pulumi/azure-native/network/webApplicationFirewallPolicy.js";
import type { TrafficControllerInterface } from "@pulumi/azure-native/servicenetworking/trafficControllerInterface.js";
import { SecurityPoliciesInterface } from "@pulumi/azure-native/servicenetworking/securityPoliciesInterface.js";
import type * as pulumi from "@pulumi/pulumi";
import type { AzureFoundation } from "./foundation.ts";

/**
 * What the firewall holds requests against: Microsoft's own rules, which go beyond those of OWASP, and those for robots.
 * Application Gateway for Containers takes no older set.
 *
 * @see https://learn.microsoft.com/azure/web-application-firewall/ag/application-gateway-crs-rulegroups-rules
 */
const RULE_SETS = [
    { ruleSetType: "Microsoft_DefaultRuleSet", ruleSetVersion: "2.1" },
    { ruleSetType: "Microsoft_BotManagerRuleSet", ruleSetVersion: "1.1" },
];

/** The firewall, and what lets the gateway refer to it. */
export interface Firewall {
    readonly policy: WebApplicationFirewallPolicy;
    readonly security: SecurityPoliciesInterface;
}

/** Makes a firewall that refuses what matches its rules. */
export function makeFirewall(
    name: string,
    args: {
        readonly foundation: AzureFoundation;
        readonly controller: TrafficControllerInterface;
    },
    opts: pulumi.CustomResourceOptions,
): Firewall {
    const { foundation, controller } = args;
    const common = {
        resourceGroupName: foundation.resourceGroupName,
        location: foundation.region,
        tags: foundation.tags,
    };
    const policy = new WebApplicationFirewallPolicy(
        name,
        {
            ...common,
            policySettings: { state: "Enabled", mode: "Prevention", requestBodyCheck: true },
            managedRules: { managedRuleSets: RULE_SETS },
        },
        opts,
    );
    const security = new SecurityPoliciesInterface(
        name,
        { ...common, trafficControllerName: controller.name, wafPolicy: { id: policy.id } },
        { ...opts, deletedWith: controller },
    );
    return { policy, security };
}
