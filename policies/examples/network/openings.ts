import type { Example, Inputs } from "../example.ts";

const WORLD = "0.0.0.0/0";
const INSIDE = "10.0.0.0/8";

const GOOGLE_POLICIES = ["firewallPolicy", "networkFirewallPolicy", "regionNetworkFirewallPolicy"];
const capital = (text: string) => text.slice(0, 1).toUpperCase() + text.slice(1);

/** One rule of a Google Cloud firewall policy, alone and in a policy with all its rules. */
function inPolicies(rule: Inputs, ranges: string): readonly Example[] {
    const wide = (path: string, at: string) => [
        { title: "the range is the whole internet", set: [path, [WORLD]] as const, at: [at] },
    ];
    return GOOGLE_POLICIES.flatMap((policy): readonly Example[] => [
        {
            type: `gcp:compute/${policy}Rule:${capital(policy)}Rule`,
            good: rule,
            breaks: wide(ranges, ""),
            undecided: ranges,
        },
        {
            type: `gcp:compute/${policy}WithRules:${capital(policy)}WithRules`,
            good: { rules: [rule] },
            breaks: wide(`rules[0].${ranges}`, "rules[0]"),
            undecided: `rules[0].${ranges}`,
        },
    ]);
}

const HTTP_FROM_INSIDE = {
    action: "allow",
    direction: "INGRESS",
    match: { srcIpRanges: [INSIDE], layer4Configs: [{ ipProtocol: "tcp", ports: ["80"] }] },
};

const EVERYTHING_TO_INSIDE = {
    action: "allow",
    direction: "EGRESS",
    match: { destIpRanges: [INSIDE], layer4Configs: [{ ipProtocol: "all" }] },
};

const AZURE_OUT = {
    access: "Allow",
    direction: "Outbound",
    protocol: "*",
    destinationAddressPrefix: "VirtualNetwork",
    destinationPortRange: "*",
};

export const openingExamples: Record<string, readonly Example[]> = {
    "net-no-plain-http-ingress": [
        {
            type: "gcp:compute/firewall:Firewall",
            good: { sourceRanges: [INSIDE], allows: [{ protocol: "tcp", ports: ["80"] }] },
            breaks: [
                {
                    title: "it is for the whole internet",
                    set: ["sourceRanges", [WORLD]],
                    at: [""],
                },
            ],
            undecided: "sourceRanges",
        },
        {
            type: "gcp:compute/firewall:Firewall",
            good: { sourceRanges: [WORLD], allows: [{ protocol: "tcp", ports: ["443"] }] },
            breaks: [],
            undecided: "allows[0].ports[0]",
        },
        // Another rule's.
        {
            type: "gcp:compute/firewall:Firewall",
            good: { sourceRanges: [WORLD], allows: [{ protocol: "all" }] },
            breaks: [],
        },
        ...inPolicies(HTTP_FROM_INSIDE, "match.srcIpRanges"),
    ],
    "net-egress-restricted": [
        {
            type: "aws:ec2/securityGroup:SecurityGroup",
            good: { egress: [{ protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: [INSIDE] }] },
            breaks: [
                {
                    title: "everything is let out to everywhere",
                    set: ["egress[0].cidrBlocks", [WORLD]],
                    at: ["egress[0]"],
                },
                {
                    title: "the same is true of IPv6",
                    set: ["egress[0].ipv6CidrBlocks", ["::/0"]],
                    at: ["egress[0]"],
                },
            ],
            undecided: "egress",
        },
        {
            type: "aws:ec2/securityGroupRule:SecurityGroupRule",
            good: {
                type: "egress",
                protocol: "-1",
                fromPort: 0,
                toPort: 0,
                cidrBlocks: [INSIDE],
            },
            breaks: [{ title: "it leads to everywhere", set: ["cidrBlocks", [WORLD]], at: [""] }],
            undecided: "cidrBlocks",
        },
        {
            type: "aws:ec2/securityGroupRule:SecurityGroupRule",
            good: { type: "ingress", protocol: "-1", cidrBlocks: [WORLD] },
            breaks: [],
            undecided: "type",
        },
        {
            type: "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
            good: { ipProtocol: "tcp", fromPort: 443, toPort: 443, cidrIpv4: WORLD },
            breaks: [{ title: "every protocol is let out", set: ["ipProtocol", "-1"], at: [""] }],
            undecided: "ipProtocol",
        },
        {
            type: "azure-native:network:SecurityRule",
            good: AZURE_OUT,
            breaks: [
                {
                    title: "it leads to the internet",
                    set: ["destinationAddressPrefix", "Internet"],
                    at: [""],
                },
                {
                    title: "it leads to the internet among others",
                    set: ["destinationAddressPrefixes", ["10.0.0.0/8", WORLD]],
                    at: [""],
                },
            ],
            undecided: "destinationAddressPrefix",
        },
        {
            type: "azure-native:network/v20240501:NetworkSecurityGroup",
            good: { securityRules: [AZURE_OUT] },
            breaks: [
                {
                    title: "it leads to everywhere",
                    set: ["securityRules[0].destinationAddressPrefix", "*"],
                    at: ["securityRules[0]"],
                },
            ],
            undecided: "securityRules",
        },
        {
            type: "gcp:compute/firewall:Firewall",
            good: {
                direction: "EGRESS",
                destinationRanges: [INSIDE],
                allows: [{ protocol: "all" }],
            },
            breaks: [
                {
                    title: "it leads to everywhere",
                    set: ["destinationRanges", [WORLD]],
                    at: [""],
                },
                {
                    title: "no destination is named, which means every address",
                    set: ["destinationRanges", undefined],
                    at: [""],
                },
            ],
            undecided: "destinationRanges",
        },
        ...inPolicies(EVERYTHING_TO_INSIDE, "match.destIpRanges"),
        {
            type: "gcp:compute/networkFirewallPolicyRule:NetworkFirewallPolicyRule",
            good: {
                ...EVERYTHING_TO_INSIDE,
                match: {
                    destIpRanges: [WORLD],
                    destNetworkContext: "NON_INTERNET",
                    layer4Configs: [{ ipProtocol: "all" }],
                },
            },
            breaks: [
                {
                    title: "the context is the internet",
                    set: ["match.destNetworkContext", "INTERNET"],
                    at: [""],
                },
            ],
            undecided: "match.destNetworkContext",
        },
    ],
};
