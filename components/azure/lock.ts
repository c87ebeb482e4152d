import type * as pulumi from "@pulumi/pulumi";
import { ManagementLockByScope } from "@pulumi/azure-native/authorization/managementLockByScope.js";

/**
 * Makes Azure itself refuse to delete a resource or anything in it, roles on it included.
 *
 * The lock is made after all that it covers, and so is the first to go. The deploying identity needs
 * `Microsoft.Authorization/locks/*` for it.
 *
 * @see https://learn.microsoft.com/azure/azure-resource-manager/management/lock-resources
 */
export function lock(
    name: string,
    resource: pulumi.CustomResource,
    covered: readonly pulumi.Resource[],
    opts: pulumi.CustomResourceOptions,
): ManagementLockByScope {
    return new ManagementLockByScope(
        `${name}-lock`,
        {
            lockName: "platform",
            level: "CanNotDelete",
            notes: "Deletion protection is on. Switch it off in the stack's settings first.",
            scope: resource.id,
        },
        { ...opts, dependsOn: [...covered] },
    );
}
