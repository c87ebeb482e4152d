import { UNKNOWN, type Inputs, type StackExample } from "../example.ts";

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

/** Ways in whose sources stand in other resources. */
export const ingressStackExamples: Record<string, readonly StackExample[]> = {
    "net-no-world-ingress-admin-ports": prefixLists(22),
    "net-no-world-ingress-db-ports": prefixLists(5432),
    "net-no-world-ingress-any": prefixLists(0, 65535),
};
