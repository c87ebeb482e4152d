import type { Properties } from "../../../simulator/table.ts";
import { GROUP, NETWORK, SUBNETS } from "./azure-ids.ts";

/** The types of data services and of the way in. */
export const SERVICE_TYPES = {
    container: "azure-native:storage:BlobContainer",
    blobs: "azure-native:storage:BlobServiceProperties",
    lifecycle: "azure-native:storage:ManagementPolicy",
    cache: "azure-native:redisenterprise:RedisEnterprise",
    cacheDatabase: "azure-native:redisenterprise:Database",
    files: "azure-native:storage:FileServiceProperties",
    share: "azure-native:storage:FileShare",
    workflow: "azure-native:logic:Workflow",
    definition: "azure-native:authorization:RoleDefinition",
    domain: "azure-native:dns:Zone",
    firewall: "azure-native:network:WebApplicationFirewallPolicy",
    controller: "azure-native:servicenetworking:TrafficControllerInterface",
    frontend: "azure-native:servicenetworking:FrontendsInterface",
    association: "azure-native:servicenetworking:AssociationsInterface",
    securityPolicy: "azure-native:servicenetworking:SecurityPoliciesInterface",
} as const;

type ServiceKind = keyof typeof SERVICE_TYPES;

/** Good inputs of each kind; a test changes one. */
export const SERVICE_GOOD: Readonly<Record<ServiceKind, Properties>> = {
    container: { accountName: "flows123", containerName: "objects", publicAccess: "None" },
    blobs: {
        accountName: "flows123",
        blobServicesName: "default",
        isVersioningEnabled: true,
        deleteRetentionPolicy: { enabled: true, days: 30 },
        cors: {
            corsRules: [
                {
                    allowedOrigins: ["https://shop.example.com"],
                    allowedMethods: ["GET"],
                    allowedHeaders: ["*"],
                    exposedHeaders: ["*"],
                    maxAgeInSeconds: 3600,
                },
            ],
        },
    },
    lifecycle: {
        accountName: "flows123",
        managementPolicyName: "default",
        policy: {
            rules: [
                {
                    name: "all",
                    type: "Lifecycle",
                    definition: {
                        filters: { blobTypes: ["blockBlob"] },
                        actions: {
                            baseBlob: {
                                tierToCool: { daysAfterCreationGreaterThan: 30 },
                                delete: { daysAfterCreationGreaterThan: 90 },
                            },
                        },
                    },
                },
            ],
        },
    },
    cache: {
        clusterName: "sessions",
        sku: { name: "Balanced_B1" },
        publicNetworkAccess: "Disabled",
    },
    cacheDatabase: {
        clusterName: "sessions",
        databaseName: "default",
        clusteringPolicy: "NoCluster",
        port: 10000,
    },
    files: {
        accountName: "flows123",
        fileServicesName: "default",
        shareDeleteRetentionPolicy: { enabled: true, days: 7 },
    },
    share: { accountName: "flows123", shareName: "web", shareQuota: 100 },
    workflow: {
        workflowName: "backups",
        definition: {
            $schema:
                "https://schema.management.azure.com/providers/Microsoft.Logic/schemas/2016-06-01/workflowdefinition.json#",
            actions: {
                list: { type: "Http", runAfter: {} },
                old: { type: "Query", runAfter: { list: ["Succeeded"] } },
            },
        },
    },
    definition: {
        roleName: "Snapshots",
        scope: GROUP,
        assignableScopes: [GROUP],
        permissions: [{ actions: ["Microsoft.Storage/storageAccounts/read"] }],
    },
    domain: { zoneName: "azure.example.com", location: "global", zoneType: "Public" },
    firewall: {
        policyName: "edge",
        managedRules: {
            managedRuleSets: [{ ruleSetType: "Microsoft_DefaultRuleSet", ruleSetVersion: "2.1" }],
        },
    },
    controller: { trafficControllerName: "edge" },
    frontend: { trafficControllerName: "edge", frontendName: "public" },
    association: {
        trafficControllerName: "edge",
        associationName: "edge",
        associationType: "subnets",
        subnet: { id: `${SUBNETS}/nodes` },
    },
    securityPolicy: {
        trafficControllerName: "edge",
        securityPolicyName: "edge",
        wafPolicy: {
            id: `${NETWORK}/ApplicationGatewayWebApplicationFirewallPolicies/edge`,
        },
    },
};

/** The subnet of gateways, under the name that the nodes' has elsewhere. */
export const GATEWAY_SUBNET: Properties = {
    virtualNetworkName: "vnet",
    subnetName: "nodes",
    addressPrefix: "10.20.240.0/24",
    delegations: [
        { name: "service", serviceName: "Microsoft.ServiceNetworking/trafficControllers" },
    ],
};

/** What has to stand before each kind, outermost first. */
export const SERVICE_BASE = {
    container: ["storage"],
    blobs: ["storage"],
    lifecycle: ["storage"],
    cacheDatabase: ["cache"],
    files: ["storage"],
    share: ["storage"],
    frontend: ["controller"],
    association: ["network", "controller"],
    securityPolicy: ["controller", "firewall"],
} as const;
