import type { Reading, Value } from "../runtime/reader.ts";
import {
    and,
    holds,
    isOn,
    isOneOf,
    isPresent,
    not,
    or,
    some,
    someOf,
    type Truth,
} from "../runtime/truth.ts";
import { holdsWorld, isWorld } from "./addresses.ts";
import type { Resource } from "./rule.ts";

/** One way in through a firewall, whatever the cloud calls it. */
export interface Ingress {
    /** Where it stands, for messages. */
    readonly at: Value;
    /** Whether it lets the whole internet in. */
    readonly fromWorld: Truth;
    /** Whether it is open on a TCP port. */
    readonly opensTcp: (port: number) => Truth;
    /** Whether it is open on every port or for every protocol. */
    readonly opensAll: Truth;
}

const LAST_PORT = 65535;

interface Span {
    readonly from: number;
    readonly to: number;
}

/** The ways in that a resource of the type opens; unknown where their list is unknown. */
type Reader = (inputs: Value) => Reading<readonly Ingress[]>;

function one(ingress: Ingress): Reading<readonly Ingress[]> {
    return { state: "known", value: [ingress] };
}

function many(list: Value, read: (element: Value) => Ingress): Reading<readonly Ingress[]> {
    const elements = list.list();
    return elements.state === "known"
        ? { state: "known", value: elements.value.map(read) }
        : elements;
}

/** AWS counts protocols too: 6 is TCP. Minus one is all of them, and then ports say nothing. */
function awsPorts(rule: Value, protocol: Value): Pick<Ingress, "opensTcp" | "opensAll"> {
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
            or(
                everything,
                and(
                    isOneOf(protocol, ["tcp", "6"], false),
                    within((span) => span.from <= port && port <= span.to),
                ),
            ),
        opensAll: or(
            everything,
            and(
                isOneOf(protocol, ["tcp", "6", "udp", "17"], false),
                within((span) => span.from <= 1 && span.to >= LAST_PORT),
            ),
        ),
    };
}

function isAwsAll(protocol: Value): Truth {
    const number = protocol.number();
    if (number.state === "known") return number.value === -1;
    return isOneOf(protocol, ["all"], false);
}

function awsInline(rule: Value): Ingress {
    return {
        at: rule,
        fromWorld: or(holdsWorld(rule.get("cidrBlocks")), holdsWorld(rule.get("ipv6CidrBlocks"))),
        ...awsPorts(rule, rule.get("protocol")),
    };
}

const awsGroup: Reader = (inputs) => many(inputs.get("ingress"), awsInline);

const awsRule: Reader = (inputs) => {
    const ingress = awsInline(inputs);
    const incoming = isOneOf(inputs.get("type"), ["ingress"], false);
    return one({ ...ingress, fromWorld: and(incoming, ingress.fromWorld) });
};

const awsIngressRule: Reader = (inputs) =>
    one({
        at: inputs,
        fromWorld: or(isWorld(inputs.get("cidrIpv4")), isWorld(inputs.get("cidrIpv6"))),
        ...awsPorts(inputs, inputs.get("ipProtocol")),
    });

/** Ports as Azure and Google Cloud write them: `22`, `20-30`, `*`. */
function spanOf(text: string): Span | undefined {
    if (text === "*") return { from: 0, to: LAST_PORT };
    const match = /^\s*(\d+)\s*(?:-\s*(\d+)\s*)?$/.exec(text);
    if (match === null) return undefined;
    const from = Number(match[1]);
    return { from, to: match[2] === undefined ? from : Number(match[2]) };
}

function inSpan(value: Value, test: (span: Span) => boolean): Truth {
    const number = value.number();
    if (number.state === "known") return test({ from: number.value, to: number.value });
    return holds(
        value,
        value.text(),
        (text) => {
            const span = spanOf(text);
            return span === undefined ? { unknown: value.path } : test(span);
        },
        false,
    );
}

const covers = (port: number) => (span: Span) => span.from <= port && port <= span.to;
const isWhole = (span: Span) => span.from <= 1 && span.to >= LAST_PORT;

function azureRule(rule: Value): Ingress {
    const protocol = rule.get("protocol");
    const inPorts = (test: (span: Span) => boolean): Truth =>
        or(
            inSpan(rule.get("destinationPortRange"), test),
            some(rule.get("destinationPortRanges"), (range) => inSpan(range, test)),
        );
    return {
        at: rule,
        fromWorld: and(
            isOneOf(rule.get("access"), ["allow"], false),
            isOneOf(rule.get("direction"), ["inbound"], false),
            or(
                isWorld(rule.get("sourceAddressPrefix")),
                holdsWorld(rule.get("sourceAddressPrefixes")),
            ),
        ),
        opensTcp: (port) => and(isOneOf(protocol, ["tcp", "*"], false), inPorts(covers(port))),
        // A rule for every protocol is still limited to its ports, so only the ports decide.
        opensAll: inPorts(isWhole),
    };
}

const azureGroup: Reader = (inputs) => many(inputs.get("securityRules"), azureRule);
const azureSingle: Reader = (inputs) => one(azureRule(inputs));

function googlePorts(
    layers: Value,
    protocol: "protocol" | "ipProtocol",
): Pick<Ingress, "opensTcp" | "opensAll"> {
    const inPorts = (layer: Value, test: (span: Span) => boolean): Truth =>
        some(layer.get("ports"), (range) => inSpan(range, test), true);
    const speaks = (layer: Value, names: readonly string[]) =>
        isOneOf(layer.get(protocol), names, false);
    return {
        opensTcp: (port) =>
            some(layers, (layer) =>
                or(
                    speaks(layer, ["all"]),
                    and(speaks(layer, ["tcp", "6"]), inPorts(layer, covers(port))),
                ),
            ),
        opensAll: some(layers, (layer) =>
            or(
                speaks(layer, ["all"]),
                and(speaks(layer, ["tcp", "6", "udp", "17"]), inPorts(layer, isWhole)),
            ),
        ),
    };
}

const googleFirewall: Reader = (inputs) => {
    const ranges = inputs.get("sourceRanges");
    const limited = or(
        hasElements(inputs.get("sourceTags")),
        hasElements(inputs.get("sourceServiceAccounts")),
    );
    return one({
        at: inputs,
        // Without any source the cloud takes all addresses for the source.
        fromWorld: and(
            isOneOf(inputs.get("direction"), ["ingress"], true),
            not(isOn(inputs.get("disabled"), false)),
            or(holdsWorld(ranges), and(not(hasElements(ranges)), not(limited))),
        ),
        ...googlePorts(inputs.get("allows"), "protocol"),
    });
};

function hasElements(list: Value): Truth {
    return and(
        isPresent(list),
        holds(list, list.list(), (elements) => elements.length > 0, false),
    );
}

const googlePolicyRule: Reader = (inputs) => {
    const match = inputs.get("match");
    return one({
        at: inputs,
        fromWorld: and(
            isOneOf(inputs.get("action"), ["allow"], false),
            isOneOf(inputs.get("direction"), ["ingress"], false),
            not(isOn(inputs.get("disabled"), false)),
            someOf(match.get("srcIpRanges"), isWorld),
        ),
        ...googlePorts(match.get("layer4Configs"), "ipProtocol"),
    });
};

const READERS: Readonly<Record<string, Reader>> = {
    "aws:ec2/securityGroup:SecurityGroup": awsGroup,
    "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": awsGroup,
    "aws:ec2/securityGroupRule:SecurityGroupRule": awsRule,
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": awsIngressRule,
    "azure-native:network:NetworkSecurityGroup": azureGroup,
    "azure-native:network:SecurityRule": azureSingle,
    "gcp:compute/firewall:Firewall": googleFirewall,
    "gcp:compute/firewallPolicyRule:FirewallPolicyRule": googlePolicyRule,
    "gcp:compute/networkFirewallPolicyRule:NetworkFirewallPolicyRule": googlePolicyRule,
    "gcp:compute/regionNetworkFirewallPolicyRule:RegionNetworkFirewallPolicyRule": googlePolicyRule,
};

/** The types that open a way in. */
export const INGRESS_TYPES: readonly string[] = Object.keys(READERS);

/** The ways in that a resource opens; unknown where the list of them is. */
export function ingressOf(resource: Resource): Reading<readonly Ingress[]> {
    return READERS[resource.type]?.(resource.inputs) ?? { state: "absent" };
}
