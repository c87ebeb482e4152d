import assert from "node:assert/strict";
import type { Recorded } from "../../../tools/offline/mocks.ts";
import { run } from "../../../tools/offline/mocks.ts";
import { buildSite, DEV, EXPECTED_TAGS, NAME, PROD, siteOf } from "./support.ts";

/** What Azure gives no tags: children, and what says something about another resource. */
const UNTAGGED = [
    "azure-native:authorization:ManagementLockByScope",
    "azure-native:authorization:RoleAssignment",
    "azure-native:containerservice:MaintenanceConfiguration",
    "azure-native:dbforpostgresql:Configuration",
    "azure-native:dbforpostgresql:Database",
    "azure-native:managedidentity:FederatedIdentityCredential",
    "azure-native:monitor:DataCollectionRuleAssociation",
    "azure-native:monitor:DiagnosticSetting",
    "azure-native:network:PrivateDnsZoneGroup",
    "azure-native:network:Subnet",
];

/** The resources as "type name", shortened by what all of them begin with. */
function shortList(recorded: Recorded): string[] {
    return recorded
        .list("azure-native")
        .map((line) => line.replace("azure-native:", "").replace(NAME, "*"));
}

const DEV_LIST = `
    authorization:RoleAssignment *-apps-pull
    authorization:RoleAssignment *-apps-purge-acrdelete
    authorization:RoleAssignment *-apps-purge-acrpull
    authorization:RoleAssignment *-control-plane-api
    authorization:RoleAssignment *-control-plane-kubelet
    authorization:RoleAssignment *-control-plane-nodes-1
    authorization:RoleAssignment *-deployer
    authorization:RoleAssignment *-web-shop-test-azure-orders-credentials
    containerregistry:Registry *-apps
    containerregistry:Task *-apps-purge
    containerservice:AgentPool *-workers-1
    containerservice:MaintenanceConfiguration *-node-images
    containerservice:MaintenanceConfiguration *-upgrades
    containerservice:ManagedCluster *
    dbforpostgresql:Configuration *-orders-log-checkpoints
    dbforpostgresql:Configuration *-orders-log-connections
    dbforpostgresql:Configuration *-orders-log-disconnections
    dbforpostgresql:Configuration *-orders-log-lock-waits
    dbforpostgresql:Configuration *-orders-log-min-duration-statement
    dbforpostgresql:Configuration *-orders-log-statement
    dbforpostgresql:Configuration *-orders-require-secure-transport
    dbforpostgresql:Configuration *-orders-ssl-min-protocol-version
    dbforpostgresql:Database *-orders
    dbforpostgresql:Server *-orders
    keyvault:Secret *-orders-credentials
    keyvault:Vault *
    managedidentity:FederatedIdentityCredential *-web
    managedidentity:UserAssignedIdentity *-control-plane
    managedidentity:UserAssignedIdentity *-kubelet
    managedidentity:UserAssignedIdentity *-web
    monitor:AzureMonitorWorkspace *-metrics
    monitor:DataCollectionEndpoint *-metrics
    monitor:DataCollectionRule *-metrics
    monitor:DataCollectionRuleAssociation *-metrics
    monitor:DiagnosticSetting *-apps-logs
    monitor:DiagnosticSetting *-logs
    monitor:DiagnosticSetting *-logs
    monitor:DiagnosticSetting *-orders-logs
    network:FlowLog *
    network:NatGateway *-nat-1
    network:NetworkSecurityGroup *-api
    network:NetworkSecurityGroup *-database
    network:NetworkSecurityGroup *-endpoints
    network:NetworkSecurityGroup *-nodes
    network:PublicIPAddress *-nat-1
    network:Subnet *-api
    network:Subnet *-database
    network:Subnet *-endpoints
    network:Subnet *-nodes-1
    network:Subnet *-nodes-2
    network:Subnet *-nodes-3
    network:VirtualNetwork *
    operationalinsights:Workspace *-logs
    operationalinsights:Workspace *-logs
    privatedns:PrivateZone *-database
    privatedns:VirtualNetworkLink *-database
    resources:ResourceGroup *
    storage:StorageAccount *-flows
`;

/** What high availability, private endpoints, immutable tags and protection add. */
const PROD_MORE = `
    authorization:ManagementLockByScope *-apps-lock
    authorization:ManagementLockByScope *-lock
    authorization:ManagementLockByScope *-lock
    authorization:ManagementLockByScope *-orders-lock
    authorization:RoleAssignment *-apps-lock-tags-acrpull
    authorization:RoleAssignment *-apps-lock-tags-acrpush
    authorization:RoleAssignment *-control-plane-nodes-2
    authorization:RoleAssignment *-control-plane-nodes-3
    containerregistry:Task *-apps-lock-tags
    containerservice:AgentPool *-system-2
    containerservice:AgentPool *-system-3
    containerservice:AgentPool *-workers-2
    containerservice:AgentPool *-workers-3
    network:NatGateway *-nat-2
    network:NatGateway *-nat-3
    network:PrivateDnsZoneGroup *-apps-endpoint
    network:PrivateDnsZoneGroup *-endpoint
    network:PrivateEndpoint *-apps-endpoint
    network:PrivateEndpoint *-endpoint
    network:PublicIPAddress *-nat-2
    network:PublicIPAddress *-nat-3
    privatedns:PrivateZone *-registry
    privatedns:PrivateZone *-secrets
    privatedns:VirtualNetworkLink *-registry
    privatedns:VirtualNetworkLink *-secrets
`;

function lines(text: string): string[] {
    return text
        .trim()
        .split("\n")
        .map((line) => line.trim());
}

describe("a site on Azure", () => {
    it("is exactly this in dev", async () => {
        assert.deepEqual(shortList(await siteOf(DEV)), lines(DEV_LIST));
    });

    it("is that and exactly this in prod", async () => {
        const expected = [...lines(DEV_LIST), ...lines(PROD_MORE)].sort();
        assert.deepEqual(shortList(await siteOf(PROD)).sort(), expected);
    });

    for (const [name, site] of Object.entries({ dev: DEV, prod: PROD })) {
        it(`has the same URNs in ${name} whether or not anything is known yet`, async () => {
            const known = await siteOf(site);
            const unknown = await run(() => buildSite(site), { preview: true });
            assert.deepEqual(unknown.urns(), known.urns());
        });
    }

    it("tags everything that takes tags (G1.4)", async () => {
        const recorded = await siteOf(PROD);
        const custom = recorded.resources.filter(({ type }) => type.startsWith("azure-native:"));
        for (const { type, name, inputs } of custom) {
            const expected = UNTAGGED.includes(type) ? undefined : EXPECTED_TAGS;
            assert.deepEqual(inputs["tags"], expected, `${type} ${name}`);
        }
    });

    it("gives every resource a component for a parent and an explicit provider", async () => {
        const recorded = await siteOf(PROD);
        const custom = recorded.resources.filter(({ type }) => type.startsWith("azure-native:"));
        for (const { type, name, parent, options } of custom) {
            assert.match(parent, /platform:azure:\w+::/, `${type} ${name}`);
            assert.match(options.provider, /pulumi:providers:azure-native::shop-test-azure/);
        }
    });

    it("protects what holds data, and only with protection", async () => {
        const protectedIn = async (site: typeof DEV) => {
            const recorded = await siteOf(site);
            const held = recorded.resources.filter(({ options }) => options.protect);
            return held.map(({ type }) => type.replace("azure-native:", "")).sort();
        };
        assert.deepEqual(await protectedIn(DEV), []);
        assert.deepEqual(await protectedIn(PROD), [
            "containerregistry:Registry",
            "containerservice:ManagedCluster",
            "dbforpostgresql:Database",
            "dbforpostgresql:Server",
            "keyvault:Vault",
        ]);
    });

    it("grants built-in roles on single resources, never on a group or the subscription", async () => {
        const recorded = await siteOf(PROD);
        const grants = recorded.all("azure-native:authorization:RoleAssignment");
        for (const { name, inputs } of grants) {
            assert.match(String(inputs["scope"]), /\/resourceGroups\/[^/]+\/providers\/.+/, name);
        }
    });

    it("lets nothing wait for the cluster but what needs it", async () => {
        const recorded = await siteOf(PROD);
        const cluster = recorded.one("azure-native:containerservice:ManagedCluster").urn;
        const waiting = recorded.resources
            .filter(({ options }) => options.dependencies.includes(cluster))
            .map(({ type }) => type);
        assert.deepEqual([...new Set(waiting)].sort(), [
            "azure-native:authorization:ManagementLockByScope",
            "azure-native:authorization:RoleAssignment",
            "azure-native:containerservice:AgentPool",
            "azure-native:containerservice:MaintenanceConfiguration",
            "azure-native:managedidentity:FederatedIdentityCredential",
            "azure-native:monitor:DataCollectionRuleAssociation",
            "azure-native:monitor:DiagnosticSetting",
            "pulumi:providers:kubernetes",
        ]);
    });
});
