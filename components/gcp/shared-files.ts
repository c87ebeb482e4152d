import * as pulumi from "@pulumi/pulumi";
import { Instance } from "@pulumi/gcp/filestore/instance.js";
import type { FileVolume, SharedFiles, SharedFilesArgs } from "../contracts/shared-files.ts";
import { refuse } from "../lib/errors.ts";
import type { Problem } from "../lib/problem.ts";
import { soldSizeProblems } from "../lib/sold-sizes.ts";
import { type Gibibytes, amount } from "../lib/units.ts";
import { backUpDaily } from "./file-backups.ts";
import type { GcpFoundation } from "./foundation.ts";
import { GCP_SERVICE_LIMITS } from "./limits.ts";
import type { GcpNetwork } from "./network.ts";
import { checkServicesRoom } from "./private-services.ts";

export interface GcpSharedFilesArgs extends SharedFilesArgs {
    readonly foundation: GcpFoundation;
    readonly network: GcpNetwork;
    /**
     * The room, 1024 to 9984 GiB in steps of 256 GiB. It can be changed in place, to less as long as the files still fit.
     *
     * @default 1024 GiB
     * @see https://docs.cloud.google.com/filestore/docs/editing-instances
     */
    readonly size?: Gibibytes;
}

const LIMITS = GCP_SERVICE_LIMITS.sharedFiles;

/** The one share of an instance: 16 characters at most. */
const SHARE = "files";

/** The least that Filestore sells of both tiers. */
const CAPACITY = `${LIMITS.size.min} GiB` satisfies Gibibytes;

/** How Filestore wants to be mounted: wait for it, whatever happens. */
const MOUNT_OPTIONS = ["hard", "timeo=600", "retrans=3"] as const;

/**
 * A Filestore instance with one NFS share, in all zones of the region when highly available, else in one. Only the
 * site's nodes can mount it; what they write crosses Google's network encrypted, as all traffic inside a VPC does.
 *
 * All namespaces that mount it see the same files: Filestore has no folders with rights of their own.
 *
 * It is encrypted with Google's own key, for Backup and DR cannot keep daily backups of an instance with a customer's.
 * The backups lie in a vault that outlives the instance until the last one expires, and that nobody can empty.
 *
 * It holds 1 TiB or `size`, and does not grow by itself. Costs about 256 USD a month for each TiB in one zone, 461 USD
 * highly available, and the backups.
 *
 * @see https://docs.cloud.google.com/filestore/docs/backups
 */
export class GcpSharedFiles extends pulumi.ComponentResource implements SharedFiles {
    readonly mountable: readonly pulumi.Resource[];
    /** The instance itself. */
    readonly resource: Instance;
    readonly #address: pulumi.Output<string>;

    constructor(name: string, args: GcpSharedFilesArgs, opts?: pulumi.ComponentResourceOptions) {
        super("platform:gcp:SharedFiles", name, {}, opts);
        refuse(this, name, [...checkServicesRoom(args.network), ...checkArgs(args)]);
        const within = { parent: this };
        this.resource = makeInstance(name, args, within);
        this.#address = this.resource.networks.apply(([network]) => network?.ipAddresses[0] ?? "");
        backUpDaily(
            name,
            {
                foundation: args.foundation,
                instance: this.resource,
                retention: args.backupRetention,
            },
            within,
        );
        this.mountable = [this.resource];
        this.registerOutputs({ address: this.#address });
    }

    /** Nothing is made: the share is the same for all. Nodes mount it by the attributes; the handle only has to differ. */
    volume(_name: string, namespace: string): FileVolume {
        const { location, name } = this.resource;
        return {
            driver: "filestore.csi.storage.gke.io",
            volumeHandle: pulumi.interpolate`modeInstance/${location}/${name}/${SHARE}-${namespace}`,
            volumeAttributes: { ip: this.#address, volume: pulumi.output(SHARE) },
            mountOptions: MOUNT_OPTIONS,
            capacity: CAPACITY,
        };
    }
}

function checkArgs({ backupRetention, size }: GcpSharedFilesArgs): Problem[] {
    const { min, max } = LIMITS.backupRetention;
    const days = amount(backupRetention);
    const sold = size ? soldSizeProblems("size", size, LIMITS.size, "this file system") : [];
    if (days >= min && days <= max) return sold;
    return [
        ...sold,
        {
            path: "backupRetention",
            value: backupRetention,
            message: `is outside the ${min} to ${max} days that Backup and DR keeps daily backups`,
            fix: "Choose a period within that",
        },
    ];
}

function makeInstance(
    name: string,
    args: GcpSharedFilesArgs,
    opts: pulumi.CustomResourceOptions,
): Instance {
    const { foundation, network, highAvailability, deletionProtection } = args;
    const { region } = foundation;
    const { connection, range } = network.databaseAccess;
    return new Instance(
        name,
        {
            tier: highAvailability ? "REGIONAL" : "ZONAL",
            location: highAvailability ? region : `${region}-b`,
            protocol: "NFS_V3",
            fileShares: {
                name: SHARE,
                capacityGb: amount(args.size ?? CAPACITY),
                nfsExportOptions: [
                    {
                        ipRanges: [network.ranges.nodes],
                        accessMode: "READ_WRITE",
                        // The node gives the files to the pods' group (fsGroup), which takes root.
                        squashMode: "NO_ROOT_SQUASH",
                    },
                ],
            },
            networks: [
                {
                    network: network.networkId,
                    modes: ["MODE_IPV4"],
                    connectMode: "PRIVATE_SERVICE_ACCESS",
                    reservedIpRange: range.name,
                },
            ],
            deletionProtectionEnabled: deletionProtection,
            deletionPolicy: deletionProtection ? "PREVENT" : "DELETE",
        },
        {
            ...opts,
            protect: deletionProtection,
            dependsOn: [foundation.onDemand.api("files"), connection],
        },
    );
}
