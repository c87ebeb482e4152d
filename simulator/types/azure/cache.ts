/** Azure Managed Redis. */
import { createHash } from "node:crypto";
import { get } from "../../paths.ts";
import type { Instance, InvokeRule, Properties, Refusal, TypeRule } from "../../table.ts";
import { arm, below, between, fixed, list, oneOf, refusal, text } from "./arm.ts";

const CACHE = "azure-native:redisenterprise:RedisEnterprise";
const DATABASE = "azure-native:redisenterprise:Database";

/** Classes of up to this many GB take a database that is not divided into shards. */
const LARGEST_UNDIVIDED = 24;

/** The memory of each class in GB. */
const CLASSES: Readonly<Record<string, number>> = {
    ...sizes("Balanced_B", [0, 1, 3, 5, 10, 20, 50, 100, 150, 250, 350, 500, 700, 1000]),
    ...sizes("MemoryOptimized_M", [10, 20, 50, 100, 150, 250, 350, 500, 700, 1000, 1500, 2000]),
    ...sizes("ComputeOptimized_X", [3, 5, 10, 20, 50, 100, 150, 250, 350, 500, 700]),
};

/** A class is named after its memory, with a fifth that Azure adds from B5 on. */
function sizes(family: string, classes: readonly number[]): Record<string, number> {
    return Object.fromEntries(
        classes.map((one) => [`${family}${one}`, one < 5 ? one : Math.round(one * 1.2)]),
    );
}

const cache: TypeRule = arm({
    arm: "Microsoft.Cache/redisEnterprise",
    path: ["clusterName"],
    name: {
        pattern: /(?!.*--)[A-Za-z0-9]([A-Za-z0-9-]{0,58}[A-Za-z0-9])?/,
        max: 60,
        unique: "region",
        words: (name) =>
            `Code="InvalidResourceName" Message="The cluster name '${name}' must be 1-60 letters, digits and hyphens, ` +
            `with no leading, trailing or consecutive hyphens."`,
        taken: (name) =>
            `Code="NameNotAvailable" Message="The name '${name}' is already in use in this region."`,
    },
    required: ["sku.name", "publicNetworkAccess"],
    check: ({ inputs }) => [
        ...oneOf(inputs, "sku.name", Object.keys(CLASSES), "InvalidSku"),
        ...oneOf(inputs, "highAvailability", ["Enabled", "Disabled"]),
        ...oneOf(inputs, "minimumTlsVersion", ["1.2"]),
        ...oneOf(inputs, "publicNetworkAccess", ["Enabled", "Disabled"]),
    ],
    admit: ({ inputs }, world, old) => (old ? refuseChange(inputs, old, world.all(DATABASE)) : []),
    outputs: (draft, _world, id) => ({
        hostName: `${id.slice(id.lastIndexOf("/") + 1)}.${text(draft.inputs, "location")}.redis.azure.net`,
        redisVersion: "7.4",
        resourceState: "Running",
    }),
    takesAlong: below,
    seconds: { create: 540, update: 600, delete: 180 },
});

function refuseChange(
    inputs: Properties,
    old: Instance,
    databases: readonly Instance[],
): Refusal[] {
    const refusals: Refusal[] = [];
    const off = text(inputs, "highAvailability") === "Disabled";
    if (off && text(old.inputs, "highAvailability") !== "Disabled") {
        const message = "High availability cannot be disabled on an existing cluster.";
        refusals.push(refusal("BadRequest", message, "highAvailability"));
    }
    const undivided = databases.some(
        (one) =>
            text(one.inputs, "clusterName") === old.outputs["name"] &&
            text(one.inputs, "clusteringPolicy") === "NoCluster",
    );
    if (!undivided || text(inputs, "sku.name") === text(old.inputs, "sku.name")) return refusals;
    const message = "Scaling is not supported for a database with the NoCluster clustering policy.";
    return [...refusals, refusal("BadRequest", message, "sku.name")];
}

const EVICTION = ["AllKeysLFU", "AllKeysLRU", "AllKeysRandom", "NoEviction"];
const VOLATILE = ["VolatileLFU", "VolatileLRU", "VolatileRandom", "VolatileTTL"];

const database: TypeRule = arm({
    arm: "Microsoft.Cache/redisEnterprise/databases",
    path: ["clusterName", "databaseName"],
    name: { pattern: /default/, max: 7, auto: false },
    required: ["clusterName"],
    check: ({ inputs }) => [
        ...oneOf(inputs, "clientProtocol", ["Encrypted", "Plaintext"]),
        ...oneOf(inputs, "clusteringPolicy", ["EnterpriseCluster", "OSSCluster", "NoCluster"]),
        ...oneOf(inputs, "evictionPolicy", [...EVICTION, ...VOLATILE]),
        ...oneOf(inputs, "accessKeysAuthentication", ["Enabled", "Disabled"]),
        ...between(inputs, "port", 10000, 10000),
        ...checkModules(inputs),
        ...checkPersistence(inputs),
    ],
    admit({ inputs }, world, old) {
        const parent = world.find([CACHE], text(inputs, "clusterName"), "name");
        const size = CLASSES[text(parent?.inputs, "sku.name")] ?? 0;
        const refusals = fixed(old, inputs, ["port", "clusteringPolicy", "modules"]);
        if (text(inputs, "clusteringPolicy") !== "NoCluster" || size <= LARGEST_UNDIVIDED) {
            return refusals;
        }
        const message = "The NoCluster clustering policy is supported up to 25 GB only.";
        return [...refusals, refusal("BadRequest", message, "clusteringPolicy")];
    },
    outputs: () => ({ redisVersion: "7.4", resourceState: "Running" }),
    seconds: { create: 120, delete: 60 },
});

function checkPersistence(inputs: Properties): Refusal[] {
    const on = (kind: string) => get(inputs, `persistence.${kind}Enabled`) === true;
    const refusals = oneOf(inputs, "persistence.rdbFrequency", ["1h", "6h", "12h"]);
    if (!on("aof") || !on("rdb")) return refusals;
    const message = "At most one of AOF and RDB persistence may be enabled.";
    return [...refusals, refusal("BadRequest", message, "persistence")];
}

function checkModules(inputs: Properties): Refusal[] {
    const search = list(inputs, "modules").some((one) => text(one, "name") === "RediSearch");
    if (!search || get(inputs, "clusteringPolicy") === "EnterpriseCluster") return [];
    const message = "RediSearch needs the EnterpriseCluster clustering policy.";
    return [refusal("BadRequest", message, "modules")];
}

/** The two keys of a database, which are 44 characters in base64. */
export const databaseKeys: InvokeRule = (args, _scope, world) => {
    const name = text(args, "clusterName");
    const found = world.all(DATABASE).find((one) => text(one.inputs, "clusterName") === name);
    if (!found) {
        throw new Error(
            `Code="ResourceNotFound" Message="The Resource 'Microsoft.Cache/redisEnterprise/${name}/databases/default' ` +
                `under resource group '${text(args, "resourceGroupName")}' was not found."`,
        );
    }
    const key = (which: string) =>
        createHash("sha256").update(`${found.id}/${which}`).digest("base64");
    return { primaryKey: key("primary"), secondaryKey: key("secondary") };
};

/** Caches. */
export const CACHE_TYPES: Readonly<Record<string, TypeRule>> = {
    [CACHE]: cache,
    [DATABASE]: database,
};
