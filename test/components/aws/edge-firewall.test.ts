import assert from "node:assert/strict";
import { edge, gateway, NAME } from "./edge-fixtures.ts";
import { DEV } from "./fixtures.ts";

const ACL = "aws:wafv2/webAcl:WebAcl";

describe("the firewall before a gateway of AWS's own", function () {
    this.timeout(60_000);

    it("has a firewall before the public gateway, and none before the internal one", async () => {
        const { made, spec } = await gateway("public");
        assert.deepEqual(spec.wafV2, { webACL: made.one(ACL).outputs["arn"] });
        assert.equal((await gateway("internal")).spec.wafV2, undefined);
        const open = await gateway("public", { firewall: false });
        assert.equal(open.spec.wafV2, undefined);
        assert.deepEqual(open.made.all(ACL), []);
    });

    it("refuses addresses that ask too often, and what AWS knows of attacks", async () => {
        const { inputs, outputs } = (await edge()).one(ACL);
        assert.deepEqual(inputs["defaultAction"], { allow: {} });
        const rules = inputs["rules"] as {
            name: string;
            priority: number;
            action?: unknown;
            overrideAction?: unknown;
            statement: {
                rateBasedStatement?: unknown;
                managedRuleGroupStatement?: { ruleActionOverrides: unknown };
            };
        }[];
        assert.deepEqual(
            rules.map(({ name, priority }) => [priority, name]),
            [
                [0, "rate-limit"],
                [1, "AWSManagedRulesAmazonIpReputationList"],
                [2, "AWSManagedRulesCommonRuleSet"],
                [3, "AWSManagedRulesKnownBadInputsRuleSet"],
                [4, "AWSManagedRulesSQLiRuleSet"],
            ],
        );
        assert.deepEqual(rules[0]?.action, { block: {} });
        assert.deepEqual(rules[0]?.statement.rateBasedStatement, {
            aggregateKeyType: "IP",
            limit: 2000,
            evaluationWindowSec: 300,
        });
        assert.deepEqual(
            rules.slice(1).map(({ overrideAction }) => overrideAction),
            Array.from({ length: 4 }, () => ({ none: {} })),
        );
        assert.deepEqual(rules[2]?.statement.managedRuleGroupStatement?.ruleActionOverrides, [
            { name: "SizeRestrictions_BODY", actionToUse: { count: {} } },
        ]);
        assert.equal(outputs["capacity"], 1127);
    });

    it("keeps the firewall's log encrypted, as long as asked, without what shows who somebody is", async () => {
        const site = await edge();
        const group = site.one("aws:cloudwatch/logGroup:LogGroup", `${NAME}-firewall`);
        assert.equal(group.inputs["name"], `aws-waf-logs-${NAME}`);
        assert.equal(group.inputs["retentionInDays"], 90);
        assert.equal(
            group.inputs["kmsKeyId"],
            site.one("aws:kms/key:Key", `${DEV.name}-logs`).outputs["arn"],
        );
        const { inputs } = site.one(
            "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration",
        );
        assert.deepEqual(inputs["logDestinationConfigs"], [group.outputs["arn"]]);
        assert.deepEqual(inputs["redactedFields"], [
            { singleHeader: { name: "authorization" } },
            { singleHeader: { name: "cookie" } },
        ]);
    });
});
