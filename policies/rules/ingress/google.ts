import type { Value } from "../../runtime/reader.ts";
import {
    and,
    holds,
    isOn,
    isOneOf,
    isPresent,
    not,
    or,
    some,
    type Truth,
} from "../../runtime/truth.ts";
import { holdsWorld } from "../addresses.ts";
import { covers, inSpan, isWhole, type Ingress, type IngressReader, type Span } from "./ingress.ts";

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

function hasElements(list: Value): Truth {
    return and(
        isPresent(list),
        holds(list, list.list(), (elements) => elements.length > 0, false),
    );
}

const googlePolicyRule: IngressReader = (inputs) => {
    const match = inputs.get("match");
    return [
        {
            at: inputs,
            fromWorld: and(
                isOneOf(inputs.get("action"), ["allow"], false),
                isOneOf(inputs.get("direction"), ["ingress"], false),
                not(isOn(inputs.get("disabled"), false)),
                holdsWorld(match.get("srcIpRanges")),
            ),
            ...googlePorts(match.get("layer4Configs"), "ipProtocol"),
        },
    ];
};

/** Google Cloud's types that open a way in. */
export const googleReaders: Readonly<Record<string, IngressReader>> = {
    "gcp:compute/firewall:Firewall": googleFirewall,
    "gcp:compute/firewallPolicyRule:FirewallPolicyRule": googlePolicyRule,
    "gcp:compute/networkFirewallPolicyRule:NetworkFirewallPolicyRule": googlePolicyRule,
    "gcp:compute/regionNetworkFirewallPolicyRule:RegionNetworkFirewallPolicyRule": googlePolicyRule,
};
