import { UNKNOWN, type Example, type Inputs, type StackExample } from "../example.ts";

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
    ],
};

const GROUP = { name: "front", type: "aws:ec2/securityGroup:SecurityGroup", inputs: {} };
const HTTP = { fromPort: 80, toPort: 80, cidrBlocks: [WORLD] };
const BALANCER = {
    name: "balancer",
    type: "aws:lb/loadBalancer:LoadBalancer",
    inputs: { securityGroups: [UNKNOWN] },
    references: { securityGroups: ["front"] },
};
const LISTENER = {
    name: "listener",
    type: "aws:lb/listener:Listener",
    inputs: {
        port: 80,
        protocol: "HTTP",
        loadBalancerArn: UNKNOWN,
        defaultActions: [{ type: "redirect", redirect: { protocol: "HTTPS", statusCode: "301" } }],
    },
    references: { loadBalancerArn: ["balancer"] },
};

/** A group, or a rule of it, in front of a load balancer that redirects. */
function balanced(type: string, rule: Inputs): StackExample {
    return {
        title: `${type}, before a listener that redirects`,
        good: [
            GROUP,
            {
                name: "rule",
                type,
                inputs: { securityGroupId: UNKNOWN, ...rule },
                references: { securityGroupId: ["front"] },
            },
            BALANCER,
            LISTENER,
        ],
        breaks: [
            {
                title: "the listener serves the page itself",
                set: ["listener", "defaultActions[0].type", "forward"],
                at: [["rule", ""]],
            },
            {
                title: "the listener redirects to HTTP",
                set: ["listener", "defaultActions[0].redirect.protocol", "#{protocol}"],
                at: [["rule", ""]],
            },
            { title: "nobody listens", remove: "listener", at: [["rule", ""]] },
        ],
        undecided: ["rule", "securityGroupId"],
    };
}

export const openingStackExamples: Record<string, readonly StackExample[]> = {
    "net-no-plain-http-ingress": [
        balanced("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", {
            ipProtocol: "tcp",
            fromPort: 80,
            toPort: 80,
            cidrIpv4: WORLD,
        }),
        balanced("aws:ec2/securityGroupRule:SecurityGroupRule", {
            type: "ingress",
            protocol: "tcp",
            ...HTTP,
        }),
        {
            title: "a group with inline rules before a load balancer",
            good: [
                { ...GROUP, inputs: { ingress: [{ protocol: "tcp", ...HTTP }] } },
                BALANCER,
                LISTENER,
            ],
            breaks: [
                {
                    title: "there is no load balancer",
                    remove: "balancer",
                    at: [["front", "ingress[0]"]],
                },
            ],
            undecided: ["listener", "defaultActions"],
        },
        {
            title: "an application gateway that redirects",
            good: [
                {
                    name: "group",
                    type: "azure-native:network:NetworkSecurityGroup",
                    inputs: {
                        securityRules: [
                            {
                                access: "Allow",
                                direction: "Inbound",
                                protocol: "Tcp",
                                sourceAddressPrefix: "Internet",
                                destinationPortRange: "80",
                            },
                        ],
                    },
                },
                {
                    name: "subnet",
                    type: "azure-native:network:Subnet",
                    inputs: { networkSecurityGroup: { id: UNKNOWN } },
                    references: { networkSecurityGroup: ["group"] },
                },
                {
                    name: "gateway",
                    type: "azure-native:network:ApplicationGateway",
                    inputs: {
                        gatewayIPConfigurations: [{ subnet: { id: UNKNOWN } }],
                        redirectConfigurations: [{ redirectType: "Permanent" }],
                    },
                    references: { gatewayIPConfigurations: ["subnet"] },
                },
            ],
            breaks: [
                {
                    title: "the gateway does not redirect",
                    set: ["gateway", "redirectConfigurations", undefined],
                    at: [["group", "securityRules[0]"]],
                },
            ],
            undecided: ["gateway", "redirectConfigurations"],
        },
        {
            title: "a rule of Azure that is a resource of its own",
            good: [
                { name: "group", type: "azure-native:network:NetworkSecurityGroup", inputs: {} },
                {
                    name: "rule",
                    type: "azure-native:network:SecurityRule",
                    inputs: {
                        networkSecurityGroupName: UNKNOWN,
                        access: "Allow",
                        direction: "Inbound",
                        protocol: "Tcp",
                        sourceAddressPrefix: "10.0.0.0/8",
                        destinationPortRange: "80",
                    },
                    references: { networkSecurityGroupName: ["group"] },
                },
            ],
            breaks: [
                {
                    title: "it is for the whole internet",
                    set: ["rule", "sourceAddressPrefix", "*"],
                    at: [["rule", ""]],
                },
            ],
        },
    ],
};
