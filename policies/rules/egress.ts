import type { Value } from "../runtime/reader.ts";
import { and, isOn, isOneOf, not, or, type Truth } from "../runtime/truth.ts";
import { holdsWorld, isWorld } from "./addresses.ts";
import { awsPorts } from "./ingress/aws.ts";
import { azurePorts } from "./ingress/azure.ts";
import { googlePorts, isInternet } from "./ingress/google.ts";
import { many, type Ingress, type IngressReader } from "./ingress/ingress.ts";
import { hasElements } from "./lists.ts";

/** A way out reads like a way in: `fromWorld` is then whether it leads to the whole internet. */
type Egress = Ingress;

function awsInline(rule: Value): Egress {
    return {
        at: rule,
        fromWorld: or(holdsWorld(rule.get("cidrBlocks")), holdsWorld(rule.get("ipv6CidrBlocks"))),
        ...awsPorts(rule, rule.get("protocol")),
    };
}

const awsRule: IngressReader = (inputs) => {
    const egress = awsInline(inputs);
    const outgoing = isOneOf(inputs.get("type"), ["egress"], false);
    return [{ ...egress, fromWorld: and(outgoing, egress.fromWorld) }];
};

const awsEgressRule: IngressReader = (inputs) => [
    {
        at: inputs,
        fromWorld: or(isWorld(inputs.get("cidrIpv4")), isWorld(inputs.get("cidrIpv6"))),
        ...awsPorts(inputs, inputs.get("ipProtocol")),
    },
];

function azureRule(rule: Value): Egress {
    return {
        at: rule,
        fromWorld: and(
            isOneOf(rule.get("access"), ["allow"], false),
            isOneOf(rule.get("direction"), ["outbound"], false),
            or(
                isWorld(rule.get("destinationAddressPrefix")),
                holdsWorld(rule.get("destinationAddressPrefixes")),
            ),
        ),
        ...azurePorts(rule),
    };
}

/** Without any destination Google Cloud takes all addresses for it. */
function toWorld(ranges: Value): Truth {
    return or(holdsWorld(ranges), not(hasElements(ranges)));
}

const googleFirewall: IngressReader = (inputs) => [
    {
        at: inputs,
        fromWorld: and(
            isOneOf(inputs.get("direction"), ["egress"], false),
            not(isOn(inputs.get("disabled"), false)),
            toWorld(inputs.get("destinationRanges")),
        ),
        ...googlePorts(inputs.get("allows"), "protocol"),
    },
];

function googleRule(rule: Value): Egress {
    return {
        at: rule,
        fromWorld: and(
            isOneOf(rule.get("action"), ["allow"], false),
            isOneOf(rule.get("direction"), ["egress"], false),
            not(isOn(rule.get("disabled"), false)),
            isInternet(rule.get("match"), "dest"),
        ),
        ...googlePorts(rule.at("match.layer4Configs"), "ipProtocol"),
    };
}

const googlePolicyRule: IngressReader = (inputs) => [googleRule(inputs)];
const googlePolicy: IngressReader = (inputs) => many(inputs.get("rules"), googleRule);

const READERS: Readonly<Record<string, IngressReader>> = {
    "aws:ec2/securityGroup:SecurityGroup": (inputs) => many(inputs.get("egress"), awsInline),
    "aws:ec2/securityGroupRule:SecurityGroupRule": awsRule,
    "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": awsEgressRule,
    "azure-native:network:NetworkSecurityGroup": (inputs) =>
        many(inputs.get("securityRules"), azureRule),
    "azure-native:network:SecurityRule": (inputs) => [azureRule(inputs)],
    "gcp:compute/firewall:Firewall": googleFirewall,
    "gcp:compute/firewallPolicyRule:FirewallPolicyRule": googlePolicyRule,
    "gcp:compute/networkFirewallPolicyRule:NetworkFirewallPolicyRule": googlePolicyRule,
    "gcp:compute/regionNetworkFirewallPolicyRule:RegionNetworkFirewallPolicyRule": googlePolicyRule,
    "gcp:compute/firewallPolicyWithRules:FirewallPolicyWithRules": googlePolicy,
    "gcp:compute/networkFirewallPolicyWithRules:NetworkFirewallPolicyWithRules": googlePolicy,
    "gcp:compute/regionNetworkFirewallPolicyWithRules:RegionNetworkFirewallPolicyWithRules":
        googlePolicy,
};

/** The types that open a way out. The default group of a VPC is not among them: it has a rule of its own. */
export const EGRESS_TYPES: readonly string[] = Object.keys(READERS);

/** Where a resource lets everything out to the whole internet, and whether it does. */
export function openEgressOf(
    type: string,
    inputs: Value,
): readonly { readonly at: Value; readonly open: Truth }[] {
    const ways = READERS[type]?.(inputs) ?? [];
    return ways.map(({ at, fromWorld, opensAll }) => ({ at, open: and(fromWorld, opensAll) }));
}
