import type { Draft, Instance, Json, Refusal, TypeRule, World } from "../../table.ts";
import { addressIn, bounds, overlap } from "./addresses.ts";
import {
    apiError,
    computeName,
    listAt,
    nameOf,
    needs,
    numberAt,
    plainName,
    projectOf,
    refuseIf,
    regionOf,
    textAt,
    withSelfLink,
} from "./common.ts";

export const NETWORK = "gcp:compute/network:Network";
export const SUBNETWORK = "gcp:compute/subnetwork:Subnetwork";
const ADDRESS = "gcp:compute/globalAddress:GlobalAddress";
export const CONNECTION = "gcp:servicenetworking/connection:Connection";

function notThere(value: string): string {
    return apiError(404, `The resource '${value}' was not found`, "notFound");
}

const network: TypeRule = {
    name: computeName(),
    immutable: ["name", "project", "description", "autoCreateSubnetworks", "internalIpv6Range"],
    defaults: { autoCreateSubnetworks: true, routingMode: "REGIONAL", mtu: 1460 },
    id: (draft) => `projects/${projectOf(draft)}/global/networks/${nameOf(draft)}`,
    outputs: (draft, _world, id) => ({
        project: projectOf(draft),
        networkId: draft.random(19, "123456789"),
        ...withSelfLink(id),
    }),
    seconds: { create: 40 },
};

/** All ranges of a subnet: its own and its secondary ones. */
function rangesOf(inputs: Json): { name: string; block: string; property: string }[] {
    const own = textAt(inputs, "ipCidrRange");
    const secondary = listAt(inputs, "secondaryIpRanges").flatMap((range, index) => {
        const block = textAt(range, "ipCidrRange");
        const property = `secondaryIpRanges[${index}].ipCidrRange`;
        return block === undefined
            ? []
            : [{ name: textAt(range, "rangeName") ?? "", block, property }];
    });
    return own === undefined
        ? secondary
        : [{ name: "primary", block: own, property: "ipCidrRange" }, ...secondary];
}

function checkRanges({ inputs }: Draft): Refusal[] {
    const ranges = rangesOf(inputs);
    const malformed = ranges
        .filter(({ block }) => bounds(block) === undefined || Number(block.split("/")[1]) > 29)
        .map(({ block, property }) => ({
            property,
            reason: apiError(
                400,
                `Invalid value for field 'resource.${property}': '${block}'. Must be a CIDR address range that is contained in the RFC1918 private address blocks`,
                "invalid",
            ),
        }));
    const overlapping = ranges.flatMap(({ block, property }, index) =>
        ranges
            .slice(0, index)
            .filter((earlier) => overlap(earlier.block, block))
            .map((earlier) => ({ property, reason: conflict(property, block, earlier.block) })),
    );
    return [...malformed, ...overlapping];
}

function conflict(property: string, block: string, other: string): string {
    return apiError(
        400,
        `Invalid IPCidrRange: ${block} conflicts with existing subnetwork range ${other} in '${property}'`,
        "invalidParameter",
    );
}

/** What takes up addresses in a network: subnets' ranges and reserved ones. */
function taken(network: string, world: World, but: string | undefined): string[] {
    const inNetwork = (type: string) =>
        world.all(type).filter(({ urn, inputs }) => inputs["network"] === network && urn !== but);
    const subnets = inNetwork(SUBNETWORK).flatMap(({ inputs }) =>
        rangesOf(inputs).map(({ block }) => block),
    );
    return [...subnets, ...inNetwork(ADDRESS).flatMap(({ outputs }) => reserved(outputs))];
}

function reserved(outputs: Json): string[] {
    const address = textAt(outputs, "address");
    return address === undefined ? [] : [`${address}/${numberAt(outputs, "prefixLength") ?? 32}`];
}

const subnetwork: TypeRule = {
    required: ["network", "ipCidrRange"],
    name: computeName("region"),
    references: [{ path: "network", to: [NETWORK], words: notThere }],
    immutable: ["name", "network", "region", "project", "ipCidrRange", "purpose", "description"],
    defaults: { purpose: "PRIVATE", stackType: "IPV4_ONLY" },
    check: checkRanges,
    admit: ({ inputs, urn }, world) => {
        const others = taken(String(inputs["network"]), world, urn);
        return rangesOf(inputs).flatMap(({ block, property }) =>
            others
                .filter((other) => overlap(other, block))
                .map((other) => ({ property, reason: conflict(property, block, other) })),
        );
    },
    id: (draft) =>
        `projects/${projectOf(draft)}/regions/${regionOf(draft)}/subnetworks/${nameOf(draft)}`,
    outputs: (draft, _world, id) => ({
        project: projectOf(draft),
        region: regionOf(draft),
        gatewayAddress: addressIn(String(draft.inputs["ipCidrRange"]), 1),
        ...withSelfLink(id),
    }),
    seconds: { create: 30 },
};

const router: TypeRule = {
    required: ["network"],
    name: computeName("region"),
    references: [{ path: "network", to: [NETWORK], words: notThere }],
    immutable: ["name", "network", "region", "project"],
    id: (draft) =>
        `projects/${projectOf(draft)}/regions/${regionOf(draft)}/routers/${nameOf(draft)}`,
    outputs: (draft, _world, id) => ({
        project: projectOf(draft),
        region: regionOf(draft),
        ...withSelfLink(id),
    }),
    seconds: { create: 15 },
};

function checkNat({ inputs }: Draft): Refusal[] {
    const list = inputs["sourceSubnetworkIpRangesToNat"] === "LIST_OF_SUBNETWORKS";
    const dynamic = inputs["enableDynamicPortAllocation"] === true;
    const [least, most] = [numberAt(inputs, "minPortsPerVm"), numberAt(inputs, "maxPortsPerVm")];
    return [
        ...refuseIf(
            list && inputs["subnetworks"] === undefined,
            "subnetworks",
            "all of `source_subnetwork_ip_ranges_to_nat,subnetwork` must be specified",
        ),
        ...refuseIf(
            dynamic && inputs["enableEndpointIndependentMapping"] === true,
            "enableEndpointIndependentMapping",
            apiError(
                400,
                "Endpoint-Independent Mapping and Dynamic Port Allocation cannot both be enabled",
                "invalid",
            ),
        ),
        ...refuseIf(
            dynamic && least !== undefined && most !== undefined && most <= least,
            "maxPortsPerVm",
            apiError(400, "Max ports per VM must be greater than min ports per VM", "invalid"),
        ),
    ];
}

const routerNat: TypeRule = {
    required: ["router", "sourceSubnetworkIpRangesToNat"],
    name: computeName("path:router"),
    references: [
        {
            path: "router",
            to: ["gcp:compute/router:Router"],
            by: "name",
            words: notThere,
        },
        { path: "subnetworks[].name", to: [SUBNETWORK], words: notThere },
    ],
    immutable: ["name", "router", "region", "project", "initialNatIps"],
    check: checkNat,
    id: (draft) =>
        `${projectOf(draft)}/${regionOf(draft)}/${String(draft.inputs["router"])}/${nameOf(draft)}`,
    outputs: (draft) => ({ project: projectOf(draft), region: regionOf(draft) }),
    seconds: { create: 15 },
};

const firewall: TypeRule = {
    required: ["network"],
    name: computeName(),
    references: [{ path: "network", to: [NETWORK], words: notThere }],
    immutable: ["name", "network", "project", "direction"],
    defaults: { direction: "INGRESS", priority: 1000 },
    check: ({ inputs }) => {
        const both = inputs["allows"] !== undefined && inputs["denies"] !== undefined;
        const neither = inputs["allows"] === undefined && inputs["denies"] === undefined;
        const sources = ["sourceRanges", "sourceTags", "sourceServiceAccounts"];
        const noSource =
            inputs["direction"] !== "EGRESS" &&
            sources.every((source) => inputs[source] === undefined);
        return [
            ...refuseIf(both, "allows", '"allow": conflicts with deny'),
            ...refuseIf(neither, "allows", "one of `allow,deny` must be specified"),
            ...refuseIf(
                noSource,
                "sourceRanges",
                "one of source_tags, source_ranges, or source_service_accounts must be defined",
            ),
        ];
    },
    id: (draft) => `projects/${projectOf(draft)}/global/firewalls/${nameOf(draft)}`,
    outputs: (draft, _world, id) => ({ project: projectOf(draft), ...withSelfLink(id) }),
    seconds: { create: 10 },
};

const globalAddress: TypeRule = {
    name: computeName(),
    references: [{ path: "network", to: [NETWORK], words: notThere }],
    immutable: [
        "name",
        "network",
        "address",
        "addressType",
        "prefixLength",
        "purpose",
        "project",
        "ipVersion",
        "description",
    ],
    defaults: { addressType: "EXTERNAL" },
    check: ({ inputs }) => {
        const prefix = numberAt(inputs, "prefixLength");
        const peering = inputs["purpose"] === "VPC_PEERING";
        const words = "Prefix length must be between 8 and 29 for purpose VPC_PEERING";
        return refuseIf(
            peering && prefix !== undefined && (prefix < 8 || prefix > 29),
            "prefixLength",
            apiError(400, words, "invalid"),
        );
    },
    admit: ({ inputs, urn }, world) => {
        const others = taken(String(inputs["network"]), world, urn);
        return reserved(inputs).flatMap((block) =>
            others
                .filter((other) => overlap(other, block))
                .map((other) => ({
                    property: "address",
                    reason: apiError(
                        400,
                        `Invalid value for field 'resource.address': '${block}'. Requested range overlaps with existing range ${other}`,
                        "invalid",
                    ),
                })),
        );
    },
    id: (draft) => `projects/${projectOf(draft)}/global/addresses/${nameOf(draft)}`,
    outputs: (draft, _world, id) => ({
        project: projectOf(draft),
        address: textAt(draft.inputs, "address") ?? `34.120.${draft.random(2, "123456789")}.7`,
        ...withSelfLink(id),
    }),
    seconds: { create: 10 },
};

/** Whether a rule leads to Google's own APIs, for which other rules hold than for load balancers. */
function leadsToGoogle(target: string | undefined): boolean {
    return target === "all-apis" || target === "vpc-sc";
}

const forwardingRule: TypeRule = {
    required: ["target"],
    name: computeName(),
    references: [
        { path: "network", to: [NETWORK], words: notThere },
        { path: "ipAddress", to: [ADDRESS], words: notThere },
    ],
    immutable: ["name", "network", "ipAddress", "portRange", "ipProtocol", "project"],
    check: ({ inputs }) => {
        if (!leadsToGoogle(textAt(inputs, "target"))) return [];
        const name = textAt(inputs, "name");
        const scheme = inputs["loadBalancingScheme"];
        return [
            ...refuseIf(
                name !== undefined && !/^[a-z][a-z0-9]{0,19}$/.test(name),
                "name",
                apiError(
                    400,
                    `Invalid value for field 'resource.name': '${name}'. For PSC Google APIs, the forwarding rule name must be 1-20 characters, lowercase letters and numbers, and start with a letter`,
                    "invalid",
                ),
            ),
            ...refuseIf(
                scheme !== "",
                "loadBalancingScheme",
                apiError(
                    400,
                    "Load balancing scheme must be empty for forwarding rules that target Google APIs bundles",
                    "invalid",
                ),
            ),
            ...["network", "ipAddress"].flatMap((field) =>
                refuseIf(
                    inputs[field] === undefined,
                    field,
                    apiError(400, `Required field 'resource.${field}' not specified`, "required"),
                ),
            ),
        ];
    },
    admit: ({ inputs }, world) => {
        if (!leadsToGoogle(textAt(inputs, "target"))) return [];
        const address = world.find([ADDRESS], inputs["ipAddress"] ?? null);
        const ip = textAt(address?.outputs, "address");
        const subnets = world
            .all(SUBNETWORK)
            .filter((subnet) => subnet.inputs["network"] === inputs["network"])
            .flatMap((subnet) => rangesOf(subnet.inputs).map(({ block }) => block));
        const inside = ip !== undefined && subnets.some((block) => overlap(block, `${ip}/32`));
        const words = `The IP address ${ip} must not be within a subnetwork range of the network`;
        return refuseIf(inside, "ipAddress", apiError(400, words, "invalid"));
    },
    id: (draft) => `projects/${projectOf(draft)}/global/forwardingRules/${nameOf(draft)}`,
    outputs: (draft, _world, id) => ({
        project: projectOf(draft),
        pscConnectionStatus: "ACCEPTED",
        ...withSelfLink(id),
    }),
    seconds: { create: 20 },
};

const connection: TypeRule = {
    required: ["network", "service", "reservedPeeringRanges"],
    references: [
        { path: "network", to: [NETWORK], words: notThere },
        {
            path: "reservedPeeringRanges[]",
            to: [ADDRESS],
            by: "name",
            words: (name) =>
                apiError(400, `Range ${name} is not a valid allocated range`, "badRequest"),
        },
    ],
    immutable: ["network", "service"],
    id: ({ inputs }) =>
        `${encodeURIComponent(String(inputs["network"]))}:${String(inputs["service"])}`,
    outputs: () => ({ peering: "servicenetworking-googleapis-com" }),
    refuseDelete: refusePeering,
    seconds: { create: 60, delete: 5 },
};

function refusePeering({ inputs }: Instance, world: World): string | undefined {
    if (inputs["deletionPolicy"] === "ABANDON") return undefined;
    const used = world
        .all("gcp:sql/databaseInstance:DatabaseInstance")
        .some(
            (instance) =>
                textAt(instance.inputs, "settings.ipConfiguration.privateNetwork") ===
                inputs["network"],
        );
    if (!used) return undefined;
    return "Unable to remove Service Networking Connection, err: Error waiting for Delete Service Networking Connection: Error code 9, message: Failed to delete connection; Producer services (e.g. CloudSQL, Cloud Memstore, etc.) are still using this connection.";
}

const managedZone: TypeRule = {
    required: ["dnsName"],
    name: {
        ...plainName("name", 63, "account"),
        pattern: /[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?/,
    },
    references: [
        {
            path: "privateVisibilityConfig.networks[].networkUrl",
            to: [NETWORK],
            words: notThere,
        },
    ],
    immutable: ["name", "dnsName", "visibility", "project"],
    defaults: { visibility: "public", description: "Managed by Pulumi" },
    check: ({ inputs }) => {
        const name = textAt(inputs, "dnsName");
        const words = `Invalid value for 'entity.managedZone.dnsName': '${name}'`;
        return refuseIf(
            name !== undefined && !name.endsWith("."),
            "dnsName",
            apiError(400, words, "invalid"),
        );
    },
    admit: ({ inputs, urn }, world) => {
        const networks = networksOf(inputs);
        const twin = world
            .all("gcp:dns/managedZone:ManagedZone")
            .some(
                (zone) =>
                    zone.urn !== urn &&
                    zone.inputs["dnsName"] === inputs["dnsName"] &&
                    networksOf(zone.inputs).some((one) => networks.includes(one)),
            );
        const words = `Network '${networks.join()}' cannot be bound to this zone because another zone with the same suffix is bound to it`;
        return refuseIf(twin, "dnsName", apiError(409, words, "alreadyExists"));
    },
    id: (draft) => `projects/${projectOf(draft)}/managedZones/${nameOf(draft)}`,
    outputs: (draft) => ({
        project: projectOf(draft),
        managedZoneId: draft.random(19, "123456789"),
        nameServers: ["ns-gcp-private.googledomains.com."],
    }),
    seconds: { create: 5 },
};

function networksOf(inputs: Json): string[] {
    return listAt(inputs, "privateVisibilityConfig.networks").flatMap((one) => {
        const url = textAt(one, "networkUrl");
        return url === undefined ? [] : [url];
    });
}

const recordSet: TypeRule = {
    required: ["managedZone", "name", "type"],
    references: [
        {
            path: "managedZone",
            to: ["gcp:dns/managedZone:ManagedZone"],
            by: "name",
            words: (zone) =>
                apiError(
                    404,
                    `The 'parameters.managedZone' resource named '${zone}' does not exist.`,
                    "notFound",
                ),
        },
    ],
    immutable: ["managedZone", "name", "project"],
    admit: ({ inputs }, world) => {
        const zone = world.find(
            ["gcp:dns/managedZone:ManagedZone"],
            inputs["managedZone"] ?? null,
            "name",
        );
        const suffix = textAt(zone?.inputs, "dnsName") ?? "";
        const name = String(inputs["name"]);
        const words = `Invalid value for 'entity.change.additions[0].name': '${name}'`;
        return refuseIf(!name.endsWith(suffix), "name", apiError(400, words, "invalid"));
    },
    id: (draft) =>
        `projects/${projectOf(draft)}/managedZones/${String(draft.inputs["managedZone"])}/rrsets/${nameOf(draft)}/${String(draft.inputs["type"])}`,
    outputs: (draft) => ({ project: projectOf(draft) }),
    seconds: { create: 3 },
};

const compute = (rule: TypeRule): TypeRule => needs("compute.googleapis.com", rule);

/** Networks, the way out, private access and names. */
export const networkTypes: Readonly<Record<string, TypeRule>> = {
    [NETWORK]: compute(network),
    [SUBNETWORK]: compute(subnetwork),
    "gcp:compute/router:Router": compute(router),
    "gcp:compute/routerNat:RouterNat": compute(routerNat),
    "gcp:compute/firewall:Firewall": compute(firewall),
    [ADDRESS]: compute(globalAddress),
    "gcp:compute/globalForwardingRule:GlobalForwardingRule": compute(forwardingRule),
    [CONNECTION]: needs("servicenetworking.googleapis.com", connection),
    "gcp:dns/managedZone:ManagedZone": needs("dns.googleapis.com", managedZone),
    "gcp:dns/recordSet:RecordSet": needs("dns.googleapis.com", recordSet),
};
