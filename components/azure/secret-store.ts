import { Secret } from "@pulumi/azure-native/keyvault/secret.js";
import { Vault } from "@pulumi/azure-native/keyvault/vault.js";
import * as pulumi from "@pulumi/pulumi";
import { RandomString } from "@pulumi/random/randomString.js";
import {
    SECRET_READER,
    eachOnce,
    type SecretReader,
    type SecretReaderArgs,
    type SecretReference,
    type SecretStore,
    type SecretStoreArgs,
} from "../contracts/secret-store.ts";
import { compose } from "../lib/names.ts";
import type { AzureCluster } from "./cluster.ts";
import type { AzureFoundation } from "./foundation.ts";
import { AZURE_LIMITS } from "./limits.ts";
import { lock } from "./lock.ts";
import { sendLogs } from "./logs.ts";
import type { AzureNetwork } from "./network.ts";
import { privateLink } from "./private-link.ts";
import { grant } from "./roles.ts";

export interface AzureSecretStoreArgs extends SecretStoreArgs {
    readonly foundation: AzureFoundation;
    readonly network: AzureNetwork;
}

/**
 * A key vault that only the network reaches and only roles open.
 *
 * Azure keeps a deleted vault, and its name, for 90 days, so the name ends in random letters and a stack can be made
 * again at once. Without `recoverable` it can be purged before (`az keyvault purge`); `recoverable` turns purge
 * protection on, which nothing can turn off again.
 *
 * Secrets are written through Azure's resource manager, from anywhere. Deleting a single one goes to the vault itself,
 * from inside the network and with the role Key Vault Secrets Officer; deleting the vault takes all of them along.
 *
 * Creates a vault, and a private endpoint where the network has them; costs cents besides the endpoint.
 *
 * @see https://learn.microsoft.com/azure/key-vault/general/soft-delete-overview
 */
export class AzureSecretStore
    extends pulumi.ComponentResource
    implements SecretStore<AzureCluster>
{
    /** Where the vault answers: `https://….vault.azure.net/`. */
    readonly url: pulumi.Output<string>;
    readonly resource: Vault;
    private readonly foundation: AzureFoundation;
    private readonly access: readonly pulumi.Resource[];

    constructor(name: string, args: AzureSecretStoreArgs, opts?: pulumi.ComponentResourceOptions) {
        super("platform:azure:SecretStore", name, {}, opts);
        const { foundation, network } = args;
        const child = { parent: this };
        const suffix = new RandomString(
            `${name}-suffix`,
            { length: 4, upper: false, special: false },
            child,
        );
        const vault = new Vault(
            name,
            {
                vaultName: suffix.result.apply((letters) =>
                    compose(AZURE_LIMITS.names.secretStore, name, letters),
                ),
                resourceGroupName: foundation.resourceGroupName,
                location: foundation.region,
                properties: vaultProperties(args),
                tags: foundation.tags,
            },
            { ...child, protect: args.deletionProtection, deleteBeforeReplace: true },
        );
        const service = "secretStore" as const;
        this.access = privateLink(name, { foundation, network, service, target: vault }, child);
        const logs = sendLogs(name, { resource: vault, workspaceId: network.workspace.id }, child);
        if (args.deletionProtection) lock(name, vault, [...this.access, logs], child);

        this.foundation = foundation;
        this.resource = vault;
        this.url = vault.properties.apply(({ vaultUri }) => vaultUri);
        this.registerOutputs({ url: this.url });
    }

    put(
        name: string,
        fields: Readonly<Record<string, pulumi.Input<string>>>,
        opts?: pulumi.CustomResourceOptions,
    ): SecretReference {
        const secret = new Secret(
            name,
            {
                resourceGroupName: this.foundation.resourceGroupName,
                vaultName: this.resource.name,
                properties: {
                    value: pulumi.secret(pulumi.jsonStringify(fields)),
                    contentType: "application/json",
                    attributes: { enabled: true },
                },
                tags: this.foundation.tags,
            },
            { parent: this, deletedWith: this.resource, ...opts },
        );
        const { name: key, id } = secret;
        return { key, fields: Object.keys(fields), name, id, resource: secret };
    }

    existing(key: string, fields: readonly string[]): SecretReference {
        const id = pulumi.interpolate`${this.resource.id}/secrets/${key}`;
        return { key: pulumi.output(key), fields, name: key, id };
    }

    reader(
        name: string,
        args: SecretReaderArgs<AzureCluster>,
        opts?: pulumi.CustomResourceOptions,
    ): SecretReader {
        const child = { parent: this, ...opts };
        const serviceAccount = SECRET_READER;
        const { cluster, namespace } = args;
        const identity = cluster.identity(name, { namespace, serviceAccount }, child);
        const grants = eachOnce(args.secrets).map((secret) =>
            grant(
                `${name}-${secret.name}`,
                {
                    foundation: this.foundation,
                    role: "keyVaultSecretsUser",
                    principalId: identity.principal,
                    principalType: "ServicePrincipal",
                    scope: secret.id,
                },
                child,
            ),
        );
        return {
            serviceAccount: { name: serviceAccount, annotations: identity.annotations },
            provider: this.providerSpec(serviceAccount),
            grants: [...grants, ...this.access],
        };
    }

    /** @see https://external-secrets.io/latest/provider/azure-key-vault/ */
    private providerSpec(serviceAccount: string): pulumi.Output<Record<string, unknown>> {
        return pulumi
            .all([this.url, this.foundation.tenantId])
            .apply(([vaultUrl, tenantId]): Record<string, unknown> => ({
                azurekv: {
                    authType: "WorkloadIdentity",
                    vaultUrl,
                    tenantId,
                    serviceAccountRef: { name: serviceAccount },
                },
            }));
    }
}

/** Without private endpoints the vault listens to the nodes' subnets, and to nobody else. */
function vaultProperties({ foundation, network, recoverable }: AzureSecretStoreArgs) {
    const closed = network.privateZone("secretStore") !== undefined;
    return {
        tenantId: foundation.tenantId,
        sku: { family: "A", name: "standard" as const },
        enableRbacAuthorization: true,
        enableSoftDelete: true,
        // Fixed when the vault is made, so `recoverable` must not change it.
        softDeleteRetentionInDays: 90,
        // Azure refuses `false`: protection is absent, or on for good.
        ...(recoverable && { enablePurgeProtection: true }),
        enabledForDeployment: false,
        enabledForDiskEncryption: false,
        enabledForTemplateDeployment: false,
        publicNetworkAccess: closed ? "Disabled" : "Enabled",
        networkAcls: {
            bypass: "AzureServices",
            defaultAction: "Deny",
            ipRules: [],
            virtualNetworkRules: closed
                ? []
                : Object.values(network.nodeSubnetIds).map((id) => ({ id })),
        },
    };
}
