import { get } from "../../paths.ts";
import type { Draft, Instance, Json, Refusal, TypeRule, World } from "../../table.ts";
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
import { CONNECTION } from "./access.ts";
import { NETWORK } from "./network.ts";
import { ADDRESS_RANGE, addressInRange } from "./private-services.ts";

const INSTANCE = "gcp:sql/databaseInstance:DatabaseInstance";
const USER = "gcp:sql/user:User";
const DATABASE = "gcp:sql/database:Database";

/** Major versions that Cloud SQL creates in November 2026. */
const POSTGRES = ["POSTGRES_15", "POSTGRES_16", "POSTGRES_17", "POSTGRES_18"];

const SHARED_CORE = ["db-f1-micro", "db-g1-small"];

/** How many CPUs a tier of Enterprise Plus may have. */
const PLUS_CPUS = [2, 4, 8, 16, 32, 48, 64, 80, 96, 128];

function invalid(message: string): string {
    return `Error, failed to create instance: ${apiError(400, `Invalid request: ${message}.`, "invalid")}`;
}

function editionOf({ inputs }: Draft): string {
    const given = textAt(inputs, "settings.edition");
    if (given !== undefined) return given;
    const major = Number(/^POSTGRES_(\d+)$/.exec(String(inputs["databaseVersion"]))?.[1] ?? 0);
    return major >= 16 ? "ENTERPRISE_PLUS" : "ENTERPRISE";
}

function checkTier(draft: Draft): Refusal[] {
    const tier = textAt(draft.inputs, "settings.tier");
    if (tier === undefined) return [];
    const edition = editionOf(draft);
    const plus = tier.startsWith("db-perf-optimized-N-");
    if (plus !== (edition === "ENTERPRISE_PLUS")) {
        const words = `Invalid Tier (${tier}) for (${edition}) Edition. Use a predefined Tier like ${plus ? "db-custom-*" : "db-perf-optimized-N-*"} instead. Learn more at https://cloud.google.com/sql/docs/postgres/create-instance#machine-types`;
        return [{ property: "settings.tier", reason: invalid(words) }];
    }
    const sold = PLUS_CPUS.some((cpus) => tier === `db-perf-optimized-N-${cpus}`);
    const known = sold || SHARED_CORE.includes(tier) || isCustomTier(tier);
    const words = `Invalid Tier (${tier}) for (${edition}) Edition`;
    return refuseIf(!known, "settings.tier", invalid(words));
}

/** One or an even number of CPUs; memory in steps of 256 MiB, 3.75 GiB at least, 0.9 to 6.5 GiB per CPU. */
function isCustomTier(tier: string): boolean {
    const [, cpus = 0, memory = 0] = (/^db-custom-(\d+)-(\d+)$/.exec(tier) ?? []).map(Number);
    return (
        (cpus === 1 || (cpus % 2 === 0 && cpus >= 2 && cpus <= 96)) &&
        memory % 256 === 0 &&
        memory >= Math.max(3840, cpus * 0.9 * 1024) &&
        memory <= cpus * 6.5 * 1024
    );
}

function checkBackups(draft: Draft): Refusal[] {
    const at = "settings.backupConfiguration";
    const { inputs } = draft;
    const logs = numberAt(inputs, `${at}.transactionLogRetentionDays`);
    const kept = numberAt(inputs, `${at}.backupRetentionSettings.retainedBackups`);
    const most = editionOf(draft) === "ENTERPRISE_PLUS" ? 35 : 7;
    const backups = get(inputs, at);
    const regional = textAt(inputs, "settings.availabilityType") === "REGIONAL";
    const recovers = isOn(backups, "enabled") && isOn(backups, "pointInTimeRecoveryEnabled");
    return [
        ...refuseIf(
            logs !== undefined && (logs < 1 || logs > most),
            `${at}.transactionLogRetentionDays`,
            invalid(`Transaction log retention days must be between 1 and ${most}`),
        ),
        ...refuseIf(
            kept !== undefined && (kept < 1 || kept > 365),
            `${at}.backupRetentionSettings.retainedBackups`,
            invalid("Retained backups must be between 1 and 365"),
        ),
        ...refuseIf(
            logs !== undefined && kept !== undefined && logs > kept,
            `${at}.transactionLogRetentionDays`,
            invalid(
                "Transaction log retention days must not exceed the number of retained backups",
            ),
        ),
        ...refuseIf(
            regional && !recovers,
            "settings.availabilityType",
            invalid(
                "Backups and point-in-time recovery must be enabled for a regional (high availability) instance",
            ),
        ),
    ];
}

/** True if a switch is on, or not known yet. */
function isOn(backups: Json | undefined, field: string): boolean {
    if (typeof backups === "string") return true;
    const value = get(backups, field);
    return value !== undefined && value !== false;
}

function checkDisk(draft: Draft): Refusal[] {
    const size = numberAt(draft.inputs, "settings.diskSize");
    const limit = numberAt(draft.inputs, "settings.diskAutoresizeLimit") ?? 0;
    const shared = SHARED_CORE.includes(textAt(draft.inputs, "settings.tier") ?? "");
    const most = shared ? 3054 : 65_536;
    return [
        ...refuseIf(
            size !== undefined && (size < 10 || size > most),
            "settings.diskSize",
            invalid(`Disk size must be between 10 GB and ${most} GB`),
        ),
        ...refuseIf(
            size !== undefined && limit !== 0 && limit < size,
            "settings.diskAutoresizeLimit",
            invalid("Storage auto resize limit must not be below the disk size"),
        ),
    ];
}

function checkVersion({ inputs }: Draft): Refusal[] {
    const version = textAt(inputs, "databaseVersion");
    const words = `Invalid value for databaseVersion: ${version} is not supported for new instances`;
    return refuseIf(
        version !== undefined && !POSTGRES.includes(version),
        "databaseVersion",
        invalid(words),
    );
}

/** A private address needs the peering; a key needs the grant. */
function admitInstance(draft: Draft, world: World): Refusal[] {
    const { inputs } = draft;
    const network = textAt(inputs, "settings.ipConfiguration.privateNetwork");
    const peered = world.all(CONNECTION).some((one) => one.inputs["network"] === network);
    return [
        ...refuseIf(
            network !== undefined && !peered,
            "settings.ipConfiguration.privateNetwork",
            "Error, failed to create instance because the network doesn't have at least 1 private services connection. Please see https://cloud.google.com/sql/docs/mysql/private-ip#network_requirements for how to create this connection.",
        ),
        ...mayUseKey(
            textAt(inputs, "encryptionKeyName"),
            "gcp-sa-cloud-sql",
            "encryptionKeyName",
            world,
        ),
    ];
}

const instance: TypeRule = {
    required: ["databaseVersion", "settings", "settings.tier"],
    name: {
        property: "name",
        pattern: /[a-z](?:[a-z0-9-]*[a-z0-9])?/,
        max: 98,
        words: (name) =>
            apiError(
                400,
                `Invalid value for name: ${name}. Instance names may only contain lowercase letters, numbers, and hyphens, start with a letter and not end with a hyphen`,
                "invalid",
            ),
        taken: () =>
            apiError(409, "The Cloud SQL instance already exists.", "instanceAlreadyExists"),
    },
    references: [
        { path: "settings.ipConfiguration.privateNetwork", to: [NETWORK] },
        {
            path: "settings.ipConfiguration.allocatedIpRange",
            to: [ADDRESS_RANGE],
            by: "name",
        },
        {
            path: "encryptionKeyName",
            to: ["gcp:kms/cryptoKey:CryptoKey"],
            words: (key) => apiError(404, `CryptoKey ${key} not found.`, "notFound"),
            blocks: false,
        },
    ],
    immutable: ["name", "region", "project", "encryptionKeyName", "masterInstanceName"],
    defaults: { instanceType: "CLOUD_SQL_INSTANCE", deletionProtection: true },
    check: (draft) => [
        ...checkVersion(draft),
        ...checkTier(draft),
        ...checkBackups(draft),
        ...checkDisk(draft),
    ],
    admit: admitInstance,
    id: nameOf,
    outputs: (draft, world, id) => {
        const range = textAt(draft.inputs, "settings.ipConfiguration.allocatedIpRange");
        const address = addressInRange(range, draft, world);
        return {
            project: projectOf(draft),
            region: regionOf(draft),
            connectionName: `${projectOf(draft)}:${regionOf(draft)}:${id}`,
            privateIpAddress: address,
            publicIpAddress: "",
            firstIpAddress: address,
            ipAddresses: [{ ipAddress: address, type: "PRIVATE", timeToRetire: "" }],
            serviceAccountEmailAddress: `p${draft.random(12, "0123456789")}-${draft.random(6)}@gcp-sa-cloud-sql.iam.gserviceaccount.com`,
            serverCaCerts: [{ commonName: `C=US,O=Google\\, Inc,CN=${id}`, cert: "simulated" }],
            selfLink: `https://sqladmin.googleapis.com/sql/v1beta4/projects/${projectOf(draft)}/instances/${id}`,
        };
    },
    secrets: ["serverCaCerts", "rootPassword"],
    refuseDelete: refuseInstance,
    takesAlong: ({ outputs }, world) =>
        [USER, DATABASE].flatMap((type) =>
            world.all(type).filter(({ inputs }) => inputs["instance"] === outputs["name"]),
        ),
    seconds: { create: 420, update: 120, delete: 60 },
};

function refuseInstance(standing: Instance): string | undefined {
    if (standing.inputs["deletionProtection"] !== false) {
        return "Error, failed to delete instance because deletion_protection is set to true. Set it to false to proceed with instance deletion.";
    }
    const guarded = get(standing.inputs, "settings.deletionProtectionEnabled") === true;
    if (guarded) {
        return `Error, failed to delete instance ${standing.id}: ${apiError(400, "The instance is protected. Please disable the deletion protection and try again. To disable deletion protection, update the instance settings with deletionProtectionEnabled set to false.", "operationNotAllowed")}`;
    }
    return prevented(standing);
}

/** References to an instance do not keep it: what lies in it goes with it. */
const inInstance = {
    path: "instance",
    to: [INSTANCE],
    by: "name",
    words: () => apiError(404, "The Cloud SQL instance does not exist.", "instanceDoesNotExist"),
    blocks: false,
};

/** Names that the service uses itself. */
const RESERVED = /^(?:postgres|cloudsql.*|pg_.*)$/;

const user: TypeRule = {
    required: ["instance", "password"],
    name: {
        property: "name",
        pattern: /[a-z_][a-zA-Z0-9_.@-]*/,
        max: 63,
        unique: "path:instance",
    },
    references: [inInstance],
    immutable: ["name", "instance", "project", "host"],
    check: ({ inputs }) => {
        const name = textAt(inputs, "name");
        const words = `Invalid request: User name "${name}" is reserved`;
        return refuseIf(
            name !== undefined && RESERVED.test(name),
            "name",
            apiError(400, words, "invalid"),
        );
    },
    id: (draft) => `${nameOf(draft)}//${String(draft.inputs["instance"])}`,
    outputs: (draft) => ({ project: projectOf(draft), host: "" }),
    secrets: ["password"],
    seconds: { create: 10 },
};

const database: TypeRule = {
    required: ["instance"],
    name: {
        property: "name",
        pattern: /[a-zA-Z_][a-zA-Z0-9_-]*/,
        max: 63,
        unique: "path:instance",
    },
    references: [inInstance],
    immutable: ["name", "instance", "project"],
    defaults: { charset: "UTF8", collation: "en_US.UTF8" },
    id: (draft) =>
        `projects/${projectOf(draft)}/instances/${String(draft.inputs["instance"])}/databases/${nameOf(draft)}`,
    outputs: (draft, _world, id) => ({
        project: projectOf(draft),
        selfLink: `https://sqladmin.googleapis.com/sql/v1beta4/${id}`,
    }),
    seconds: { create: 5 },
};

/** Database servers and what lies in them. */
export const sqlTypes: Readonly<Record<string, TypeRule>> = {
    [INSTANCE]: needs("sqladmin.googleapis.com", instance),
    [USER]: needs("sqladmin.googleapis.com", user),
    [DATABASE]: needs("sqladmin.googleapis.com", database),
};
