import type { Draft, Json, Refusal, TypeRule, World } from "../../table.ts";
import { addressIn, bounds, overlap } from "./addresses.ts";
import {
    apiError,
    computeName,
    listAt,
    nameOf,
    needs,
    numberAt,
    projectOf,
    refuseIf,
    regionOf,
    textAt,
    withSelfLink,
} from "./common.ts";
import { admitProxies, checkProxies } from "./proxy-subnets.ts";

export const NETWORK = "gcp:compute/network:Network";
export const SUBNETWORK = "gcp:compute/subnetwork:Subnetwork";
export const ADDRESS = "gcp:compute/globalAddress:GlobalAddress";

/** What Google says of something that is not there. */
export function notThere(value: string): string {
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
export function rangesOf(inputs: Json): { name: string; block: string; property: string }[] {
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
export function taken(network: string, world: World, but: string | undefined): string[] {
    const inNetwork = (type: string) =>
        world.all(type).filter(({ urn, inputs }) => inputs["network"] === network && urn !== but);
    const subnets = inNetwork(SUBNETWORK).flatMap(({ inputs }) =>
        rangesOf(inputs).map(({ block }) => block),
    );
    return [...subnets, ...inNetwork(ADDRESS).flatMap(({ outputs }) => reserved(outputs))];
}

/** The block that an address reserves. */
export function reserved(outputs: Json): string[] {
    const address = textAt(outputs, "address");
    return address === undefined ? [] : [`${address}/${numberAt(outputs, "prefixLength") ?? 32}`];
}

const subnetwork: TypeRule = {
    required: ["network", "ipCidrRange"],
    name: computeName("region"),
    references: [{ path: "network", to: [NETWORK], words: notThere }],
    immutable: ["name", "network", "region", "project", "ipCidrRange", "purpose", "description"],
    defaults: { purpose: "PRIVATE", stackType: "IPV4_ONLY" },
    check: (draft) => [...checkRanges(draft), ...checkProxies(draft)],
    admit: (draft, world) => {
        const { inputs, urn } = draft;
        const others = taken(String(inputs["network"]), world, urn);
        const conflicts = rangesOf(inputs).flatMap(({ block, property }) =>
            others
                .filter((other) => overlap(other, block))
                .map((other) => ({ property, reason: conflict(property, block, other) })),
        );
        return [...conflicts, ...admitProxies(draft, world)];
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

const compute = (rule: TypeRule): TypeRule => needs("compute.googleapis.com", rule);

/** Networks, subnets, the way out and firewalls. */
export const networkTypes: Readonly<Record<string, TypeRule>> = {
    [NETWORK]: compute(network),
    [SUBNETWORK]: compute(subnetwork),
    "gcp:compute/router:Router": compute(router),
    "gcp:compute/routerNat:RouterNat": compute(routerNat),
    "gcp:compute/firewall:Firewall": compute(firewall),
};
