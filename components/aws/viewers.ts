import type * as pulumi from "@pulumi/pulumi";
import { AccessEntry } from "@pulumi/aws/eks/accessEntry.js";
import type { Viewers, ViewersArgs } from "../contracts/viewers.ts";
import { mapValues } from "../lib/records.ts";
import type { AccessArgs } from "./access.ts";
import { entryNames } from "./access.ts";

/** The group of those who may look into a namespace. EKS refuses `system:`, `eks:`, `aws:`, `amazon:` and `iam:` in front. */
const groupOf = (namespace: string) => `viewers:${namespace}`;

/** The groups that each principal is in, sorted as EKS gives them back. */
function groupsByPrincipal({ namespaces }: ViewersArgs): ReadonlyMap<string, readonly string[]> {
    const groups = new Map<string, readonly string[]>();
    for (const namespace of Object.keys(namespaces).sort()) {
        for (const arn of new Set(namespaces[namespace])) {
            groups.set(arn, [...(groups.get(arn) ?? []), groupOf(namespace)]);
        }
    }
    return groups;
}

/**
 * Lets principals sign in, each in the groups of the namespaces that it may look into.
 *
 * A principal has one entry in a cluster, so that administrators and the identity that runs the stack, who have theirs,
 * get none here: they see everything as it is.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/create-k8s-group-access-entry.html
 */
export function admitViewers(
    name: string,
    args: ViewersArgs,
    access: AccessArgs,
    parent: pulumi.Resource,
): Viewers {
    const groups = groupsByPrincipal(args);
    const admitted = access.deployer.apply((deployer) => {
        for (const [arn, kubernetesGroups] of groups) {
            if (arn === deployer || access.administrators.includes(arn)) continue;
            admit(name, arn, kubernetesGroups, access, parent);
        }
    });
    return mapValues(args.namespaces, (_, namespace) =>
        admitted.apply(() => [{ kind: "Group" as const, name: groupOf(namespace) }]),
    );
}

/** Lets one principal in, with no right but what its groups are given. */
function admit(
    name: string,
    arn: string,
    kubernetesGroups: readonly string[],
    { cluster }: AccessArgs,
    parent: pulumi.Resource,
): void {
    const { administrator, viewer: key } = entryNames(name, arn);
    new AccessEntry(
        key,
        {
            clusterName: cluster.name,
            principalArn: arn,
            type: "STANDARD",
            kubernetesGroups: [...kubernetesGroups],
            tags: { Name: key },
        },
        { parent, deletedWith: cluster, aliases: [{ name: administrator }] },
    );
}
