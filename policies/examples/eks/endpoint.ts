import type { Example } from "../example.ts";

const CLUSTER = "aws:eks/cluster:Cluster";

/** Examples of who reaches the API of an EKS cluster. */
export const eksEndpointExamples: Record<string, readonly Example[]> = {
    "aws-eks-endpoint-not-world-open": [
        {
            type: CLUSTER,
            good: {
                vpcConfig: {
                    subnetIds: ["subnet-1"],
                    endpointPublicAccess: true,
                    publicAccessCidrs: ["203.0.113.0/24", "2001:db8::/48"],
                },
            },
            breaks: [
                {
                    title: "a range is the whole of IPv4",
                    set: ["vpcConfig.publicAccessCidrs[0]", "0.0.0.0/0"],
                    at: ["vpcConfig.publicAccessCidrs"],
                },
                {
                    title: "a range is the whole of IPv6",
                    set: ["vpcConfig.publicAccessCidrs[1]", "::/0"],
                    at: ["vpcConfig.publicAccessCidrs"],
                },
                {
                    title: "a range is all of IPv6 that is in use",
                    set: ["vpcConfig.publicAccessCidrs[1]", "2000::/3"],
                    at: ["vpcConfig.publicAccessCidrs"],
                },
                {
                    title: "a range is half of IPv4",
                    set: ["vpcConfig.publicAccessCidrs[0]", "128.0.0.0/1"],
                    at: ["vpcConfig.publicAccessCidrs"],
                },
                {
                    title: "a range is a quarter of IPv4",
                    set: ["vpcConfig.publicAccessCidrs[0]", "64.0.0.0/2"],
                    at: ["vpcConfig.publicAccessCidrs"],
                },
                {
                    title: "a range is half of the IPv6 that is in use",
                    set: ["vpcConfig.publicAccessCidrs[1]", "3000::/4"],
                    at: ["vpcConfig.publicAccessCidrs"],
                },
                {
                    title: "a range is all of IPv4, written as IPv6",
                    set: ["vpcConfig.publicAccessCidrs[1]", "::ffff:0.0.0.0/96"],
                    at: ["vpcConfig.publicAccessCidrs"],
                },
                {
                    title: "there are no ranges, for which AWS puts the whole internet",
                    set: ["vpcConfig.publicAccessCidrs", undefined],
                    at: ["vpcConfig.publicAccessCidrs"],
                },
                {
                    title: "nothing is said at all",
                    set: ["vpcConfig", undefined],
                    at: ["vpcConfig.publicAccessCidrs"],
                },
            ],
            undecided: "vpcConfig.publicAccessCidrs",
        },
        {
            type: CLUSTER,
            good: {
                vpcConfig: {
                    subnetIds: ["subnet-1"],
                    publicAccessCidrs: ["10.0.0.0/8", "fd00::/8", "::ffff:203.0.113.0/120"],
                },
            },
            breaks: [],
            undecided: "vpcConfig.publicAccessCidrs",
        },
        {
            type: CLUSTER,
            good: { vpcConfig: { subnetIds: ["subnet-1"], endpointPublicAccess: false } },
            breaks: [
                {
                    title: "the public endpoint is switched on without ranges",
                    set: ["vpcConfig.endpointPublicAccess", true],
                    at: ["vpcConfig.publicAccessCidrs"],
                },
                {
                    title: "the public endpoint is left to its default",
                    set: ["vpcConfig.endpointPublicAccess", undefined],
                    at: ["vpcConfig.publicAccessCidrs"],
                },
                {
                    title: "the public endpoint is switched on in another spelling",
                    set: ["vpcConfig.endpointPublicAccess", "True"],
                    at: ["vpcConfig.publicAccessCidrs"],
                },
            ],
            undecided: "vpcConfig.endpointPublicAccess",
        },
    ],
    "aws-eks-private-endpoint-enabled": [
        {
            type: CLUSTER,
            good: { vpcConfig: { endpointPrivateAccess: true, endpointPublicAccess: true } },
            breaks: [
                {
                    title: "the private endpoint is off",
                    set: ["vpcConfig.endpointPrivateAccess", false],
                    at: ["vpcConfig.endpointPrivateAccess"],
                },
                {
                    title: "nothing is said, and off is the default",
                    set: ["vpcConfig.endpointPrivateAccess", undefined],
                    at: ["vpcConfig.endpointPrivateAccess"],
                },
            ],
            undecided: "vpcConfig.endpointPrivateAccess",
        },
    ],
};
