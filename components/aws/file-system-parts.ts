import type * as pulumi from "@pulumi/pulumi";
import type { FileSystem } from "@pulumi/aws/efs/fileSystem.js";
import { FileSystemPolicy } from "@pulumi/aws/efs/fileSystemPolicy.js";
import { MountTarget } from "@pulumi/aws/efs/mountTarget.js";
import type { FileDriver } from "./file-driver.ts";
import type { AwsFoundation } from "./foundation.ts";
import { policyDocument } from "./iam.ts";
import type { AwsNetwork } from "./network.ts";
import { storeGroup } from "./store-network.ts";
import { ZONES } from "./subnets.ts";

/** NFS from the nodes. */
const FILES = { kind: "Files", protocol: "NFS", port: 2049 } as const;

/** Where nodes find a file system: an address in each zone, or in the one that it has. */
export function mountTargets(
    name: string,
    {
        network,
        fileSystem,
        highAvailability,
    }: { network: AwsNetwork; fileSystem: FileSystem; highAvailability: boolean },
    parent: pulumi.Resource,
): readonly MountTarget[] {
    const group = storeGroup(name, network, FILES, parent);
    const zones = highAvailability ? ZONES : ZONES.slice(0, 1);
    return network.privateSubnetIds
        .slice(0, zones.length)
        .map(
            (subnetId, index) =>
                new MountTarget(
                    `${name}-${zones[index]}`,
                    { fileSystemId: fileSystem.id, subnetId, securityGroups: [group.id] },
                    { parent },
                ),
        );
}

/**
 * Lets the driver mount over TLS through access points, so that no pod gets beyond its namespace's folder; a file system
 * with a policy lets in nobody without an identity. Whoever else has the right by IAM needs TLS too.
 *
 * @see https://docs.aws.amazon.com/efs/latest/ug/iam-access-control-nfs-efs.html
 */
export function filePolicy(
    name: string,
    {
        foundation,
        fileSystem,
        driver,
    }: { foundation: AwsFoundation; fileSystem: FileSystem; driver: FileDriver },
    parent: pulumi.Resource,
): FileSystemPolicy {
    const { region, account } = foundation;
    const policy = policyDocument(
        {
            Sid: "DriverMountsAccessPoints",
            Effect: "Allow",
            Principal: { AWS: driver.roleArn },
            Action: ["elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite"],
            Resource: fileSystem.arn,
            Condition: {
                Bool: { "elasticfilesystem:AccessedViaMountTarget": "true" },
                StringLike: {
                    "elasticfilesystem:AccessPointArn": `arn:aws:elasticfilesystem:${region}:${account}:access-point/*`,
                },
            },
        },
        {
            Sid: "TlsOnly",
            Effect: "Deny",
            Principal: { AWS: "*" },
            Action: [
                "elasticfilesystem:ClientMount",
                "elasticfilesystem:ClientWrite",
                "elasticfilesystem:ClientRootAccess",
            ],
            Resource: fileSystem.arn,
            Condition: { Bool: { "aws:SecureTransport": "false" } },
        },
    );
    return new FileSystemPolicy(name, { fileSystemId: fileSystem.id, policy }, { parent });
}
