import type * as pulumi from "@pulumi/pulumi";
import { LogGroup } from "@pulumi/aws/cloudwatch/logGroup.js";
import { WebAcl } from "@pulumi/aws/wafv2/webAcl.js";
import { WebAclLoggingConfiguration } from "@pulumi/aws/wafv2/webAclLoggingConfiguration.js";
import type { Days } from "../lib/units.ts";
import { logDays } from "./logs.ts";
import type { AwsNetwork } from "./network.ts";

/** How many requests one address may send in five minutes. */
const REQUESTS = 2000;

/**
 * Rules that AWS keeps up to date, with what of them only counts here: 1,125 of the 1,500 units that a firewall has at its
 * price.
 *
 * @see https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-list.html
 */
const MANAGED: Readonly<Record<string, readonly string[]>> = {
    AWSManagedRulesAmazonIpReputationList: [],
    // It would refuse every upload of more than 8 KiB.
    AWSManagedRulesCommonRuleSet: ["SizeRestrictions_BODY"],
    AWSManagedRulesKnownBadInputsRuleSet: [],
    AWSManagedRulesSQLiRuleSet: [],
};

/** Headers that show who somebody is; the log leaves them out. */
const PRIVATE_HEADERS = ["authorization", "cookie"] as const;

/** A firewall and its log. */
export interface Firewall {
    readonly acl: WebAcl;
    readonly log: WebAclLoggingConfiguration;
}

/**
 * A web application firewall: addresses that ask too often, addresses with a bad name, and what attacks look like.
 *
 * Costs about 10 USD a month and 0.60 for each million of requests. AWS Shield Standard stands in front of it by itself,
 * free of charge.
 */
export function webFirewall(
    name: string,
    { network, logRetention }: { network: AwsNetwork; logRetention: Days },
    parent: pulumi.Resource,
): Firewall {
    const acl = new WebAcl(
        name,
        {
            description: `Requests from the internet to ${name}`,
            scope: "REGIONAL",
            defaultAction: { allow: {} },
            rules: [rateLimit(name), ...managedRules(name)],
            visibilityConfig: visible(name),
            tags: { Name: name },
        },
        { parent },
    );
    const group = new LogGroup(
        `${name}-firewall`,
        {
            // WAF takes no group whose name begins otherwise.
            name: `aws-waf-logs-${name}`,
            retentionInDays: logDays(logRetention),
            kmsKeyId: network.logKeyArn,
            tags: { Name: `${name}-firewall` },
        },
        { parent },
    );
    const log = new WebAclLoggingConfiguration(
        name,
        {
            resourceArn: acl.arn,
            logDestinationConfigs: [group.arn],
            redactedFields: PRIVATE_HEADERS.map((header) => ({ singleHeader: { name: header } })),
        },
        { parent },
    );
    return { acl, log };
}

/** Metrics by rule, and a sample of the requests for three hours. */
function visible(metricName: string) {
    return { metricName, cloudwatchMetricsEnabled: true, sampledRequestsEnabled: true };
}

function rateLimit(name: string) {
    return {
        name: "rate-limit",
        priority: 0,
        action: { block: {} },
        statement: {
            rateBasedStatement: {
                aggregateKeyType: "IP",
                limit: REQUESTS,
                evaluationWindowSec: 300,
            },
        },
        visibilityConfig: visible(`${name}-rate-limit`),
    };
}

function managedRules(name: string) {
    return Object.entries(MANAGED).map(([group, counted], index) => ({
        name: group,
        priority: index + 1,
        overrideAction: { none: {} },
        statement: {
            managedRuleGroupStatement: {
                vendorName: "AWS",
                name: group,
                ruleActionOverrides: counted.map((rule) => ({
                    name: rule,
                    actionToUse: { count: {} },
                })),
            },
        },
        visibilityConfig: visible(`${name}-${group}`),
    }));
}
