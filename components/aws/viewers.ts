import type { Viewers, ViewersArgs } from "../contracts/viewers.ts";
import { mapValues } from "../lib/records.ts";

/** The group of those who may look into a namespace. EKS refuses `system:`, `eks:`, `aws:`, `amazon:` and `iam:` in front. */
const groupOf = (namespace: string) => `viewers:${namespace}`;

/** Whom a RoleBinding names: one group for each namespace. Who is in it, the access entries say. */
export function viewerGroups(viewers: ViewersArgs): Viewers {
    return mapValues(viewers, (_, namespace) => [{ kind: "Group", name: groupOf(namespace) }]);
}

/** The groups that each principal is in, sorted as EKS gives them back. */
export function groupsByPrincipal(viewers: ViewersArgs): ReadonlyMap<string, readonly string[]> {
    const groups = new Map<string, readonly string[]>();
    for (const namespace of Object.keys(viewers).sort()) {
        for (const arn of new Set(viewers[namespace])) {
            groups.set(arn, [...(groups.get(arn) ?? []), groupOf(namespace)]);
        }
    }
    return groups;
}
