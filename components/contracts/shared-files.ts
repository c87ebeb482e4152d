import type * as pulumi from "@pulumi/pulumi";
import type { Days, Gibibytes } from "../lib/units.ts";

/**
 * A file system that many pods mount at once (`ReadWriteMany`): encrypted, mounted by the nodes, reachable from nowhere
 * else.
 *
 * EFS on AWS, an NFS share of Azure Files on Azure, Filestore on Google Cloud.
 */
export interface SharedFilesArgs {
    /** True if the files survive the loss of a zone. Changing it replaces the file system, so it is refused while it is protected. */
    readonly highAvailability: boolean;
    /** How long daily backups are kept, 1 to 365 days. */
    readonly backupRetention: Days;
    /** True if the cloud or Pulumi refuses to delete the files. Switch it off in a step of its own. */
    readonly deletionProtection: boolean;
}

/** The `csi` part of a PersistentVolume, and what it needs besides. */
export interface FileVolume {
    readonly driver: string;
    /** Unique in the cluster. */
    readonly volumeHandle: pulumi.Output<string>;
    readonly volumeAttributes: Readonly<Record<string, pulumi.Output<string>>>;
    readonly mountOptions: readonly string[];
    /**
     * What the volume and its claim say, never more than there is. It stays when the files get more room, for a claim on a
     * volume that nobody made for it cannot grow, and nothing but the cloud holds anybody to a size.
     */
    readonly capacity: Gibibytes;
}

/** A file system that stands. */
export interface SharedFiles extends pulumi.ComponentResource {
    /** What has to stand before it can be mounted: the driver, mount targets. */
    readonly mountable: readonly pulumi.Resource[];
    /** The volume for one namespace: a folder of its own where the cloud has such a thing, else the whole share. */
    volume(name: string, namespace: string, opts?: pulumi.CustomResourceOptions): FileVolume;
}
