import type * as pulumi from "@pulumi/pulumi";
import { Addon } from "@pulumi/aws/eks/addon.js";
import type { Cluster as EksCluster } from "@pulumi/aws/eks/cluster.js";
import { getAddonVersionOutput } from "@pulumi/aws/eks/getAddonVersion.js";
import type { KubernetesVersion } from "../contracts/cluster.ts";
import { ServiceRole, podTrust } from "./iam.ts";
import type { ClusterPlace } from "./pod-identity.ts";

/** A managed add-on. */
export interface AddonSpec {
    /** Its configuration, in the add-on's own schema (`aws eks describe-addon-configuration`). */
    readonly values?: Readonly<Record<string, unknown>>;
    /** The role that its pods need, if they call AWS. */
    readonly role?: { readonly serviceAccount: string; readonly managed: string };
}

/** Add-ons by EKS's name. */
export type AddonSpecs = Readonly<Record<string, AddonSpec>>;

/**
 * What a node needs to become ready. These run on every node and count as installed without any, so that they can come
 * first.
 */
export const BEFORE_NODES: AddonSpecs = {
    "vpc-cni": {
        values: {
            // Without it, NetworkPolicy objects are stored and have no effect.
            enableNetworkPolicy: "true",
            // Addresses in blocks of 16: a t3.medium holds 17 pods without (G1.24).
            env: { ENABLE_PREFIX_DELEGATION: "true", WARM_PREFIX_TARGET: "1" },
        },
        role: { serviceAccount: "aws-node", managed: "AmazonEKS_CNI_Policy" },
    },
    "kube-proxy": {},
    "eks-pod-identity-agent": {},
};

/**
 * What needs nodes to run on before it counts as installed. Volumes that it makes for pods get the tags.
 *
 * The types of snapshots and their controller come with every cluster, as on the other clouds: taken away later, they would
 * take all snapshots with them, of whomever they are. The driver makes them with the policy that it has anyway.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/csi-snapshot-controller.html
 */
export function onNodes(tags: Readonly<Record<string, string>>): AddonSpecs {
    return {
        coredns: { values: { autoScaling: { enabled: true, minReplicas: 2, maxReplicas: 10 } } },
        "aws-ebs-csi-driver": {
            values: {
                controller: { extraVolumeTags: tags },
                // Otherwise it may be left out, if the types of snapshots come a moment later.
                sidecars: { snapshotter: { forceEnable: true } },
            },
            role: {
                serviceAccount: "ebs-csi-controller-sa",
                managed: "service-role/AmazonEBSCSIDriverPolicy",
            },
        },
        "metrics-server": {},
        "snapshot-controller": {},
    };
}

/** Which add-ons, on what. */
export interface InstallAddonsArgs {
    readonly place: ClusterPlace;
    readonly cluster: EksCluster;
    readonly version: KubernetesVersion;
    readonly addons: AddonSpecs;
    readonly dependsOn?: readonly pulumi.Resource[];
}

/**
 * Installs managed add-ons.
 *
 * Their versions are those that AWS recommends for the cluster's version, looked up on each run: an add-on moves along
 * with the cluster, and a new recommendation shows in the plan as an update in place.
 */
export function installAddons(
    name: string,
    args: InstallAddonsArgs,
    parent: pulumi.Resource,
): readonly Addon[] {
    const { cluster, version, dependsOn } = args;
    return Object.entries(args.addons).map(([addonName, spec]) => {
        const key = `${name}-${addonName}`;
        const role = spec.role && addonRole(key, args.place, addonName, spec.role, parent);
        const recommended = getAddonVersionOutput(
            { addonName, kubernetesVersion: version },
            { parent },
        );
        return new Addon(
            key,
            {
                clusterName: cluster.name,
                addonName,
                addonVersion: recommended.version,
                ...(spec.values && { configurationValues: JSON.stringify(spec.values) }),
                ...(role && {
                    podIdentityAssociations: [
                        { roleArn: role.arn, serviceAccount: role.serviceAccount },
                    ],
                }),
                // What stands in this program wins over changes made by hand in the cluster.
                resolveConflictsOnCreate: "OVERWRITE",
                resolveConflictsOnUpdate: "OVERWRITE",
                tags: { Name: key },
            },
            {
                parent,
                deletedWith: cluster,
                dependsOn: [...(dependsOn ?? []), ...(role ? [role.resource] : [])],
            },
        );
    });
}

/** The role of an add-on's pods, bound by Pod Identity through the add-on itself. */
function addonRole(
    name: string,
    place: ClusterPlace,
    addonName: string,
    { serviceAccount, managed }: NonNullable<AddonSpec["role"]>,
    parent: pulumi.Resource,
) {
    const resource = new ServiceRole(
        name,
        {
            description: `Add-on ${addonName} of ${place.name}`,
            trust: podTrust(place.name, { namespace: "kube-system", serviceAccount }),
            managed: [managed],
        },
        { parent },
    );
    return { resource, arn: resource.arn, serviceAccount };
}
