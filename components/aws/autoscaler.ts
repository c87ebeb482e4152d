import type * as pulumi from "@pulumi/pulumi";
import type { Cluster as EksCluster } from "@pulumi/aws/eks/cluster.js";
import type { ClusterAddon } from "../contracts/cluster.ts";
import type { Statement } from "./iam.ts";
import type { ClusterPlace } from "./pod-identity.ts";
import { bindPods } from "./pod-identity.ts";

/** The service account that the chart makes, to which the role is bound. */
const PODS = { namespace: "kube-system", serviceAccount: "cluster-autoscaler" } as const;

/** Which cluster scales, and how safely. */
export interface AutoscalerArgs {
    readonly place: ClusterPlace;
    readonly cluster: EksCluster;
    readonly highAvailability: boolean;
}

/**
 * The Cluster Autoscaler: a managed node group by itself never leaves its desired size, whatever its minimum and maximum
 * say. It finds the groups by the tags that EKS puts on them.
 *
 * @see https://github.com/kubernetes/autoscaler/blob/master/cluster-autoscaler/cloudprovider/aws/README.md
 */
export function autoscaler(
    name: string,
    { place, cluster, highAvailability }: AutoscalerArgs,
    parent: pulumi.Resource,
): ClusterAddon {
    const { binding } = bindPods(
        `${name}-cluster-autoscaler`,
        { place, cluster, pods: PODS, statements: mayScale(place) },
        { parent },
    );
    return {
        chart: "cluster-autoscaler",
        namespace: PODS.namespace,
        values: {
            cloudProvider: "aws",
            // Pods cannot ask the instance's metadata (hop limit 1), so the region is told.
            awsRegion: place.region,
            autoDiscovery: { clusterName: place.name },
            fullnameOverride: PODS.serviceAccount,
            replicaCount: highAvailability ? 2 : 1,
            rbac: { serviceAccount: { create: true, name: PODS.serviceAccount } },
            extraArgs: {
                "balance-similar-node-groups": true,
                expander: "least-waste",
                "skip-nodes-with-system-pods": false,
            },
            priorityClassName: "system-cluster-critical",
            resources: {
                requests: { cpu: "100m", memory: "600Mi" },
                limits: { memory: "600Mi" },
            },
            ...RESTRICTED,
        },
        dependsOn: [binding],
    };
}

/** The restricted Pod Security Standard, in the chart's words. */
const RESTRICTED = {
    securityContext: {
        runAsNonRoot: true,
        runAsUser: 65_534,
        runAsGroup: 65_534,
        fsGroup: 65_534,
        seccompProfile: { type: "RuntimeDefault" },
    },
    containerSecurityContext: {
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ["ALL"] },
    },
} as const;

/** Looks at everything that it has to choose from, and changes only the groups of its own cluster. */
function mayScale({ name, region, account }: ClusterPlace): readonly Statement[] {
    return [
        {
            Effect: "Allow",
            Action: [
                "autoscaling:DescribeAutoScalingGroups",
                "autoscaling:DescribeAutoScalingInstances",
                "autoscaling:DescribeLaunchConfigurations",
                "autoscaling:DescribeScalingActivities",
                "autoscaling:DescribeTags",
                "ec2:DescribeImages",
                "ec2:DescribeInstanceTypes",
                "ec2:DescribeLaunchTemplateVersions",
                "ec2:GetInstanceTypesFromInstanceRequirements",
            ],
            // None of these read-only actions can be limited to single resources.
            Resource: "*",
        },
        {
            Effect: "Allow",
            Action: "eks:DescribeNodegroup",
            Resource: `arn:aws:eks:${region}:${account}:nodegroup/${name}/*`,
        },
        {
            Effect: "Allow",
            Action: [
                "autoscaling:SetDesiredCapacity",
                "autoscaling:TerminateInstanceInAutoScalingGroup",
            ],
            // EKS makes the groups and chooses their names; its tag says which cluster they belong to.
            Resource: `arn:aws:autoscaling:${region}:${account}:autoScalingGroup:*`,
            Condition: {
                StringEquals: {
                    [`aws:ResourceTag/k8s.io/cluster-autoscaler/${name}`]: "owned",
                },
            },
        },
    ];
}
