import type * as pulumi from "@pulumi/pulumi";
import { installAddons } from "./addons.ts";
import type { AwsCluster } from "./cluster.ts";
import { bindPods } from "./pod-identity.ts";

/** What mounts files on a cluster's nodes. */
export interface FileDriver {
    /** The driver's name in Kubernetes. */
    readonly driver: "efs.csi.aws.com";
    /** The identity with which nodes mount. By itself it may do nothing: each file system names it in its own policy. */
    readonly roleArn: pulumi.Output<string>;
    /** What has to stand before anything can be mounted. */
    readonly ready: readonly pulumi.Resource[];
}

/** The service account of the part that runs on every node, as the add-on names it. */
const NODE_PODS = { namespace: "kube-system", serviceAccount: "efs-csi-node-sa" } as const;

const drivers = new WeakMap<AwsCluster, FileDriver>();

/**
 * The EFS driver of a cluster, installed when it is first asked for: an add-on is there once, however many file systems
 * there are.
 *
 * Its controller gets no identity, because nothing here has it make access points.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/efs-csi.html
 */
export function fileDriver(cluster: AwsCluster): FileDriver {
    const installed = drivers.get(cluster) ?? install(cluster);
    drivers.set(cluster, installed);
    return installed;
}

function install(cluster: AwsCluster): FileDriver {
    const { place, resource, version, nodes } = cluster;
    const { arn, binding } = bindPods(
        `${place.name}-efs-csi-node`,
        { place, cluster: resource, pods: NODE_PODS },
        { parent: cluster },
    );
    const addons = installAddons(
        place.name,
        {
            place,
            cluster: resource,
            version,
            addons: { "aws-efs-csi-driver": {} },
            // Pods get credentials only if their binding stands when they start.
            dependsOn: [...nodes, binding],
        },
        cluster,
    );
    return { driver: "efs.csi.aws.com", roleArn: arn, ready: addons };
}
