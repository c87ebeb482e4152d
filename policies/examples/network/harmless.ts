import type { Example } from "../example.ts";

/** What looks like an opening and is none. */
export const HARMLESS: readonly Example[] = [
    {
        type: "azure-native:network:SecurityRule",
        good: {
            access: "Allow",
            direction: "Inbound",
            protocol: "Icmp",
            sourceAddressPrefix: "Internet",
            destinationPortRange: "*",
        },
        breaks: [],
    },
    {
        type: "azure-native:network:SecurityRule",
        good: {
            access: "Deny",
            direction: "Inbound",
            protocol: "*",
            sourceAddressPrefix: "*",
            destinationPortRange: "*",
        },
        breaks: [],
    },
    {
        type: "aws:ec2/securityGroupRule:SecurityGroupRule",
        good: { type: "egress", protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: ["0.0.0.0/0"] },
        breaks: [],
    },
    {
        type: "gcp:compute/firewall:Firewall",
        good: { direction: "INGRESS", sourceRanges: ["0.0.0.0/0"], denies: [{ protocol: "all" }] },
        breaks: [],
    },
    {
        type: "gcp:compute/firewall:Firewall",
        good: { sourceTags: ["bastion"], allows: [{ protocol: "tcp", ports: ["22"] }] },
        breaks: [],
    },
    {
        type: "gcp:compute/firewall:Firewall",
        good: { disabled: true, sourceRanges: ["0.0.0.0/0"], allows: [{ protocol: "all" }] },
        breaks: [],
    },
    {
        type: "gcp:compute/networkFirewallPolicyRule:NetworkFirewallPolicyRule",
        good: {
            action: "allow",
            direction: "INGRESS",
            match: {
                srcIpRanges: ["0.0.0.0/0"],
                srcNetworkScope: "INTRA_VPC",
                layer4Configs: [{ ipProtocol: "all" }],
            },
        },
        breaks: [
            {
                title: "the scope is the internet",
                set: ["match.srcNetworkScope", "INTERNET"],
                at: [""],
            },
        ],
        undecided: "match.srcNetworkScope",
    },
    {
        type: "gcp:compute/networkFirewallPolicyRule:NetworkFirewallPolicyRule",
        good: {
            action: "allow",
            direction: "INGRESS",
            match: {
                srcIpRanges: ["0.0.0.0/0"],
                srcNetworkContext: "VPC_NETWORKS",
                layer4Configs: [{ ipProtocol: "all" }],
            },
        },
        breaks: [
            {
                title: "the context is the internet",
                set: ["match.srcNetworkContext", "INTERNET"],
                at: [""],
            },
        ],
        undecided: "match.srcNetworkContext",
    },
    {
        type: "gcp:compute/firewallPolicyRule:FirewallPolicyRule",
        good: {
            action: "allow",
            match: {
                srcNetworkContext: "INTERNET",
                srcRegionCodes: ["DE"],
                layer4Configs: [{ ipProtocol: "all" }],
            },
        },
        breaks: [
            {
                title: "the context is the internet, and no region narrows it",
                set: ["match.srcRegionCodes", undefined],
                at: [""],
            },
        ],
        undecided: "match.srcRegionCodes",
    },
    {
        type: "gcp:compute/networkFirewallPolicyWithRules:NetworkFirewallPolicyWithRules",
        good: {
            rules: [
                {
                    action: "allow",
                    match: {
                        srcIpRanges: ["10.0.0.0/8"],
                        srcNetworkScope: "INTERNET",
                        layer4Configs: [{ ipProtocol: "all" }],
                    },
                },
            ],
        },
        breaks: [
            {
                title: "the scope is the internet, and no range narrows it",
                set: ["rules[0].match.srcIpRanges", undefined],
                at: ["rules[0]"],
            },
        ],
        undecided: "rules[0].match.srcIpRanges",
    },
];

/** Every protocol, from everywhere, which is an opening for each of the rules. */
export const EVERYTHING: readonly Example[] = [
    {
        type: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
        good: { ipProtocol: "-1", cidrIpv4: "10.0.0.0/8" },
        breaks: [{ title: "every protocol is open", set: ["cidrIpv4", "0.0.0.0/0"], at: [""] }],
        undecided: "cidrIpv4",
    },
    {
        type: "gcp:compute/firewall:Firewall",
        good: { sourceRanges: ["10.0.0.0/8"], allows: [{ protocol: "all" }] },
        breaks: [
            {
                title: "no source is named, which means every address",
                set: ["sourceRanges", undefined],
                at: [""],
            },
        ],
        undecided: "sourceRanges",
    },
];
