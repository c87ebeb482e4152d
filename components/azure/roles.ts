import type * as pulumi from "@pulumi/pulumi";
import { RoleAssignment } from "@pulumi/azure-native/authorization/roleAssignment.js";
import type { AzureFoundation } from "./foundation.ts";

/**
 * Built-in roles that the platform grants, each on one resource or one of its resource groups, never on a subscription.
 *
 * @see https://learn.microsoft.com/azure/role-based-access-control/built-in-roles
 */
const ROLES = {
    acrDelete: "c2f4ef07-c644-48eb-af81-4b1b4947fb11",
    acrPull: "7f951dda-4ed3-4680-a7ca-43fe172d538d",
    acrPush: "8311e382-0749-4cb8-b61a-304f252e45ec",
    agcConfigurationManager: "fbc52c3f-28ad-4303-a892-8a056630b8f1",
    aksClusterAdmin: "b1ff04bb-8a4e-4dc4-8eb5-8693973ce19b",
    aksClusterUser: "4abbcc35-e782-43d8-92c5-2d3f1bd2253f",
    keyVaultSecretsUser: "4633458b-17de-408a-b874-0445c86b69e6",
    dnsZoneContributor: "befefa01-2a29-4197-83a8-272ff33ce314",
    managedIdentityOperator: "f1a07417-d97a-45cb-824c-7a7467783830",
    networkContributor: "4d97b98b-1d4f-4787-a291-c67834d212e7",
    reader: "acdd72a7-3385-48ef-bd42-f606fba81ae7",
    storageBlobDataContributor: "ba92f5b4-2d11-453d-a403-e96b0029c9fe",
    storageBlobDataReader: "2a2b9908-6ea1-4ae2-8e65-a410df84e7d1",
    storageBlobDelegator: "db58b8e5-c6ad-4a2a-8342-4190687cbf4a",
} as const;

/** Who gets which role on what. */
export interface GrantArgs {
    readonly foundation: AzureFoundation;
    /** A built-in role, or the id of one of the platform's own. */
    readonly role: keyof typeof ROLES | pulumi.Output<string>;
    /** The object id of the user, group or identity. */
    readonly principalId: pulumi.Input<string>;
    /**
     * What the principal is. For a new identity it has to be said, or Azure looks for it in a directory replica that
     * may not know it yet; where it is not known, leave it out.
     */
    readonly principalType?: "ServicePrincipal" | "Group";
    /** The id of the one resource it applies to. */
    readonly scope: pulumi.Input<string>;
}

/** Grants a role on one resource. Its name, a GUID, is made up by the provider. */
export function grant(name: string, args: GrantArgs, opts: pulumi.CustomResourceOptions) {
    const { role, foundation } = args;
    const definitions = `/subscriptions/${foundation.subscriptionId}/providers/Microsoft.Authorization/roleDefinitions`;
    return new RoleAssignment(
        name,
        {
            principalId: args.principalId,
            principalType: args.principalType,
            roleDefinitionId: typeof role === "string" ? `${definitions}/${ROLES[role]}` : role,
            scope: args.scope,
        },
        opts,
    );
}
