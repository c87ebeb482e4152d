import { Cloud } from "../../../simulator/cloud.ts";
import { Store } from "../../../simulator/store.ts";
import type { Json, Properties } from "../../../simulator/table.ts";
import { azure } from "../../../simulator/types/azure.ts";
import { GROUP, NETWORK, REGION, role, SUBNETS, SUBSCRIPTION } from "./azure-ids.ts";
import { GATEWAY_SUBNET, SERVICE_BASE, SERVICE_GOOD, SERVICE_TYPES } from "./azure-services.ts";
import { urnOf } from "./toy.ts";

export * from "./azure-ids.ts";

export const TYPES = {
    group: "azure-native:resources:ResourceGroup",
    network: "azure-native:network:VirtualNetwork",
    subnet: "azure-native:network:Subnet",
    security: "azure-native:network:NetworkSecurityGroup",
    address: "azure-native:network:PublicIPAddress",
    gateway: "azure-native:network:NatGateway",
    flows: "azure-native:network:FlowLog",
    endpoint: "azure-native:network:PrivateEndpoint",
    zone: "azure-native:privatedns:PrivateZone",
    link: "azure-native:privatedns:VirtualNetworkLink",
    identity: "azure-native:managedidentity:UserAssignedIdentity",
    credential: "azure-native:managedidentity:FederatedIdentityCredential",
    grant: "azure-native:authorization:RoleAssignment",
    lock: "azure-native:authorization:ManagementLockByScope",
    workspace: "azure-native:operationalinsights:Workspace",
    storage: "azure-native:storage:StorageAccount",
    cluster: "azure-native:containerservice:ManagedCluster",
    pool: "azure-native:containerservice:AgentPool",
    maintenance: "azure-native:containerservice:MaintenanceConfiguration",
    server: "azure-native:dbforpostgresql:Server",
    vault: "azure-native:keyvault:Vault",
    secret: "azure-native:keyvault:Secret",
    registry: "azure-native:containerregistry:Registry",
    task: "azure-native:containerregistry:Task",
    ...SERVICE_TYPES,
} as const;

export type Kind = keyof typeof TYPES;

export const IDENTITY = `${GROUP}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/control`;

/** Good inputs of each kind; a test changes one. */
export const GOOD: Readonly<Record<Kind, Properties>> = {
    group: { resourceGroupName: "rg", location: REGION },
    network: { virtualNetworkName: "vnet", addressSpace: { addressPrefixes: ["10.20.0.0/16"] } },
    subnet: { virtualNetworkName: "vnet", subnetName: "nodes", addressPrefix: "10.20.0.0/18" },
    security: {
        networkSecurityGroupName: "nsg",
        securityRules: [{ name: "a", direction: "Inbound", access: "Allow", priority: 100 }],
    },
    address: {
        publicIpAddressName: "ip",
        sku: { name: "Standard" },
        publicIPAllocationMethod: "Static",
        zones: ["1"],
    },
    gateway: {
        natGatewayName: "nat",
        sku: { name: "Standard" },
        zones: ["1"],
        publicIpAddresses: [{ id: `${NETWORK}/publicIPAddresses/ip` }],
    },
    flows: {
        resourceGroupName: "NetworkWatcherRG",
        networkWatcherName: "NetworkWatcher_westeurope",
        flowLogName: "flows",
        targetResourceId: `${NETWORK}/virtualNetworks/vnet`,
        storageId: `${GROUP}/providers/Microsoft.Storage/storageAccounts/flows123`,
    },
    endpoint: {
        privateEndpointName: "endpoint",
        subnet: { id: `${SUBNETS}/nodes` },
        privateLinkServiceConnections: [
            { privateLinkServiceId: `${GROUP}/providers/Microsoft.KeyVault/vaults/vault1` },
        ],
    },
    zone: { privateZoneName: "x.private.postgres.database.azure.com" },
    link: {
        privateZoneName: "x.private.postgres.database.azure.com",
        virtualNetworkLinkName: "link",
        virtualNetwork: { id: `${NETWORK}/virtualNetworks/vnet` },
    },
    identity: { resourceName: "control" },
    credential: {
        resourceName: "control",
        federatedIdentityCredentialResourceName: "web",
        issuer: "https://issuer/",
        subject: "system:serviceaccount:web:web",
        audiences: ["api://AzureADTokenExchange"],
    },
    grant: {
        principalId: "someone",
        roleDefinitionId: role("4d97b98b-1d4f-4787-a291-c67834d212e7"),
        scope: `${SUBNETS}/nodes`,
    },
    lock: { lockName: "lock", level: "CanNotDelete", scope: `${NETWORK}/virtualNetworks/vnet` },
    workspace: { workspaceName: "logs", retentionInDays: 30 },
    storage: { accountName: "flows123", kind: "StorageV2", sku: { name: "Standard_LRS" } },
    cluster: {
        resourceName: "aks",
        dnsPrefix: "aks",
        kubernetesVersion: "1.36",
        identity: { type: "UserAssigned", userAssignedIdentities: [IDENTITY] },
        agentPoolProfiles: [
            {
                name: "system1",
                mode: "System",
                vmSize: "Standard_D2s_v5",
                minCount: 1,
                maxCount: 3,
                vnetSubnetID: `${SUBNETS}/nodes`,
            },
        ],
        networkProfile: {
            podCidr: "100.64.0.0/12",
            serviceCidr: "100.80.0.0/16",
            dnsServiceIP: "100.80.0.10",
        },
    },
    pool: {
        resourceName: "aks",
        agentPoolName: "workers",
        vmSize: "Standard_D2s_v5",
        mode: "User",
        count: 1,
        minCount: 1,
        maxCount: 3,
        vnetSubnetID: `${SUBNETS}/nodes`,
    },
    maintenance: {
        resourceName: "aks",
        configName: "aksManagedAutoUpgradeSchedule",
        maintenanceWindow: { durationHours: 4 },
    },
    server: {
        serverName: "orders",
        version: "17",
        sku: { name: "Standard_D2ds_v5", tier: "GeneralPurpose" },
        storage: { storageSizeGB: 64 },
        administratorLogin: "appadmin",
        backup: { backupRetentionDays: 7 },
        network: {
            delegatedSubnetResourceId: `${SUBNETS}/database`,
            privateDnsZoneArmResourceId: `${NETWORK}/privateDnsZones/x.private.postgres.database.azure.com`,
        },
    },
    vault: {
        vaultName: "vault1",
        properties: { tenantId: "t", sku: { name: "standard", family: "A" } },
    },
    secret: { vaultName: "vault1", secretName: "key", properties: { value: "v" } },
    registry: { registryName: "images", sku: { name: "Premium" } },
    task: { registryName: "images", taskName: "purge", step: { type: "EncodedTask" } },
    ...SERVICE_GOOD,
};

export const DATABASE_SUBNET: Properties = {
    virtualNetworkName: "vnet",
    subnetName: "database",
    addressPrefix: "10.20.192.0/20",
    delegations: [{ name: "s", serviceName: "Microsoft.DBforPostgreSQL/flexibleServers" }],
};

/** What has to stand before each kind, outermost first. */
const BASE: Readonly<Partial<Record<Kind, readonly Kind[]>>> = {
    group: [],
    subnet: ["network"],
    gateway: ["address"],
    flows: ["network", "storage"],
    endpoint: ["network", "subnet", "vault"],
    link: ["network", "zone"],
    credential: ["identity"],
    grant: ["network", "subnet"],
    lock: ["network"],
    cluster: ["network", "subnet", "identity"],
    pool: ["network", "subnet", "identity", "cluster"],
    maintenance: ["network", "subnet", "identity", "cluster"],
    server: ["network", "zone", "link"],
    secret: ["vault"],
    task: ["registry"],
    ...SERVICE_BASE,
};

export class World {
    readonly store = Store.open(":memory:", "seed");
    readonly cloud = new Cloud(azure, this.store, { account: SUBSCRIPTION, region: REGION });

    /** Makes everything that the kind needs. */
    static before(kind: Kind): World {
        const world = new World();
        const needs = kind === "group" ? [] : (["group", ...(BASE[kind] ?? [])] as const);
        for (const one of needs) {
            if (one === "cluster") world.permit();
            world.make(one);
        }
        if (kind === "cluster") world.permit();
        if (kind === "server") world.make("subnet", DATABASE_SUBNET, "database");
        if (kind === "association") world.make("subnet", GATEWAY_SUBNET, "gateways");
        return world;
    }

    /** Lets the control plane's identity into the nodes' subnet. */
    permit(): void {
        const [identity] = this.store.instances("type = ?", TYPES.identity);
        const principalId = identity?.outputs["principalId"] as string;
        this.make("grant", { ...GOOD.grant, principalId }, "control-plane");
    }

    address(kind: Kind, name: string = kind) {
        return { type: TYPES[kind], urn: urnOf(TYPES[kind], name) };
    }

    check(kind: Kind, inputs: Properties, name?: string) {
        const inGroup = !["grant", "lock", "definition"].includes(kind);
        const whole = inGroup ? { resourceGroupName: "rg", ...inputs } : inputs;
        return this.cloud.check(this.address(kind, name), whole, undefined);
    }

    make(kind: Kind, inputs: Properties = GOOD[kind], name?: string) {
        const checked = this.check(kind, inputs, name);
        const [first] = checked.refusals;
        if (first) throw new Error(first.reason);
        return this.cloud.create(this.address(kind, name), { inputs: checked.inputs, secrets: [] })
            .instance;
    }

    change(kind: Kind, id: string, inputs: Properties): void {
        const whole = { resourceGroupName: "rg", ...inputs };
        const before = { id, inputs: {}, outputs: {} };
        this.cloud.update({ ...this.address(kind), id }, { inputs: whole, secrets: [] }, before);
    }

    drop(kind: Kind, id: string, name?: string): void {
        const gone = this.cloud.delete({ ...this.address(kind, name), id });
        if (gone) this.store.vanishAll(gone.until);
    }
}

/** What Azure refuses: a good kind with one input changed, and Azure's code for it. */
export type Bad = readonly [kind: Kind, path: string, value: Json, code: RegExp];
