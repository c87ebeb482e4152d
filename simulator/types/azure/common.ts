import { UNKNOWN, type TypeRule } from "../../table.ts";
import { arm, below, between, guid, refusal, TENANT_ID, text } from "./arm.ts";

const RESOURCE_GROUP = "azure-native:resources:ResourceGroup";
const IDENTITY = "azure-native:managedidentity:UserAssignedIdentity";
const WORKSPACE = "azure-native:operationalinsights:Workspace";

const resourceGroup: TypeRule = arm({
    arm: "Microsoft.Resources/resourceGroups",
    path: ["resourceGroupName"],
    name: { pattern: /[\w().-]*[\w()-]/, max: 90, unique: "account" },
    // The id of a group is shorter than that of everything in it.
    under: ({ scope }) => `/subscriptions/${scope.account}`,
    immutable: ["location"],
    takesAlong: below,
    seconds: { create: 2, delete: 15 },
});

const identity: TypeRule = arm({
    arm: "Microsoft.ManagedIdentity/userAssignedIdentities",
    path: ["resourceName"],
    name: { pattern: /[a-zA-Z0-9][\w-]{2,127}/, max: 128 },
    outputs: ({ random }) => ({
        principalId: guid(random(64)),
        clientId: guid(random(64).slice(32)),
        tenantId: TENANT_ID,
    }),
    takesAlong: below,
    seconds: { create: 3 },
});

/** An identity takes twenty credentials at most, and each issuer and subject once. */
const federatedCredential: TypeRule = arm({
    arm: "Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials",
    path: ["resourceName", "federatedIdentityCredentialResourceName"],
    name: { pattern: /[a-zA-Z0-9][\w-]{2,119}/, max: 120 },
    required: ["issuer", "subject", "audiences"],
    check: ({ inputs }) => {
        const subject = text(inputs, "subject");
        if (subject === UNKNOWN || /^system:serviceaccount:[^:]+:[^:]+$/.test(subject)) return [];
        const message = `The subject '${subject}' is not system:serviceaccount:<namespace>:<name>.`;
        return [refusal("BadRequest", message, "subject")];
    },
    admit({ type, inputs }, world, old) {
        const twin = world
            .all(type)
            .filter(({ id }) => id !== old?.id)
            .filter((one) => text(one.inputs, "resourceName") === text(inputs, "resourceName"))
            .find(
                (one) =>
                    text(one.inputs, "issuer") === text(inputs, "issuer") &&
                    text(one.inputs, "subject") === text(inputs, "subject"),
            );
        if (!twin) return [];
        const message = "Issuer and subject combination already exists for this Managed Identity.";
        return [refusal("ConflictError", message, "subject")];
    },
    seconds: { create: 2 },
});

const workspace: TypeRule = arm({
    arm: "Microsoft.OperationalInsights/workspaces",
    path: ["workspaceName"],
    name: { pattern: /[A-Za-z0-9][A-Za-z0-9-]{2,61}[A-Za-z0-9]/, max: 63 },
    check: ({ inputs }) => between(inputs, "retentionInDays", 30, 730, "BadRequest"),
    outputs: ({ random }) => ({ customerId: guid(random(32)) }),
    takesAlong: below,
    seconds: { create: 30, delete: 5 },
});

const diagnosticSetting: TypeRule = arm({
    arm: "Microsoft.Insights/diagnosticSettings",
    path: ["name"],
    name: { pattern: /[^*<>%&:\\?+/]+/, max: 260 },
    under: ({ inputs }) => text(inputs, "resourceUri"),
    required: ["resourceUri"],
    references: [{ path: "workspaceId", to: [WORKSPACE] }],
    immutable: ["resourceUri"],
    check({ inputs }) {
        const sinks = ["workspaceId", "storageAccountId", "eventHubAuthorizationRuleId"];
        if (sinks.some((sink) => text(inputs, sink) !== "")) return [];
        return [refusal("BadRequest", "At least one data sink needs to be specified.")];
    },
    seconds: { create: 3 },
});

const MONITOR_WORKSPACE = "azure-native:monitor:AzureMonitorWorkspace";
const COLLECTION_ENDPOINT = "azure-native:monitor:DataCollectionEndpoint";
const COLLECTION_RULE = "azure-native:monitor:DataCollectionRule";

const METRICS_NAME = { pattern: /[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?/, max: 64 };

const monitorWorkspace: TypeRule = arm({
    arm: "Microsoft.Monitor/accounts",
    path: ["azureMonitorWorkspaceName"],
    name: { ...METRICS_NAME, max: 63 },
    outputs: ({ random }) => ({ accountId: guid(random(32)) }),
    seconds: { create: 30 },
});

const collectionEndpoint: TypeRule = arm({
    arm: "Microsoft.Insights/dataCollectionEndpoints",
    path: ["dataCollectionEndpointName"],
    name: { ...METRICS_NAME, max: 44 },
    seconds: { create: 10 },
});

const collectionRule: TypeRule = arm({
    arm: "Microsoft.Insights/dataCollectionRules",
    path: ["dataCollectionRuleName"],
    name: METRICS_NAME,
    references: [
        { path: "dataCollectionEndpointId", to: [COLLECTION_ENDPOINT] },
        { path: "destinations.monitoringAccounts[].accountResourceId", to: [MONITOR_WORKSPACE] },
    ],
    immutable: ["kind"],
    seconds: { create: 5 },
});

const collectionAssociation: TypeRule = arm({
    arm: "Microsoft.Insights/dataCollectionRuleAssociations",
    path: ["associationName"],
    name: METRICS_NAME,
    under: ({ inputs }) => text(inputs, "resourceUri"),
    required: ["resourceUri"],
    references: [{ path: "dataCollectionRuleId", to: [COLLECTION_RULE] }],
    immutable: ["resourceUri"],
    seconds: { create: 3 },
});

/** Groups, identities and logs. */
export const COMMON: Readonly<Record<string, TypeRule>> = {
    [RESOURCE_GROUP]: {
        ...resourceGroup,
        id: ({ scope, inputs }) =>
            `/subscriptions/${scope.account}/resourceGroups/${text(inputs, "resourceGroupName")}`,
        required: ["location"],
        refuseDelete: (instance, world) =>
            [instance, ...below(instance, world)]
                .map((one) => resourceGroup.refuseDelete?.(one, world))
                .find((words) => words !== undefined),
    },
    [IDENTITY]: identity,
    "azure-native:managedidentity:FederatedIdentityCredential": federatedCredential,
    [WORKSPACE]: workspace,
    "azure-native:monitor:DiagnosticSetting": diagnosticSetting,
    [MONITOR_WORKSPACE]: monitorWorkspace,
    [COLLECTION_ENDPOINT]: collectionEndpoint,
    [COLLECTION_RULE]: collectionRule,
    "azure-native:monitor:DataCollectionRuleAssociation": collectionAssociation,
};
