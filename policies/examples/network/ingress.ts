import {
    UNKNOWN,
    type Break,
    type Example,
    type Inputs,
    type Json,
    type StackExample,
} from "../example.ts";

/** How one resource type says which ports, from where. */
interface Shape {
    readonly type: string;
    readonly wrap: (rule: Inputs) => Inputs;
    readonly prefix: string;
    readonly at: string;
    readonly rule: Inputs;
    readonly sources: readonly (readonly [path: string, world: Json])[];
    /** Sets the ports, to be applied to a rule that is open to the world. */
    readonly ports: (span: string) => Inputs;
}

function span(text: string): Inputs {
    const [from, to] = text.split("-").map(Number);
    return { fromPort: from!, toPort: to ?? from! };
}

const bare = (rule: Inputs) => rule;

const awsGroup = (type: string): Shape => ({
    type,
    wrap: (rule) => ({ ingress: [rule] }),
    prefix: "ingress[0].",
    at: "ingress[0]",
    rule: { protocol: "tcp", fromPort: 443, toPort: 443, cidrBlocks: ["10.0.0.0/8"] },
    sources: [
        ["cidrBlocks", ["0.0.0.0/0"]],
        ["ipv6CidrBlocks", ["::/0"]],
    ],
    ports: span,
});

const azure = (type: string, inline: boolean): Shape => ({
    type,
    wrap: inline ? (rule) => ({ securityRules: [rule] }) : bare,
    prefix: inline ? "securityRules[0]." : "",
    at: inline ? "securityRules[0]" : "",
    rule: {
        access: "Allow",
        direction: "Inbound",
        protocol: "Tcp",
        priority: 100,
        sourceAddressPrefix: "10.0.0.0/8",
        destinationPortRange: "443",
    },
    sources: [
        ["sourceAddressPrefix", "Internet"],
        ["sourceAddressPrefix", "*"],
        ["sourceAddressPrefixes", ["0.0.0.0/0"]],
    ],
    ports: (text) => ({ destinationPortRange: text === "0-65535" ? "*" : text }),
});

const capital = (text: string) => text.slice(0, 1).toUpperCase() + text.slice(1);

const googlePolicy = (type: string, inline: boolean): Shape => ({
    type,
    wrap: inline ? (rule) => ({ rules: [rule] }) : bare,
    prefix: inline ? "rules[0]." : "",
    at: inline ? "rules[0]" : "",
    rule: {
        action: "allow",
        direction: "INGRESS",
        priority: 1000,
        match: {
            srcIpRanges: ["10.0.0.0/8"],
            layer4Configs: [{ ipProtocol: "tcp", ports: ["443"] }],
        },
    },
    sources: [["match.srcIpRanges", ["0.0.0.0/0"]]],
    ports: (text) => ({
        match: {
            srcIpRanges: ["0.0.0.0/0"],
            layer4Configs: [{ ipProtocol: "tcp", ports: [text] }],
        },
    }),
});

const SHAPES: readonly Shape[] = [
    awsGroup("aws:ec2/securityGroup:SecurityGroup"),
    awsGroup("aws:ec2/defaultSecurityGroup:DefaultSecurityGroup"),
    {
        type: "aws:ec2/securityGroupRule:SecurityGroupRule",
        wrap: bare,
        prefix: "",
        at: "",
        rule: {
            type: "ingress",
            protocol: "tcp",
            fromPort: 443,
            toPort: 443,
            cidrBlocks: ["10.0.0.0/8"],
        },
        sources: [["cidrBlocks", ["0.0.0.0/0"]]],
        ports: span,
    },
    {
        type: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
        wrap: bare,
        prefix: "",
        at: "",
        rule: { ipProtocol: "tcp", fromPort: 443, toPort: 443, cidrIpv4: "10.0.0.0/8" },
        sources: [
            ["cidrIpv4", "0.0.0.0/0"],
            ["cidrIpv6", "::/0"],
        ],
        ports: span,
    },
    azure("azure-native:network/v20240501:NetworkSecurityGroup", true),
    azure("azure-native:network:SecurityRule", false),
    {
        type: "gcp:compute/firewall:Firewall",
        wrap: bare,
        prefix: "",
        at: "",
        rule: { sourceRanges: ["10.0.0.0/8"], allows: [{ protocol: "tcp", ports: ["443"] }] },
        sources: [["sourceRanges", ["0.0.0.0/0"]]],
        ports: (text) => ({ allows: [{ protocol: "tcp", ports: [text] }] }),
    },
    ...["firewallPolicy", "networkFirewallPolicy", "regionNetworkFirewallPolicy"].flatMap(
        (policy) => [
            googlePolicy(`gcp:compute/${policy}Rule:${capital(policy)}Rule`, false),
            googlePolicy(`gcp:compute/${policy}WithRules:${capital(policy)}WithRules`, true),
        ],
    ),
];

/** Good: the ports are open inside only. Broken: to the world, in each way to say so. */
function exampleOf(shape: Shape, ports: string): Example {
    const open = { ...shape.rule, ...shape.ports(ports) };
    const match = open.match as Inputs | undefined;
    const good = match ? { ...open, match: { ...match, srcIpRanges: ["10.0.0.0/8"] } } : open;
    return {
        type: shape.type,
        good: shape.wrap(good),
        breaks: shape.sources.map(([path, world]): Break => ({
            title: `${path} is ${JSON.stringify(world)}`,
            set: [`${shape.prefix}${path}`, world],
            at: [shape.at],
        })),
        undecided: `${shape.prefix}${shape.sources[0]![0]}`,
    };
}

const examplesFor = (...ports: readonly string[]) =>
    ports.flatMap((text) => SHAPES.map((shape) => exampleOf(shape, text)));

/** What looks like an opening and is none. */
const HARMLESS: readonly Example[] = [
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
const EVERYTHING: readonly Example[] = [
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

const LIST = "aws:ec2/managedPrefixList:ManagedPrefixList";
const ENTRY = "aws:ec2/managedPrefixListEntry:ManagedPrefixListEntry";
const WORLD = "0.0.0.0/0";

/** A rule, alone or in its group, that lets in what a prefix list holds. */
function throughList(type: string, rule: Inputs, input: string, at: string): StackExample {
    return {
        title: `${type}, open to a prefix list`,
        good: [
            {
                name: "offices",
                type: LIST,
                inputs: { addressFamily: "IPv4", entries: [{ cidr: "198.51.100.0/24" }] },
            },
            { name: "rule", type, inputs: rule, references: { [input]: ["offices"] } },
        ],
        breaks: [
            {
                title: "the list holds the world",
                set: ["offices", "entries[0].cidr", WORLD],
                at: [["rule", at]],
            },
            {
                title: "an entry of its own adds the world to the list",
                add: {
                    name: "everybody",
                    type: ENTRY,
                    inputs: { prefixListId: UNKNOWN, cidr: WORLD },
                    references: { prefixListId: ["offices"] },
                },
                at: [["rule", at]],
            },
        ],
        undecided: ["rule", at === "" ? input : `${at}.prefixListIds`],
    };
}

/** Prefix lists of AWS, by each type that can name one. */
function prefixLists(port: number, last = port): readonly StackExample[] {
    const ports = { protocol: "tcp", fromPort: port, toPort: last };
    const inline = { ingress: [{ ...ports, prefixListIds: [UNKNOWN] }] };
    return [
        ...["securityGroup:SecurityGroup", "defaultSecurityGroup:DefaultSecurityGroup"].map(
            (type) => throughList(`aws:ec2/${type}`, inline, "ingress", "ingress[0]"),
        ),
        throughList(
            "aws:ec2/securityGroupRule:SecurityGroupRule",
            { type: "ingress", ...ports, prefixListIds: [UNKNOWN] },
            "prefixListIds",
            "",
        ),
        throughList(
            "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
            { ipProtocol: "tcp", fromPort: port, toPort: last, prefixListId: UNKNOWN },
            "prefixListId",
            "",
        ),
        {
            title: "two prefix lists, of which each rule names one by its id",
            good: [
                { name: "offices", type: LIST, inputs: { id: "pl-1", entries: [] } },
                { name: "world", type: LIST, inputs: { id: "pl-2", entries: [{ cidr: WORLD }] } },
                {
                    name: "group",
                    type: "aws:ec2/securityGroup:SecurityGroup",
                    inputs: {
                        ingress: [
                            { ...ports, prefixListIds: ["pl-1"] },
                            {
                                protocol: "tcp",
                                fromPort: 8443,
                                toPort: 8443,
                                prefixListIds: ["pl-2"],
                            },
                        ],
                    },
                    references: { ingress: ["offices", "world"] },
                },
                {
                    name: "out",
                    type: "aws:ec2/securityGroupRule:SecurityGroupRule",
                    inputs: { type: "egress", ...ports, prefixListIds: ["pl-2"] },
                },
            ],
            breaks: [
                {
                    title: "the wrong one is named",
                    set: ["group", "ingress[0].prefixListIds[0]", "pl-2"],
                    at: [["group", "ingress[0]"]],
                },
            ],
        },
    ];
}

/** Ways in, and what only looks like one. */
export const ingressExamples: Record<string, readonly Example[]> = {
    "net-no-world-ingress-admin-ports": [...examplesFor("22", "3380-3400"), ...HARMLESS],
    "net-no-world-ingress-db-ports": [...examplesFor("5432", "27000-27020"), ...HARMLESS],
    "net-no-world-ingress-any": [...examplesFor("0-65535"), ...EVERYTHING, ...HARMLESS],
};

/** Ways in whose sources stand in other resources. */
export const ingressStackExamples: Record<string, readonly StackExample[]> = {
    "net-no-world-ingress-admin-ports": prefixLists(22),
    "net-no-world-ingress-db-ports": prefixLists(5432),
    "net-no-world-ingress-any": prefixLists(0, 65535),
};
