import { UNKNOWN, type Example, type Inputs, type StackExample } from "../example.ts";

const ON = "mapPublicIpOnLaunch";

const NSG = { networkSecurityGroup: { id: "/subscriptions/s/networkSecurityGroups/nodes" } };

export const subnetExamples: Record<string, readonly Example[]> = {
    "net-subnet-no-auto-public-ip": [
        {
            type: "aws:ec2/subnet:Subnet",
            good: { [ON]: false },
            breaks: [{ title: "the switch is on", set: [ON, true], at: [ON] }],
            undecided: ON,
        },
        {
            type: "aws:ec2/subnet:Subnet",
            good: { [ON]: true, tags: { "kubernetes.io/role/elb": "1" } },
            breaks: [
                {
                    title: "the tag does not say public",
                    set: ["tags", { "kubernetes.io/role/internal-elb": "1" }],
                    at: [ON],
                },
                {
                    title: "the option knows no such tag",
                    options: { publicTags: ["Reach=internet"] },
                    at: [ON],
                },
            ],
            undecided: "tags",
        },
        {
            type: "aws:ec2/defaultSubnet:DefaultSubnet",
            good: { availabilityZone: "eu-central-1a", [ON]: false },
            breaks: [{ title: "the switch is on", set: [ON, true], at: [ON] }],
            undecided: ON,
        },
    ],
    "az-subnet-has-nsg": [
        {
            type: "azure-native:network/v20240501:VirtualNetwork",
            good: { subnets: [{ name: "nodes", ...NSG }, { name: "AzureFirewallSubnet" }] },
            breaks: [
                {
                    title: "an inline subnet has no group",
                    set: ["subnets[0].networkSecurityGroup", undefined],
                    at: ["subnets[0].networkSecurityGroup"],
                },
            ],
            undecided: "subnets",
        },
    ],
    "gcp-subnet-private-google-access": [
        {
            type: "gcp:compute/subnetwork:Subnetwork",
            good: { privateIpGoogleAccess: true },
            breaks: [
                {
                    title: "it is switched off",
                    set: ["privateIpGoogleAccess", false],
                    at: ["privateIpGoogleAccess"],
                },
                {
                    title: "nothing is said, and off is the default",
                    set: ["privateIpGoogleAccess", undefined],
                    at: ["privateIpGoogleAccess"],
                },
            ],
            undecided: "privateIpGoogleAccess",
        },
        {
            type: "gcp:compute/subnetwork:Subnetwork",
            good: { purpose: "GLOBAL_MANAGED_PROXY" },
            breaks: [
                {
                    title: "it is for machines",
                    set: ["purpose", "PRIVATE"],
                    at: ["privateIpGoogleAccess"],
                },
            ],
            undecided: "purpose",
        },
    ],
};

const GROUP = { name: "group", type: "azure-native:network:NetworkSecurityGroup", inputs: {} };
const subnet = (inputs: Inputs) => ({
    name: "subnet",
    type: "azure-native:network:Subnet",
    inputs,
});
const UNGUARDED = [["subnet", "networkSecurityGroup"]] as const;

export const subnetStackExamples: Record<string, readonly StackExample[]> = {
    "az-subnet-has-nsg": [
        {
            title: "a subnet with a group whose id is not known yet",
            good: [
                GROUP,
                {
                    ...subnet({ subnetName: "nodes", networkSecurityGroup: { id: UNKNOWN } }),
                    references: { networkSecurityGroup: ["group"] },
                },
            ],
            breaks: [
                {
                    title: "the group is left out",
                    set: ["subnet", "networkSecurityGroup", undefined],
                    at: UNGUARDED,
                },
            ],
            undecided: ["subnet", "networkSecurityGroup"],
        },
        {
            title: "a subnet with a group of another stack",
            good: [subnet({ subnetName: "nodes", ...NSG })],
            breaks: [],
            undecided: ["subnet", "networkSecurityGroup.id"],
        },
        {
            title: "a subnet of gateways",
            good: [subnet({ subnetName: "GatewaySubnet" })],
            breaks: [
                {
                    title: "it is for anything else",
                    set: ["subnet", "subnetName", "nodes"],
                    at: UNGUARDED,
                },
            ],
            undecided: ["subnet", "subnetName"],
        },
        {
            title: "a subnet that is delegated",
            good: [subnet({ delegations: [{ serviceName: "Microsoft.Web/serverFarms" }] })],
            breaks: [
                {
                    title: "it is delegated to nobody",
                    set: ["subnet", "delegations", []],
                    at: UNGUARDED,
                },
            ],
            undecided: ["subnet", "delegations"],
        },
    ],
};
