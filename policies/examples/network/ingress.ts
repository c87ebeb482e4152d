import type { Break, Example, Inputs, Json } from "../example.ts";
import { EVERYTHING, HARMLESS } from "./harmless.ts";

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

/** Ways in, and what only looks like one. */
export const ingressExamples: Record<string, readonly Example[]> = {
    "net-no-world-ingress-admin-ports": [...examplesFor("22", "3380-3400"), ...HARMLESS],
    "net-no-world-ingress-db-ports": [...examplesFor("5432", "27000-27020"), ...HARMLESS],
    "net-no-world-ingress-any": [...examplesFor("0-65535"), ...EVERYTHING, ...HARMLESS],
};
