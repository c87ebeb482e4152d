import { UNKNOWN, type Example, type StackExample } from "../example.ts";

const KEY = "arn:aws:kms:eu-west-1:1:key/2f6a";
const SECRET = "aws:secretsmanager/secret:Secret";
const ROTATION = "aws:secretsmanager/secretRotation:SecretRotation";
const VOLUME = "aws:ebs/volume:Volume";
const BY_DEFAULT = "aws:ebs/encryptionByDefault:EncryptionByDefault";

export const storageExamples: Record<string, readonly Example[]> = {
    "secret-cmk-rotation": [
        {
            type: SECRET,
            good: { name: "db", kmsKeyId: KEY },
            breaks: [
                { title: "no key is named", set: ["kmsKeyId", undefined], at: ["kmsKeyId"] },
                {
                    title: "the key is the one that AWS keeps",
                    set: ["kmsKeyId", "alias/aws/secretsmanager"],
                    at: ["kmsKeyId"],
                },
            ],
            undecided: "kmsKeyId",
        },
        {
            type: ROTATION,
            good: { secretId: "db", rotationEnabled: true },
            breaks: [
                {
                    title: "it is switched off",
                    set: ["rotationEnabled", false],
                    at: ["rotationEnabled"],
                },
            ],
            undecided: "rotationEnabled",
        },
    ],
    "disk-encrypted-at-rest": [
        {
            type: "aws:efs/fileSystem:FileSystem",
            good: { creationToken: "shared", encrypted: true },
            breaks: [
                {
                    title: "nothing is said, and plain is the default",
                    set: ["encrypted", undefined],
                    at: ["encrypted"],
                },
            ],
            undecided: "encrypted",
        },
        {
            type: BY_DEFAULT,
            good: { enabled: true },
            breaks: [{ title: "it is switched off", set: ["enabled", false], at: ["enabled"] }],
            undecided: "enabled",
        },
    ],
};

const MACHINES = ["instance:Instance", "spotInstanceRequest:SpotInstanceRequest"].concat(
    "launchConfiguration:LaunchConfiguration",
);

function machine(name: string): StackExample {
    return {
        title: `a machine that describes its disks (${name})`,
        good: [
            {
                name: "web",
                type: `aws:ec2/${name}`,
                inputs: {
                    rootBlockDevice: { encrypted: true, volumeSize: 50 },
                    ebsBlockDevices: [{ deviceName: "/dev/sdf", encrypted: true }],
                },
            },
        ],
        breaks: [
            {
                title: "the first disk is plain",
                set: ["web", "rootBlockDevice.encrypted", undefined],
                at: [["web", "rootBlockDevice.encrypted"]],
            },
            {
                title: "a further disk is plain",
                set: ["web", "ebsBlockDevices[0].encrypted", false],
                at: [["web", "ebsBlockDevices[0].encrypted"]],
            },
        ],
        undecided: ["web", "rootBlockDevice"],
    };
}

const disks: readonly StackExample[] = [
    ...MACHINES.map(machine),
    {
        title: "a disk",
        good: [{ name: "data", type: VOLUME, inputs: { size: 50, encrypted: true } }],
        breaks: [
            {
                title: "nothing is said, and plain is the default",
                set: ["data", "encrypted", undefined],
                at: [["data", "encrypted"]],
            },
        ],
        undecided: ["data", "encrypted"],
    },
    {
        title: "a disk of a region that encrypts by default",
        good: [
            { name: "data", type: VOLUME, inputs: { size: 50, region: "eu-west-1" } },
            { name: "all", type: BY_DEFAULT, inputs: { enabled: true, region: "eu-west-1" } },
        ],
        breaks: [
            {
                title: "the region does not",
                set: ["all", "enabled", false],
                at: [["data", "encrypted"]],
            },
            {
                title: "another region does",
                set: ["all", "region", "us-east-1"],
                at: [["data", "encrypted"]],
            },
        ],
        undecided: ["all", "region"],
    },
    {
        title: "a launch template",
        good: [
            {
                name: "nodes",
                type: "aws:ec2/launchTemplate:LaunchTemplate",
                inputs: {
                    blockDeviceMappings: [
                        { deviceName: "/dev/xvda", ebs: { encrypted: "true", volumeSize: 50 } },
                        { deviceName: "/dev/sdb", virtualName: "ephemeral0" },
                    ],
                },
            },
        ],
        breaks: [
            {
                title: "the disk is plain",
                set: ["nodes", "blockDeviceMappings[0].ebs.encrypted", "false"],
                at: [["nodes", "blockDeviceMappings[0].ebs.encrypted"]],
            },
        ],
        undecided: ["nodes", "blockDeviceMappings"],
    },
];

/** The resource says so itself, so it is of no matter what the snapshot says. */
const copy: StackExample = {
    title: "a copy of a snapshot",
    good: [{ name: "copy", type: VOLUME, inputs: { snapshotId: "snap-1", encrypted: true } }],
    breaks: [],
    undecided: ["copy", "encrypted"],
};

export const storageStackExamples: Record<string, readonly StackExample[]> = {
    "secret-cmk-rotation": [
        {
            title: "a secret with its rotation",
            good: [
                { name: "db", type: SECRET, inputs: { kmsKeyId: KEY } },
                {
                    name: "rotation",
                    type: ROTATION,
                    inputs: { secretId: UNKNOWN, rotationRules: { automaticallyAfterDays: 30 } },
                    references: { secretId: ["db"] },
                },
            ],
            breaks: [
                { title: "there is none", remove: "rotation", at: [["db", ""]] },
                {
                    title: "it is another secret's",
                    set: ["rotation", "secretId", "another"],
                    at: [["db", ""]],
                },
            ],
            undecided: ["rotation", "secretId"],
        },
    ],
    "disk-encrypted-at-rest": [...disks, copy],
};
