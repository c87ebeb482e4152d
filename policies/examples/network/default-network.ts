import type { Example } from "../example.ts";

function inNetwork(type: string, good: Example["good"], path: string): Example {
    return {
        type,
        good,
        breaks: [
            {
                title: "the network is the default one",
                set: [path, "https://compute.googleapis.com/v1/projects/p/global/networks/default"],
                at: [path],
            },
            { title: "it is named shortly", set: [path, "default"], at: [path] },
        ],
        undecided: path,
    };
}

const CARD = "networkInterfaces[0].network";

export const defaultNetworkExamples: Record<string, readonly Example[]> = {
    "gcp-no-default-network": [
        {
            type: "gcp:compute/network:Network",
            good: { name: "platform", autoCreateSubnetworks: false },
            breaks: [
                {
                    title: "it makes its own subnets",
                    set: ["autoCreateSubnetworks", true],
                    at: ["autoCreateSubnetworks"],
                },
                {
                    title: "nothing is said, and it makes its own subnets by default",
                    set: ["autoCreateSubnetworks", undefined],
                    at: ["autoCreateSubnetworks"],
                },
                { title: "it is the default network", set: ["name", "default"], at: ["name"] },
            ],
            undecided: "autoCreateSubnetworks",
        },
        {
            type: "gcp:organizations/project:Project",
            good: { autoCreateNetwork: false },
            breaks: [
                {
                    title: "the project begins with a default network",
                    set: ["autoCreateNetwork", undefined],
                    at: ["autoCreateNetwork"],
                },
            ],
            undecided: "autoCreateNetwork",
        },
        inNetwork("gcp:container/cluster:Cluster", { network: "platform" }, "network"),
        {
            type: "gcp:container/cluster:Cluster",
            good: { subnetwork: "projects/p/regions/r/subnetworks/nodes" },
            breaks: [
                {
                    title: "no network is named, and the default one is taken",
                    set: ["subnetwork", undefined],
                    at: ["network"],
                },
            ],
            undecided: "subnetwork",
        },
        ...[
            "gcp:compute/instance:Instance",
            "gcp:compute/instanceTemplate:InstanceTemplate",
            "gcp:compute/regionInstanceTemplate:RegionInstanceTemplate",
        ].map((type) => inNetwork(type, { networkInterfaces: [{ network: "platform" }] }, CARD)),
        {
            type: "gcp:compute/instance:Instance",
            good: { networkInterfaces: [{ subnetwork: "nodes" }] },
            breaks: [
                {
                    title: "a card names no network",
                    set: ["networkInterfaces[0].subnetwork", undefined],
                    at: [CARD],
                },
            ],
            undecided: "networkInterfaces",
        },
        ...["firewall:Firewall", "router:Router", "subnetwork:Subnetwork", "route:Route"].map(
            (type) => inNetwork(`gcp:compute/${type}`, { network: "platform" }, "network"),
        ),
        {
            type: "gcp:redis/instance:Instance",
            good: { authorizedNetwork: "projects/p/global/networks/platform" },
            breaks: [
                {
                    title: "no network is named, and the default one is taken",
                    set: ["authorizedNetwork", undefined],
                    at: ["authorizedNetwork"],
                },
            ],
            undecided: "authorizedNetwork",
        },
        inNetwork(
            "gcp:sql/databaseInstance:DatabaseInstance",
            { settings: { ipConfiguration: { privateNetwork: "platform" } } },
            "settings.ipConfiguration.privateNetwork",
        ),
        inNetwork(
            "gcp:alloydb/cluster:Cluster",
            { networkConfig: { network: "platform" } },
            "networkConfig.network",
        ),
        inNetwork(
            "gcp:filestore/instance:Instance",
            { networks: [{ network: "platform", modes: ["MODE_IPV4"] }] },
            "networks[0].network",
        ),
    ],
};
