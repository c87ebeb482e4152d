import type { Instance, TypeRule, World } from "../../table.ts";
import { overlap } from "./addresses.ts";
import {
    apiError,
    computeName,
    nameOf,
    needs,
    numberAt,
    projectOf,
    refuseIf,
    textAt,
    withSelfLink,
} from "./common.ts";
import { ADDRESS, NETWORK, SUBNETWORK, notThere, rangesOf, reserved, taken } from "./network.ts";

export const CONNECTION = "gcp:servicenetworking/connection:Connection";

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

/** How each service in Google's own network says in whose network it answers. */
const PRODUCERS: Readonly<Record<string, string>> = {
    "gcp:sql/databaseInstance:DatabaseInstance": "settings.ipConfiguration.privateNetwork",
    "gcp:redis/instance:Instance": "authorizedNetwork",
    "gcp:filestore/instance:Instance": "networks[0].network",
};

function refusePeering({ inputs }: Instance, world: World): string | undefined {
    if (inputs["deletionPolicy"] === "ABANDON") return undefined;
    const used = Object.entries(PRODUCERS).some(([type, path]) =>
        world.all(type).some((one) => textAt(one.inputs, path) === inputs["network"]),
    );
    if (!used) return undefined;
    return "Unable to remove Service Networking Connection, err: Error waiting for Delete Service Networking Connection: Error code 9, message: Failed to delete connection; Producer services (e.g. CloudSQL, Cloud Memstore, etc.) are still using this connection.";
}

/** Private access to databases and to Google's APIs. */
export const accessTypes: Readonly<Record<string, TypeRule>> = {
    [ADDRESS]: needs("compute.googleapis.com", globalAddress),
    "gcp:compute/globalForwardingRule:GlobalForwardingRule": needs(
        "compute.googleapis.com",
        forwardingRule,
    ),
    [CONNECTION]: needs("servicenetworking.googleapis.com", connection),
};
