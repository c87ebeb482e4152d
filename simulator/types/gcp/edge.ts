import { get } from "../../paths.ts";
import type { Draft, Json, Refusal, TypeRule, World } from "../../table.ts";
import { addressIn, overlap } from "./addresses.ts";
import {
    apiError,
    computeName,
    listAt,
    nameOf,
    needs,
    numberAt,
    prevented,
    projectOf,
    refuseIf,
    regionOf,
    textAt,
    withSelfLink,
} from "./common.ts";
import { NETWORK, SUBNETWORK, notThere } from "./network.ts";

const API = "compute.googleapis.com";
const REGIONAL_ADDRESS = "gcp:compute/address:Address";

function invalid(field: string, value: string, words: string): string {
    return apiError(
        400,
        `Invalid value for field 'resource.${field}': '${value}'. ${words}`,
        "invalid",
    );
}

function checkAddress({ inputs }: Draft): Refusal[] {
    const internal = inputs["addressType"] === "INTERNAL";
    return [
        ...["subnetwork", "purpose"].flatMap((field) =>
            refuseIf(
                !internal && inputs[field] !== undefined,
                field,
                invalid(field, String(inputs[field]), "External addresses cannot have it."),
            ),
        ),
        ...refuseIf(
            internal && inputs["networkTier"] !== undefined,
            "networkTier",
            invalid(
                "networkTier",
                String(inputs["networkTier"]),
                "The network tier of an internal address cannot be set.",
            ),
        ),
    ];
}

/** An address that is given has to lie in its subnet, and nobody else may have it. */
function admitAddress({ inputs, urn }: Draft, world: World): Refusal[] {
    const address = textAt(inputs, "address");
    if (address === undefined) return [];
    const subnet = world.find([SUBNETWORK], inputs["subnetwork"] ?? null);
    const block = textAt(subnet?.inputs, "ipCidrRange");
    const outside = block !== undefined && !overlap(block, `${address}/32`);
    const held = world
        .all(REGIONAL_ADDRESS)
        .some((one) => one.urn !== urn && one.outputs["address"] === address);
    return [
        ...refuseIf(
            outside,
            "address",
            invalid("address", address, "Requested address is not in the subnetwork's range."),
        ),
        ...refuseIf(
            held,
            "address",
            apiError(
                409,
                `Specified IP address is in-use and would result in a conflict: ${address}`,
                "conflict",
            ),
        ),
    ];
}

function addressOf(draft: Draft, world: World): string {
    const { inputs, random } = draft;
    const given = textAt(inputs, "address");
    if (given !== undefined) return given;
    if (inputs["addressType"] !== "INTERNAL") return `34.89.${random(2, "123456789")}.9`;
    const subnet = world.find([SUBNETWORK], inputs["subnetwork"] ?? null);
    const block = textAt(subnet?.inputs, "ipCidrRange") ?? "10.0.0.0/24";
    return addressIn(block, 20 + (Number.parseInt(random(2), 16) % 200));
}

const address: TypeRule = {
    name: computeName("region"),
    references: [
        { path: "subnetwork", to: [SUBNETWORK], words: notThere },
        { path: "network", to: [NETWORK], words: notThere },
    ],
    immutable: [
        "name",
        "region",
        "project",
        "address",
        "addressType",
        "purpose",
        "network",
        "subnetwork",
        "networkTier",
        "ipVersion",
        "prefixLength",
        "description",
    ],
    defaults: { addressType: "EXTERNAL" },
    check: checkAddress,
    admit: admitAddress,
    id: (draft) =>
        `projects/${projectOf(draft)}/regions/${regionOf(draft)}/addresses/${nameOf(draft)}`,
    outputs: (draft, world, id) => ({
        project: projectOf(draft),
        region: regionOf(draft),
        address: addressOf(draft, world),
        ...withSelfLink(id),
    }),
    refuseDelete: prevented,
    seconds: { create: 10 },
};

/** Which ciphers a policy takes: only those of TLS 1.3 are left where it is the least. */
function checkSsl({ inputs }: Draft): Refusal[] {
    const profile = textAt(inputs, "profile");
    const least = textAt(inputs, "minTlsVersion");
    const features = listAt(inputs, "customFeatures");
    return [
        ...refuseIf(
            (profile === "CUSTOM") !== features.length > 0,
            "customFeatures",
            apiError(
                400,
                "Custom features go with the profile CUSTOM, and only with it",
                "invalid",
            ),
        ),
        ...refuseIf(
            least === "TLS_1_3" && profile !== "RESTRICTED",
            "minTlsVersion",
            apiError(400, "TLS_1_3 requires the profile RESTRICTED", "invalid"),
        ),
    ];
}

function sslPolicy(place: "global" | "region"): TypeRule {
    const where = (draft: Draft) => (place === "global" ? "global" : `regions/${regionOf(draft)}`);
    return {
        name: computeName(place === "global" ? "account" : "region"),
        immutable: ["name", "project", "region", "description"],
        defaults: { profile: "COMPATIBLE", minTlsVersion: "TLS_1_0" },
        check: checkSsl,
        id: (draft) => `projects/${projectOf(draft)}/${where(draft)}/sslPolicies/${nameOf(draft)}`,
        outputs: (draft, _world, id) => ({
            project: projectOf(draft),
            fingerprint: draft.random(8),
            ...withSelfLink(id),
        }),
        refuseDelete: prevented,
        seconds: { create: 10 },
    };
}

const LAST = 2_147_483_647;
const ACTION = /^(?:allow|deny\((?:403|404|502)\)|throttle|rate_based_ban|redirect)$/;
const INTERVALS = [10, 30, 60, 120, 180, 240, 270, 300, 600, 900, 1200, 1800, 2400, 2700, 3600];

/** The rule sets that Google has: families, each in versions. */
const RULE_SET =
    /^(?:(?:sqli|xss|lfi|rfi|rce|methodenforcement|scannerdetection|protocolattack|php|sessionfixation|java|nodejs)-(?:v33|v422)-(?:stable|canary)|cve-canary|json-sqli-canary)$/;

function checkRule(rule: Json, index: number): Refusal[] {
    const at = `rules[${index}]`;
    const action = textAt(rule, "action");
    const limited = action === "throttle" || action === "rate_based_ban";
    const expression = textAt(rule, "match.expr.expression") ?? "";
    const sets = [...expression.matchAll(/evaluatePreconfigured\w+\('([^']*)'/g)].map(
        ([, set]) => set ?? "",
    );
    const interval = numberAt(rule, "rateLimitOptions.rateLimitThreshold.intervalSec");
    return [
        ...refuseIf(
            action !== undefined && !ACTION.test(action),
            `${at}.action`,
            invalid(`${at}.action`, action ?? "", "Invalid action."),
        ),
        ...refuseIf(
            limited && get(rule, "rateLimitOptions") === undefined,
            `${at}.rateLimitOptions`,
            apiError(400, `rateLimitOptions must be set for the action ${action}`, "invalid"),
        ),
        ...refuseIf(
            interval !== undefined && !INTERVALS.includes(interval),
            `${at}.rateLimitOptions.rateLimitThreshold.intervalSec`,
            invalid(`${at}.intervalSec`, String(interval), "Invalid rate limit interval."),
        ),
        ...sets
            .filter((set) => !RULE_SET.test(set))
            .map((set) => ({
                property: `${at}.match.expr.expression`,
                reason: invalid(`${at}.match.expr`, set, "Preconfigured expression set not found."),
            })),
    ];
}

function checkPolicy({ inputs }: Draft): Refusal[] {
    const rules = listAt(inputs, "rules");
    const priorities = rules.map((rule) => numberAt(rule, "priority"));
    const twice = priorities.find((one, index) => priorities.indexOf(one) !== index);
    return [
        ...rules.flatMap(checkRule),
        ...refuseIf(
            rules.length > 0 && !priorities.includes(LAST),
            "rules",
            `There must be a default rule with priority ${LAST}`,
        ),
        ...refuseIf(
            twice !== undefined,
            "rules",
            invalid("rules", String(twice), "Two rules cannot share the same priority."),
        ),
    ];
}

const securityPolicy: TypeRule = {
    required: ["rules[].action", "rules[].priority", "rules[].match"],
    name: computeName(),
    immutable: ["name", "project", "type"],
    defaults: { type: "CLOUD_ARMOR" },
    check: checkPolicy,
    id: (draft) => `projects/${projectOf(draft)}/global/securityPolicies/${nameOf(draft)}`,
    outputs: (draft, _world, id) => ({
        project: projectOf(draft),
        fingerprint: draft.random(8),
        ...withSelfLink(id),
    }),
    refuseDelete: prevented,
    seconds: { create: 20 },
};

/** Addresses of balancers, what they take of TLS, and the firewall before them. */
export const edgeTypes: Readonly<Record<string, TypeRule>> = {
    [REGIONAL_ADDRESS]: needs(API, address),
    "gcp:compute/sSLPolicy:SSLPolicy": needs(API, sslPolicy("global")),
    "gcp:compute/regionSslPolicy:RegionSslPolicy": needs(API, sslPolicy("region")),
    "gcp:compute/securityPolicy:SecurityPolicy": needs(API, securityPolicy),
};
