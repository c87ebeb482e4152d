import {
    UNKNOWN,
    type Draft,
    type Instance,
    type Refusal,
    type TypeRule,
    type World,
} from "../../table.ts";
import { reach } from "../../paths.ts";
import {
    arm,
    below,
    between,
    fixed,
    groupId,
    holds,
    isBelow,
    list,
    number,
    oneOf,
    overlap,
    refusal,
    text,
} from "./arm.ts";
import { PUBLIC_ADDRESS, publicAddress } from "./public-addresses.ts";

const NETWORK = "azure-native:network:VirtualNetwork";
const SUBNET = "azure-native:network:Subnet";
const SECURITY_GROUP = "azure-native:network:NetworkSecurityGroup";
const NAT_GATEWAY = "azure-native:network:NatGateway";
const PRIVATE_ZONE = "azure-native:privatedns:PrivateZone";
const ENDPOINT = "azure-native:network:PrivateEndpoint";

const NAME = { pattern: /[A-Za-z0-9]([\w.-]*\w)?/, max: 80 };

const network: TypeRule = arm({
    arm: "Microsoft.Network/virtualNetworks",
    path: ["virtualNetworkName"],
    name: { ...NAME, max: 64 },
    required: ["addressSpace.addressPrefixes"],
    refuseDelete(instance, world) {
        const inside = below(instance, world).filter(({ type }) => type === SUBNET);
        return inside
            .map((subnet) => subnetInUse(subnet, world))
            .find((words) => words !== undefined);
    },
    takesAlong: below,
    seconds: { create: 5 },
});

const subnet: TypeRule = arm({
    arm: "Microsoft.Network/virtualNetworks/subnets",
    path: ["virtualNetworkName", "subnetName"],
    name: NAME,
    required: ["virtualNetworkName"],
    references: [
        { path: "networkSecurityGroup.id", to: [SECURITY_GROUP], words: invalidReference },
        { path: "natGateway.id", to: [NAT_GATEWAY], words: invalidReference },
    ],
    check: ({ inputs }) =>
        text(inputs, "addressPrefix") !== "" || list(inputs, "addressPrefixes").length > 0
            ? []
            : [
                  refusal(
                      "NoAddressPrefixOrPoolProvided",
                      "No address prefix is provided for the subnet.",
                  ),
              ],
    admit: admitSubnet,
    refuseDelete: subnetInUse,
    seconds: { create: 5 },
});

function invalidReference(id: string): string {
    return `Code="InvalidResourceReference" Message="Resource ${id} referenced by the resource was not found. Please make sure that the referenced resource exists, and that both resources are in the same region."`;
}

function admitSubnet(draft: Draft, world: World, old?: Instance): Refusal[] {
    const { inputs } = draft;
    const vnetName = text(inputs, "virtualNetworkName");
    const name = text(inputs, "subnetName");
    const block = text(inputs, "addressPrefix");
    const vnet = world.find(
        [NETWORK],
        `${groupId(draft)}/providers/Microsoft.Network/virtualNetworks/${vnetName}`,
    );
    const refusals: Refusal[] = [];
    const space = list(vnet?.inputs, "addressSpace.addressPrefixes");
    if (vnet && !space.some((prefix) => holds(String(prefix), block))) {
        const message = `Subnet '${name}' is not valid in virtual network '${vnetName}'.`;
        refusals.push(refusal("NetcfgInvalidSubnet", message, "addressPrefix"));
    }
    const twin = world
        .all(SUBNET)
        .filter(({ id }) => id !== old?.id && vnet !== undefined && isBelow(id, vnet.id))
        .find((other) => overlap(text(other.inputs, "addressPrefix"), block));
    if (twin) {
        const message =
            `Subnet '${name}' is not valid because its IP address range overlaps with that of an existing subnet ` +
            `in virtual network '${vnetName}'.`;
        refusals.push(refusal("NetcfgSubnetRangesOverlap", message, "addressPrefix"));
    }
    if (old && text(old.inputs, "addressPrefix") !== block) {
        const words = subnetInUse(old, world);
        if (words) refusals.push({ property: "addressPrefix", reason: words });
    }
    return refusals;
}

/** The inputs by which resources take addresses of a subnet. */
const SUBNET_USES = [
    "subnet.id",
    "apiServerAccessProfile.subnetId",
    "agentPoolProfiles[].vnetSubnetID",
    "vnetSubnetID",
    "network.delegatedSubnetResourceId",
];

function subnetInUse({ id }: Instance, world: World): string | undefined {
    const user = world
        .all()
        .find(({ inputs }) =>
            SUBNET_USES.some((path) => reach(inputs, path).some(({ value }) => value === id)),
        );
    if (!user) return undefined;
    const name = id.slice(id.lastIndexOf("/") + 1);
    return (
        `Code="InUseSubnetCannotBeDeleted" Message="Subnet ${name} is in use by ${user.id} and cannot be deleted. ` +
        `In order to delete the subnet, delete all the resources within the subnet."`
    );
}

const securityGroup: TypeRule = arm({
    arm: "Microsoft.Network/networkSecurityGroups",
    path: ["networkSecurityGroupName"],
    name: NAME,
    required: ["securityRules[].name", "securityRules[].direction", "securityRules[].access"],
    check({ inputs }) {
        const seen = new Set<string>();
        return list(inputs, "securityRules").flatMap((rule, index) => {
            const path = `securityRules[${index}].priority`;
            const place = `${text(rule, "direction")} ${String(number(rule, "priority"))}`;
            const problems = between({ rule }, "rule.priority", 100, 4096);
            if (seen.has(place)) {
                const message =
                    `Security rule ${text(rule, "name")} conflicts with another rule. Rules cannot have the same ` +
                    `Priority and Direction.`;
                problems.push(refusal("SecurityRuleConflict", message, path));
            }
            seen.add(place);
            return problems;
        });
    },
    seconds: { create: 4 },
});

const natGateway: TypeRule = arm({
    arm: "Microsoft.Network/natGateways",
    path: ["natGatewayName"],
    name: NAME,
    required: ["sku.name"],
    references: [{ path: "publicIpAddresses[].id", to: [PUBLIC_ADDRESS], words: invalidReference }],
    immutable: ["zones", "sku"],
    check: ({ inputs }) => [
        ...oneOf(inputs, "sku.name", ["Standard"], "InvalidParameter"),
        ...(list(inputs, "zones").length > 1
            ? [
                  refusal(
                      "ResourceCannotHaveMultipleZonesSpecified",
                      "A Standard NAT gateway has one zone.",
                      "zones",
                  ),
              ]
            : []),
        ...between(inputs, "idleTimeoutInMinutes", 4, 120),
    ],
    admit({ inputs }, world) {
        const [zone] = list(inputs, "zones");
        return list(inputs, "publicIpAddresses").flatMap((one) => {
            const address = world.find([PUBLIC_ADDRESS], text(one, "id"));
            const zones = list(address?.inputs, "zones");
            if (zone === undefined || zones.length === 0 || zones.includes(zone)) return [];
            const message = `NAT gateway and public IP ${text(one, "id")} are in different zones.`;
            return [refusal("NatGatewayPublicIpZoneMismatch", message, "publicIpAddresses")];
        });
    },
    seconds: { create: 40 },
});

const privateZone: TypeRule = arm({
    arm: "Microsoft.Network/privateDnsZones",
    path: ["privateZoneName"],
    name: {
        pattern: /[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+/,
        max: 255,
        auto: false,
    },
    refuseDelete(instance, world) {
        const link = below(instance, world).find(({ type }) =>
            type.endsWith(":VirtualNetworkLink"),
        );
        if (!link) return undefined;
        return `Code="CannotDeleteResource" Message="Cannot delete resource while nested resources exist. Some existing nested resource IDs include: '${link.id}'."`;
    },
    seconds: { create: 30 },
});

const zoneLink: TypeRule = arm({
    arm: "Microsoft.Network/privateDnsZones/virtualNetworkLinks",
    path: ["privateZoneName", "virtualNetworkLinkName"],
    name: NAME,
    required: ["virtualNetwork.id"],
    references: [{ path: "virtualNetwork.id", to: [NETWORK] }],
    admit: ({ inputs }, _world, old) => fixed(old, inputs, ["virtualNetwork.id"]),
    seconds: { create: 30 },
});

const endpoint: TypeRule = arm({
    arm: "Microsoft.Network/privateEndpoints",
    path: ["privateEndpointName"],
    name: NAME,
    required: ["subnet.id"],
    references: [
        { path: "subnet.id", to: [SUBNET], words: invalidReference },
        {
            path: "privateLinkServiceConnections[].privateLinkServiceId",
            to: [
                "azure-native:containerregistry:Registry",
                "azure-native:keyvault:Vault",
                "azure-native:redisenterprise:RedisEnterprise",
                "azure-native:storage:StorageAccount",
            ],
            words: invalidReference,
        },
    ],
    immutable: ["subnet.id", "privateLinkServiceConnections[].privateLinkServiceId"],
    admit({ inputs }, world) {
        const subnet = world.find([SUBNET], text(inputs, "subnet.id"));
        if (list(subnet?.inputs, "delegations").length === 0) return [];
        const message = `Private endpoint cannot be created in the delegated subnet ${subnet?.id}.`;
        return [refusal("PrivateEndpointCannotBeCreatedInDelegatedSubnet", message, "subnet.id")];
    },
    takesAlong: below,
    seconds: { create: 60, delete: 20 },
});

const zoneGroup: TypeRule = arm({
    arm: "Microsoft.Network/privateEndpoints/privateDnsZoneGroups",
    path: ["privateEndpointName", "privateDnsZoneGroupName"],
    name: NAME,
    required: ["privateEndpointName"],
    references: [
        {
            path: "privateDnsZoneConfigs[].privateDnsZoneId",
            to: [PRIVATE_ZONE],
            words: invalidReference,
        },
    ],
    seconds: { create: 10 },
});

/** Azure made the watcher; nothing in the world stands for it. */
const flowLog: TypeRule = arm({
    arm: "Microsoft.Network/networkWatchers/flowLogs",
    path: ["networkWatcherName", "flowLogName"],
    name: NAME,
    anyGroup: true,
    required: ["storageId", "targetResourceId"],
    references: [
        { path: "storageId", to: ["azure-native:storage:StorageAccount"], words: invalidReference },
        { path: "targetResourceId", to: [NETWORK], words: invalidReference },
    ],
    check({ inputs, scope }) {
        const watcher = `NetworkWatcher_${scope.region}`;
        const named = text(inputs, "networkWatcherName");
        const inPlace = text(inputs, "resourceGroupName") === "NetworkWatcherRG";
        const problems = between(inputs, "retentionPolicy.days", 0, 365);
        if (inPlace && (named === watcher || named === UNKNOWN)) return problems;
        const message = `The Resource 'Microsoft.Network/networkWatchers/${named}' was not found.`;
        return [...problems, refusal("ResourceNotFound", message, "networkWatcherName")];
    },
    admit({ type, inputs }, world, old) {
        const twin = world
            .all(type)
            .filter(({ id }) => id !== old?.id)
            .some(
                (one) => text(one.inputs, "targetResourceId") === text(inputs, "targetResourceId"),
            );
        if (!twin) return fixed(old, inputs, ["targetResourceId"]);
        return [refusal("FlowLogAlreadyExists", "The target resource has a flow log already.")];
    },
    seconds: { create: 10 },
});

/** Networks and what lies in them. */
export const NETWORK_TYPES: Readonly<Record<string, TypeRule>> = {
    [NETWORK]: network,
    [SUBNET]: subnet,
    [SECURITY_GROUP]: securityGroup,
    [PUBLIC_ADDRESS]: publicAddress,
    [NAT_GATEWAY]: natGateway,
    [PRIVATE_ZONE]: privateZone,
    "azure-native:privatedns:VirtualNetworkLink": zoneLink,
    [ENDPOINT]: endpoint,
    "azure-native:network:PrivateDnsZoneGroup": zoneGroup,
    "azure-native:network:FlowLog": flowLog,
};
