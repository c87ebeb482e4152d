import * as pulumi from "@pulumi/pulumi";
import { AccessEntry } from "@pulumi/aws/eks/accessEntry.js";
import { AccessPolicyAssociation } from "@pulumi/aws/eks/accessPolicyAssociation.js";
import type { Cluster as EksCluster } from "@pulumi/aws/eks/cluster.js";
import { getCallerIdentityOutput } from "@pulumi/aws/getCallerIdentity.js";
import { getSessionContextOutput } from "@pulumi/aws/iam/getSessionContext.js";
import { shortHash } from "../lib/names.ts";

/** @see https://docs.aws.amazon.com/eks/latest/userguide/access-policies.html */
const ADMIN_POLICY = "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy";

/** Who administers which cluster. */
export interface AccessArgs {
    readonly cluster: EksCluster;
    /** ARNs of IAM roles and users. */
    readonly administrators: readonly string[];
    /** The identity that runs the stack. */
    readonly deployer: pulumi.Output<string>;
}

/**
 * Makes the named identities administrators, and the one that runs the stack, by its role: a session's own ARN has no
 * access entry (G1.22).
 *
 * Resolves once all of them have access. An entry's name comes from its principal, so that somebody who moves from
 * running the stack to being named in it keeps the entry; EKS refuses a second one for the same principal.
 */
export function grantAccess(
    name: string,
    { cluster, administrators, deployer }: AccessArgs,
    parent: pulumi.Resource,
): pulumi.Output<unknown> {
    const named = new Set(administrators);
    const granted = [...named].map((arn) => admit(name, cluster, arn, parent));
    // Only here and with viewers is a resource made once a value is known: whether the caller needs an entry of its own
    // depends on who calls. The look-up needs no resource of the stack, so previews know it too.
    const caller = deployer.apply((arn) =>
        named.has(arn) ? pulumi.output("") : admit(name, cluster, arn, parent),
    );
    return pulumi.all([...granted, caller]);
}

/** The role behind the credentials in use, or the user itself. */
export function callerArn(parent: pulumi.Resource): pulumi.Output<string> {
    const { arn } = getCallerIdentityOutput({}, { parent });
    return getSessionContextOutput({ arn }, { parent }).issuerArn;
}

/** Makes one principal an administrator of the whole cluster. */
function admit(
    name: string,
    cluster: EksCluster,
    arn: string,
    parent: pulumi.Resource,
): pulumi.Output<string> {
    const { administrator: key, viewer } = entryNames(name, arn);
    const opts = { parent, deletedWith: cluster };
    const entry = new AccessEntry(
        key,
        {
            clusterName: cluster.name,
            principalArn: arn,
            type: "STANDARD",
            tags: { Name: key },
        },
        { ...opts, aliases: [{ name: viewer }] },
    );
    return new AccessPolicyAssociation(
        key,
        {
            clusterName: cluster.name,
            principalArn: entry.principalArn,
            policyArn: ADMIN_POLICY,
            accessScope: { type: "cluster" },
        },
        opts,
    ).id;
}

/** What the entry of a principal is called. Each name is an alias of the other, or EKS would be asked for a second one. */
export function entryNames(name: string, arn: string) {
    const hash = shortHash(arn);
    return { administrator: `${name}-admin-${hash}`, viewer: `${name}-viewer-${hash}` };
}
