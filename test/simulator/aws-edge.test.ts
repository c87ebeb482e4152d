import assert from "node:assert/strict";

import type { Properties } from "../../simulator/table.ts";
import { Account, replaces } from "./support/aws.ts";

const DOMAIN = "shop.example.com";

function withCertificate(change: Properties = {}): Account {
    const account = new Account();
    account.make("Certificate", "c", {
        domainName: DOMAIN,
        subjectAlternativeNames: [`*.${DOMAIN}`],
        validationMethod: "DNS",
        ...change,
    });
    return account;
}

describe("the simulated ACM", () => {
    it("proves a domain and the names below it by one and the same record", () => {
        const { id, outputs } = withCertificate().get("Certificate", "c");
        assert.match(id, /^arn:aws:acm:eu-central-1:123456789012:certificate\/[0-9a-f-]{36}$/);
        const options = outputs["domainValidationOptions"] as Record<string, string>[];
        assert.deepEqual(
            options.map(({ domainName }) => domainName),
            [DOMAIN, `*.${DOMAIN}`],
        );
        const [first, second] = options;
        assert.match(
            String(first?.["resourceRecordName"]),
            /^_[0-9a-f]{32}\.shop\.example\.com\.$/,
        );
        assert.equal(first?.["resourceRecordName"], second?.["resourceRecordName"]);
    });

    for (const [title, change, words] of [
        ["a domain that is none", { domainName: "shop" }, /The domain name shop is not valid/],
        [
            "a first name of more than 64 letters",
            { domainName: `${"a".repeat(60)}.example.com` },
            /no more than 64 characters/,
        ],
        ["a proof by telephone", { validationMethod: "PHONE" }, /got PHONE/],
    ] as const) {
        it(`rejects ${title}`, () => {
            assert.throws(() => withCertificate(change), words);
        });
    }

    it("waits in vain for a certificate whose record is missing", () => {
        const account = withCertificate();
        const certificateArn = account.id("Certificate", "c");
        const validate = () => account.make("CertificateValidation", "v", { certificateArn });
        assert.throws(validate, /timeout while waiting .* no record _[0-9a-f]{32}\.shop/);
        account.make("Zone", "z", { name: "example.com" });
        const [option] = account.get("Certificate", "c").outputs[
            "domainValidationOptions"
        ] as Record<string, string>[];
        account.make("Record", "r", {
            zoneId: account.id("Zone", "z"),
            name: option?.["resourceRecordName"] ?? "",
            type: "CNAME",
            ttl: 60,
            records: [option?.["resourceRecordValue"] ?? ""],
        });
        validate();
    });

    it("makes a certificate anew for other names", () => {
        assert.ok(replaces("Certificate", { domainName: "a.com" }, { domainName: "b.com" }));
    });
});

const visible = { metricName: "m", cloudwatchMetricsEnabled: true, sampledRequestsEnabled: true };

const rule = (change: Properties = {}): Properties => ({
    name: "common",
    priority: 1,
    overrideAction: { none: {} },
    statement: {
        managedRuleGroupStatement: { vendorName: "AWS", name: "AWSManagedRulesCommonRuleSet" },
    },
    visibilityConfig: visible,
    ...change,
});

const acl = (rules: readonly Properties[], change: Properties = {}) => {
    const account = new Account();
    account.make("WebAcl", "w", {
        scope: "REGIONAL",
        defaultAction: { allow: {} },
        visibilityConfig: visible,
        rules: [...rules],
        ...change,
    });
    return account;
};

const limited = (limit: number, evaluationWindowSec = 300): Properties =>
    rule({
        action: { block: {} },
        statement: {
            rateBasedStatement: { aggregateKeyType: "IP", limit, evaluationWindowSec },
        },
    });

describe("the simulated WAF", () => {
    it("adds up the units of its rules", () => {
        assert.equal(acl([rule()]).get("WebAcl", "w").outputs["capacity"], 700);
    });

    const { overrideAction: _override, ...unsaid } = rule();
    for (const [title, rules, change, words] of [
        ["a scope that does not exist", [rule()], { scope: "GLOBAL" }, /got GLOBAL/],
        ["a group without an action over it", [unsaid], {}, /parameter: OverrideAction/],
        ["two rules of one priority", [rule(), rule({ name: "b" })], {}, /parameter: Priority/],
        ["a limit below ten", [limited(9)], {}, /range \(10 - 2000000000\), got 9/],
        ["a window of four minutes", [limited(100, 240)], {}, /evaluation_window_sec .* got 240/],
        [
            "a group that does not exist",
            [
                rule({
                    statement: {
                        managedRuleGroupStatement: { vendorName: "AWS", name: "Everything" },
                    },
                }),
            ],
            {},
            /WAFNonexistentItemException.*Everything/,
        ],
        [
            "a metric's name with a dot",
            [rule({ visibilityConfig: { ...visible, metricName: "a.b" } })],
            {},
            /metric_name \(a\.b\)/,
        ],
        [
            "rules of more than 5000 units",
            Array.from({ length: 8 }, (_, priority) => rule({ priority })),
            {},
            /takes 5600 of 5000 capacity units/,
        ],
    ] as const) {
        it(`rejects ${title}`, () => {
            assert.throws(() => acl(rules, change), words);
        });
    }

    it("logs into groups whose name begins as it wants, and that stand", () => {
        const account = acl([rule()]);
        account.make("LogGroup", "good", { name: "aws-waf-logs-site" });
        account.make("LogGroup", "bad", { name: "/aws/waf/site" });
        const log = (target: string) => () =>
            account.make("WebAclLoggingConfiguration", "l", {
                resourceArn: account.arn("WebAcl", "w"),
                logDestinationConfigs: [target],
            });
        assert.throws(log(account.arn("LogGroup", "bad")), /field: LOG_DESTINATION/);
        const none = account.arn("LogGroup", "good").replace("site", "none");
        assert.throws(log(none), /The log destination doesn't exist/);
        log(account.arn("LogGroup", "good"))();
    });
});
