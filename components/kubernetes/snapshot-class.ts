import { CustomResource } from "@pulumi/kubernetes/apiextensions/customResource.js";
import type * as pulumi from "@pulumi/pulumi";
import type { CloudName } from "../contracts/cloud.ts";
import type { Tags } from "../lib/tags.ts";
import { toLabels, toTags } from "../lib/tags.ts";
import type { Within } from "./platform-namespace.ts";
import { disk, pairs, volumeTags } from "./storage-classes.ts";

/** The name of the class of snapshots, the same on every cloud. */
export const SNAPSHOT_CLASS = "block";

/** Where snapshots of a class are made, and what they are called by. */
export interface SnapshotClassArgs {
    readonly cloud: CloudName;
    readonly region: string;
    /** Become tags or labels of the snapshots. */
    readonly tags: Tags;
    /** What has to stand before: the nodes, and with them the controller of snapshots where it is an add-on. */
    readonly dependsOn: readonly pulumi.Resource[];
}

/** A class of snapshots. Nobody publishes the type for TypeScript; this follows external-snapshotter 8. */
export interface VolumeSnapshotClass {
    readonly apiVersion: "snapshot.storage.k8s.io/v1";
    readonly kind: "VolumeSnapshotClass";
    readonly metadata: { readonly name: string };
    readonly driver: string;
    /** Whether the copy in the cloud goes with its object, or stays. */
    readonly deletionPolicy: "Delete" | "Retain";
    readonly parameters: Readonly<Record<string, string>>;
}

/**
 * What a snapshot asks its cloud's driver for: its tags, on Azure that it holds only what changed, and on Google Cloud
 * that it stays in the site's region. AWS keeps them in the region and increments everywhere.
 *
 * @see https://github.com/kubernetes-sigs/aws-ebs-csi-driver/blob/master/docs/tagging.md
 * @see https://github.com/kubernetes-sigs/azuredisk-csi-driver/blob/master/docs/driver-parameters.md
 * @see https://docs.cloud.google.com/kubernetes-engine/docs/how-to/persistent-volumes/volume-snapshots
 */
function parameters({ cloud, region, tags }: SnapshotClassArgs): Record<string, string> {
    switch (cloud) {
        case "aws":
            return volumeTags(tags);
        case "azure":
            return { incremental: "true", tags: pairs(toTags(tags)) };
        case "gcp":
            return { "storage-locations": region, labels: pairs(toLabels(tags)) };
    }
}

/**
 * The class of snapshots. A snapshot goes with its object: if it were retained, none would ever expire, because whoever
 * deletes an old one deletes the object.
 */
export function snapshotClassManifest(args: SnapshotClassArgs): VolumeSnapshotClass {
    return {
        apiVersion: "snapshot.storage.k8s.io/v1",
        kind: "VolumeSnapshotClass",
        metadata: { name: SNAPSHOT_CLASS },
        driver: disk(args.cloud, args.tags).provisioner,
        deletionPolicy: "Delete",
        parameters: parameters(args),
    };
}

/** Makes the class. A changed tag makes it anew, which no snapshot notices; they keep the tags that they were made with. */
export function snapshotClass(
    name: string,
    args: SnapshotClassArgs,
    within: Within,
): pulumi.Resource {
    return new CustomResource(`${name}-${SNAPSHOT_CLASS}`, snapshotClassManifest(args), {
        ...within,
        dependsOn: [...args.dependsOn],
        // Kubernetes lets nobody rely on a class that changes.
        replaceOnChanges: ["driver", "deletionPolicy", "parameters"],
        deleteBeforeReplace: true,
    });
}
