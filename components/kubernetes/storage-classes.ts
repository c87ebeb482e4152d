import { StorageClass } from "@pulumi/kubernetes/storage/v1/storageClass.js";
import type { CloudName } from "../contracts/cloud.ts";
import type { Tags } from "../lib/tags.ts";
import { toLabels, toTags } from "../lib/tags.ts";
import type { Within } from "./platform-namespace.ts";

/**
 * The classes of encrypted block volumes, under one name on every cloud (G3.27). A volume of `block` dies with its claim;
 * one of `block-retain` stays until somebody deletes it in the cloud.
 */
const BLOCK_CLASSES = { block: "Delete", "block-retain": "Retain" } as const;

/** The name of a class of block volumes. */
export type BlockClass = keyof typeof BLOCK_CLASSES;

/** The class for what is protected against deletion, and for what is not. */
export function blockClass(deletionProtection: boolean): BlockClass {
    return deletionProtection ? "block-retain" : "block";
}

/** What a class asks its cloud's driver for. */
interface Disk {
    readonly provisioner: string;
    readonly parameters: Readonly<Record<string, string>>;
}

/**
 * SSD volumes by the cloud's CSI driver, encrypted by the cloud: a middle class of each, with a price per gibibyte and no
 * operations to buy.
 *
 * AWS encrypts because it is asked to; Azure and Google Cloud encrypt every disk.
 *
 * @see https://github.com/kubernetes-sigs/aws-ebs-csi-driver/blob/master/docs/parameters.md
 * @see https://github.com/kubernetes-sigs/azuredisk-csi-driver/blob/master/docs/driver-parameters.md
 * @see https://docs.cloud.google.com/kubernetes-engine/docs/concepts/storage-overview
 */
export function disk(cloud: CloudName, tags: Tags): Disk {
    const fsType = { "csi.storage.k8s.io/fstype": "ext4" };
    switch (cloud) {
        case "aws":
            return {
                provisioner: "ebs.csi.aws.com",
                parameters: { ...fsType, type: "gp3", encrypted: "true", ...volumeTags(tags) },
            };
        case "azure":
            return {
                provisioner: "disk.csi.azure.com",
                parameters: { ...fsType, skuName: "Premium_LRS", tags: pairs(toTags(tags)) },
            };
        case "gcp":
            return {
                provisioner: "pd.csi.storage.gke.io",
                parameters: { ...fsType, type: "pd-balanced", labels: pairs(toLabels(tags)) },
            };
    }
}

/** Tags as the driver of AWS takes them: one parameter each. */
export function volumeTags(tags: Tags): Record<string, string> {
    return Object.fromEntries(
        Object.entries(toTags(tags)).map(([key, value], index) => [
            `tagSpecification_${index + 1}`,
            `${key}=${value}`,
        ]),
    );
}

/** Tags as the other drivers take them: all in one text, whose own marks no tag can hold. */
export function pairs(tags: Readonly<Record<string, string>>): string {
    const plain = (text: string) => text.replaceAll(/[,=]/g, "-");
    return Object.entries(tags)
        .map(([key, value]) => `${plain(key)}=${plain(value)}`)
        .join(",");
}

/**
 * Makes both classes. Volumes are made where their first pod is to run, so that pod and volume are in one zone, and can
 * grow.
 *
 * A changed tag makes the classes anew, which no volume notices; volumes keep the tags that they were made with.
 */
export function storageClasses(
    name: string,
    args: { readonly cloud: CloudName; readonly tags: Tags },
    within: Within,
): Readonly<Record<BlockClass, StorageClass>> {
    const make = (block: BlockClass) =>
        new StorageClass(
            `${name}-${block}`,
            {
                metadata: { name: block },
                ...disk(args.cloud, args.tags),
                reclaimPolicy: BLOCK_CLASSES[block],
                volumeBindingMode: "WaitForFirstConsumer",
                allowVolumeExpansion: true,
            },
            { ...within, deleteBeforeReplace: true },
        );
    return { block: make("block"), "block-retain": make("block-retain") };
}
