import type { Draft, Instance, Refusal, TypeRule, World } from "../../table.ts";
import { number, oneOf, text, texts, unless } from "./common.ts";

const ZONE = "aws:route53/zone:Zone";
const RECORD = "aws:route53/record:Record";
const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

const TYPES = [
    "A",
    "AAAA",
    "CAA",
    "CNAME",
    "DS",
    "HTTPS",
    "MX",
    "NAPTR",
    "NS",
    "PTR",
    "SOA",
    "SPF",
    "SRV",
    "SSHFP",
    "SVCB",
    "TLSA",
    "TXT",
];

/** The name servers of a zone, one in each of four domains. */
function nameServers({ random }: Draft): string[] {
    const digits = random(16, "0123456789");
    return ["org", "co.uk", "com", "net"].map((end, index) => {
        const part = digits.slice(index * 4, index * 4 + 4);
        return `ns-${Number(part) % 2048}.awsdns-${part.slice(0, 2)}.${end}`;
    });
}

function recordsIn(zone: string, world: World): readonly Instance[] {
    return world.all(RECORD).filter(({ outputs }) => outputs["zoneId"] === zone);
}

function refuseDelete({ id, outputs }: Instance, world: World): string | undefined {
    if (outputs["forceDestroy"] === true || recordsIn(id, world).length === 0) return undefined;
    return "api error HostedZoneNotEmpty: The specified hosted zone contains non-required resource record sets and so cannot be deleted.";
}

const zone: TypeRule = {
    name: {
        property: "name",
        pattern:
            /(?=.{1,255}$)[a-z0-9_*]([a-z0-9_-]*[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*\.?/,
        max: 255,
        unique: "none",
        words: (name) => `api error InvalidDomainName: ${name} is not a valid domain name`,
    },
    immutable: ["name", "delegationSetId"],
    defaults: { comment: "Managed by Pulumi", forceDestroy: false },
    refuseDelete,
    takesAlong: ({ id }, world) => recordsIn(id, world),
    id: ({ random }) => `Z${random(20, LETTERS)}`,
    outputs: (draft, _world, id) => {
        const servers = nameServers(draft);
        return {
            arn: `arn:aws:route53:::hostedzone/${id}`,
            nameServers: servers,
            primaryNameServer: servers[0] ?? "",
            zoneId: id,
        };
    },
    seconds: { create: 40 },
};

function checkRecord({ inputs }: Draft): Refusal[] {
    const alias = inputs["aliases"] !== undefined;
    return [
        ...oneOf(inputs, "type", TYPES),
        ...unless(
            alias !== (inputs["records"] !== undefined),
            '"records": one of `alias,records` must be specified',
            "records",
        ),
        ...unless(
            alias || number(inputs, "ttl") !== undefined || inputs["ttl"] !== undefined,
            '"ttl": all of `records,ttl` must be specified',
            "ttl",
        ),
    ];
}

/** A record lies in its zone, and there is one of its name and type. */
function admitRecord({ inputs }: Draft, world: World, old?: Instance): Refusal[] {
    const id = text(inputs, "zoneId") ?? "";
    const domain = text(world.find([ZONE], id)?.outputs ?? {}, "name") ?? "";
    const name = full(text(inputs, "name") ?? "", domain);
    const twin = recordsIn(id, world).some(
        (other) =>
            other.id !== old?.id &&
            other.outputs["fqdn"] === name &&
            other.outputs["type"] === inputs["type"],
    );
    return unless(
        !twin || inputs["allowOverwrite"] === true,
        `api error InvalidChangeBatch: [Tried to create resource record set [name='${name}.', type='${text(inputs, "type")}'] but it already exists]`,
    );
}

/** A record's name without the dot at its end; the provider completes names that do not end in the zone's. */
function full(name: string, domain: string): string {
    const plain = name.replace(/\.$/, "");
    if (plain === domain || plain.endsWith(`.${domain}`)) return plain;
    return plain === "" ? domain : `${plain}.${domain}`;
}

/** Zones and their records. */
export const route53: Readonly<Record<string, TypeRule>> = {
    [ZONE]: zone,
    [RECORD]: {
        required: ["name", "type", "zoneId"],
        references: [
            {
                path: "zoneId",
                to: [ZONE],
                blocks: false,
                words: (id) => `api error NoSuchHostedZone: No hosted zone found with ID: ${id}`,
            },
        ],
        immutable: ["zoneId", "name", "type", "setIdentifier"],
        deleteBeforeReplace: true,
        check: checkRecord,
        admit: admitRecord,
        id: ({ inputs }) =>
            ["zoneId", "name", "type"].map((key) => text(inputs, key) ?? "").join("_"),
        outputs: ({ inputs }, world) => {
            const found = world.find([ZONE], text(inputs, "zoneId") ?? "");
            return {
                fqdn: full(text(inputs, "name") ?? "", text(found?.outputs ?? {}, "name") ?? ""),
                ...(texts(inputs, "records").length > 0 && { records: texts(inputs, "records") }),
            };
        },
        seconds: { create: 35 },
    },
};
