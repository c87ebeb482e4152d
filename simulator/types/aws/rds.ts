import { get } from "../../paths.ts";
import type { Draft, Instance, Properties, Refusal, TypeRule, World } from "../../table.ts";
import {
    arn,
    byArn,
    ec2Reference,
    number,
    text,
    texts,
    trusts,
    unless,
    windowsOverlap,
} from "./common.ts";

const INSTANCE = "aws:rds/instance:Instance";
const SUBNETS = "aws:rds/subnetGroup:SubnetGroup";
const PARAMETERS = "aws:rds/parameterGroup:ParameterGroup";
const SUBNET = "aws:ec2/subnet:Subnet";
const GROUP = "aws:ec2/securityGroup:SecurityGroup";
const BAD_VALUE = "api error InvalidParameterValue:";
const BAD_COMBINATION = "api error InvalidParameterCombination:";

/** Names that the engine keeps for itself. */
const RESERVED = ["admin", "postgres", "public", "rdsadmin", "rds_superuser", "root", "user"];

/** Major versions that can be created in November 2026. */
const MAJORS = ["14", "15", "16", "17", "18"];

function checkInstance(draft: Draft): Refusal[] {
    return [
        ...checkStorage(draft),
        ...checkCredentials(draft),
        ...checkVersion(draft),
        ...checkBackups(draft),
        ...checkMonitoring(draft),
    ];
}

function checkStorage({ inputs }: Draft): Refusal[] {
    const size = number(inputs, "allocatedStorage");
    const ceiling = number(inputs, "maxAllocatedStorage") ?? 0;
    const general = inputs["storageType"] === "gp3" || inputs["storageType"] === "gp2";
    return [
        ...unless(
            size === undefined || !general || (size >= 20 && size <= 65_536),
            `${BAD_VALUE} Invalid storage size for engine name postgres and storage type ${String(inputs["storageType"])}: ${size}`,
            "allocatedStorage",
        ),
        ...unless(
            size === undefined || ceiling === 0 || ceiling >= size * 1.1,
            `${BAD_COMBINATION} Max storage size must be greater than storage size by at least 10%`,
            "maxAllocatedStorage",
        ),
    ];
}

function checkCredentials({ inputs }: Draft): Refusal[] {
    const user = text(inputs, "username");
    const password = text(inputs, "password");
    return [
        ...unless(
            user === undefined || !RESERVED.includes(user.toLowerCase()),
            `${BAD_VALUE} MasterUsername ${user} cannot be used as it is a reserved word used by the engine`,
            "username",
        ),
        ...unless(
            password === undefined || !/[/@" ]/.test(password),
            `${BAD_VALUE} The parameter MasterUserPassword is not a valid password. Only printable ASCII characters besides '/', '@', '"', ' ' may be used.`,
            "password",
        ),
        ...unless(
            password === undefined || (password.length >= 8 && password.length <= 128),
            `${BAD_VALUE} The parameter MasterUserPassword is not a valid password because it is not between 8 and 128 characters.`,
            "password",
        ),
    ];
}

function checkVersion({ inputs }: Draft): Refusal[] {
    const version = text(inputs, "engineVersion");
    return unless(
        version === undefined || MAJORS.includes(version.split(".")[0] ?? ""),
        `${BAD_COMBINATION} Cannot find version ${version} for postgres`,
        "engineVersion",
    );
}

function checkBackups({ inputs }: Draft): Refusal[] {
    const days = number(inputs, "backupRetentionPeriod") ?? 0;
    const keeps =
        inputs["skipFinalSnapshot"] === true || inputs["finalSnapshotIdentifier"] !== undefined;
    return [
        ...unless(
            days >= 0 && days <= 35,
            `expected backup_retention_period to be in the range (0 - 35), got ${days}`,
            "backupRetentionPeriod",
        ),
        ...unless(
            !windowsOverlap(text(inputs, "backupWindow"), text(inputs, "maintenanceWindow")),
            `${BAD_VALUE} The backup window and maintenance window must not overlap.`,
            "backupWindow",
        ),
        ...unless(
            keeps,
            "final_snapshot_identifier is required when skip_final_snapshot is false",
            "finalSnapshotIdentifier",
        ),
    ];
}

function checkMonitoring({ inputs }: Draft): Refusal[] {
    const interval = number(inputs, "monitoringInterval") ?? 0;
    return [
        ...unless(
            [0, 1, 5, 10, 15, 30, 60].includes(interval),
            `expected monitoring_interval to be one of [0 1 5 10 15 30 60], got ${interval}`,
            "monitoringInterval",
        ),
        ...unless(
            interval === 0 || inputs["monitoringRoleArn"] !== undefined,
            `${BAD_COMBINATION} A MonitoringRoleARN value is required if you specify a MonitoringInterval value other than 0.`,
            "monitoringRoleArn",
        ),
    ];
}

function admitInstance({ inputs }: Draft, world: World, old?: Instance): Refusal[] {
    const family = text(
        world.find([PARAMETERS], inputs["parameterGroupName"] ?? "", "name")?.outputs ?? {},
        "family",
    );
    const major = text(inputs, "engineVersion")?.split(".")[0] ?? "";
    const subnets = world.find([SUBNETS], inputs["dbSubnetGroupName"] ?? "", "name");
    const groups = texts(inputs, "vpcSecurityGroupIds").map((id) => world.find([GROUP], id));
    const role = text(inputs, "monitoringRoleArn");
    return [
        ...unless(
            family === undefined || family === `postgres${major}`,
            `${BAD_COMBINATION} The parameter group with DBParameterGroupFamily ${family} can't be used for this instance. Please use a Parameter Group with DBParameterGroupFamily postgres${major}`,
        ),
        ...unless(
            groups.every((group) => group?.outputs["vpcId"] === subnets?.outputs["vpcId"]),
            `${BAD_COMBINATION} The DB instance and EC2 security group are in different VPCs.`,
        ),
        ...unless(
            role === undefined || trusts(world, role, "monitoring.rds.amazonaws.com"),
            `${BAD_VALUE} IAM role ARN value is invalid or does not include the required permissions for: ENHANCED_MONITORING`,
        ),
        ...(old ? admitChange(inputs, old) : []),
    ];
}

/** A server's storage never shrinks and its version never goes back. */
function admitChange(inputs: Draft["inputs"], old: Instance): Refusal[] {
    const [was, is] = [old.outputs, inputs].map((one) => number(one, "allocatedStorage") ?? 0);
    const [from, to] = [old.outputs, inputs].map((one) => text(one, "engineVersion") ?? "");
    const back = Number.parseInt(to ?? "", 10) < Number.parseInt(from ?? "", 10);
    return [
        ...unless(
            (is ?? 0) >= (was ?? 0),
            `${BAD_COMBINATION} Invalid storage size for engine name postgres: requested storage size ${is} cannot be less than the current ${was}`,
        ),
        ...unless(!back, `${BAD_COMBINATION} Cannot upgrade postgres from ${from} to ${to}`),
    ];
}

/** What a server keeps until its maintenance window, because a new major version is not to be applied at once. */
function deferred({ inputs }: Draft, old: Instance | undefined): Properties {
    const [from, to] = [old?.outputs ?? {}, inputs].map(
        (one) => text(one, "engineVersion")?.split(".")[0],
    );
    if (!old || inputs["applyImmediately"] === true || from === to) return {};
    const { engineVersion = "", parameterGroupName = "" } = old.outputs;
    return { engineVersion, parameterGroupName };
}

/** Refuses, in RDS's words, to delete what a server stands on. */
function under(property: string, words: (name: string) => string) {
    return ({ id, scope }: Instance, world: World): string | undefined => {
        const used = world
            .all(INSTANCE)
            .some(
                (server) =>
                    server.outputs[property] === id &&
                    server.scope.account === scope.account &&
                    server.scope.region === scope.region,
            );
        return used ? words(id) : undefined;
    };
}

function refuseDelete({ outputs }: Instance): string | undefined {
    if (outputs["deletionProtection"] !== true) return undefined;
    return "api error InvalidParameterCombination: Cannot delete protected DB Instance, please disable deletion protection and try again.";
}

const instance: TypeRule = {
    required: ["instanceClass", "engine", "allocatedStorage", "username"],
    name: {
        property: "identifier",
        pattern: /[a-z](?!.*--)[a-z0-9-]*(?<!-)/,
        max: 63,
        unique: "region",
        taken: () => "api error DBInstanceAlreadyExists: DB instance already exists",
        words: () => "only lowercase alphanumeric characters and hyphens allowed in identifier",
    },
    references: [
        {
            path: "dbSubnetGroupName",
            to: [SUBNETS],
            by: "name",
            words: (name) =>
                `api error DBSubnetGroupNotFoundFault: DB subnet group '${name}' does not exist.`,
        },
        {
            path: "parameterGroupName",
            to: [PARAMETERS],
            by: "name",
            words: (name) =>
                `api error DBParameterGroupNotFound: DBParameterGroup not found: ${name}`,
        },
        ec2Reference("vpcSecurityGroupIds[]", GROUP, "Group"),
        byArn(
            "kmsKeyId",
            "aws:kms/key:Key",
            () => "api error KMSKeyNotAccessibleFault: The specified KMS key does not exist",
        ),
        byArn("performanceInsightsKmsKeyId", "aws:kms/key:Key"),
    ],
    immutable: [
        "availabilityZone",
        "characterSetName",
        "dbName",
        "engine",
        "kmsKeyId",
        "storageEncrypted",
        "username",
    ],
    deleteBeforeReplace: true,
    defaults: { publiclyAccessible: false, deletionProtection: false, skipFinalSnapshot: false },
    check: checkInstance,
    admit: admitInstance,
    id: ({ random }) => `db-${random(26, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")}`,
    outputs: (draft, world, id) => {
        const identifier = text(draft.inputs, "identifier") ?? "";
        const tail = draft.random(12, "abcdefghijklmnopqrstuvwxyz0123456789");
        const address = `${identifier}.${tail}.${draft.scope.region}.rds.amazonaws.com`;
        return {
            address,
            arn: arn(draft, "rds", `db:${identifier}`),
            endpoint: `${address}:${number(draft.inputs, "port") ?? 5432}`,
            hostedZoneId: "Z1RLNUO7B9Q6NB",
            resourceId: id,
            status: "available",
            ...deferred(draft, world.find([INSTANCE], id)),
        };
    },
    secrets: ["password"],
    refuseDelete,
    seconds: { create: 420, update: 180, delete: 240 },
};

/** Managed PostgreSQL. */
export const rds: Readonly<Record<string, TypeRule>> = {
    [INSTANCE]: instance,
    [SUBNETS]: {
        required: ["subnetIds"],
        name: {
            property: "name",
            pattern: /[a-z0-9._ -]+/,
            max: 255,
            unique: "region",
            from: (name) => name.toLowerCase(),
            taken: (name) =>
                `api error DBSubnetGroupAlreadyExists: The DB subnet group '${name}' already exists.`,
        },
        references: [ec2Reference("subnetIds[]", SUBNET, "subnet")],
        immutable: ["name", "namePrefix"],
        admit: ({ inputs }, world) => {
            const subnets = texts(inputs, "subnetIds").map((id) => world.find([SUBNET], id));
            const zones = new Set(subnets.map((subnet) => subnet?.outputs["availabilityZone"]));
            return unless(
                zones.size >= 2,
                `api error DBSubnetGroupDoesNotCoverEnoughAZs: The DB subnet group doesn't meet Availability Zone (AZ) coverage requirement. Current AZ coverage: ${[...zones].join(", ")}. Add subnets to cover at least 2 AZs.`,
            );
        },
        refuseDelete: under(
            "dbSubnetGroupName",
            (name) =>
                `api error InvalidDBSubnetGroupStateFault: Cannot delete the subnet group '${name}' because at least one database instance is still using it.`,
        ),
        id: ({ inputs }) => text(inputs, "name") ?? "",
        outputs: (draft, world, id) => ({
            arn: arn(draft, "rds", `subgrp:${id}`),
            vpcId:
                get(
                    world.find([SUBNET], texts(draft.inputs, "subnetIds")[0] ?? "")?.outputs,
                    "vpcId",
                ) ?? "",
        }),
        seconds: { create: 3 },
    },
    [PARAMETERS]: {
        required: ["family", "parameters[].name", "parameters[].value"],
        name: {
            property: "name",
            pattern: /[a-z](?!.*--)[a-z0-9.-]*(?<!-)/,
            max: 255,
            unique: "region",
            from: (name) => name.toLowerCase(),
            taken: (name) =>
                `api error DBParameterGroupAlreadyExists: Parameter group ${name} already exists`,
        },
        immutable: ["name", "namePrefix", "family", "description"],
        check: ({ inputs }) => {
            const family = text(inputs, "family");
            return unless(
                family === undefined || MAJORS.some((major) => family === `postgres${major}`),
                `${BAD_VALUE} ParameterGroupFamily ${family} is not a valid parameter group family`,
                "family",
            );
        },
        refuseDelete: under(
            "parameterGroupName",
            () =>
                "api error InvalidDBParameterGroupState: One or more database instances are still members of this parameter group, so the group cannot be deleted",
        ),
        id: ({ inputs }) => text(inputs, "name") ?? "",
        outputs: (draft, _world, id) => ({ arn: arn(draft, "rds", `pg:${id}`) }),
        seconds: { create: 3 },
    },
};
