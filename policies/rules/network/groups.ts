import { attached, maybe, type Stack, type StackResource } from "../../runtime/stack.ts";
import {
    and,
    each,
    failIf,
    isOneOf,
    isPresent,
    not,
    or,
    type Truth,
    type Verdict,
} from "../../runtime/truth.ts";
import type { Value } from "../../runtime/reader.ts";
import { setWhereFound } from "../fixes.ts";
import { hasElements } from "../lists.ts";
import { forTypes, on, type Check, type Rule, type StackVerdict } from "../rule.ts";

const GROUP = "aws:ec2/securityGroup:SecurityGroup";
const DEFAULT_GROUP = "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup";
const OLD_RULE = "aws:ec2/securityGroupRule:SecurityGroupRule";
const INGRESS_RULE = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
const EGRESS_RULE = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule";
const RULES = [OLD_RULE, INGRESS_RULE, EGRESS_RULE];

/** What the provider writes where the program says nothing. */
const NO_DESCRIPTIONS = ["managed by pulumi", "managed by terraform"];

function described(description: Value): readonly Verdict[] {
    const says = and(isPresent(description), not(isOneOf(description, NO_DESCRIPTIONS, false)));
    return failIf(not(says), description, "is missing, so that nobody knows what needs it");
}

const describedRule: Check = ({ inputs }) => described(inputs.get("description"));

const describedInline: Check = ({ inputs }) =>
    ["ingress", "egress"].flatMap((way) =>
        each(inputs.get(way), (rule) => described(rule.get("description"))),
    );

/** Each opening says what it is for. */
export const ruleDescription: Rule = {
    id: "net-rule-description",
    title: "Security groups and their rules say what they are for.",
    why: "Nobody dares to close an opening whose reason is forgotten, so openings pile up.",
    clouds: ["aws"],
    pack: "security",
    severity: "low",
    requirements: {},
    analogies: { "SOC 2": ["CC8.1"] },
    remediation:
        "Set description to what needs the opening and why. On the group itself a change of description replaces the " +
        "group; on a rule it does not.",
    see: "https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html",
    checks: {
        [GROUP]: (resource, context) => [
            ...describedRule(resource, context),
            ...describedInline(resource, context),
        ],
        [DEFAULT_GROUP]: describedInline,
        ...forTypes(RULES, describedRule),
    },
};

const VPCS = ["aws:ec2/vpc:Vpc", "aws:ec2/defaultVpc:DefaultVpc"];

const closedDefaultGroup: Check = ({ inputs }) =>
    ["ingress", "egress"].flatMap((way) => {
        const rules = inputs.get(way);
        return failIf(hasElements(rules), rules, "opens the group that strays end up in");
    });

/** A VPC's default group closes only if a DefaultSecurityGroup takes it over, whose rules may be resources of their own. */
function defaultGroups(stack: Stack): readonly StackVerdict[] {
    const vpcs = stack.all(...VPCS);
    const link = { types: [DEFAULT_GROUP], input: "vpcId", names: ["id"] };
    const groups = attached(stack, vpcs, link);
    const ofDefaultVpc = stack
        .all(DEFAULT_GROUP)
        .some(({ given }) => given.get("vpcId").state === "absent");
    const open = vpcs.flatMap((vpc) => {
        const managed = or(
            groups.of(vpc).length > 0,
            ofDefaultVpc && vpc.type === VPCS[1],
            maybe(groups.loose, "vpcId"),
        );
        return on(
            vpc,
            failIf(not(managed), vpc.inputs, "has a default security group that nothing closes"),
        );
    });
    return [...open, ...stack.all(...RULES).flatMap((rule) => opensDefaultGroup(stack, rule))];
}

function opensDefaultGroup(stack: Stack, rule: StackResource): readonly StackVerdict[] {
    const targets = stack.targets(rule, "securityGroupId");
    const isDefault =
        targets.some(({ type }) => type === DEFAULT_GROUP) ||
        // A VPC's own reference can only be to its default group, unless it came along with another group's.
        (targets.length > 0 && targets.every(({ type }) => VPCS.includes(type)));
    const group = rule.inputs.get("securityGroupId");
    return on(rule, failIf(isDefault, group, "opens the default security group of the VPC"));
}

/** Whatever names no group of its own talks to nobody. */
export const defaultGroupClosed: Rule = {
    id: "aws-default-sg-closed",
    title: "The default security group of each VPC is managed and has no rules.",
    why: "What names no security group gets the default one, in which everything may talk to everything and to the world.",
    clouds: ["aws"],
    pack: "security",
    severity: "high",
    requirements: { "PCI DSS": ["1.3.1"], "CIS AWS": ["6.5"] },
    remediation:
        "Add a DefaultSecurityGroup for the VPC with ingress and egress set to empty lists, and give what uses it a " +
        "group of its own.",
    see: "https://docs.aws.amazon.com/vpc/latest/userguide/default-security-group.html",
    checks: { [DEFAULT_GROUP]: closedDefaultGroup },
    stack: { judges: [...VPCS, ...RULES], reads: [DEFAULT_GROUP], check: defaultGroups },
    fixes: { [DEFAULT_GROUP]: setWhereFound(closedDefaultGroup, { ingress: [], egress: [] }) },
};

/** By direction: the group's own list, and the resources that add to it. */
const DIRECTIONS = [
    { list: "ingress", rule: INGRESS_RULE },
    { list: "egress", rule: EGRESS_RULE },
] as const;

function mixedGroups(stack: Stack): readonly StackVerdict[] {
    const groups = stack.all(GROUP);
    const rules = attached(stack, groups, {
        types: RULES,
        input: "securityGroupId",
        names: ["id"],
    });
    return groups.flatMap((group) =>
        DIRECTIONS.flatMap(({ list, rule }) => {
            const inline = group.given.get(list);
            const isOfDirection = (one: StackResource): Truth =>
                one.type === rule ||
                (one.type === OLD_RULE && isOneOf(one.inputs.get("type"), [list], false));
            const separate = or(
                ...rules.of(group).map(isOfDirection),
                maybe(rules.loose, "securityGroupId"),
            );
            return on(
                group,
                failIf(
                    and(isPresent(inline), separate),
                    inline,
                    "is a list of the group's own, while other rules of the same direction are resources",
                ),
            );
        }),
    );
}

/** A group's rules stand in one place. */
export const noRuleMixing: Rule = {
    id: "aws-no-sg-rule-mixing",
    title: "A security group keeps its rules inline or as resources, never both.",
    why: "The group's own list removes what it does not hold, so each update opens or closes what the last one did not.",
    clouds: ["aws"],
    pack: "reliability",
    severity: "medium",
    requirements: {},
    analogies: { "SOC 2": ["CC8.1"] },
    remediation:
        "Move the inline ingress and egress rules to SecurityGroupIngressRule and SecurityGroupEgressRule resources.",
    see: "https://www.pulumi.com/registry/packages/aws/api-docs/ec2/securitygroup/",
    checks: {},
    stack: { judges: [GROUP], reads: RULES, check: mixedGroups },
    note: "Judged by direction: a list of ways out does not clash with ways in that are resources.",
};
