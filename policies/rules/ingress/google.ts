import type { Value } from "../../runtime/reader.ts";
import { and, isOn, isOneOf, not, or, some, type Truth } from "../../runtime/truth.ts";
import { holdsWorld } from "../addresses.ts";
import { hasElements } from "../lists.ts";
import {
    covers,
    inSpan,
    isWhole,
    many,
    type Ingress,
    type IngressReader,
    type Span,
} from "./ingress.ts";

/** Which ports the layers of a Google Cloud firewall rule are for. */
export function googlePorts(
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

const googleFirewall: IngressReader = (inputs) => {
    const ranges = inputs.get("sourceRanges");
    const limited = or(
        hasElements(inputs.get("sourceTags")),
        hasElements(inputs.get("sourceServiceAccounts")),
    );
    return [
        {
            at: inputs,
            // Without any source the cloud takes all addresses for the source.
            fromWorld: and(
                isOneOf(inputs.get("direction"), ["ingress"], true),
                not(isOn(inputs.get("disabled"), false)),
                or(holdsWorld(ranges), and(not(hasElements(ranges)), not(limited))),
            ),
            ...googlePorts(inputs.get("allows"), "protocol"),
        },
    ];
};

/** The parts of a network that are not the internet, if a rule names one as its source. */
const INNER_SCOPES = ["non_internet", "intra_vpc", "vpc_networks"];

function googleRule(rule: Value): Ingress {
    const match = rule.get("match");
    const scope = match.get("srcNetworkScope");
    const ranges = match.get("srcIpRanges");
    return {
        at: rule,
        fromWorld: and(
            isOneOf(rule.get("action"), ["allow"], false),
            isOneOf(rule.get("direction"), ["ingress"], true),
            not(isOn(rule.get("disabled"), false)),
            not(isOneOf(scope, INNER_SCOPES, false)),
            or(
                holdsWorld(ranges),
                and(isOneOf(scope, ["internet"], false), not(hasElements(ranges))),
            ),
        ),
        ...googlePorts(match.get("layer4Configs"), "ipProtocol"),
    };
}

const googlePolicyRule: IngressReader = (inputs) => [googleRule(inputs)];

const googlePolicy: IngressReader = (inputs) => many(inputs.get("rules"), googleRule);

/** Google Cloud's types that open a way in. */
export const googleReaders: Readonly<Record<string, IngressReader>> = {
    "gcp:compute/firewall:Firewall": googleFirewall,
    "gcp:compute/firewallPolicyRule:FirewallPolicyRule": googlePolicyRule,
    "gcp:compute/networkFirewallPolicyRule:NetworkFirewallPolicyRule": googlePolicyRule,
    "gcp:compute/regionNetworkFirewallPolicyRule:RegionNetworkFirewallPolicyRule": googlePolicyRule,
    "gcp:compute/firewallPolicyWithRules:FirewallPolicyWithRules": googlePolicy,
    "gcp:compute/networkFirewallPolicyWithRules:NetworkFirewallPolicyWithRules": googlePolicy,
    "gcp:compute/regionNetworkFirewallPolicyWithRules:RegionNetworkFirewallPolicyWithRules":
        googlePolicy,
};
