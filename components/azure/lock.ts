import type * as pulumi from "@pulumi/pulumi";
import { ManagementLockByScope } from "@pulumi/azure-native/authorization/managementLockByScope.js";

/**
 * Makes Azure itself refuse to delete a resource or anything in it.
 *
 * The lock is made after the resource and removed before it, so `deletionProtection: false` in a step of its own is
 * all it takes to delete on purpose. The deploying identity needs `Microsoft.Authorization/locks/*` for it.
 *
 * @see https://learn.microsoft.com/azure/azure-resource-manager/management/lock-resources
 */
export function lock(
    name: string,
    resource: pulumi.CustomResource,
    opts: pulumi.CustomResourceOptions,
): ManagementLockByScope {
    return new ManagementLockByScope(
        name,
        {
            lockName: "platform",
            level: "CanNotDelete",
            notes: "Deletion protection is on. Switch it off in the stack's settings first.",
            scope: resource.id,
        },
        opts,
    );
}
