import type * as pulumi from "@pulumi/pulumi";
import { FederatedIdentityCredential } from "@pulumi/azure-native/managedidentity/federatedIdentityCredential.js";
import { UserAssignedIdentity } from "@pulumi/azure-native/managedidentity/userAssignedIdentity.js";
import { PUBLIC_TLS } from "../contracts/destination.ts";
import type { WorkloadIdentity, WorkloadIdentityArgs } from "../contracts/cluster.ts";
import { zonesOf } from "./addresses.ts";
import type { AzureFoundation } from "./foundation.ts";
import type { AzureNetwork } from "./network.ts";
import { grant } from "./roles.ts";

/** The annotation of a service account that says which identity its pods take on. */
export const CLIENT_ID = "azure.workload.identity/client-id";

/** What a pod's token has to be made out to. */
const TOKEN_AUDIENCE = "api://AzureADTokenExchange";

function makeIdentity(
    name: string,
    foundation: AzureFoundation,
    opts: pulumi.CustomResourceOptions,
): UserAssignedIdentity {
    return new UserAssignedIdentity(
        name,
        {
            resourceGroupName: foundation.resourceGroupName,
            location: foundation.region,
            tags: foundation.tags,
        },
        opts,
    );
}

/** The identities of a cluster, and the grants that have to stand before it is made. */
export interface ClusterIdentities {
    /** What the control plane acts as: joins its subnets, makes load balancers, hands out the nodes' identity. */
    readonly controlPlane: UserAssignedIdentity;
    /** What nodes pull images as. */
    readonly kubelet: UserAssignedIdentity;
    readonly grants: readonly pulumi.Resource[];
}

/** Makes a cluster's identities, with roles on its own subnets and the nodes' identity and nothing else. */
export function makeClusterIdentities(
    name: string,
    args: {
        readonly foundation: AzureFoundation;
        readonly network: AzureNetwork;
        readonly highAvailability: boolean;
    },
    opts: pulumi.CustomResourceOptions,
): ClusterIdentities {
    const { foundation, network, highAvailability } = args;
    const controlPlane = makeIdentity(`${name}-control-plane`, foundation, opts);
    const kubelet = makeIdentity(`${name}-kubelet`, foundation, opts);
    const give = (
        role: "networkContributor" | "managedIdentityOperator",
        on: string,
        scope: pulumi.Input<string>,
    ) => {
        const principalType = "ServicePrincipal" as const;
        const principalId = controlPlane.principalId;
        const args = { foundation, role, principalId, principalType, scope };
        return grant(`${name}-control-plane-${on}`, args, opts);
    };
    return {
        controlPlane,
        kubelet,
        grants: [
            give("managedIdentityOperator", "kubelet", kubelet.id),
            give("networkContributor", "api", network.apiSubnetId),
            ...zonesOf(highAvailability).map((zone) =>
                give("networkContributor", `nodes-${zone}`, network.nodeSubnetIds[zone]),
            ),
        ],
    };
}

/** Makes an identity that the pods of one service account of one cluster can take on. */
export function makeWorkloadIdentity(
    name: string,
    args: WorkloadIdentityArgs & {
        readonly foundation: AzureFoundation;
        readonly issuer: pulumi.Input<string>;
    },
    opts: pulumi.CustomResourceOptions,
): WorkloadIdentity {
    const { foundation, issuer, namespace, serviceAccount } = args;
    const identity = makeIdentity(name, foundation, opts);
    new FederatedIdentityCredential(
        name,
        {
            resourceGroupName: foundation.resourceGroupName,
            resourceName: identity.name,
            issuer,
            subject: `system:serviceaccount:${namespace}:${serviceAccount}`,
            audiences: [TOKEN_AUDIENCE],
        },
        { ...opts, deletedWith: identity },
    );
    return {
        annotations: {
            [CLIENT_ID]: identity.clientId,
            "azure.workload.identity/tenant-id": identity.tenantId,
        },
        podLabels: { "azure.workload.identity/use": "true" },
        // Entra exchanges the pod's token, at addresses that change.
        destinations: [PUBLIC_TLS],
        principal: identity.principalId,
    };
}
