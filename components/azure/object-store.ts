import { BlobContainer } from "@pulumi/azure-native/storage/blobContainer.js";
import { BlobServiceProperties } from "@pulumi/azure-native/storage/blobServiceProperties.js";
import { ManagementPolicy } from "@pulumi/azure-native/storage/managementPolicy.js";
import { StorageAccount } from "@pulumi/azure-native/storage/storageAccount.js";
import * as pulumi from "@pulumi/pulumi";
import type { WorkloadIdentity } from "../contracts/cluster.ts";
import { PUBLIC_TLS, type Destination } from "../contracts/destination.ts";
import type { ObjectAccess, ObjectStore, ObjectStoreArgs } from "../contracts/object-store.ts";
import { refuse } from "../lib/errors.ts";
import { compose } from "../lib/names.ts";
import type { AzureCluster } from "./cluster.ts";
import type { AzureFoundation } from "./foundation.ts";
import { AZURE_SERVICE_LIMITS } from "./limits.ts";
import { lock } from "./lock.ts";
import { sendLogs } from "./logs.ts";
import type { AzureNetwork } from "./network.ts";
import { corsRules, lifecycleRules, objectStoreProblems, softDelete } from "./object-rules.ts";
import { privateLink } from "./private-link.ts";
import { grant, type GrantArgs } from "./roles.ts";
import { dataAccount } from "./storage-account.ts";

export interface AzureObjectStoreArgs extends ObjectStoreArgs {
    readonly foundation: AzureFoundation;
    readonly network: AzureNetwork;
}

const ACCESS_ROLES = {
    read: "storageBlobDataReader",
    write: "storageBlobDataContributor",
} as const satisfies Record<ObjectAccess, GrantArgs["role"]>;

/**
 * A blob container in a storage account of its own, with copies in three zones, as S3 and Cloud Storage have them.
 *
 * Azure counts a version's age from when it was written, so one that has been current for long may be deleted soon after
 * it was replaced. It can then be undeleted for `versionRetention`: what is lost can be had back for at least that long,
 * and for twice as long at most.
 *
 * Addresses are signed with the workload's own identity (user delegation), since account keys are off. The account is
 * closed to the internet, so pages reach it with them only from the network and what is connected to it.
 *
 * Objects are encrypted with Microsoft's keys. `deletionProtection` is a lock, which also keeps the grants on the store.
 *
 * Creates an account, its container, its rules and log settings, and a private endpoint where the network has them; costs
 * some 0.023 USD per GiB a month, half of it when cool, and 8 USD for the endpoint.
 *
 * @see https://learn.microsoft.com/azure/storage/blobs/
 */
export class AzureObjectStore
    extends pulumi.ComponentResource
    implements ObjectStore<AzureCluster>
{
    readonly bucket: pulumi.Output<string>;
    readonly endpoint: pulumi.Output<string>;
    readonly destinations: readonly Destination[];
    readonly resource: StorageAccount;
    private readonly container: BlobContainer;
    private readonly foundation: AzureFoundation;
    private readonly access: readonly pulumi.Resource[];

    constructor(name: string, args: AzureObjectStoreArgs, opts?: pulumi.ComponentResourceOptions) {
        super("platform:azure:ObjectStore", name, {}, opts);
        refuse(this, name, objectStoreProblems(args));
        const { foundation, network } = args;
        const child = { parent: this };
        const service = "objectStore" as const;

        const account = new StorageAccount(
            name,
            {
                ...dataAccount(name, { foundation, network, service }),
                kind: "StorageV2",
                sku: { name: "Standard_ZRS" },
                accessTier: "Hot",
            },
            { ...child, protect: args.deletionProtection, deleteBeforeReplace: true },
        );
        const container = makeContainer(name, args, account, child);
        const blobs = { id: pulumi.interpolate`${account.id}/blobServices/default` };
        this.access = privateLink(name, { foundation, network, service, target: account }, child);
        const covered = [
            container,
            ...applyRules(name, args, account, child),
            ...this.access,
            sendLogs(name, { resource: blobs, workspaceId: network.workspace.id }, child),
        ];
        if (args.deletionProtection) lock(name, account, covered, child);

        this.resource = account;
        this.container = container;
        this.foundation = foundation;
        this.bucket = container.name;
        this.endpoint = account.primaryEndpoints.apply(({ blob }) => blob.replace(/\/$/, ""));
        this.destinations =
            this.access.length > 0
                ? [{ cidrs: [network.endpointCidr], ports: [443] }]
                : [PUBLIC_TLS];
        this.registerOutputs({ bucket: this.bucket, endpoint: this.endpoint });
    }

    grant(
        name: string,
        args: {
            readonly cluster: AzureCluster;
            readonly identity: WorkloadIdentity;
            readonly access: ObjectAccess;
        },
        opts?: pulumi.CustomResourceOptions,
    ): readonly pulumi.Resource[] {
        const child = { parent: this, ...opts };
        const common = {
            foundation: this.foundation,
            principalId: args.identity.principal,
            principalType: "ServicePrincipal" as const,
        };
        const objects = { role: ACCESS_ROLES[args.access], scope: this.container.id };
        // Azure gives out what addresses are signed with for a whole account, and only ever honours it within the role above.
        const signing = { role: "storageBlobDelegator" as const, scope: this.resource.id };
        return [
            grant(name, { ...common, ...objects }, child),
            grant(`${name}-signing`, { ...common, ...signing }, child),
            ...this.access,
        ];
    }
}

function makeContainer(
    name: string,
    { foundation, deletionProtection }: AzureObjectStoreArgs,
    account: StorageAccount,
    opts: pulumi.CustomResourceOptions,
): BlobContainer {
    return new BlobContainer(
        name,
        {
            resourceGroupName: foundation.resourceGroupName,
            accountName: account.name,
            containerName: compose(AZURE_SERVICE_LIMITS.names.objectStore, name),
            publicAccess: "None",
        },
        { ...opts, protect: deletionProtection, deletedWith: account, deleteBeforeReplace: true },
    );
}

/** What happens to blobs over time, and who may read them from a page. */
function applyRules(
    name: string,
    args: AzureObjectStoreArgs,
    account: StorageAccount,
    opts: pulumi.CustomResourceOptions,
): pulumi.Resource[] {
    const own = {
        resourceGroupName: args.foundation.resourceGroupName,
        accountName: account.name,
    };
    const inAccount = { ...opts, deletedWith: account };
    const service = new BlobServiceProperties(
        name,
        {
            ...own,
            blobServicesName: "default",
            isVersioningEnabled: args.versioning,
            deleteRetentionPolicy: softDelete(args),
            containerDeleteRetentionPolicy: softDelete(args),
            cors: { corsRules: corsRules(args.corsOrigins) },
        },
        inAccount,
    );
    const policy = new ManagementPolicy(
        name,
        { ...own, managementPolicyName: "default", policy: { rules: lifecycleRules(args) } },
        inAccount,
    );
    return [service, policy];
}
