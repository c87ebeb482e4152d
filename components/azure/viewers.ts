import type * as pulumi from "@pulumi/pulumi";
import type { Viewers, ViewersArgs } from "../contracts/viewers.ts";
import { mapValues } from "../lib/records.ts";
import { shortHash } from "../lib/names.ts";
import type { AzureFoundation } from "./foundation.ts";
import { grant } from "./roles.ts";

/**
 * Lets Entra groups fetch the cluster's kubeconfig. What they may do inside says a RoleBinding that names the group's
 * object id: AKS asks Kubernetes' own role bindings as well as Azure's roles.
 *
 * The role is granted on the site's resource group, whose one cluster this is: on the cluster itself its lock would
 * refuse to take the role away again.
 *
 * @see https://learn.microsoft.com/azure/aks/concepts-cluster-authorization
 */
export function admitViewers(
    name: string,
    viewers: ViewersArgs,
    foundation: AzureFoundation,
    opts: pulumi.CustomResourceOptions,
): Viewers {
    for (const principalId of new Set(Object.values(viewers).flat())) {
        grant(
            `${name}-viewer-${shortHash(principalId)}`,
            {
                foundation,
                role: "aksClusterUser",
                principalId,
                principalType: "Group",
                scope: foundation.resourceGroup.id,
            },
            opts,
        );
    }
    return mapValues(viewers, (groups) =>
        [...new Set(groups)].map((group) => ({ kind: "Group", name: group })),
    );
}
