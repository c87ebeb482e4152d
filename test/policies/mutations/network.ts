import type { Mutation } from "./mutation.ts";

export const networkMutations: readonly Mutation[] = [
    {
        rule: "net-no-world-ingress-admin-ports",
        title: "DefaultSecurityGroup has ingress wrong",
        do: [
            {
                type: "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
                set: {
                    ingress: [
                        {
                            protocol: "tcp",
                            fromPort: 22,
                            toPort: 22,
                            cidrBlocks: ["0.0.0.0/0"],
                        },
                    ],
                },
            },
        ],
        at: "ingress[0]",
    },
    {
        rule: "net-no-world-ingress-db-ports",
        title: "DefaultSecurityGroup has ingress wrong",
        do: [
            {
                type: "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
                set: {
                    ingress: [
                        {
                            protocol: "tcp",
                            fromPort: 5432,
                            toPort: 5432,
                            cidrBlocks: ["0.0.0.0/0"],
                        },
                    ],
                },
            },
        ],
        at: "ingress[0]",
    },
    {
        rule: "net-no-world-ingress-any",
        title: "DefaultSecurityGroup has ingress wrong",
        do: [
            {
                type: "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
                set: {
                    ingress: [
                        {
                            protocol: "udp",
                            fromPort: 0,
                            toPort: 65535,
                            cidrBlocks: ["0.0.0.0/0"],
                        },
                    ],
                },
            },
        ],
        at: "ingress[0]",
    },
];
