import { insideCluster } from "../kubernetes.ts";
import { get, reach } from "../../paths.ts";
import {
    UNKNOWN,
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
    groupId,
    guid,
    holds,
    list,
    number,
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

/** Minor versions in standard support in November 2026. */
const VERSIONS = ["1.35", "1.36", "1.37"];

/** Families that AKS takes; not every size exists, but a typing error shows. */
const VM_SIZE = /^Standard_[BDEFLM]\d+[a-z]*(_v\d)?$/;

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
        "identity.type",
        "networkProfile.networkPlugin",
        "networkProfile.podCidr",
        "networkProfile.serviceCidr",
        "networkProfile.dnsServiceIP",
        "networkProfile.loadBalancerSku",
        "diskEncryptionSetID",
        "apiServerAccessProfile.privateDNSZone",
    ],
    check: checkCluster,
    admit: admitCluster,
    outputs: clusterOutputs,
    takesAlong: (instance, world) => [...below(instance, world), ...insideCluster(instance, world)],
    seconds: { create: 300, update: 60, delete: 180 },
});

function checkCluster(draft: Draft): Refusal[] {
    const { inputs } = draft;
    const pools = list(inputs, "agentPoolProfiles");
    const refusals = [
        ...checkVersion(inputs, "kubernetesVersion"),
        ...oneOf(inputs, "sku.tier", ["Free", "Standard", "Premium"]),
        ...pools.flatMap((pool, index) => checkPool(pool, `agentPoolProfiles[${index}].`)),
        ...checkNetwork(inputs),
        ...checkAccess(inputs),
    ];
    if (pools.length > 0 && !pools.some((pool) => text(pool, "mode") === "System")) {
        refusals.push(refusal("InvalidParameter", "Must define at least one system pool."));
    }
    if (text(inputs, "dnsPrefix").length > 54) {
        const message = "The dnsPrefix must contain between 1 and 54 characters.";
        refusals.push(refusal("InvalidDNSPrefix", message, "dnsPrefix"));
    }
    return refusals;
}

function checkVersion(inputs: Properties, path: string): Refusal[] {
    const version = text(inputs, path);
    const minor = version.split(".").slice(0, 2).join(".");
    if (version === "" || version === UNKNOWN || VERSIONS.includes(minor)) return [];
    const message =
        `Managed cluster is on version ${version} which is not supported in this region. Please use ` +
        `[az aks get-versions] command to get the supported version list in this region. ` +
        `For more information, please check https://aka.ms/supported-version-list`;
    return [refusal("K8sVersionNotSupported", message, path)];
}

function checkNetwork(inputs: Properties): Refusal[] {
    const pods = text(inputs, "networkProfile.podCidr");
    const services = text(inputs, "networkProfile.serviceCidr");
    const dns = text(inputs, "networkProfile.dnsServiceIP");
    const refusals: Refusal[] = [];
    if (overlap(pods, services)) {
        const message = `The pod CIDR ${pods} overlaps the service CIDR ${services}.`;
        refusals.push(refusal("InvalidParameter", message, "networkProfile.podCidr"));
    }
    if (dns !== "" && services !== "" && !holds(services, `${dns}/32`)) {
        const message = `The DNS service IP ${dns} is not within the service CIDR ${services}.`;
        refusals.push(refusal("InvalidParameter", message, "networkProfile.dnsServiceIP"));
    }
    const cilium = text(inputs, "networkProfile.networkDataplane") === "cilium";
    const policy = text(inputs, "networkProfile.networkPolicy");
    if (cilium && policy !== "cilium") {
        const message = "Cilium dataplane requires network policy cilium.";
        refusals.push(
            refusal("NetworkPolicyNotSupported", message, "networkProfile.networkPolicy"),
        );
    }
    return refusals;
}

function checkAccess(inputs: Properties): Refusal[] {
    const closed = get(inputs, "apiServerAccessProfile.enablePrivateCluster") === true;
    const ranges = list(inputs, "apiServerAccessProfile.authorizedIPRanges");
    const entra = get(inputs, "aadProfile.managed") === true;
    const refusals: Refusal[] = [];
    if (closed && ranges.length > 0) {
        const message = "Authorized IP ranges cannot be set on a private cluster.";
        refusals.push(refusal("InvalidParameter", message, "apiServerAccessProfile"));
    }
    if (get(inputs, "disableLocalAccounts") === true && !entra) {
        const message = "Disabling local accounts is only allowed with managed Microsoft Entra ID.";
        refusals.push(refusal("BadRequest", message, "disableLocalAccounts"));
    }
    const workload = get(inputs, "securityProfile.workloadIdentity.enabled") === true;
    if (workload && get(inputs, "oidcIssuerProfile.enabled") !== true) {
        const message = "Workload identity requires the OIDC issuer to be enabled.";
        refusals.push(refusal("InvalidParameter", message, "securityProfile.workloadIdentity"));
    }
    return refusals;
}

function admitCluster({ inputs }: Draft, world: World, old?: Instance): Refusal[] {
    const subnets = subnetsOf(inputs, world);
    return [
        ...subnets.flatMap((subnet) => clashes(inputs, subnet)),
        ...missingRoles(inputs, world),
        ...(old ? versionStep(old, inputs) : []),
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
    immutable: [
        "vmSize",
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
    ],
    check: ({ inputs }) => checkPool(inputs, ""),
    admit(draft, world, old) {
        const { inputs } = draft;
        const clusters = `${groupId(draft)}/providers/Microsoft.ContainerService/managedClusters`;
        const owner = world.find([CLUSTER], `${clusters}/${text(inputs, "resourceName")}`);
        return [
            ...(owner ? gatewayProblems(owner.inputs, inputs, world) : []),
            ...(old ? [] : checkCount(inputs, "")),
        ];
    },
    seconds: { create: 150, update: 60, delete: 90 },
});

function checkPool(pool: Json, prefix: string): Refusal[] {
    const refusals = oneOf({ pool }, "pool.mode", ["System", "User"]);
    const size = text(pool, "vmSize");
    if (size !== UNKNOWN && size !== "" && !VM_SIZE.test(size)) {
        const message = `The VM size of ${size} is not allowed in your subscription in this location.`;
        refusals.push(refusal("SkuNotAvailable", message, `${prefix}vmSize`));
    }
    if (text(pool, "scaleSetPriority") === "Spot") refusals.push(...checkSpot(pool, prefix));
    const [min, max] = [number(pool, "minCount"), number(pool, "maxCount")];
    const least = text(pool, "mode") === "System" ? 1 : 0;
    refusals.push(...between({ pool }, "pool.minCount", least, 1000));
    refusals.push(...between({ pool }, "pool.osDiskSizeGB", 30, 2048));
    if (min !== undefined && max !== undefined && (max < 1 || min > max)) {
        const message = `minCount ${min} and maxCount ${max} are no range.`;
        refusals.push(refusal("InvalidParameter", message, `${prefix}maxCount`));
    }
    return refusals;
}

function checkSpot(pool: Json, prefix: string): Refusal[] {
    if (text(pool, "mode") === "System") {
        const message = "System node pools cannot be spot node pools.";
        return [refusal("InvalidParameter", message, `${prefix}scaleSetPriority`)];
    }
    if (!/^Standard_B/.test(text(pool, "vmSize"))) return [];
    const message = "Azure Spot is not supported for this VM size. Please select another VM size.";
    return [refusal("BadRequest", message, `${prefix}vmSize`)];
}

/** Only for a new pool: later the count is the autoscaler's, and follows the limits by itself. */
function checkCount(pool: Json, prefix: string): Refusal[] {
    const count = number(pool, "count");
    const [min, max] = [number(pool, "minCount"), number(pool, "maxCount")];
    if (count === undefined || min === undefined || max === undefined) return [];
    if (min <= count && count <= max) return [];
    const message = `The count ${count} is not between minCount ${min} and maxCount ${max}.`;
    return [refusal("InvalidParameter", message, `${prefix}count`)];
}

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
