import type * as pulumi from "@pulumi/pulumi";
import type { Cluster as EksCluster } from "@pulumi/aws/eks/cluster.js";
import { PodIdentityAssociation } from "@pulumi/aws/eks/podIdentityAssociation.js";
import type { WorkloadIdentityArgs } from "../contracts/cluster.ts";
import { SECRETS_OPERATOR } from "../contracts/secret-store.ts";
import type { ServiceRoleArgs } from "./iam.ts";
import { ServiceRole, podTrust, readerPath } from "./iam.ts";

/** Where a cluster stands, as plain text: policies are written with it before the cluster exists. */
export interface ClusterPlace {
    /** The cluster's name in EKS. */
    readonly name: string;
    readonly region: string;
    readonly account: string;
}

/** The cluster's ARN, known before it exists. */
export function clusterArn({ name, region, account }: ClusterPlace): string {
    return `arn:aws:eks:${region}:${account}:cluster/${name}`;
}

/** Which pods get a role, and what the role may do. */
export interface BindPodsArgs extends Pick<ServiceRoleArgs, "managed" | "statements"> {
    readonly place: ClusterPlace;
    readonly cluster: EksCluster;
    readonly pods: WorkloadIdentityArgs;
}

/**
 * Makes a role for the pods of one service account and binds it by EKS Pod Identity.
 *
 * The role is made while the cluster still is; only the binding waits for it.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/pod-identities.html
 */
export function bindPods(
    name: string,
    { place, cluster, pods, managed, statements }: BindPodsArgs,
    opts: pulumi.ComponentResourceOptions,
): { readonly arn: pulumi.Output<string>; readonly binding: PodIdentityAssociation } {
    const { namespace, serviceAccount } = pods;
    const role = new ServiceRole(
        name,
        {
            description: `Pods of ${namespace}/${serviceAccount} in ${place.name}`,
            trust: podTrust(place.name, pods),
            managed,
            statements,
        },
        opts,
    );
    const binding = new PodIdentityAssociation(
        name,
        {
            clusterName: cluster.name,
            namespace,
            serviceAccount,
            roleArn: role.arn,
            tags: { Name: name },
        },
        { parent: role, deletedWith: cluster },
    );
    return { arn: role.arn, binding };
}

/**
 * Gives the External Secrets operator its role. By itself it reads nothing: it may only take on the roles that
 * `SecretStore.reader` makes for one namespace each.
 */
export function secretsOperator(
    name: string,
    { place, cluster, site }: Pick<BindPodsArgs, "place" | "cluster"> & { readonly site: string },
    parent: pulumi.Resource,
): { readonly roleArn: pulumi.Output<string>; readonly binding: pulumi.Resource } {
    const readers = {
        Effect: "Allow",
        Action: ["sts:AssumeRole", "sts:TagSession"],
        // Readers come and go with the applications; each also says in its own trust policy that only this role may
        // take it on.
        Resource: `arn:aws:iam::${place.account}:role${readerPath(site)}*`,
    } as const;
    const { arn, binding } = bindPods(
        `${name}-secrets-operator`,
        { place, cluster, pods: SECRETS_OPERATOR, statements: [readers] },
        { parent },
    );
    return { roleArn: arn, binding };
}
