import assert from "node:assert/strict";

import { Cloud } from "../../simulator/cloud.ts";
import { set } from "../../simulator/paths.ts";
import { Store } from "../../simulator/store.ts";
import { UNKNOWN, type Json, type Properties } from "../../simulator/table.ts";
import { azure } from "../../simulator/types/azure.ts";
import { urnOf } from "./support/toy.ts";

const SUBSCRIPTION = "12345678-9abc-4def-8123-456789abcdef";
const REGION = "westeurope";
const GROUP = `/subscriptions/${SUBSCRIPTION}/resourceGroups/rg`;
const NETWORK = `${GROUP}/providers/Microsoft.Network`;
const SUBNETS = `${NETWORK}/virtualNetworks/vnet/subnets`;
const role = (id: string) =>
    `/subscriptions/${SUBSCRIPTION}/providers/Microsoft.Authorization/roleDefinitions/${id}`;

const TYPES = {
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
} as const;

type Kind = keyof typeof TYPES;

const IDENTITY = `${GROUP}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/control`;

/** Good inputs of each kind; a test changes one. */
const GOOD: Readonly<Record<Kind, Properties>> = {
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
};

const DATABASE_SUBNET: Properties = {
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
};

class World {
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
        const inGroup = kind !== "grant" && kind !== "lock";
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

/** One input of a kind changed, and Azure's code for it. */
const BAD: [Kind, path: string, value: Json, code: RegExp][] = [
    ["network", "resourceGroupName", "none", /ResourceGroupNotFound/],
    ["subnet", "addressPrefix", "10.30.0.0/24", /NetcfgInvalidSubnet/],
    ["subnet", "natGateway", { id: "nowhere" }, /InvalidResourceReference/],
    ["address", "publicIPAllocationMethod", "Dynamic", /StandardSkuPublicIPMustBeStatic/],
    ["gateway", "sku.name", "StandardV2", /InvalidParameter/],
    ["gateway", "zones", ["1", "2"], /MultipleZones/],
    ["gateway", "zones", ["2"], /different zones/],
    ["flows", "networkWatcherName", "NetworkWatcher_eastus", /ResourceNotFound/],
    ["flows", "resourceGroupName", "rg", /ResourceNotFound/],
    ["credential", "subject", "web", /BadRequest/],
    ["grant", "roleDefinitionId", "Contributor", /RoleDefinitionDoesNotExist/],
    ["grant", "scope", `${SUBNETS}/none`, /ResourceNotFound/],
    ["lock", "level", "NoDelete", /not allowed/],
    ["workspace", "retentionInDays", 7, /BadRequest/],
    ["storage", "accountName", "Flow-Logs", /AccountNameInvalid/],
    ["cluster", "kubernetesVersion", "1.34", /K8sVersionNotSupported/],
    ["cluster", "agentPoolProfiles[0].mode", "User", /at least one system pool/],
    ["cluster", "agentPoolProfiles[0].vmSize", "Standard_Z2", /SkuNotAvailable/],
    ["cluster", "networkProfile.serviceCidr", "10.20.0.0/16", /ServiceCidrOverlap|not within/],
    ["cluster", "networkProfile.podCidr", "10.20.0.0/16", /PodCidrOverlapExistingSubnetsCidr/],
    ["cluster", "networkProfile.podCidr", "100.80.0.0/12", /overlaps the service CIDR/],
    ["cluster", "networkProfile.dnsServiceIP", "10.0.0.10", /not within the service CIDR/],
    ["cluster", "networkProfile.networkDataplane", "cilium", /NetworkPolicyNotSupported/],
    ["cluster", "networkProfile.outboundType", "userAssignedNATGateway", /NAT gateway/],
    ["cluster", "apiServerAccessProfile", { subnetId: `${SUBNETS}/nodes` }, /not delegated/],
    ["cluster", "disableLocalAccounts", true, /managed Microsoft Entra/],
    ["cluster", "identityProfile", { kubeletidentity: { resourceId: IDENTITY } }, /CustomKubelet/],
    ["pool", "agentPoolName", "web-1", /agentPoolProfile\.name is invalid/],
    ["pool", "agentPoolName", "thirteenchars", /agentPoolProfile\.name is invalid/],
    ["pool", "count", 4, /count 4 is not between/],
    ["pool", "maxCount", 0, /no range/],
    ["pool", "resourceName", "none", /ParentResourceNotFound/],
    ["maintenance", "maintenanceWindow.durationHours", 2, /not between 4 and 24/],
    ["maintenance", "configName", "sundays", /not allowed/],
    ["server", "sku.name", "Standard_E2ds_v5", /SkuNotAvailable/],
    ["server", "storage.storageSizeGB", 100, /InvalidStorageSize/],
    ["server", "location", "eastus2", /SkuNotAvailable.*location eastus2/],
    ["server", "backup.backupRetentionDays", 36, /not between 7 and 35/],
    ["server", "backup.backupRetentionDays", 1, /not between 7 and 35/],
    ["server", "administratorLogin", "azure_superuser", /InvalidLoginName/],
    ["server", "administratorLogin", "pg_app", /InvalidLoginName/],
    ["server", "version", "14", /ParameterOutOfRange/],
    ["server", "serverName", "Orders", /InvalidResourceName/],
    ["vault", "vaultName", "a--b", /VaultNameNotValid/],
    ["vault", "properties.enablePurgeProtection", false, /cannot be set to false/],
    ["vault", "properties.softDeleteRetentionInDays", 91, /not between 7 and 90/],
    ["registry", "registryName", "my-images", /alpha numeric/],
    ["registry", "sku", { name: "Huge" }, /not allowed/],
    ["task", "trigger", { timerTriggers: [{ schedule: "daily" }] }, /cron/],
];

describe("simulated Azure", () => {
    for (const kind of Object.keys(TYPES) as Kind[]) {
        it(`takes a good ${kind} and gives it Azure's id`, () => {
            const { id, outputs } = World.before(kind).make(kind);
            const form =
                /^\/subscriptions\/[0-9a-f-]{36}(\/resourceGroups\/\w+(\/providers\/Microsoft\.\w+(\/[\w.-]+)+)*)?$/;
            assert.match(id, form);
            assert.equal(outputs["name"], id.slice(id.lastIndexOf("/") + 1));
        });
    }

    for (const [kind, path, value, code] of BAD) {
        it(`rejects a ${kind} with ${path} ${JSON.stringify(value)}`, () => {
            const world = World.before(kind);
            assert.throws(() => world.make(kind, set(GOOD[kind], path, value)), code);
        });
    }

    it("lets through what is not known yet", () => {
        for (const kind of ["subnet", "grant", "cluster", "pool", "server", "vault"] as const) {
            const world = World.before(kind);
            const unknown = Object.fromEntries(
                Object.keys(GOOD[kind]).map((key) => [key, UNKNOWN]),
            );
            assert.deepEqual(world.check(kind, unknown).refusals, [], kind);
        }
    });

    it("keeps equal names in different groups apart", () => {
        const world = World.before("link");
        world.make("link");
        const other = { resourceGroupName: "rg2" };
        world.make("group", { ...other, location: REGION }, "rg2");
        world.make("network", { ...GOOD.network, ...other }, "network2");
        const { id } = world.make("zone", { ...GOOD.zone, ...other }, "zone2");
        assert.doesNotThrow(() => world.drop("zone", id, "zone2"));
        assert.throws(() => world.make("network", GOOD.network, "network3"), /already/);
    });

    it("keeps a DNS zone that is linked to a network", () => {
        const world = World.before("link");
        world.make("link");
        const zone = `${NETWORK}/privateDnsZones/x.private.postgres.database.azure.com`;
        assert.throws(() => world.drop("zone", zone), /CannotDeleteResource/);
    });

    it("rejects a second subnet over the same addresses", () => {
        const world = World.before("subnet");
        world.make("subnet");
        const other = { ...GOOD.subnet, subnetName: "other", addressPrefix: "10.20.32.0/24" };
        assert.throws(() => world.make("subnet", other, "other"), /NetcfgSubnetRangesOverlap/);
    });

    it("rejects two rules of one priority and direction", () => {
        const [rule] = GOOD.security["securityRules"] as Json[];
        const inputs = { ...GOOD.security, securityRules: [rule ?? null, rule ?? null] };
        assert.throws(
            () => World.before("security").make("security", inputs),
            /SecurityRuleConflict/,
        );
    });

    it("rejects spot machines of burstable sizes", () => {
        const inputs = { ...GOOD.pool, scaleSetPriority: "Spot", vmSize: "Standard_B2ls_v2" };
        assert.throws(
            () => World.before("pool").make("pool", inputs),
            /Azure Spot is not supported/,
        );
    });

    it("rejects a standby of a burstable size, and one in the server's own zone", () => {
        const world = World.before("server");
        const highAvailability = { mode: "ZoneRedundant", standbyAvailabilityZone: "1" };
        const burstable = { name: "Standard_B1ms", tier: "Burstable" };
        const small = { ...GOOD.server, sku: burstable, highAvailability };
        const same = { ...GOOD.server, availabilityZone: "1", highAvailability };
        assert.throws(() => world.make("server", small), /not supported for Burstable/);
        assert.throws(() => world.make("server", same), /zones must differ/);
    });

    it("rejects a cluster whose identity may not join the subnet", () => {
        const world = World.before("identity");
        world.make("network");
        world.make("subnet");
        world.make("identity");
        assert.throws(() => world.make("cluster"), /LinkedAuthorizationFailed/);
    });

    it("rejects a database server in a zone that is not linked, or in a subnet that is not its own", () => {
        const world = World.before("subnet");
        world.make("subnet");
        world.make("subnet", DATABASE_SUBNET, "database");
        world.make("zone");
        const elsewhere = set(GOOD.server, "network.delegatedSubnetResourceId", `${SUBNETS}/nodes`);
        assert.throws(() => world.make("server"), /PrivateDnsZoneNotLinkedToVnet/);
        assert.throws(() => world.make("server", elsewhere), /InvalidSubnetDelegation/);
    });

    it("rejects a private endpoint in a delegated subnet", () => {
        const world = World.before("endpoint");
        world.make("subnet", DATABASE_SUBNET, "database");
        const inputs = set(GOOD.endpoint, "subnet.id", `${SUBNETS}/database`);
        assert.throws(() => world.make("endpoint", inputs), /DelegatedSubnet/);
    });

    it("rejects a vault that is to listen to a subnet without the service endpoint", () => {
        const world = World.before("subnet");
        world.make("subnet");
        const rules = [{ id: `${SUBNETS}/nodes` }];
        const inputs = set(GOOD.vault, "properties.networkAcls", { virtualNetworkRules: rules });
        assert.throws(() => world.make("vault", inputs), /SubnetsHaveNoServiceEndpointsConfigured/);
    });

    it("rejects names that somebody in Azure has", () => {
        for (const [kind, code] of [
            ["vault", /VaultAlreadyExists/],
            ["registry", /AlreadyInUse/],
            ["storage", /StorageAccountAlreadyTaken/],
        ] as const) {
            const world = World.before(kind);
            world.make(kind);
            world.make("group", { resourceGroupName: "rg2", location: REGION }, "rg2");
            const twin = { ...GOOD[kind], resourceGroupName: "rg2" };
            assert.throws(() => world.make(kind, twin, "twin"), code);
        }
    });

    it("rejects the same role twice", () => {
        const world = World.before("grant");
        world.make("grant");
        assert.throws(() => world.make("grant", GOOD.grant, "again"), /RoleAssignmentExists/);
    });

    it("rejects going back or skipping a version, and takes the next one", () => {
        const world = World.before("cluster");
        const { id, inputs } = world.make(
            "cluster",
            set(GOOD.cluster, "kubernetesVersion", "1.35"),
        );
        const change = (version: string) => () => {
            world.change("cluster", id, set(inputs, "kubernetesVersion", version));
        };
        assert.throws(change("1.37"), /minor versions cannot be skipped/);
        assert.doesNotThrow(change("1.36"));
        assert.throws(change("1.35"), /Downgrading/);
    });

    it("rejects smaller storage, and purge protection taken off", () => {
        const servers = World.before("server");
        const server = servers.make("server");
        const smaller = set(server.inputs, "storage.storageSizeGB", 32);
        assert.throws(() => servers.change("server", server.id, smaller), /StorageSizeDecrease/);
        const vaults = World.before("vault");
        const on = set(GOOD.vault, "properties.enablePurgeProtection", true);
        const vault = vaults.make("vault", on);
        assert.throws(() => vaults.change("vault", vault.id, GOOD.vault), /irreversible/);
    });

    it("keeps a subnet that is in use, and the network around it", () => {
        const world = World.before("pool");
        const words = /InUseSubnetCannotBeDeleted/;
        assert.throws(() => world.drop("subnet", `${SUBNETS}/nodes`), words);
        assert.throws(() => world.drop("network", `${NETWORK}/virtualNetworks/vnet`), words);
    });

    it("keeps what is locked, with all that is in it and on it", () => {
        const world = World.before("secret");
        const { id: secret } = world.make("secret");
        const vault = `${GROUP}/providers/Microsoft.KeyVault/vaults/vault1`;
        const { id: lock } = world.make("lock", { ...GOOD.lock, scope: vault });
        for (const [kind, id] of [
            ["secret", secret],
            ["vault", vault],
            ["group", GROUP],
        ] as const) {
            assert.throws(() => world.drop(kind, id), /ScopeLocked/, kind);
        }
        world.drop("lock", lock);
        assert.doesNotThrow(() => world.drop("secret", secret));
    });

    it("takes along what is inside a cluster, a vault and a group", () => {
        const world = World.before("pool");
        world.make("pool");
        const standing = (kind: Kind) => world.store.instances("type = ?", TYPES[kind]).length;
        world.drop("cluster", `${GROUP}/providers/Microsoft.ContainerService/managedClusters/aks`);
        assert.equal(standing("pool"), 0);
        world.drop("group", GROUP);
        assert.equal(world.store.instances("1").length, 0);
    });

    it("replaces what Azure cannot change, and only that", () => {
        const { cloud } = new World();
        const replaced = (kind: Kind, path: string, value: Json) =>
            cloud
                .diff(
                    { ...new World().address(kind), id: "x" },
                    GOOD[kind],
                    set(GOOD[kind], path, value),
                )
                .some(({ replaces }) => replaces);
        assert.equal(replaced("pool", "vmSize", "Standard_D4s_v5"), true);
        assert.equal(replaced("pool", "maxCount", 9), false);
        assert.equal(replaced("cluster", "networkProfile.podCidr", "100.96.0.0/12"), true);
        assert.equal(replaced("cluster", "kubernetesVersion", "1.37"), false);
        const opened = { enablePrivateCluster: true, privateDNSZone: "system" };
        assert.equal(replaced("cluster", "apiServerAccessProfile", opened), false);
        assert.equal(replaced("server", "administratorLogin", "other"), true);
        assert.equal(replaced("server", "backup.geoRedundantBackup", "Enabled"), true);
        assert.equal(replaced("server", "storage.storageSizeGB", 128), false);
        assert.equal(replaced("registry", "zoneRedundancy", "Enabled"), true);
    });

    it("rejects changes that Azure never makes and the provider sends all the same", () => {
        const words = /PropertyChangeNotAllowed/;
        const pools = World.before("pool");
        const pool = pools.make("pool");
        for (const [path, value] of [
            ["osDiskSizeGB", 256],
            ["availabilityZones", ["2"]],
            ["maxPods", 50],
        ] as const) {
            const changed = set(pool.inputs, path, value as Json);
            assert.throws(() => pools.change("pool", pool.id, changed), words, path);
        }
        for (const [kind, path] of [
            ["link", "virtualNetwork.id"],
            ["flows", "targetResourceId"],
        ] as const) {
            const world = World.before(kind);
            const moved = world.make(kind);
            const { id } = world.make("network", { ...GOOD.network, virtualNetworkName: "b" }, "b");
            const elsewhere = set(moved.inputs, path, id);
            assert.throws(() => world.change(kind, moved.id, elsewhere), words, path);
        }
        const grants = World.before("grant");
        const { id: grant } = grants.make("grant");
        const other = { ...GOOD.grant, roleDefinitionId: role(SUBSCRIPTION) };
        assert.throws(() => grants.change("grant", grant, other), /UpdateNotPermitted/);
        const vaults = World.before("vault");
        const { id } = vaults.make("vault");
        const sooner = set(GOOD.vault, "properties.softDeleteRetentionInDays", 7);
        assert.throws(() => vaults.change("vault", id, sooner), words);
    });

    it("gives a cluster's credentials, and none of a cluster that is not there", () => {
        const world = World.before("pool");
        const token = "azure-native:containerservice:listManagedClusterUserCredentials";
        const ask = (resourceName: string) =>
            world.cloud.invoke(token, { resourceGroupName: "rg", resourceName });
        const [first] = ask("aks")["kubeconfigs"] as { value: string }[];
        const file = Buffer.from(first?.value ?? "", "base64").toString();
        assert.match(file, /server: https:\/\/aks-[0-9a-f]{8}\.hcp\.westeurope\.azmk8s\.io:443/);
        assert.throws(() => ask("none"), /ResourceNotFound/);
    });

    it("rejects a subscription id that is none", () => {
        const refusals = azure.checkConfig?.({ subscriptionId: "mine", location: REGION });
        assert.match(refusals?.[0]?.reason ?? "", /InvalidSubscriptionId/);
        assert.deepEqual(azure.checkConfig?.({ subscriptionId: SUBSCRIPTION }), []);
    });
});
