import * as pulumi from "@pulumi/pulumi";
import { AccessPoint } from "@pulumi/aws/efs/accessPoint.js";
import { FileSystem } from "@pulumi/aws/efs/fileSystem.js";
import type { MountTarget } from "@pulumi/aws/efs/mountTarget.js";
import type { FileVolume, SharedFiles, SharedFilesArgs } from "../contracts/shared-files.ts";
import { refuse } from "../lib/errors.ts";
import type { Problem } from "../lib/problem.ts";
import { amount } from "../lib/units.ts";
import type { AwsCluster } from "./cluster.ts";
import { EncryptionKey } from "./encryption-key.ts";
import { backUp } from "./file-backups.ts";
import type { FileDriver } from "./file-driver.ts";
import { fileDriver } from "./file-driver.ts";
import { filePolicy, mountTargets } from "./file-system-parts.ts";
import type { AwsFoundation } from "./foundation.ts";
import { AWS_SERVICE_LIMITS } from "./limits.ts";
import { nameProblems } from "./name-problems.ts";
import type { AwsNetwork } from "./network.ts";

/** Shared files' arguments on AWS. */
export interface AwsSharedFilesArgs extends SharedFilesArgs {
    readonly foundation: AwsFoundation;
    readonly network: AwsNetwork;
    readonly cluster: AwsCluster;
}

/** Who the files of a namespace belong to, whoever its pods run as: an access point takes all of them for this user. */
const OWNER = 10_001;

/**
 * An EFS file system, encrypted with its own key, in all three zones or, without high availability, in one, from which
 * nodes of the others mount it too.
 *
 * Only the cluster's driver mounts it, over TLS, with its IAM identity and through an access point: a folder for each
 * namespace, beyond which its pods see nothing. Files that nobody read for 30 days move to the cheaper class and come back
 * with the first read. AWS Backup copies it every night, in a vault under the same key.
 *
 * Costs about 0.36 USD a month for each GiB (0.19 in one zone), 0.03 for each that nobody reads, reads and writes by volume
 * (0.04 and 0.07 USD for each GiB), 0.06 for each GiB of backups, and 1 USD for the key.
 */
export class AwsSharedFiles extends pulumi.ComponentResource implements SharedFiles {
    readonly mountable: readonly pulumi.Resource[];

    readonly #fileSystem: FileSystem;
    readonly #driver: FileDriver;
    /** The only one there is, without high availability: it has no name in the other zones. */
    readonly #onlyTarget: MountTarget | undefined;

    constructor(name: string, args: AwsSharedFilesArgs, opts?: pulumi.ComponentResourceOptions) {
        super("platform:aws:SharedFiles", name, {}, opts);
        refuse(this, name, checkSharedFiles(name, args));
        const { network, foundation, highAvailability, deletionProtection } = args;
        const key = new EncryptionKey(
            name,
            {
                account: foundation.account,
                description: `Files in ${name} and their backups`,
                alias: `${name}/files`,
                deletionProtection,
            },
            { parent: this },
        );
        const fileSystem = new FileSystem(
            name,
            {
                encrypted: true,
                kmsKeyId: key.arn,
                ...(!highAvailability && { availabilityZoneName: network.firstZone }),
                throughputMode: "elastic",
                lifecyclePolicies: [
                    { transitionToIa: "AFTER_30_DAYS" },
                    { transitionToPrimaryStorageClass: "AFTER_1_ACCESS" },
                ],
                tags: { Name: name },
            },
            { parent: this, protect: deletionProtection },
        );
        this.#fileSystem = fileSystem;
        this.#driver = fileDriver(args.cluster);
        const targets = mountTargets(name, { ...args, fileSystem }, this);
        const policy = filePolicy(name, { foundation, fileSystem, driver: this.#driver }, this);
        backUp(name, { ...args, fileSystem, keyArn: key.arn }, this);
        this.#onlyTarget = highAvailability ? undefined : targets[0];
        this.mountable = [...this.#driver.ready, ...targets, policy];
        this.registerOutputs({ fileSystemId: fileSystem.id });
    }

    volume(name: string, namespace: string, opts?: pulumi.CustomResourceOptions): FileVolume {
        const point = new AccessPoint(
            name,
            {
                fileSystemId: this.#fileSystem.id,
                posixUser: { uid: OWNER, gid: OWNER },
                rootDirectory: {
                    path: `/${namespace}`,
                    creationInfo: { ownerUid: OWNER, ownerGid: OWNER, permissions: "0770" },
                },
                tags: { Name: name },
            },
            pulumi.mergeOptions({ parent: this }, opts),
        );
        return {
            driver: this.#driver.driver,
            volumeHandle: pulumi.interpolate`${this.#fileSystem.id}::${point.id}`,
            volumeAttributes: {
                encryptInTransit: pulumi.output("true"),
                ...(this.#onlyTarget && { mounttargetip: this.#onlyTarget.ipAddress }),
            },
            mountOptions: ["iam"],
            // EFS grows by itself and looks at no size.
            capacity: "1 GiB",
        };
    }
}

/** What AWS would refuse. */
function checkSharedFiles(name: string, { backupRetention }: SharedFilesArgs): readonly Problem[] {
    const { min, max } = AWS_SERVICE_LIMITS.sharedFiles.backupRetention;
    const problems = nameProblems(AWS_SERVICE_LIMITS.names.sharedFiles, name);
    const days = amount(backupRetention);
    if (Number.isInteger(days) && days >= min && days <= max) return problems;
    const message = `is not a whole number of days from ${min} to ${max}`;
    const fix = "Choose such a period";
    return [...problems, { path: "backupRetention", value: backupRetention, message, fix }];
}
