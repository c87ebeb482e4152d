import type { ManagedClusterArgs } from "@pulumi/azure-native/containerservice/managedCluster.js";
import type { UserAssignedIdentity } from "@pulumi/azure-native/managedidentity/userAssignedIdentity.js";
import type * as pulumi from "@pulumi/pulumi";
import { DNS_SERVICE_IP, POD_CIDR, SERVICE_CIDR } from "./addresses.ts";
import { apiServerAccess } from "./cluster-access.ts";
import type { AzureClusterArgs } from "./cluster.ts";
import { firstSystemPool } from "./node-pools.ts";

/** What stands before a cluster. */
export interface ClusterBasis {
    readonly controlPlane: UserAssignedIdentity;
    readonly kubelet: UserAssignedIdentity;
    readonly workspaceId: pulumi.Input<string>;
}

/** The arguments of the control plane. */
export function clusterArgs(
    clusterName: string,
    args: AzureClusterArgs,
    basis: ClusterBasis,
): ManagedClusterArgs {
    const { foundation, network, highAvailability } = args;
    const subnetId = network.nodeSubnetIds["1"];
    return {
        resourceGroupName: foundation.resourceGroupName,
        resourceName: clusterName,
        location: foundation.region,
        kubernetesVersion: args.version,
        dnsPrefix: clusterName,
        nodeResourceGroup: `${clusterName}-nodes`,
        sku: { name: "Base", tier: highAvailability ? "Standard" : "Free" },
        supportPlan: "KubernetesOfficial",
        agentPoolProfiles: [firstSystemPool(subnetId, foundation.tags)],
        apiServerAccessProfile: apiServerAccess(args.apiCidrs, network.apiSubnetId),
        networkProfile: NETWORK,
        autoScalerProfile: AUTOSCALER,
        // Patches only: the minor version is the settings'. With a channel on, pools follow the control plane.
        autoUpgradeProfile: { upgradeChannel: "patch", nodeOSUpgradeChannel: "NodeImage" },
        addonProfiles: { azurepolicy: { enabled: true } },
        azureMonitorProfile: { metrics: { enabled: true } },
        tags: foundation.tags,
        ...identity(basis),
        ...security(args, basis),
    };
}

const NETWORK = {
    networkPlugin: "azure",
    networkPluginMode: "overlay",
    networkDataplane: "cilium",
    networkPolicy: "cilium",
    podCidr: POD_CIDR,
    serviceCidr: SERVICE_CIDR,
    dnsServiceIP: DNS_SERVICE_IP,
    loadBalancerSku: "standard",
    outboundType: "userAssignedNATGateway",
};

const AUTOSCALER = {
    // A pool per zone is what makes zones equal in the autoscaler's eyes.
    balanceSimilarNodeGroups: "true",
    expander: "least-waste",
    scaleDownUnneededTime: "10m",
    skipNodesWithLocalStorage: "false",
};

function identity({ controlPlane, kubelet }: ClusterBasis): Partial<ManagedClusterArgs> {
    return {
        identity: { type: "UserAssigned", userAssignedIdentities: [controlPlane.id] },
        identityProfile: {
            kubeletidentity: {
                resourceId: kubelet.id,
                clientId: kubelet.clientId,
                objectId: kubelet.principalId,
            },
        },
        oidcIssuerProfile: { enabled: true },
    };
}

function security(args: AzureClusterArgs, basis: ClusterBasis): Partial<ManagedClusterArgs> {
    return {
        enableRBAC: true,
        disableLocalAccounts: true,
        aadProfile: {
            managed: true,
            enableAzureRBAC: true,
            adminGroupObjectIDs: [...args.administrators],
        },
        securityProfile: {
            workloadIdentity: { enabled: true },
            imageCleaner: { enabled: true, intervalHours: 168 },
            defender: {
                logAnalyticsWorkspaceResourceId: basis.workspaceId,
                securityMonitoring: { enabled: true },
            },
        },
    };
}
