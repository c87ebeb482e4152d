import type { Value } from "../../runtime/reader.ts";
import { and, isOneOf, or, some, type Truth } from "../../runtime/truth.ts";
import { holdsWorld, isWorld } from "../addresses.ts";
import {
    covers,
    inSpan,
    isWhole,
    many,
    type Ingress,
    type IngressReader,
    type Span,
} from "./ingress.ts";

/** Which ports a rule of Azure is for. */
export function azurePorts(rule: Value): Pick<Ingress, "opensTcp" | "opensAll"> {
    const protocol = rule.get("protocol");
    const inPorts = (test: (span: Span) => boolean): Truth =>
        or(
            inSpan(rule.get("destinationPortRange"), test),
            some(rule.get("destinationPortRanges"), (range) => inSpan(range, test)),
        );
    return {
        opensTcp: (port) => and(isOneOf(protocol, ["tcp", "*"], false), inPorts(covers(port))),
        // A rule for every protocol is still limited to its ports. ICMP has none, and "*" says nothing there.
        opensAll: and(isOneOf(protocol, ["tcp", "udp", "*"], false), inPorts(isWhole)),
    };
}

function azureRule(rule: Value): Ingress {
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
        ...azurePorts(rule),
    };
}

const azureGroup: IngressReader = (inputs) => many(inputs.get("securityRules"), azureRule);
const azureSingle: IngressReader = (inputs) => [azureRule(inputs)];

/** Azure's types that open a way in. A rule of higher priority that denies the same is not looked for. */
export const azureReaders: Readonly<Record<string, IngressReader>> = {
    "azure-native:network:NetworkSecurityGroup": azureGroup,
    "azure-native:network:SecurityRule": azureSingle,
};
