import { Address4 } from "ip-address";

import type { Draft, Instance, Refusal, TypeRule, World } from "../../table.ts";
import {
    arn,
    bounds,
    byArn,
    ec2Id,
    ec2Reference,
    listed,
    objects,
    oneOf,
    statements,
    text,
    texts,
    unless,
} from "./common.ts";
import { FILE_SYSTEM, accessPoint, inFileSystem } from "./efs-access-points.ts";

const MOUNT_TARGET = "aws:efs/mountTarget:MountTarget";
const ACCESS_POINT = "aws:efs/accessPoint:AccessPoint";
const SUBNET = "aws:ec2/subnet:Subnet";
const GROUP = "aws:ec2/securityGroup:SecurityGroup";

const AGES = [1, 7, 14, 30, 60, 90, 180, 270, 365].map(
    (days) => `AFTER_${days}_DAY${days === 1 ? "" : "S"}`,
);

function checkFileSystem({ inputs }: Draft): Refusal[] {
    const policies = objects(inputs, "lifecyclePolicies");
    return [
        ...oneOf(inputs, "performanceMode", ["generalPurpose", "maxIO"]),
        ...oneOf(inputs, "throughputMode", ["bursting", "provisioned", "elastic"]),
        ...unless(
            inputs["kmsKeyId"] === undefined || inputs["encrypted"] !== false,
            "encrypted must be set to true when kms_key_id is specified",
            "encrypted",
        ),
        ...unless(
            inputs["performanceMode"] !== "maxIO" || inputs["throughputMode"] !== "elastic",
            "api error BadRequest: Elastic throughput is not supported on file systems with the Max I/O performance mode",
            "performanceMode",
        ),
        ...policies.flatMap((policy) => [
            ...oneOf(policy, "transitionToIa", AGES),
            ...oneOf(policy, "transitionToArchive", AGES),
            ...oneOf(policy, "transitionToPrimaryStorageClass", ["AFTER_1_ACCESS"]),
            ...unless(
                Object.values(policy).filter((value) => value !== null).length === 1,
                "api error BadRequest: One or more LifecyclePolicy objects specified are malformed.",
                "lifecyclePolicies",
            ),
        ]),
    ];
}

function targetsOf(id: string, world: World): readonly Instance[] {
    return world.all(MOUNT_TARGET).filter(({ outputs }) => outputs["fileSystemId"] === id);
}

const fileSystem: TypeRule = {
    references: [
        byArn(
            "kmsKeyId",
            "aws:kms/key:Key",
            (key) => `api error BadRequest: Key '${key}' does not exist`,
        ),
    ],
    immutable: [
        "availabilityZoneName",
        "creationToken",
        "encrypted",
        "kmsKeyId",
        "performanceMode",
    ],
    defaults: { encrypted: false, performanceMode: "generalPurpose", throughputMode: "bursting" },
    check: checkFileSystem,
    refuseDelete: ({ id }, world) =>
        targetsOf(id, world).length === 0
            ? undefined
            : `api error FileSystemInUse: The file system '${id}' has mount targets`,
    takesAlong: ({ id }, world) =>
        world.all(ACCESS_POINT).filter(({ outputs }) => outputs["fileSystemId"] === id),
    id: ec2Id("fs"),
    outputs: (draft, _world, id) => ({
        arn: arn(draft, "elasticfilesystem", `file-system/${id}`),
        dnsName: `${id}.efs.${draft.scope.region}.amazonaws.com`,
        ownerId: draft.scope.account,
    }),
    seconds: { create: 10 },
};

/** A zone has one mount target, in the file system's network, and a file system of one zone has no other. */
function admitTarget(draft: Draft, world: World, old?: Instance): Refusal[] {
    const { inputs } = draft;
    const place = (id: string, property: string) =>
        world.find([SUBNET], id)?.outputs[property] ?? "";
    const subnet = text(inputs, "subnetId") ?? "";
    const zone = place(subnet, "availabilityZone");
    const id = text(inputs, "fileSystemId") ?? "";
    const others = targetsOf(id, world).filter((target) => target.id !== old?.id);
    const subnets = others.map(({ outputs }) => text(outputs, "subnetId") ?? "");
    const only = world.find([FILE_SYSTEM], id)?.outputs["availabilityZoneName"];
    return [
        ...unless(
            !subnets.some((other) => place(other, "availabilityZone") === zone),
            "api error MountTargetConflict: mount target already exists in this AZ",
        ),
        ...unless(
            subnets.every((other) => place(other, "vpcId") === place(subnet, "vpcId")),
            "api error MountTargetConflict: requested subnet for new mount target is not in the same VPC as existing mount targets",
        ),
        ...unless(
            only === undefined || only === zone,
            `api error AvailabilityZonesMismatch: The Availability Zone of the subnet, ${String(zone)}, is not that of the file system, ${String(only)}`,
        ),
    ];
}

/** An address of the subnet, above the ones that AWS keeps. */
function address(draft: Draft, world: World): string {
    const subnet = world.find([SUBNET], text(draft.inputs, "subnetId") ?? "");
    const [first = 0] = bounds(text(subnet?.outputs ?? {}, "cidrBlock") ?? "") ?? [];
    const offset = 4 + (Number.parseInt(draft.random(2), 16) % 200);
    return Address4.fromBigInt(BigInt(first + offset)).correctForm();
}

const mountTarget: TypeRule = {
    required: ["fileSystemId", "subnetId"],
    references: [
        inFileSystem,
        ec2Reference("subnetId", SUBNET, "subnet"),
        ec2Reference("securityGroups[]", GROUP, "Group"),
    ],
    immutable: ["fileSystemId", "subnetId", "ipAddress", "ipAddressType"],
    deleteBeforeReplace: true,
    check: ({ inputs }) =>
        unless(
            texts(inputs, "securityGroups").length <= 5,
            "Too many list items: attribute security_groups supports 5 item maximum",
            "securityGroups",
        ),
    admit: admitTarget,
    id: ec2Id("fsmt"),
    outputs: (draft, world) => {
        const fs = text(draft.inputs, "fileSystemId") ?? "";
        const subnet = world.find([SUBNET], text(draft.inputs, "subnetId") ?? "");
        return {
            availabilityZoneName: subnet?.outputs["availabilityZone"] ?? "",
            dnsName: `${fs}.efs.${draft.scope.region}.amazonaws.com`,
            fileSystemArn: arn(draft, "elasticfilesystem", `file-system/${fs}`),
            ipAddress: address(draft, world),
            networkInterfaceId: ec2Id("eni")(draft),
            ownerId: draft.scope.account,
        };
    },
    seconds: { create: 90, delete: 30 },
};

/** A policy's principals have to stand, and it says what may be done. */
function admitPolicy({ inputs }: Draft, world: World): Refusal[] {
    const roles = (statements(inputs["policy"]) ?? []).flatMap((one) => {
        const who = one["Principal"];
        return typeof who === "object" && who !== null && !Array.isArray(who)
            ? listed(who["AWS"])
            : [];
    });
    return roles
        .filter((role) => role.includes(":role/"))
        .filter((role) => !world.find(["aws:iam/role:Role"], role, "arn"))
        .map(() => ({
            reason: "api error InvalidPolicyException: Policy contains invalid Principal block.",
        }));
}

/** A setting of a file system is there once, under its id. */
function setting(rule: Partial<TypeRule>): TypeRule {
    return {
        ...rule,
        required: ["fileSystemId", ...(rule.required ?? [])],
        references: [inFileSystem],
        immutable: ["fileSystemId"],
        id: ({ inputs }) => text(inputs, "fileSystemId") ?? "",
        seconds: { create: 3 },
    };
}

/** File systems that many machines mount. */
export const efs: Readonly<Record<string, TypeRule>> = {
    [FILE_SYSTEM]: fileSystem,
    [MOUNT_TARGET]: mountTarget,
    [ACCESS_POINT]: accessPoint,
    "aws:efs/fileSystemPolicy:FileSystemPolicy": setting({
        required: ["policy"],
        check: ({ inputs }) =>
            unless(
                statements(inputs["policy"])?.length !== 0,
                "api error InvalidPolicyException: Policy contains invalid Json",
                "policy",
            ),
        admit: admitPolicy,
    }),
    "aws:efs/backupPolicy:BackupPolicy": setting({
        required: ["backupPolicy.status"],
        check: ({ inputs }) => oneOf(inputs, "backupPolicy.status", ["ENABLED", "DISABLED"]),
    }),
};
