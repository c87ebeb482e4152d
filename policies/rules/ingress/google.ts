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

/** The parts of a network that are not the internet, if a rule names one. */
const INNER_SCOPES = ["non_internet", "intra_vpc", "vpc_networks"];

/** What narrows a rule down besides ranges. */
const NARROWING = ["AddressGroups", "Fqdns", "RegionCodes", "SecureTags", "ThreatIntelligences"];

/** Whether one side of a firewall policy's rule is the whole internet. The scope is called context since it left beta. */
export function isInternet(match: Value, side: "src" | "dest"): Truth {
    const scopes = ["NetworkContext", "NetworkScope"].map((name) => match.get(`${side}${name}`));
    const ranges = match.get(`${side}IpRanges`);
    const isNarrowed = or(...NARROWING.map((name) => hasElements(match.get(`${side}${name}`))));
    const isScoped = or(...scopes.map((scope) => isOneOf(scope, ["internet"], false)));
    return and(
        ...scopes.map((scope) => not(isOneOf(scope, INNER_SCOPES, false))),
        or(holdsWorld(ranges), and(isScoped, not(hasElements(ranges)), not(isNarrowed))),
    );
}

function googleRule(rule: Value): Ingress {
    const match = rule.get("match");
    return {
        at: rule,
        fromWorld: and(
            isOneOf(rule.get("action"), ["allow"], false),
            isOneOf(rule.get("direction"), ["ingress"], true),
            not(isOn(rule.get("disabled"), false)),
            isInternet(match, "src"),
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
