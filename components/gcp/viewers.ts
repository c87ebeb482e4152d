import type * as pulumi from "@pulumi/pulumi";
import type { Viewer, Viewers, ViewersArgs } from "../contracts/viewers.ts";
import { mapValues } from "../lib/records.ts";
import type { GcpFoundation } from "./foundation.ts";
import { grantOnCluster } from "./iam.ts";

/** Of which cluster they are viewers, and who needs nothing for it. */
export interface ViewersOf {
    readonly clusterName: string;
    readonly foundation: GcpFoundation;
    readonly administrators: readonly string[];
}

/**
 * Lets users fetch the cluster's address and certificate; administrators may already. What they may do inside says a
 * RoleBinding that names them by e-mail address.
 *
 * @see https://docs.cloud.google.com/kubernetes-engine/docs/how-to/role-based-access-control
 */
export function admitViewers(
    name: string,
    viewers: ViewersArgs,
    { administrators, ...on }: ViewersOf,
    opts: pulumi.CustomResourceOptions,
): Viewers {
    for (const member of new Set(Object.values(viewers).flat())) {
        if (administrators.includes(member)) continue;
        const role = "roles/container.clusterViewer";
        grantOnCluster(`${name}-viewer-${member}`, { ...on, role, member }, opts);
    }
    return mapValues(viewers, (users) => [...new Set(users)].map(toViewer));
}

/** IAM's `user:jane@example.com` is `jane@example.com` inside the cluster. */
function toViewer(member: string): Viewer {
    return { kind: "User", name: member.slice(member.indexOf(":") + 1) };
}
