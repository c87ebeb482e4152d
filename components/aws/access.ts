import * as pulumi from "@pulumi/pulumi";
import { AccessEntry } from "@pulumi/aws/eks/accessEntry.js";
import { AccessPolicyAssociation } from "@pulumi/aws/eks/accessPolicyAssociation.js";
import type { Cluster as EksCluster } from "@pulumi/aws/eks/cluster.js";
import { getCallerIdentityOutput } from "@pulumi/aws/getCallerIdentity.js";
import { getSessionContextOutput } from "@pulumi/aws/iam/getSessionContext.js";
import type { ViewersArgs } from "../contracts/viewers.ts";
import { shortHash } from "../lib/names.ts";
import { groupsByPrincipal } from "./viewers.ts";

/** @see https://docs.aws.amazon.com/eks/latest/userguide/access-policies.html */
const ADMIN_POLICY = "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy";

/** Who gets into which cluster. */
export interface AccessArgs {
    readonly cluster: EksCluster;
    /** ARNs of IAM roles and users. */
    readonly administrators: readonly string[];
    /** The same by namespace. */
    readonly viewers: ViewersArgs;
}

/**
 * Makes the named identities administrators, and the one that runs the stack, by its role: a session's own ARN has no
 * access entry (G1.22). Lets those who may look sign in, each in the groups of its namespaces.
 *
 * Resolves once all administrators have access. EKS refuses a second entry for the same principal, so administrators
 * get none as viewers, and who looks and runs the stack has one for both. Its name comes from the principal, so that
 * somebody who moves from running the stack to being named keeps it.
 */
export function grantAccess(
    name: string,
    { cluster, administrators, viewers }: AccessArgs,
    parent: pulumi.Resource,
): pulumi.Output<unknown> {
    const named = new Set(administrators);
    const looking = new Map<string, AccessEntry>();
    for (const [arn, groups] of groupsByPrincipal(viewers)) {
        if (!named.has(arn)) looking.set(arn, admit(name, "viewer", cluster, arn, parent, groups));
    }
    const administer = (arn: string) => {
        const entry = looking.get(arn) ?? admit(name, "admin", cluster, arn, parent);
        return makeAdministrator(name, cluster, arn, entry, parent);
    };
    const granted = [...named].map(administer);
    // Only here is a resource made once a value is known: whether the caller needs an entry of its own depends on who
    // calls. The look-up needs no resource of the stack, so previews know it too.
    const deployer = callerArn(parent).apply((arn) =>
        named.has(arn) ? pulumi.output("") : administer(arn),
    );
    return pulumi.all([...granted, deployer]);
}

/** The role behind the credentials in use, or the user itself. */
function callerArn(parent: pulumi.Resource): pulumi.Output<string> {
    const { arn } = getCallerIdentityOutput({}, { parent });
    return getSessionContextOutput({ arn }, { parent }).issuerArn;
}

/** What a principal's entry is for. */
type Purpose = "admin" | "viewer";

/** Lets one principal into the cluster, with no right but what its groups are given. */
function admit(
    name: string,
    purpose: Purpose,
    cluster: EksCluster,
    arn: string,
    parent: pulumi.Resource,
    groups: readonly string[] = [],
): AccessEntry {
    const key = (of: Purpose) => `${name}-${of}-${shortHash(arn)}`;
    const before = key(purpose === "admin" ? "viewer" : "admin");
    return new AccessEntry(
        key(purpose),
        {
            clusterName: cluster.name,
            principalArn: arn,
            type: "STANDARD",
            ...(groups.length > 0 && { kubernetesGroups: [...groups] }),
            tags: { Name: key(purpose) },
        },
        // Who looks and becomes an administrator, or the other way round, keeps the entry.
        { parent, deletedWith: cluster, aliases: [{ name: before }] },
    );
}

/** Makes one principal an administrator of the whole cluster. */
function makeAdministrator(
    name: string,
    cluster: EksCluster,
    arn: string,
    entry: AccessEntry,
    parent: pulumi.Resource,
): pulumi.Output<string> {
    return new AccessPolicyAssociation(
        `${name}-admin-${shortHash(arn)}`,
        {
            clusterName: cluster.name,
            principalArn: entry.principalArn,
            policyArn: ADMIN_POLICY,
            accessScope: { type: "cluster" },
        },
        { parent, deletedWith: cluster },
    ).id;
}
