import {
    UNKNOWN,
    type Draft,
    type Instance,
    type Properties,
    type Refusal,
    type TypeRule,
    type World,
} from "../../table.ts";
import { get } from "../../paths.ts";
import {
    arm,
    below,
    between,
    fixed,
    guid,
    list,
    number,
    oneOf,
    refusal,
    TENANT_ID,
    text,
} from "./arm.ts";
import { isDelegated } from "./cluster.ts";
import { withoutEndpoint } from "./service-endpoints.ts";

const SERVER = "azure-native:dbforpostgresql:Server";
const SUBNET = "azure-native:network:Subnet";
const PRIVATE_ZONE = "azure-native:privatedns:PrivateZone";
const ZONE_LINK = "azure-native:privatedns:VirtualNetworkLink";
const VAULT = "azure-native:keyvault:Vault";

/** In GiB. */
const STORAGE = [32, 64, 128, 256, 512, 1024, 2048, 4095, 4096, 8192, 16384, 32767];

const RESERVED =
    /^(azure_superuser|azure_pg_admin|azuresu|admin|administrator|root|guest|public|replication|postgres|pg_.*)$/i;

const server: TypeRule = arm({
    arm: "Microsoft.DBforPostgreSQL/flexibleServers",
    path: ["serverName"],
    name: {
        pattern: /[a-z0-9]([a-z0-9-]{1,61})[a-z0-9]/,
        max: 63,
        unique: "global",
        taken: (name) =>
            `Code="ServerNameAlreadyExists" Message="The specified server name '${name}' is already used."`,
    },
    required: ["sku.name", "sku.tier", "storage.storageSizeGB", "version", "administratorLogin"],
    references: [
        { path: "network.delegatedSubnetResourceId", to: [SUBNET] },
        { path: "network.privateDnsZoneArmResourceId", to: [PRIVATE_ZONE] },
    ],
    immutable: [
        "administratorLogin",
        "availabilityZone",
        "backup.geoRedundantBackup",
        "storage.type",
    ],
    check: ({ inputs }) => [
        ...oneOf(inputs, "version", ["15", "16", "17", "18"], "ParameterOutOfRange"),
        ...oneOf(inputs, "storage.storageSizeGB", STORAGE, "InvalidStorageSize"),
        ...between(inputs, "backup.backupRetentionDays", 7, 35, "InvalidParameterValue"),
        ...between(inputs, "maintenanceWindow.dayOfWeek", 0, 6),
        ...between(inputs, "maintenanceWindow.startHour", 0, 23),
        ...checkSku(inputs),
        ...regionProblems(inputs),
        ...checkLogin(inputs),
    ],
    admit: admitServer,
    outputs: (_draft, _world, id) => ({
        fullyQualifiedDomainName: `${id.slice(id.lastIndexOf("/") + 1)}.postgres.database.azure.com`,
        state: "Ready",
        minorVersion: "4",
    }),
    secrets: ["administratorLoginPassword"],
    takesAlong: below,
    seconds: { create: 420, update: 120, delete: 60 },
});

function checkSku(inputs: Draft["inputs"]): Refusal[] {
    const tier = text(inputs, "sku.tier");
    const name = text(inputs, "sku.name");
    const families: Record<string, RegExp> = {
        Burstable: /^Standard_B\d+/,
        GeneralPurpose: /^Standard_D\d+/,
        MemoryOptimized: /^Standard_E\d+/,
    };
    const refusals = oneOf(inputs, "sku.tier", Object.keys(families));
    if (families[tier] && name !== UNKNOWN && !families[tier].test(name)) {
        const message = `The SKU ${name} is not available in tier ${tier}.`;
        refusals.push(refusal("SkuNotAvailable", message, "sku.name"));
    }
    const available = text(inputs, "highAvailability.mode");
    if (tier === "Burstable" && available !== "" && available !== "Disabled") {
        const message = "High availability is not supported for Burstable compute tier.";
        refusals.push(refusal("HighAvailabilityNotSupported", message, "highAvailability.mode"));
    }
    const zone = text(inputs, "availabilityZone");
    const standby = text(inputs, "highAvailability.standbyAvailabilityZone");
    if (available === "ZoneRedundant" && zone !== "" && zone === standby) {
        const message = "Primary and standby availability zones must differ.";
        refusals.push(refusal("InvalidParameterValue", message, "highAvailability"));
    }
    return refusals;
}

function checkLogin(inputs: Draft["inputs"]): Refusal[] {
    const login = text(inputs, "administratorLogin");
    if (login === UNKNOWN || (login !== "" && !RESERVED.test(login))) return [];
    const message = `The login name '${login}' is reserved and cannot be the administrator's.`;
    return [refusal("InvalidLoginName", message, "administratorLogin")];
}

/** Where PostgreSQL has no fifth generation of machines, and where its backups stay in the region (of those tested). */
const NO_V5 = ["eastus2", "japaneast", "polandcentral", "southeastasia", "westus2"];
const NO_GEO_BACKUP = ["brazilsouth", "italynorth", "polandcentral", "spaincentral", "westus3"];

function regionProblems(inputs: Draft["inputs"]): Refusal[] {
    const region = text(inputs, "location");
    const sku = text(inputs, "sku.name");
    const refusals: Refusal[] = [];
    if (NO_V5.includes(region) && sku.endsWith("_v5")) {
        const message = `The SKU ${sku} is not available in location ${region}.`;
        refusals.push(refusal("SkuNotAvailable", message, "sku.name"));
    }
    const copied = text(inputs, "backup.geoRedundantBackup") === "Enabled";
    if (copied && NO_GEO_BACKUP.includes(region)) {
        const message = `Geo-redundant backup is not supported in location ${region}.`;
        refusals.push(refusal("GeoBackupNotSupported", message, "backup.geoRedundantBackup"));
    }
    return refusals;
}

function admitServer({ inputs }: Draft, world: World, old?: Instance): Refusal[] {
    const refusals: Refusal[] = [];
    const subnet = world.find([SUBNET], text(inputs, "network.delegatedSubnetResourceId"));
    if (subnet && !isDelegated(subnet, "Microsoft.DBforPostgreSQL/flexibleServers")) {
        const message = `Subnet ${subnet.id} is not delegated to Microsoft.DBforPostgreSQL/flexibleServers.`;
        refusals.push(refusal("InvalidSubnetDelegation", message, "network"));
    }
    refusals.push(...zoneProblems(inputs, subnet, world));
    refusals.push(...fixed(old, inputs, ["network.delegatedSubnetResourceId"]));
    const [from, to] = [old?.inputs, inputs].map((root) => number(root, "storage.storageSizeGB"));
    if (from !== undefined && to !== undefined && to < from) {
        const message = `Storage cannot be reduced from ${from} GiB to ${to} GiB.`;
        refusals.push(refusal("StorageSizeDecreaseNotSupported", message, "storage.storageSizeGB"));
    }
    if (old && Number(text(inputs, "version")) < Number(text(old.inputs, "version"))) {
        refusals.push(
            refusal("VersionDowngradeNotAllowed", "The major version cannot be lowered."),
        );
    }
    return refusals;
}

/** The zone has to have the ending that Azure wants, and to be linked to the subnet's network by now. */
function zoneProblems(
    inputs: Draft["inputs"],
    subnet: Instance | undefined,
    world: World,
): Refusal[] {
    const zone = world.find([PRIVATE_ZONE], text(inputs, "network.privateDnsZoneArmResourceId"));
    if (!zone || !subnet) return [];
    const name = text(zone.outputs, "name");
    if (!name.endsWith(".postgres.database.azure.com")) {
        const message = `Private DNS zone ${name} does not end with .postgres.database.azure.com.`;
        return [
            refusal("InvalidPrivateDnsZoneName", message, "network.privateDnsZoneArmResourceId"),
        ];
    }
    const network = subnet.id.slice(0, subnet.id.indexOf("/subnets/"));
    const linked = world
        .all(ZONE_LINK)
        .some(
            (link) =>
                text(link.inputs, "privateZoneName") === name &&
                text(link.inputs, "virtualNetwork.id") === network,
        );
    if (linked) return [];
    const message = `Private DNS zone ${name} is not linked to virtual network ${network}.`;
    return [
        refusal("PrivateDnsZoneNotLinkedToVnet", message, "network.privateDnsZoneArmResourceId"),
    ];
}

const database: TypeRule = arm({
    arm: "Microsoft.DBforPostgreSQL/flexibleServers/databases",
    path: ["serverName", "databaseName"],
    name: { pattern: /[A-Za-z_][\w-]*/, max: 63 },
    required: ["serverName"],
    immutable: ["charset", "collation"],
    seconds: { create: 10 },
});

const configuration: TypeRule = arm({
    arm: "Microsoft.DBforPostgreSQL/flexibleServers/configurations",
    path: ["serverName", "configurationName"],
    name: { pattern: /[a-z][a-z0-9_.]*/, max: 128, auto: false },
    required: ["serverName", "configurationName", "value"],
    seconds: { create: 5 },
});

const vault: TypeRule = arm({
    arm: "Microsoft.KeyVault/vaults",
    path: ["vaultName"],
    name: {
        pattern: /(?!.*--)[a-zA-Z][a-zA-Z0-9-]{1,22}[a-zA-Z0-9]/,
        max: 24,
        unique: "global",
        words: (name) =>
            `Code="VaultNameNotValid" Message="The vault name '${name}' is invalid. A vault's name must be between 3-24 ` +
            `alphanumeric characters. The name must begin with a letter, end with a letter or digit, and not contain ` +
            `consecutive hyphens."`,
        taken: (name) =>
            `Code="VaultAlreadyExists" Message="The vault name '${name}' is already in use. Vault names are globally ` +
            `unique so it is possible that the name is already taken."`,
    },
    required: ["properties.tenantId", "properties.sku.name", "properties.sku.family"],
    references: [{ path: "properties.networkAcls.virtualNetworkRules[].id", to: [SUBNET] }],
    check({ inputs }) {
        const refusals = between(
            inputs,
            "properties.softDeleteRetentionInDays",
            7,
            90,
            "BadRequest",
        );
        if (get(inputs, "properties.enablePurgeProtection") === false) {
            const message = `The property 'enablePurgeProtection' cannot be set to false.`;
            refusals.push(refusal("BadRequest", message, "properties.enablePurgeProtection"));
        }
        return refusals;
    },
    admit({ inputs }, world, old) {
        const refusals = [
            ...list(inputs, "properties.networkAcls.virtualNetworkRules").flatMap((one) =>
                withoutEndpoint("Microsoft.KeyVault", world.find([SUBNET], text(one, "id"))),
            ),
            ...fixed(old, inputs, ["properties.softDeleteRetentionInDays"]),
        ];
        const was = get(old?.inputs, "properties.enablePurgeProtection") === true;
        if (!was || get(inputs, "properties.enablePurgeProtection") === true) return refusals;
        const message =
            `The property 'enablePurgeProtection' cannot be set to false. Enabling the purge protection for a vault ` +
            `is an irreversible action.`;
        return [refusal("BadRequest", message, "properties.enablePurgeProtection")];
    },
    outputs: (_draft, _world, id) => ({
        properties: { vaultUri: `https://${id.slice(id.lastIndexOf("/") + 1)}.vault.azure.net/` },
    }),
    takesAlong: below,
    seconds: { create: 60, delete: 20 },
});

const secret: TypeRule = arm({
    arm: "Microsoft.KeyVault/vaults/secrets",
    path: ["vaultName", "secretName"],
    name: { pattern: /[a-zA-Z0-9-]+/, max: 127 },
    required: ["vaultName", "properties.value"],
    outputs: ({ inputs, random }, _world, id) => {
        const uri = `https://${text(inputs, "vaultName")}.vault.azure.net/secrets/${id.slice(id.lastIndexOf("/") + 1)}`;
        return { properties: { secretUri: uri, secretUriWithVersion: `${uri}/${random(32)}` } };
    },
    secrets: ["properties.value"],
    seconds: { create: 2 },
});

const REGISTRY = "azure-native:containerregistry:Registry";

const registry: TypeRule = arm({
    arm: "Microsoft.ContainerRegistry/registries",
    path: ["registryName"],
    name: {
        pattern: /[a-zA-Z0-9]{5,50}/,
        max: 50,
        unique: "global",
        words: (name) =>
            `Code="InvalidResourceName" Message="The registry name '${name}' is invalid: registry names may contain ` +
            `alpha numeric characters only and must be between 5 and 50 characters."`,
        taken: (name) =>
            `Code="AlreadyInUse" Message="The registry DNS name ${name.toLowerCase()}.azurecr.io is already in use."`,
    },
    required: ["sku.name"],
    immutable: ["zoneRedundancy", "encryption"],
    check({ inputs }) {
        const premium = text(inputs, "sku.name") === "Premium";
        const refusals = oneOf(inputs, "sku.name", ["Basic", "Standard", "Premium"]);
        const restricted =
            text(inputs, "publicNetworkAccess") === "Disabled" ||
            text(inputs, "zoneRedundancy") === "Enabled" ||
            text(inputs, "policies.retentionPolicy.status") === "enabled";
        if (!premium && restricted) {
            const message = "This feature needs a registry of SKU Premium.";
            refusals.push(refusal("SkuNotSupported", message, "sku.name"));
        }
        return [...refusals, ...between(inputs, "policies.retentionPolicy.days", 0, 365)];
    },
    outputs: (_draft, _world, id) => ({
        loginServer: `${id.slice(id.lastIndexOf("/") + 1).toLowerCase()}.azurecr.io`,
    }),
    takesAlong: below,
    seconds: { create: 30, delete: 10 },
});

const task: TypeRule = arm({
    arm: "Microsoft.ContainerRegistry/registries/tasks",
    path: ["registryName", "taskName"],
    name: { pattern: /[a-zA-Z0-9_-]{5,50}/, max: 50 },
    required: ["registryName", "step.type"],
    check({ inputs }) {
        const schedules = list(inputs, "trigger.timerTriggers").map((one) => text(one, "schedule"));
        return schedules
            .filter((schedule) => schedule !== UNKNOWN && schedule.split(" ").length !== 5)
            .map((schedule) => {
                const message = `The schedule '${schedule}' is not a cron expression of five fields.`;
                return refusal("InvalidTimerTriggerSchedule", message, "trigger.timerTriggers");
            });
    },
    outputs: ({ inputs, random }): Properties =>
        text(inputs, "identity.type") === "SystemAssigned"
            ? { identity: { principalId: guid(random(32)), tenantId: TENANT_ID } }
            : {},
    seconds: { create: 5 },
});

/** Databases, vaults and registries. */
export const DATA_TYPES: Readonly<Record<string, TypeRule>> = {
    [SERVER]: server,
    "azure-native:dbforpostgresql:Database": database,
    "azure-native:dbforpostgresql:Configuration": configuration,
    [VAULT]: vault,
    "azure-native:keyvault:Secret": secret,
    [REGISTRY]: registry,
    "azure-native:containerregistry:Task": task,
};
