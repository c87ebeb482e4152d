import { UNKNOWN, type ExampleResource, type StackExample } from "../example.ts";
import { ALLOYDB, CLOUD_SQL } from "./breaks.ts";

const SUBNETWORK = "gcp:compute/subnetwork:Subnetwork";

const subnet = (name: string, inputs: ExampleResource["inputs"]): ExampleResource => ({
    name,
    type: SUBNETWORK,
    inputs: { network: UNKNOWN, ...inputs },
    references: { network: ["network"] },
});

const CLUSTER: readonly ExampleResource[] = [
    {
        name: "network",
        type: "gcp:compute/network:Network",
        inputs: { autoCreateSubnetworks: false },
    },
    subnet("nodes", {
        ipCidrRange: "10.0.0.0/18",
        secondaryIpRanges: [{ rangeName: "pods", ipCidrRange: "10.0.128.0/17" }],
    }),
    subnet("proxies", { purpose: "REGIONAL_MANAGED_PROXY" }),
    {
        name: "cluster",
        type: "gcp:container/cluster:Cluster",
        inputs: { network: UNKNOWN, subnetwork: UNKNOWN },
        references: { network: ["network"], subnetwork: ["nodes"] },
    },
];

const NETWORK = "settings.ipConfiguration.privateNetwork";
const NETWORKS = "settings.ipConfiguration.authorizedNetworks";

const ANOTHER: ExampleResource = {
    name: "another",
    type: "gcp:compute/network:Network",
    inputs: { autoCreateSubnetworks: false },
};

export const googleReachExamples: readonly StackExample[] = [
    {
        title: "an instance in the network of the cluster",
        good: [
            ...CLUSTER,
            {
                name: "instance",
                type: CLOUD_SQL,
                inputs: {
                    settings: {
                        ipConfiguration: {
                            privateNetwork: UNKNOWN,
                            authorizedNetworks: [{ value: "10.0.130.0/24" }],
                        },
                    },
                },
                references: { settings: ["network"] },
            },
        ],
        breaks: [
            {
                title: "machines of others stand in the network",
                add: subnet("others", { ipCidrRange: "10.1.0.0/18" }),
                at: [["instance", NETWORK]],
            },
            {
                title: "the network has subnets in every region by itself",
                set: ["network", "autoCreateSubnetworks", undefined],
                at: [["instance", NETWORK]],
            },
        ],
        undecided: ["instance", "settings"],
    },
    {
        title: "an instance in the network of the cluster and of machines that the option lets in",
        options: { also: ["10.1.0.0/16"] },
        good: [
            ...CLUSTER,
            subnet("tools", { ipCidrRange: "10.1.4.0/24" }),
            {
                name: "instance",
                type: CLOUD_SQL,
                inputs: { settings: { ipConfiguration: { privateNetwork: UNKNOWN } } },
                references: { settings: ["network"] },
            },
        ],
        breaks: [
            {
                title: "they stand elsewhere in the network",
                set: ["tools", "ipCidrRange", "10.2.4.0/24"],
                at: [["instance", NETWORK]],
            },
        ],
        undecided: ["tools", "ipCidrRange"],
    },
    {
        title: "an instance that lets addresses in",
        good: [
            ...CLUSTER,
            {
                name: "instance",
                type: CLOUD_SQL,
                inputs: {
                    settings: {
                        ipConfiguration: { authorizedNetworks: [{ value: "10.0.130.0/24" }] },
                    },
                },
            },
        ],
        breaks: [
            {
                title: "private addresses of others get in",
                set: ["instance", `${NETWORKS}[0].value`, "10.8.0.0/16"],
                at: [["instance", `${NETWORKS}[0]`]],
            },
            {
                title: "the whole internet gets in",
                set: ["instance", `${NETWORKS}[0].value`, "0.0.0.0/0"],
                at: [["instance", `${NETWORKS}[0]`]],
            },
        ],
        undecided: ["instance", `${NETWORKS}[0].value`],
    },
    {
        title: "AlloyDB in the network of the cluster",
        good: [
            ...CLUSTER,
            ANOTHER,
            {
                name: "alloydb",
                type: ALLOYDB,
                inputs: { networkConfig: { network: UNKNOWN } },
                references: { networkConfig: ["network"] },
            },
        ],
        breaks: [
            {
                title: "another one is in a network without the cluster",
                add: {
                    name: "second",
                    type: ALLOYDB,
                    inputs: { networkConfig: { network: UNKNOWN } },
                    references: { networkConfig: ["another"] },
                },
                at: [["second", "networkConfig.network"]],
            },
        ],
        undecided: ["alloydb", "networkConfig.network"],
    },
];
