import { get } from "../../paths.ts";
import type { Draft, Instance, Properties, Refusal, TypeRule, World } from "../../table.ts";
import {
    apiError,
    listAt,
    mayUseKey,
    nameOf,
    needs,
    numberAt,
    prevented,
    projectOf,
    refuseIf,
    textAt,
} from "./common.ts";
import { NETWORK } from "./network.ts";
import { ADDRESS_RANGE, admitPrivateAccess, addressInRange } from "./private-services.ts";

export const FILESTORE = "gcp:filestore/instance:Instance";

/** What each tier holds in GiB, and whether it lies in a region rather than in a zone. */
const TIERS: Readonly<Record<string, { least: number; most: number; regional?: true }>> = {
    BASIC_HDD: { least: 1024, most: 65_433 },
    BASIC_SSD: { least: 2560, most: 65_433 },
    ZONAL: { least: 1024, most: 102_400 },
    REGIONAL: { least: 1024, most: 102_400, regional: true },
    ENTERPRISE: { least: 1024, most: 10_240, regional: true },
};

/** From here on, an instance is of another kind. */
const HIGHER_RANGE = 10_240;

function badRequest(message: string): string {
    return apiError(400, message, "badRequest");
}

function checkTier({ inputs }: Draft): Refusal[] {
    const name = textAt(inputs, "tier") ?? "";
    const tier = TIERS[name];
    if (tier === undefined) return [];
    const location = textAt(inputs, "location");
    const isZone = location !== undefined && /-[a-z]$/.test(location);
    const capacity = numberAt(inputs, "fileShares.capacityGb") ?? tier.least;
    const step = name.startsWith("BASIC") ? 1 : capacity < HIGHER_RANGE ? 256 : 2560;
    return [
        ...refuseIf(
            location !== undefined && isZone === (tier.regional === true),
            "location",
            badRequest(
                `Invalid location '${location}': instances of tier ${name} are created in a ${tier.regional ? "region" : "zone"}`,
            ),
        ),
        ...refuseIf(
            capacity < tier.least || capacity > tier.most || capacity % step !== 0,
            "fileShares.capacityGb",
            badRequest(
                `Invalid capacity ${capacity} GiB: tier ${name} takes ${tier.least} to ${tier.most} GiB in steps of ${step} GiB`,
            ),
        ),
        ...refuseIf(
            name.startsWith("BASIC") && inputs["kmsKeyName"] !== undefined,
            "kmsKeyName",
            badRequest(`Customer-managed encryption keys are not supported for tier ${name}`),
        ),
    ];
}

function checkShare({ inputs }: Draft): Refusal[] {
    const name = textAt(inputs, "fileShares.name");
    const options = listAt(get(inputs, "fileShares"), "nfsExportOptions");
    return [
        ...refuseIf(
            name !== undefined && !/^[a-z][a-z0-9_]{0,15}$/i.test(name),
            "fileShares.name",
            badRequest(
                `Invalid file share name '${name}': it must have 1-16 letters, numbers and underscores, and start with a letter`,
            ),
        ),
        ...options.flatMap((option, index) =>
            refuseIf(
                get(option, "anonUid") !== undefined && get(option, "squashMode") !== "ROOT_SQUASH",
                `fileShares.nfsExportOptions[${index}].anonUid`,
                badRequest("anon_uid may only be set with squash_mode ROOT_SQUASH"),
            ),
        ),
    ];
}

/** An instance grows and shrinks within the range that it was made in. */
function otherRange({ inputs }: Draft, old: Instance | undefined): Refusal[] {
    const was = numberAt(old?.inputs, "fileShares.capacityGb");
    const is = numberAt(inputs, "fileShares.capacityGb");
    return refuseIf(
        was !== undefined && is !== undefined && was < HIGHER_RANGE !== is < HIGHER_RANGE,
        "fileShares.capacityGb",
        badRequest(
            `Invalid capacity ${is} GiB: an instance of ${was} GiB cannot be moved to another capacity range`,
        ),
    );
}

function admit(draft: Draft, world: World, old?: Instance): Refusal[] {
    const { inputs } = draft;
    const [network] = listAt(inputs, "networks");
    const isPrivate = get(network, "connectMode") === "PRIVATE_SERVICE_ACCESS";
    const range = textAt(network, "reservedIpRange");
    const access = isPrivate
        ? admitPrivateAccess(textAt(network, "network"), range, "networks[0].network", world)
        : [];
    return [
        ...access,
        ...otherRange(draft, old),
        ...mayUseKey(textAt(inputs, "kmsKeyName"), "cloud-filer", "kmsKeyName", world),
    ];
}

function outputs(draft: Draft, world: World): Properties {
    const networks = listAt(draft.inputs, "networks").map((network) => ({
        ...(network as Properties),
        ipAddresses: [addressInRange(textAt(network, "reservedIpRange"), draft, world)],
    }));
    return { project: projectOf(draft), networks, createTime: "2026-11-21T00:00:00Z" };
}

function refuseDelete(standing: Instance): string | undefined {
    if (standing.inputs["deletionProtectionEnabled"] === true) {
        return apiError(
            400,
            `The instance ${standing.id} is protected against deletion. Disable deletion protection and try again.`,
            "failedPrecondition",
        );
    }
    return prevented(standing);
}

const instance: TypeRule = {
    required: ["tier", "location", "fileShares.capacityGb", "fileShares.name", "networks"],
    name: {
        property: "name",
        pattern: /[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?/,
        max: 63,
        unique: "path:location",
        words: (name) =>
            badRequest(
                `Invalid instance ID '${name}': it must match the pattern ^[a-z]([-a-z0-9]*[a-z0-9])?$`,
            ),
        taken: (name) => apiError(409, `Resource '${name}' already exists`, "alreadyExists"),
    },
    references: [
        { path: "networks[].network", to: [NETWORK] },
        { path: "networks[].reservedIpRange", to: [ADDRESS_RANGE], by: "name" },
        { path: "kmsKeyName", to: ["gcp:kms/cryptoKey:CryptoKey"], blocks: false },
    ],
    immutable: [
        "name",
        "location",
        "project",
        "tier",
        "protocol",
        "networks",
        "kmsKeyName",
        "fileShares.name",
    ],
    defaults: { protocol: "NFS_V3", deletionProtectionEnabled: false },
    check: (draft) => [...checkTier(draft), ...checkShare(draft)],
    admit,
    id: (draft) =>
        `projects/${projectOf(draft)}/locations/${String(draft.inputs["location"])}/instances/${nameOf(draft)}`,
    outputs,
    refuseDelete,
    seconds: { create: 300, update: 120, delete: 120 },
};

/** Filestore. */
export const filestoreTypes: Readonly<Record<string, TypeRule>> = {
    [FILESTORE]: needs("file.googleapis.com", instance),
};
