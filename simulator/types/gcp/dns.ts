import type { Draft, Json, TypeRule } from "../../table.ts";
import {
    apiError,
    listAt,
    nameOf,
    needs,
    plainName,
    prevented,
    projectOf,
    refuseIf,
    textAt,
} from "./common.ts";
import { iamMember } from "./iam.ts";
import { NETWORK, notThere } from "./network.ts";

const ZONE = "gcp:dns/managedZone:ManagedZone";
const API = "dns.googleapis.com";

/** A domain with the dot at its end. */
const DOMAIN = /^(?:[a-z0-9_](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+$/;

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
        const signed = textAt(inputs, "dnssecConfig.state") === "on";
        return [
            ...refuseIf(
                name !== undefined && !DOMAIN.test(name),
                "dnsName",
                apiError(400, words, "invalid"),
            ),
            ...refuseIf(
                signed && inputs["visibility"] === "private",
                "dnssecConfig.state",
                apiError(400, "DNSSEC is not supported for private zones", "badRequest"),
            ),
        ];
    },
    admit: ({ inputs, urn }, world) => {
        const networks = networksOf(inputs);
        const twin = world
            .all(ZONE)
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
        nameServers: nameServers(draft),
    }),
    refuseDelete: prevented,
    seconds: { create: 5 },
};

/** Four for a public zone, of one of five sets. */
function nameServers({ inputs, random }: Draft): string[] {
    if (inputs["visibility"] === "private") return ["ns-gcp-private.googledomains.com."];
    const set = random(1, "abcde");
    return [1, 2, 3, 4].map((server) => `ns-cloud-${set}${server}.googledomains.com.`);
}

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
            to: [ZONE],
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
        const zone = world.find([ZONE], inputs["managedZone"] ?? null, "name");
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

/** Zones and their records, and who may change them. */
export const dnsTypes: Readonly<Record<string, TypeRule>> = {
    [ZONE]: needs(API, managedZone),
    "gcp:dns/recordSet:RecordSet": needs(API, recordSet),
    "gcp:dns/dnsManagedZoneIamMember:DnsManagedZoneIamMember": iamMember(
        "managedZone",
        [ZONE],
        "name",
    ),
};
