import { azure, rejectsEach } from "./support.ts";

describe("settings of networks and API access that are wrong", () => {
    rejectsEach([
        [
            "a malformed block",
            { network: { cidr: "10.20.0.0" } },
            ['network.cidr: "10.20.0.0" is not an IPv4 block. Write it like 10.20.0.0/16.'],
        ],
        [
            "a block with host bits",
            { network: { cidr: "10.20.3.0/16" } },
            [
                'network.cidr: "10.20.3.0/16" is not an IPv4 block. Its host bits are set; write 10.20.0.0/16.',
            ],
        ],
        [
            "a block that is too small",
            { network: { cidr: "10.20.0.0/21" } },
            [
                'network.cidr: "10.20.0.0/21" is too small: AWS takes /16 to /20. Write a block from /16 to /20; /16 has room for everything.',
            ],
        ],
        [
            "a block that AWS finds too large",
            { network: { cidr: "10.20.0.0/15" } },
            [
                'network.cidr: "10.20.0.0/15" is too large: AWS takes /16 to /20. Write a block from /16 to /20; /16 has room for everything.',
            ],
        ],
        [
            "a public block",
            { network: { cidr: "100.64.0.0/16" } },
            [
                'network.cidr: "100.64.0.0/16" is not inside one of the private ranges 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16. Take a block of 10.0.0.0/8, or leave the line out to have one planned.',
            ],
        ],
        [
            "a block that a cloud keeps for itself",
            { sites: { main: azure({ network: { cidr: "172.30.0.0/16" } }) } },
            [
                'sites.main.network.cidr: "172.30.0.0/16" overlaps 172.30.0.0/16: AKS keeps it for itself. Take a block outside of it.',
            ],
        ],
        [
            "a private caller of the API",
            { apiAccess: { cidrs: ["10.0.0.0/8"] } },
            [
                'apiAccess.cidrs[0]: "10.0.0.0/8" is private, and no caller from outside ever has such an address. Remove it: inside the network the API always answers. List public blocks only.',
            ],
        ],
        [
            "an administrator in another cloud's form",
            { apiAccess: { administrators: ["group:a@example.com"] } },
            [
                'apiAccess.administrators[0]: "group:a@example.com" is not the ARN of an IAM role or user, which AWS needs. Write it at the site, like arn:aws:iam::123456789012:role/platform-admin.',
            ],
        ],
        [
            "logs kept for longer than a cloud can",
            { sites: { main: azure({ network: { logRetention: "29 days" } }) } },
            [
                'sites.main.network.logRetention: "29 days" is not what Azure can do: it keeps logs for 30 to 365 days. Write 30 days.',
            ],
        ],
    ]);
});
