import { UNKNOWN, type ExampleResource, type StackExample } from "../example.ts";
import { MYSQL, POSTGRES } from "./breaks.ts";

const SUBNET = "azure-native:network:Subnet";
const GROUP = "azure-native:network:NetworkSecurityGroup";

const CLUSTER: readonly ExampleResource[] = [
    { name: "node-subnet", type: SUBNET, inputs: { addressPrefix: "10.0.0.0/18" } },
    {
        name: "cluster",
        type: "azure-native:containerservice:ManagedCluster",
        inputs: {
            agentPoolProfiles: [{ vnetSubnetID: UNKNOWN }],
            networkProfile: { podCidr: "100.64.0.0/12" },
        },
        references: { agentPoolProfiles: ["node-subnet"] },
    },
];

const ALLOW = {
    access: "Allow",
    direction: "Inbound",
    priority: 100,
    protocol: "Tcp",
    sourceAddressPrefix: "10.0.0.0/18",
    sourcePortRange: "*",
    destinationAddressPrefix: "*",
    destinationPortRange: "5432",
};
const DENY = {
    ...ALLOW,
    access: "Deny",
    priority: 4000,
    protocol: "*",
    sourceAddressPrefix: "VirtualNetwork",
    destinationPortRange: "*",
};

const guard = (...securityRules: readonly (typeof ALLOW)[]): ExampleResource => ({
    name: "guard",
    type: GROUP,
    inputs: { networkSecurityGroupName: "guard", securityRules },
});

/** The subnet of a zone without nodes: nothing stands in it but on the list of a vault. */
const EMPTY: readonly ExampleResource[] = [
    { name: "empty", type: SUBNET, inputs: { addressPrefix: "10.0.64.0/18" } },
    {
        name: "vault",
        type: "azure-native:keyvault:Vault",
        inputs: { properties: { networkAcls: { virtualNetworkRules: [{ id: UNKNOWN }] } } },
        references: { properties: ["empty"] },
    },
];

const subnet: ExampleResource = {
    name: "subnet",
    type: SUBNET,
    inputs: {
        addressPrefix: "10.0.128.0/24",
        networkSecurityGroup: { id: UNKNOWN },
        privateEndpointNetworkPolicies: "Enabled",
    },
    references: { networkSecurityGroup: ["guard"] },
};

const server: ExampleResource = {
    name: "server",
    type: POSTGRES,
    inputs: { network: { delegatedSubnetResourceId: UNKNOWN } },
    references: { network: ["subnet"] },
};

const standby = {
    ...ALLOW,
    sourceAddressPrefix: "10.0.128.0/24",
    destinationPortRange: "6432",
    priority: 110,
};

export const azureReachExamples: readonly StackExample[] = [
    {
        title: "a server behind a group that lets the nodes in",
        good: [...CLUSTER, server, subnet, guard(ALLOW, standby, DENY)],
        breaks: [
            {
                title: "the network is let in",
                set: ["guard", "securityRules[0].sourceAddressPrefix", "VirtualNetwork"],
                at: [["guard", "securityRules[0]"]],
            },
            {
                title: "more ports are open",
                set: ["guard", "securityRules[0].destinationPortRange", "5000-6000"],
                at: [["guard", "securityRules[0]"]],
            },
            {
                title: "the rest of the network is not denied",
                set: ["guard", "securityRules[2].access", "Allow"],
                at: [
                    ["guard", "securityRules[2]"],
                    ["guard", "securityRules"],
                ],
            },
            {
                title: "the subnet has no group",
                set: ["subnet", "networkSecurityGroup", undefined],
                at: [["subnet", "networkSecurityGroup"]],
            },
            {
                title: "a rule beside the group lets others in",
                add: {
                    name: "second",
                    type: "azure-native:network:SecurityRule",
                    inputs: {
                        ...ALLOW,
                        sourceAddressPrefix: "10.9.0.0/16",
                        networkSecurityGroupName: UNKNOWN,
                    },
                    references: { networkSecurityGroupName: ["guard"] },
                },
                at: [["second", ""]],
            },
        ],
        undecided: ["guard", "securityRules"],
    },
    {
        title: "a rule that comes too late to let anybody in",
        good: [
            ...CLUSTER,
            server,
            subnet,
            guard(ALLOW, DENY, {
                ...ALLOW,
                sourceAddressPrefix: "VirtualNetwork",
                priority: 4001,
            }),
        ],
        breaks: [
            {
                title: "it comes first",
                set: ["guard", "securityRules[2].priority", 90],
                at: [["guard", "securityRules[2]"]],
            },
        ],
        undecided: ["subnet", "networkSecurityGroup"],
    },
    {
        title: "a rule that also lets in the subnet of a zone without nodes",
        good: [
            ...CLUSTER,
            ...EMPTY,
            server,
            subnet,
            guard(
                ALLOW,
                { ...ALLOW, sourceAddressPrefix: "10.0.64.0/18", priority: 105 },
                standby,
                DENY,
            ),
        ],
        breaks: [
            {
                title: "a machine stands in it",
                add: {
                    name: "machine",
                    type: "azure-native:network:NetworkInterface",
                    inputs: { ipConfigurations: [{ subnet: { id: UNKNOWN } }] },
                    references: { ipConfigurations: ["empty"] },
                },
                at: [["guard", "securityRules[1]"]],
            },
        ],
        undecided: ["guard", "securityRules"],
    },
    {
        title: "a private endpoint among others",
        good: [
            ...CLUSTER,
            {
                name: "server",
                type: MYSQL,
                inputs: { network: { publicNetworkAccess: "Disabled" } },
            },
            {
                name: "endpoint",
                type: "azure-native:network:PrivateEndpoint",
                inputs: {
                    subnet: { id: UNKNOWN },
                    privateLinkServiceConnections: [{ privateLinkServiceId: UNKNOWN }],
                },
                references: { subnet: ["subnet"], privateLinkServiceConnections: ["server"] },
            },
            subnet,
            guard(
                { ...ALLOW, destinationPortRange: "3306" },
                { ...ALLOW, sourceAddressPrefix: "10.0.0.0/8", destinationPortRange: "443" },
                DENY,
            ),
        ],
        breaks: [
            {
                title: "the others' port is the database's",
                set: ["guard", "securityRules[1].destinationPortRange", "443-3306"],
                at: [["guard", "securityRules[1]"]],
            },
            {
                title: "the subnet keeps the group from endpoints",
                set: ["subnet", "privateEndpointNetworkPolicies", undefined],
                at: [["subnet", "privateEndpointNetworkPolicies"]],
            },
        ],
        undecided: ["subnet", "privateEndpointNetworkPolicies"],
    },
    {
        title: "an entry that lets the subnet of the nodes in",
        good: [
            ...CLUSTER,
            { name: "other-subnet", type: SUBNET, inputs: {} },
            {
                name: "entry",
                type: "azure-native:sql:VirtualNetworkRule",
                inputs: { virtualNetworkSubnetId: UNKNOWN },
                references: { virtualNetworkSubnetId: ["node-subnet"] },
            },
        ],
        breaks: [
            {
                title: "another subnet is let in as well",
                add: {
                    name: "second",
                    type: "azure-native:sql:VirtualNetworkRule",
                    inputs: { virtualNetworkSubnetId: UNKNOWN },
                    references: { virtualNetworkSubnetId: ["other-subnet"] },
                },
                at: [["second", "virtualNetworkSubnetId"]],
            },
        ],
        undecided: ["entry", "virtualNetworkSubnetId"],
    },
];
