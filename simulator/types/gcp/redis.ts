import { get } from "../../paths.ts";
import type { Draft, Instance, Properties, Refusal, TypeRule, World } from "../../table.ts";
import {
    apiError,
    mayUseKey,
    nameOf,
    needs,
    numberAt,
    prevented,
    projectOf,
    refuseIf,
    regionOf,
    textAt,
} from "./common.ts";
import { NETWORK } from "./network.ts";
import { ADDRESS_RANGE, admitPrivateAccess, addressInRange } from "./private-services.ts";

const INSTANCE = "gcp:redis/instance:Instance";

/** Versions that Memorystore for Redis makes in November 2026. */
const VERSIONS = ["REDIS_6_X", "REDIS_7_0", "REDIS_7_2"];

const POLICIES = [
    "noeviction",
    "allkeys-lru",
    "allkeys-lfu",
    "allkeys-random",
    "volatile-lru",
    "volatile-lfu",
    "volatile-random",
    "volatile-ttl",
];

function badRequest(message: string): string {
    return apiError(400, message, "badRequest");
}

function checkShape({ inputs }: Draft): Refusal[] {
    const memory = numberAt(inputs, "memorySizeGb");
    const version = textAt(inputs, "redisVersion");
    const policy = textAt(get(inputs, "redisConfigs"), "maxmemory-policy");
    const basic = (textAt(inputs, "tier") ?? "BASIC") === "BASIC";
    const replicas = inputs["readReplicasMode"] === "READ_REPLICAS_ENABLED";
    return [
        ...refuseIf(
            memory !== undefined && (memory < 1 || memory > 300 || !Number.isInteger(memory)),
            "memorySizeGb",
            badRequest("Memory size must be a whole number of GiB between 1 and 300"),
        ),
        ...refuseIf(
            version !== undefined && !VERSIONS.includes(version),
            "redisVersion",
            badRequest(`Invalid redis version: ${version}`),
        ),
        ...refuseIf(
            policy !== undefined && !POLICIES.includes(policy),
            "redisConfigs",
            badRequest(`Invalid value '${policy}' for Redis config 'maxmemory-policy'`),
        ),
        ...refuseIf(
            basic && inputs["alternativeLocationId"] !== undefined,
            "alternativeLocationId",
            badRequest("Alternative location is only applicable to instances of the Standard tier"),
        ),
        ...refuseIf(
            replicas && (basic || (memory ?? 5) < 5),
            "readReplicasMode",
            badRequest("Read replicas need the Standard tier and 5 GiB or more"),
        ),
    ];
}

function admit(draft: Draft, world: World): Refusal[] {
    const { inputs } = draft;
    const isPrivate = inputs["connectMode"] === "PRIVATE_SERVICE_ACCESS";
    const network = textAt(inputs, "authorizedNetwork");
    const range = textAt(inputs, "reservedIpRange");
    return [
        ...(isPrivate ? admitPrivateAccess(network, range, "authorizedNetwork", world) : []),
        ...mayUseKey(
            textAt(inputs, "customerManagedKey"),
            "cloud-redis",
            "customerManagedKey",
            world,
        ),
    ];
}

function outputs(draft: Draft, world: World): Properties {
    const { inputs, random } = draft;
    const encrypted = inputs["transitEncryptionMode"] === "SERVER_AUTHENTICATION";
    const digits = random(32);
    const uuid = [8, 12, 16, 20, 32].map((end, index) =>
        digits.slice([0, 8, 12, 16, 20][index], end),
    );
    return {
        project: projectOf(draft),
        region: regionOf(draft),
        host: addressInRange(textAt(inputs, "reservedIpRange"), draft, world),
        port: encrypted ? 6378 : 6379,
        currentLocationId: textAt(inputs, "locationId") ?? `${regionOf(draft)}-a`,
        authString: inputs["authEnabled"] === true ? uuid.join("-") : "",
        serverCaCerts: encrypted
            ? [
                  {
                      cert: `-----BEGIN CERTIFICATE-----\n${random(40)}\n-----END CERTIFICATE-----`,
                      serialNumber: random(8),
                      sha1Fingerprint: random(40),
                  },
              ]
            : [],
    };
}

function refuseDelete(standing: Instance): string | undefined {
    if (standing.inputs["deletionProtection"] !== false) {
        return "cannot destroy redis instance without setting deletion_protection=false and running `pulumi up`";
    }
    return prevented(standing);
}

const instance: TypeRule = {
    required: ["memorySizeGb"],
    name: {
        property: "name",
        pattern: /[a-z](?:[a-z0-9-]{0,38}[a-z0-9])?/,
        max: 40,
        unique: "path:region",
        words: (name) =>
            badRequest(
                `Invalid instance ID '${name}': it must have 1-40 lowercase letters, numbers and hyphens, start with a letter and end with a letter or a number`,
            ),
        taken: (name) => apiError(409, `Resource '${name}' already exists`, "alreadyExists"),
    },
    references: [
        { path: "authorizedNetwork", to: [NETWORK] },
        { path: "reservedIpRange", to: [ADDRESS_RANGE], by: "name" },
        {
            path: "customerManagedKey",
            to: ["gcp:kms/cryptoKey:CryptoKey"],
            words: (key) => apiError(404, `CryptoKey ${key} not found.`, "notFound"),
            blocks: false,
        },
    ],
    immutable: [
        "name",
        "region",
        "project",
        "tier",
        "locationId",
        "alternativeLocationId",
        "authorizedNetwork",
        "connectMode",
        "reservedIpRange",
        "transitEncryptionMode",
        "customerManagedKey",
    ],
    defaults: {
        tier: "BASIC",
        connectMode: "DIRECT_PEERING",
        transitEncryptionMode: "DISABLED",
        authEnabled: false,
        deletionProtection: true,
    },
    check: checkShape,
    admit,
    id: (draft) =>
        `projects/${projectOf(draft)}/locations/${regionOf(draft)}/instances/${nameOf(draft)}`,
    outputs,
    secrets: ["authString"],
    refuseDelete,
    seconds: { create: 360, update: 240, delete: 180 },
};

/** Memorystore for Redis. */
export const redisTypes: Readonly<Record<string, TypeRule>> = {
    [INSTANCE]: needs("redis.googleapis.com", instance),
};
