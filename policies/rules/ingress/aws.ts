import type { Value } from "../../runtime/reader.ts";
import { and, holds, isOneOf, or, type Truth } from "../../runtime/truth.ts";
import { holdsWorld, isWorld } from "../addresses.ts";
import { covers, isWhole, many, type Ingress, type IngressReader, type Span } from "./ingress.ts";

/** Which ports a rule of AWS is for. AWS counts protocols too: 6 is TCP. Minus one is all of them, and then ports say nothing. */
export function awsPorts(rule: Value, protocol: Value): Pick<Ingress, "opensTcp" | "opensAll"> {
    const from = rule.get("fromPort");
    const to = rule.get("toPort");
    const everything = isAwsAll(protocol);
    const within = (test: (span: Span) => boolean): Truth =>
        holds(
            from,
            from.number(),
            (first) => holds(to, to.number(), (last) => test({ from: first, to: last }), false),
            false,
        );
    return {
        opensTcp: (port) =>
            or(everything, and(isOneOf(protocol, ["tcp", "6"], false), within(covers(port)))),
        opensAll: or(
            everything,
            and(isOneOf(protocol, ["tcp", "6", "udp", "17"], false), within(isWhole)),
        ),
    };
}

function isAwsAll(protocol: Value): Truth {
    const number = protocol.number();
    if (number.state === "known") return number.value === -1;
    return isOneOf(protocol, ["all"], false);
}

function awsInline(rule: Value, input: string): Ingress {
    return {
        at: rule,
        fromWorld: or(holdsWorld(rule.get("cidrBlocks")), holdsWorld(rule.get("ipv6CidrBlocks"))),
        prefixLists: { ids: rule.get("prefixListIds"), input },
        ...awsPorts(rule, rule.get("protocol")),
    };
}

const awsGroup: IngressReader = (inputs) =>
    many(inputs.get("ingress"), (rule) => awsInline(rule, "ingress"));

const awsRule: IngressReader = (inputs) => {
    const { fromWorld, opensTcp, opensAll, ...way } = awsInline(inputs, "prefixListIds");
    const incoming = isOneOf(inputs.get("type"), ["ingress"], false);
    return [
        {
            ...way,
            fromWorld: and(incoming, fromWorld),
            opensTcp: (port) => and(incoming, opensTcp(port)),
            opensAll: and(incoming, opensAll),
        },
    ];
};

const awsIngressRule: IngressReader = (inputs) => [
    {
        at: inputs,
        fromWorld: or(isWorld(inputs.get("cidrIpv4")), isWorld(inputs.get("cidrIpv6"))),
        prefixLists: { ids: inputs.get("prefixListId"), input: "prefixListId" },
        ...awsPorts(inputs, inputs.get("ipProtocol")),
    },
];

/** AWS's types that open a way in. */
export const awsReaders: Readonly<Record<string, IngressReader>> = {
    "aws:ec2/securityGroup:SecurityGroup": awsGroup,
    "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": awsGroup,
    "aws:ec2/securityGroupRule:SecurityGroupRule": awsRule,
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": awsIngressRule,
};
