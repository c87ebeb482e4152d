import { insideCluster } from "../kubernetes.ts";
import { checkCluster, checkCount, checkPool } from "./cluster-checks.ts";
import { get, reach } from "../../paths.ts";
import {
    type Draft,
    type Instance,
    type InvokeRule,
    type Json,
    type Properties,
    type Reference,
    type Refusal,
    type TypeRule,
    type World,
} from "../../table.ts";
import {
    arm,
    below,
    between,
    fixed,
    groupId,
    guid,
    list,
    oneOf,
    overlap,
    refusal,
    TENANT_ID,
    text,
} from "./arm.ts";

const CLUSTER = "azure-native:containerservice:ManagedCluster";
const SUBNET = "azure-native:network:Subnet";
const IDENTITY = "azure-native:managedidentity:UserAssignedIdentity";
const ROLE_ASSIGNMENT = "azure-native:authorization:RoleAssignment";

const NETWORK_CONTRIBUTOR = "4d97b98b-1d4f-4787-a291-c67834d212e7";
const IDENTITY_OPERATOR = "f1a07417-d97a-45cb-824c-7a7467783830";

const subnetReference = (path: string): Reference => ({
    path,
    to: [SUBNET],
    words: (id) =>
        `Code="VnetSubnetNotFound" Message="Subnet ${id} was not found. Check that the subnet exists."`,
});

const cluster: TypeRule = arm({
    arm: "Microsoft.ContainerService/managedClusters",
    path: ["resourceName"],
    name: { pattern: /[a-zA-Z0-9]([a-zA-Z0-9_-]*[a-zA-Z0-9])?/, max: 63 },
    required: ["agentPoolProfiles", "agentPoolProfiles[].name", "dnsPrefix"],
    references: [
        subnetReference("agentPoolProfiles[].vnetSubnetID"),
        subnetReference("apiServerAccessProfile.subnetId"),
        { path: "identity.userAssignedIdentities[]", to: [IDENTITY] },
        { path: "identityProfile.kubeletidentity.resourceId", to: [IDENTITY] },
        {
            path: "securityProfile.defender.logAnalyticsWorkspaceResourceId",
            to: ["azure-native:operationalinsights:Workspace"],
        },
    ],
    immutable: [
        "dnsPrefix",
        "nodeResourceGroup",
        "networkProfile.networkPlugin",
        "networkProfile.networkPluginMode",
        "networkProfile.networkDataplane",
        "networkProfile.networkPolicy",
        "networkProfile.outboundType",
        "networkProfile.podCidr",
        "networkProfile.serviceCidr",
        "networkProfile.dnsServiceIP",
        "diskEncryptionSetID",
    ],
    check: checkCluster,
    admit: admitCluster,
    outputs: clusterOutputs,
    takesAlong: (instance, world) => [...below(instance, world), ...insideCluster(instance, world)],
    seconds: { create: 300, update: 60, delete: 180 },
});

function admitCluster({ inputs }: Draft, world: World, old?: Instance): Refusal[] {
    const subnets = subnetsOf(inputs, world);
    return [
        ...subnets.flatMap((subnet) => clashes(inputs, subnet)),
        ...missingRoles(inputs, world),
        ...(old ? versionStep(old, inputs) : []),
        ...fixed(old, inputs, [
            "apiServerAccessProfile.subnetId",
            "networkProfile.loadBalancerSku",
        ]),
        ...apiSubnetProblems(inputs, world),
        ...list(inputs, "agentPoolProfiles").flatMap((pool) =>
            gatewayProblems(inputs, pool, world),
        ),
    ];
}

function subnetsOf(inputs: Properties, world: World): Instance[] {
    const ids = [
        ...reach(inputs, "agentPoolProfiles[].vnetSubnetID"),
        ...reach(inputs, "apiServerAccessProfile.subnetId"),
    ].map(({ value }) => value);
    return world.all(SUBNET).filter(({ id }) => ids.includes(id));
}

function clashes(inputs: Properties, subnet: Instance): Refusal[] {
    const block = text(subnet.inputs, "addressPrefix");
    return [
        { kind: "service", code: "ServiceCidrOverlapExistingSubnetsCidr" },
        { kind: "pod", code: "PodCidrOverlapExistingSubnetsCidr" },
    ].flatMap(({ kind, code }) => {
        const cidr = text(inputs, `networkProfile.${kind}Cidr`);
        if (!overlap(cidr, block)) return [];
        const message = `The specified ${kind} CIDR ${cidr} is conflicted with an existing subnet CIDR ${block}`;
        return [refusal(code, message, `networkProfile.${kind}Cidr`)];
    });
}

/** The control plane's identity has to be allowed into its subnets, and to hand out the nodes' identity. */
function missingRoles(inputs: Properties, world: World): Refusal[] {
    const id = text(inputs, "identity.userAssignedIdentities[0]");
    const principal = text(world.find([IDENTITY], id)?.outputs, "principalId");
    if (principal === "") return [];
    const has = (scope: string, role: string) =>
        world
            .all(ROLE_ASSIGNMENT)
            .some(
                (one) =>
                    text(one.inputs, "principalId") === principal &&
                    text(one.inputs, "scope") === scope &&
                    text(one.inputs, "roleDefinitionId").endsWith(role),
            );
    const refusals = subnetsOf(inputs, world)
        .filter((subnet) => !has(subnet.id, NETWORK_CONTRIBUTOR))
        .map((subnet) =>
            refusal(
                "LinkedAuthorizationFailed",
                `The client '${principal}' does not have permission to perform action ` +
                    `'Microsoft.Network/virtualNetworks/subnets/join/action' on the linked scope '${subnet.id}'.`,
            ),
        );
    const kubelet = text(inputs, "identityProfile.kubeletidentity.resourceId");
    if (kubelet !== "" && !has(kubelet, IDENTITY_OPERATOR)) {
        const message =
            `The cluster user assigned identity must be given permission to assign kubelet identity ${kubelet}. Check ` +
            `access result not allowed for action Microsoft.ManagedIdentity/userAssignedIdentities/assign/action.`;
        refusals.push(refusal("CustomKubeletIdentityMissingPermissionError", message));
    }
    return refusals;
}

function versionStep(old: Instance, inputs: Properties): Refusal[] {
    const minor = (root: Json) => Number(text(root, "kubernetesVersion").split(".")[1]);
    const [from, to] = [minor(old.inputs), minor(inputs)];
    if (Number.isNaN(from) || Number.isNaN(to) || to === from || to === from + 1) return [];
    const [is, wanted] = [old.inputs, inputs].map((root) => text(root, "kubernetesVersion"));
    const message =
        to < from
            ? `Downgrading from version ${is} to ${wanted} is not allowed.`
            : `Upgrading Kubernetes version ${is} to ${wanted} is not allowed: minor versions cannot be skipped.`;
    return [refusal("OperationNotAllowed", message, "kubernetesVersion")];
}

function apiSubnetProblems(inputs: Properties, world: World): Refusal[] {
    const subnet = world.find([SUBNET], text(inputs, "apiServerAccessProfile.subnetId"));
    if (!subnet || isDelegated(subnet, "Microsoft.ContainerService/managedClusters")) return [];
    const message = `Subnet ${subnet.id} is not delegated to Microsoft.ContainerService/managedClusters.`;
    return [refusal("InvalidParameter", message, "apiServerAccessProfile.subnetId")];
}

/** True if the subnet is handed over to the service. */
export function isDelegated(subnet: Instance, service: string): boolean {
    return list(subnet.inputs, "delegations").some((one) => text(one, "serviceName") === service);
}

function gatewayProblems(inputs: Json, pool: Json, world: World): Refusal[] {
    if (text(inputs, "networkProfile.outboundType") !== "userAssignedNATGateway") return [];
    const subnet = world.find([SUBNET], text(pool, "vnetSubnetID"));
    if (!subnet || text(subnet.inputs, "natGateway.id") !== "") return [];
    const message = `Outbound type userAssignedNATGateway needs a NAT gateway on subnet ${subnet.id}.`;
    return [refusal("InvalidParameter", message, "networkProfile.outboundType")];
}

function clusterOutputs({ inputs, scope, random }: Draft): Properties {
    const digits = random(48);
    const region = text(inputs, "location") || scope.region;
    const prefix = `${text(inputs, "dnsPrefix")}-${digits.slice(0, 8)}`;
    const closed = get(inputs, "apiServerAccessProfile.enablePrivateCluster") === true;
    const zone = guid(digits.slice(8, 40));
    return {
        fqdn: `${prefix}.hcp.${region}.azmk8s.io`,
        azurePortalFQDN: `${prefix}.portal.hcp.${region}.azmk8s.io`,
        ...(closed && { privateFQDN: `${prefix}.${zone}.privatelink.${region}.azmk8s.io` }),
        currentKubernetesVersion: `${text(inputs, "kubernetesVersion")}.1`,
        oidcIssuerProfile: {
            issuerURL: `https://${region}.oic.prod-aks.azure.com/${TENANT_ID}/${zone}/`,
        },
        powerState: { code: "Running" },
        maxAgentPools: 100,
        resourceUID: digits.slice(0, 24),
    };
}

/** What a pool keeps for ever. The provider only knows that another `vmSize` takes another pool. */
const POOL_FOR_EVER = [
    "osType",
    "osDiskSizeGB",
    "osDiskType",
    "availabilityZones",
    "vnetSubnetID",
    "maxPods",
    "scaleSetPriority",
    "scaleSetEvictionPolicy",
    "spotMaxPrice",
    "enableEncryptionAtHost",
    "enableNodePublicIP",
    "type",
];

const pool: TypeRule = arm({
    arm: "Microsoft.ContainerService/managedClusters/agentPools",
    path: ["resourceName", "agentPoolName"],
    name: {
        pattern: /[a-z][a-z0-9]{0,11}/,
        max: 12,
        words: (name) =>
            `Code="InvalidParameter" Message="The value of parameter agentPoolProfile.name is invalid. Error details: ` +
            `'${name}' must be 1 to 12 lower-case letters and digits, a letter first."`,
    },
    required: ["resourceName", "vmSize"],
    references: [subnetReference("vnetSubnetID")],
    immutable: ["vmSize"],
    check: ({ inputs }) => checkPool(inputs, ""),
    admit(draft, world, old) {
        const { inputs } = draft;
        const clusters = `${groupId(draft)}/providers/Microsoft.ContainerService/managedClusters`;
        const owner = world.find([CLUSTER], `${clusters}/${text(inputs, "resourceName")}`);
        return [
            ...(owner ? gatewayProblems(owner.inputs, inputs, world) : []),
            ...(old ? [] : checkCount(inputs, "")),
            ...fixed(old, inputs, POOL_FOR_EVER),
        ];
    },
    seconds: { create: 150, update: 60, delete: 90 },
});

const CONFIGURATIONS = [
    "default",
    "aksManagedAutoUpgradeSchedule",
    "aksManagedNodeOSUpgradeSchedule",
];

const maintenance: TypeRule = arm({
    arm: "Microsoft.ContainerService/managedClusters/maintenanceConfigurations",
    path: ["resourceName", "configName"],
    name: { pattern: /[A-Za-z]+/, max: 63, auto: false },
    required: ["resourceName", "configName"],
    check: ({ inputs }) => [
        ...oneOf(inputs, "configName", CONFIGURATIONS),
        ...between(inputs, "maintenanceWindow.durationHours", 4, 24),
    ],
    seconds: { create: 3 },
});

/** Clusters and their pools. */
export const CLUSTER_TYPES: Readonly<Record<string, TypeRule>> = {
    [CLUSTER]: cluster,
    "azure-native:containerservice:AgentPool": pool,
    "azure-native:containerservice:MaintenanceConfiguration": maintenance,
};

/** What `az aks get-credentials` asks for: a kubeconfig whose certificate is the cluster's own. */
export const userCredentials: InvokeRule = (args, _scope, world) => {
    const name = text(args, "resourceName");
    const found = world
        .all(CLUSTER)
        .find(
            ({ inputs }) =>
                text(inputs, "resourceName") === name &&
                text(inputs, "resourceGroupName") === text(args, "resourceGroupName"),
        );
    if (!found) {
        throw new Error(
            `Code="ResourceNotFound" Message="The Resource 'Microsoft.ContainerService/managedClusters/${name}' was not found."`,
        );
    }
    const authority = Buffer.from(`simulated certificate of ${found.id}`).toString("base64");
    const host = text(found.outputs, "privateFQDN") || text(found.outputs, "fqdn");
    const kubeconfig = [
        "apiVersion: v1",
        "kind: Config",
        "clusters:",
        `- name: ${name}`,
        "  cluster:",
        `    certificate-authority-data: ${authority}`,
        `    server: https://${host}:443`,
        "",
    ].join("\n");
    return {
        kubeconfigs: [{ name: "clusterUser", value: Buffer.from(kubeconfig).toString("base64") }],
    };
};
