import { FileServiceProperties } from "@pulumi/azure-native/storage/fileServiceProperties.js";
import { FileShare } from "@pulumi/azure-native/storage/fileShare.js";
import { StorageAccount } from "@pulumi/azure-native/storage/storageAccount.js";
import * as pulumi from "@pulumi/pulumi";
import type { FileVolume, SharedFiles, SharedFilesArgs } from "../contracts/shared-files.ts";
import { refuse } from "../lib/errors.ts";
import { compose } from "../lib/names.ts";
import type { Problem } from "../lib/problem.ts";
import { soldSizeProblems } from "../lib/sold-sizes.ts";
import { amount, type Gibibytes } from "../lib/units.ts";
import type { AzureCluster } from "./cluster.ts";
import type { AzureFoundation } from "./foundation.ts";
import { AZURE_SERVICE_LIMITS } from "./limits.ts";
import type { AzureNetwork } from "./network.ts";
import { privateLink } from "./private-link.ts";
import { backUpShares } from "./share-backups.ts";
import { dataAccount } from "./storage-account.ts";

export interface AzureSharedFilesArgs extends SharedFilesArgs {
    readonly foundation: AzureFoundation;
    readonly network: AzureNetwork;
    readonly cluster: AzureCluster;
    /**
     * The room of each share, 100 to 102400 GiB. It can be changed in place, to less only a day after it grew last.
     *
     * @default - 100 GiB, and then whatever somebody makes of it outside the program
     * @see https://learn.microsoft.com/azure/storage/files/understanding-billing#provisioned-v1-model
     */
    readonly size?: Gibibytes;
}

const LIMITS = AZURE_SERVICE_LIMITS.sharedFiles;

/** The smallest share that Azure provisions. */
const CAPACITY = `${LIMITS.size.min} GiB` satisfies Gibibytes;

/**
 * Shares of Azure Files, mounted by NFS 4.1 over TLS, in a premium storage account of their own: one share for each
 * namespace, so that none sees another's files.
 *
 * Azure provisions shares by size and never enlarges one by itself: `size` says how large each is. Where it says nothing,
 * a share begins with 100 GiB, and what `az storage share-rm update --quota` makes of it is left as it is.
 *
 * Azure Backup does not take NFS shares, so a workflow takes a snapshot of each every night. Snapshots lie in the same
 * account, in all zones with `highAvailability`; a deleted share can be undeleted with them for `backupRetention`.
 *
 * `deletionProtection` is Pulumi's alone: a lock on the account would keep the workflow from deleting old snapshots. Who
 * runs the stack needs `Microsoft.Authorization/roleDefinitions/write`, for the workflow's own role.
 *
 * Nodes' images bring what TLS needs (AZNFS) since May 2026. Microsoft's keys encrypt the files.
 *
 * Creates the account, the workflow with its role, and a private endpoint where the network has them; each share costs
 * 16 USD a month for 100 GiB (20 with `highAvailability`), the endpoint 8.
 *
 * @see https://learn.microsoft.com/azure/storage/files/encryption-in-transit-for-nfs-shares
 */
export class AzureSharedFiles extends pulumi.ComponentResource implements SharedFiles {
    readonly mountable: readonly pulumi.Resource[];
    readonly resource: StorageAccount;
    private readonly args: AzureSharedFilesArgs;
    private readonly shares = new Map<string, FileShare>();

    constructor(name: string, args: AzureSharedFilesArgs, opts?: pulumi.ComponentResourceOptions) {
        super("platform:azure:SharedFiles", name, {}, opts);
        refuse(this, name, problemsOf(args));
        const { foundation, network, backupRetention } = args;
        const child = { parent: this };
        const service = "sharedFiles" as const;
        const account = makeAccount(name, args, child);
        new FileServiceProperties(
            name,
            {
                resourceGroupName: foundation.resourceGroupName,
                accountName: account.name,
                fileServicesName: "default",
                shareDeleteRetentionPolicy: { enabled: true, days: amount(backupRetention) },
            },
            { ...child, deletedWith: account },
        );
        backUpShares(name, { foundation, network, account, retention: backupRetention }, child);

        this.args = args;
        this.resource = account;
        this.mountable = [
            account,
            ...privateLink(name, { foundation, network, service, target: account }, child),
        ];
        this.registerOutputs({ account: account.name });
    }

    /** The volume of a namespace's own share, which is made when it is asked for first. */
    volume(name: string, namespace: string, opts?: pulumi.CustomResourceOptions): FileVolume {
        const share = this.shares.get(namespace) ?? this.makeShare(name, namespace, opts);
        this.shares.set(namespace, share);
        return {
            driver: "file.csi.azure.com",
            volumeHandle: pulumi.interpolate`${this.resource.name}_${share.name}`,
            volumeAttributes: {
                resourceGroup: this.args.foundation.resourceGroupName,
                storageAccount: this.resource.name,
                shareName: share.name,
                protocol: pulumi.output("nfs"),
                // The account takes no other mounts.
                encryptInTransit: pulumi.output("true"),
            },
            mountOptions: ["noresvport"],
            capacity: CAPACITY,
        };
    }

    private makeShare(
        name: string,
        namespace: string,
        opts: pulumi.CustomResourceOptions = {},
    ): FileShare {
        const { size } = this.args;
        return new FileShare(
            name,
            {
                resourceGroupName: this.args.foundation.resourceGroupName,
                accountName: this.resource.name,
                // A namespace's own name may be too short for a share.
                shareName: compose(AZURE_SERVICE_LIMITS.names.sharedFiles, "files", namespace),
                enabledProtocols: "NFS",
                // The driver prepares the share as root; pods never are.
                rootSquash: "NoRootSquash",
                shareQuota: amount(size ?? CAPACITY),
            },
            {
                parent: this,
                protect: this.args.deletionProtection,
                deleteBeforeReplace: true,
                deletedWith: this.resource,
                // Nobody said how large it shall be, so it may have been enlarged.
                ignoreChanges: size === undefined ? ["shareQuota"] : [],
                ...opts,
            },
        );
    }
}

function makeAccount(
    name: string,
    args: AzureSharedFilesArgs,
    opts: pulumi.CustomResourceOptions,
): StorageAccount {
    const { foundation, network, highAvailability, deletionProtection } = args;
    return new StorageAccount(
        name,
        {
            ...dataAccount(name, { foundation, network, service: "sharedFiles" }),
            kind: "FileStorage",
            sku: { name: highAvailability ? "Premium_ZRS" : "Premium_LRS" },
        },
        {
            ...opts,
            protect: deletionProtection,
            deleteBeforeReplace: true,
            // Azure moves data to more zones in a conversion that takes days, and the provider does not know.
            replaceOnChanges: ["sku"],
        },
    );
}

function problemsOf({ backupRetention, size }: AzureSharedFilesArgs): Problem[] {
    const { min, max } = LIMITS.backupRetention;
    const days = amount(backupRetention);
    const sold = size ? soldSizeProblems("size", size, LIMITS.size, "a share on Azure") : [];
    if (Number.isInteger(days) && days >= min && days <= max) return sold;
    return [
        ...sold,
        {
            path: "backupRetention",
            value: backupRetention,
            message: `is not between ${min} and ${max} days, the most snapshots that a share on Azure can have`,
            fix: `Choose ${max} days or less`,
        },
    ];
}
