import { UNKNOWN, type Inputs, type StackExample } from "../example.ts";

const WORLD = "0.0.0.0/0";

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
function balanced(type: string, rule: Inputs, module: "lb" | "alb" = "lb"): StackExample {
    return {
        title: `${type}, before a listener of ${module} that redirects`,
        good: [
            GROUP,
            {
                name: "rule",
                type,
                inputs: { securityGroupId: UNKNOWN, ...rule },
                references: { securityGroupId: ["front"] },
            },
            { ...BALANCER, type: `aws:${module}/loadBalancer:LoadBalancer` },
            { ...LISTENER, type: `aws:${module}/listener:Listener` },
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
        balanced(
            "aws:ec2/securityGroupRule:SecurityGroupRule",
            { type: "ingress", protocol: "tcp", ...HTTP },
            "alb",
        ),
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
