import type * as pulumi from "@pulumi/pulumi";
import { PersistentVolume } from "@pulumi/kubernetes/core/v1/persistentVolume.js";
import { PersistentVolumeClaim } from "@pulumi/kubernetes/core/v1/persistentVolumeClaim.js";
import type { FileVolume } from "../../contracts/shared-files.ts";
import type { Within } from "../platform-namespace.ts";
import type { Metadata } from "./workload.ts";
import { claimName } from "./volumes.ts";

/** A folder of shared files, and what has to stand before it can be mounted. */
export interface SharedFolder {
    readonly volume: FileVolume;
    readonly mountable: readonly pulumi.Resource[];
}

/** What makes an application's claims on shared files. */
interface SharedArgs extends Metadata {
    readonly folders: Readonly<Record<string, SharedFolder>>;
}

/** Kubernetes' form of a size in GiB. */
const quantity = (size: FileVolume["capacity"]) => `${Number.parseInt(size, 10)}Gi`;

/**
 * A volume and its claim for each shared folder. Both only name the files: they go with the application, the files stay.
 *
 * Returns what pods wait for.
 */
export function makeShared(
    name: string,
    { namespace, labels, folders, name: application }: SharedArgs,
    within: Within,
): pulumi.Resource[] {
    return Object.entries(folders).flatMap(([key, { volume, mountable }]) => {
        const { driver, volumeHandle, volumeAttributes, mountOptions, capacity } = volume;
        const storage = quantity(capacity);
        const shape = { accessModes: ["ReadWriteMany"], storageClassName: "" };
        const persistent = new PersistentVolume(
            `${name}-volume-${key}`,
            {
                // A dot stands in no key, so no two applications' volumes get one name in the cluster.
                metadata: { name: `${application}.${key}`, labels },
                spec: {
                    ...shape,
                    capacity: { storage },
                    mountOptions: [...mountOptions],
                    persistentVolumeReclaimPolicy: "Retain",
                    csi: { driver, volumeHandle, volumeAttributes: { ...volumeAttributes } },
                    claimRef: { namespace, name: claimName(key) },
                },
            },
            { ...within, dependsOn: [...mountable] },
        );
        const claim = new PersistentVolumeClaim(
            `${name}-volume-${key}`,
            {
                metadata: { name: claimName(key), namespace, labels },
                spec: {
                    ...shape,
                    volumeName: persistent.metadata.name,
                    resources: { requests: { storage } },
                },
            },
            // It goes when the last pod has let go of it, and pods are replaced one after the other.
            { ...within, customTimeouts: { delete: "30m" } },
        );
        return [claim];
    });
}
