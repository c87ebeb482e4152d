import type { Draft, Properties, Refusal, TypeRule } from "../../table.ts";
import { arn, byArn, number, objects, oneOf, text, texts, unless } from "./common.ts";

const CERTIFICATE = "aws:acm/certificate:Certificate";
const WEB_ACL = "aws:wafv2/webAcl:WebAcl";
const BAD = "api error WAFInvalidParameterException: Error reason:";

/** Groups of rules that AWS keeps, with the units that they take. */
const MANAGED: Readonly<Record<string, number>> = {
    AWSManagedRulesAdminProtectionRuleSet: 100,
    AWSManagedRulesAmazonIpReputationList: 25,
    AWSManagedRulesAnonymousIpList: 50,
    AWSManagedRulesBotControlRuleSet: 50,
    AWSManagedRulesCommonRuleSet: 700,
    AWSManagedRulesKnownBadInputsRuleSet: 200,
    AWSManagedRulesLinuxRuleSet: 200,
    AWSManagedRulesSQLiRuleSet: 200,
    AWSManagedRulesUnixRuleSet: 100,
};

/** The most units that a firewall may have. */
const MOST_UNITS = 5000;

function uuid({ random }: Draft): string {
    return random(32).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

const NAME = /^(\*\.)?([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/i;

function checkCertificate({ inputs }: Draft): Refusal[] {
    const domain = text(inputs, "domainName");
    const names = [
        ...(domain === undefined ? [] : [domain]),
        ...texts(inputs, "subjectAlternativeNames"),
    ];
    return [
        ...oneOf(inputs, "validationMethod", ["DNS", "EMAIL", "NONE"]),
        ...names
            .filter((name) => !NAME.test(name))
            .map((name) => ({
                property: "domainName",
                reason: `api error ValidationException: The domain name ${name} is not valid`,
            })),
        ...unless(
            domain === undefined || domain.length <= 64,
            "api error InvalidDomainValidationOptionsException: The first domain name can have no more than 64 characters.",
            "domainName",
        ),
    ];
}

/** The record by which a name is proved; a wildcard is proved as the name that it stands below. */
function proofs(draft: Draft): Properties[] {
    const [host, value] = [draft.random(64).slice(0, 32), draft.random(64).slice(32)];
    const domain = text(draft.inputs, "domainName") ?? "";
    const names = [domain, ...texts(draft.inputs, "subjectAlternativeNames")];
    return [...new Set(names)].map((name) => ({
        domainName: name,
        resourceRecordName: `_${host}.${name.replace(/^\*\./, "")}.`,
        resourceRecordType: "CNAME",
        resourceRecordValue: `_${value}.acm-validations.aws.`,
    }));
}

/** The names of metrics are made of letters, digits, `-` and `_`. */
function checkMetrics(holder: Properties): Refusal[] {
    const metric = text(holder, "visibilityConfig.metricName");
    return unless(
        metric === undefined || /^[\w-]{1,128}$/.test(metric),
        `invalid value for metric_name (${metric}): must contain only alphanumeric hyphen and underscore characters`,
        "visibilityConfig",
    );
}

function checkRule(rule: Properties): Refusal[] {
    const group = text(rule, "statement.managedRuleGroupStatement.name");
    const limit = number(rule, "statement.rateBasedStatement.limit");
    const window = number(rule, "statement.rateBasedStatement.evaluationWindowSec") ?? 300;
    const isGroup = group !== undefined;
    return [
        ...checkMetrics(rule),
        ...unless(
            isGroup ? rule["overrideAction"] !== undefined : rule["action"] !== undefined,
            `${BAD} A reference in your rule statement is not valid., field: RULE, parameter: ${isGroup ? "OverrideAction" : "Action"}`,
            "rules",
        ),
        ...unless(
            group === undefined || group in MANAGED,
            `api error WAFNonexistentItemException: AWS WAF couldn’t perform the operation because your resource doesn’t exist: ${group}`,
            "rules",
        ),
        ...unless(
            limit === undefined || (limit >= 10 && limit <= 2_000_000_000),
            `expected limit to be in the range (10 - 2000000000), got ${limit}`,
            "rules",
        ),
        ...unless(
            [60, 120, 300, 600].includes(window),
            `expected evaluation_window_sec to be one of [60 120 300 600], got ${window}`,
            "rules",
        ),
    ];
}

function unitsOf({ inputs }: Pick<Draft, "inputs">): number {
    return objects(inputs, "rules")
        .map((rule) => MANAGED[text(rule, "statement.managedRuleGroupStatement.name") ?? ""] ?? 2)
        .reduce((sum, units) => sum + units, 0);
}

function checkAcl(draft: Draft): Refusal[] {
    const rules = objects(draft.inputs, "rules");
    const priorities = rules.map((rule) => number(rule, "priority"));
    return [
        ...oneOf(draft.inputs, "scope", ["REGIONAL", "CLOUDFRONT"]),
        ...checkMetrics(draft.inputs),
        ...rules.flatMap((rule) => checkRule(rule)),
        ...unless(
            new Set(priorities).size === priorities.length,
            `${BAD} You have used none or multiple values for a field that requires exactly one value., field: RULE, parameter: Priority`,
            "rules",
        ),
        ...unless(
            unitsOf(draft) <= MOST_UNITS,
            `api error WAFLimitsExceededException: the web ACL takes ${unitsOf(draft)} of ${MOST_UNITS} capacity units`,
            "rules",
        ),
    ];
}

const LOGS = "aws-waf-logs-";

function checkLogging({ inputs }: Draft): Refusal[] {
    return texts(inputs, "logDestinationConfigs")
        .filter((target) => !(target.split(/:log-group:|:::|\//).at(1) ?? "").startsWith(LOGS))
        .map((target) => ({
            property: "logDestinationConfigs",
            reason: `${BAD} The ARN isn't valid. A valid ARN begins with arn: and includes other information separated by colons or slashes., field: LOG_DESTINATION, parameter: ${target}`,
        }));
}

/** Certificates, and firewalls before web applications. */
export const edge: Readonly<Record<string, TypeRule>> = {
    [CERTIFICATE]: {
        immutable: ["domainName", "keyAlgorithm", "subjectAlternativeNames", "validationMethod"],
        check: checkCertificate,
        id: (draft) => arn(draft, "acm", `certificate/${uuid(draft)}`),
        outputs: (draft, _world, id) => ({
            arn: id,
            domainValidationOptions: proofs(draft),
            status: "PENDING_VALIDATION",
            type: "AMAZON_ISSUED",
        }),
        seconds: { create: 8 },
    },
    "aws:acm/certificateValidation:CertificateValidation": {
        required: ["certificateArn"],
        references: [
            byArn(
                "certificateArn",
                CERTIFICATE,
                (id) => `api error ResourceNotFoundException: Could not find certificate ${id}.`,
            ),
        ],
        immutable: ["certificateArn", "validationRecordFqdns"],
        admit: ({ inputs }, world) => {
            const certificate = world.find([CERTIFICATE], inputs["certificateArn"] ?? "", "arn");
            const asked = objects(certificate?.outputs ?? {}, "domainValidationOptions").map(
                (option) => (text(option, "resourceRecordName") ?? "").replace(/\.$/, ""),
            );
            const there = world
                .all("aws:route53/record:Record")
                .map(({ outputs }) => text(outputs, "fqdn"));
            const missing = asked.filter((name) => !there.includes(name));
            return unless(
                missing.length === 0,
                `waiting for ACM Certificate (${text(inputs, "certificateArn")}) to be issued: timeout while waiting for state to become 'ISSUED' (last state: 'PENDING_VALIDATION'): no record ${missing[0]}`,
            );
        },
        id: ({ inputs }) => text(inputs, "certificateArn") ?? "",
        seconds: { create: 60, delete: 0 },
    },
    [WEB_ACL]: {
        required: [
            "scope",
            "defaultAction",
            "visibilityConfig.metricName",
            "rules[].name",
            "rules[].priority",
            "rules[].statement",
        ],
        name: { property: "name", pattern: /[\w-]+/, max: 128, unique: "region" },
        immutable: ["name", "scope"],
        check: checkAcl,
        id: uuid,
        outputs: (draft, _world, id) => ({
            arn: arn(draft, "wafv2", `regional/webacl/${text(draft.inputs, "name") ?? ""}/${id}`),
            capacity: unitsOf(draft),
        }),
        seconds: { create: 5 },
    },
    "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration": {
        required: ["logDestinationConfigs", "resourceArn"],
        references: [
            byArn(
                "resourceArn",
                WEB_ACL,
                () =>
                    "api error WAFNonexistentItemException: AWS WAF couldn’t perform the operation because your resource doesn’t exist.",
            ),
            {
                ...byArn("logDestinationConfigs[]", "aws:cloudwatch/logGroup:LogGroup"),
                words: (target) => `${BAD} The log destination doesn't exist: ${target}`,
            },
        ],
        immutable: ["resourceArn"],
        check: checkLogging,
        id: ({ inputs }) => text(inputs, "resourceArn") ?? "",
        seconds: { create: 3 },
    },
};
