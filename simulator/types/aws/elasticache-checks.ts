import type { Draft, Instance, Refusal, World } from "../../table.ts";
import { number, objects, oneOf, text, texts, unless, windowsOverlap } from "./common.ts";

export const SUBNETS = "aws:elasticache/subnetGroup:SubnetGroup";
export const PARAMETERS = "aws:elasticache/parameterGroup:ParameterGroup";
export const SECURITY_GROUP = "aws:ec2/securityGroup:SecurityGroup";
export const BAD_VALUE = "api error InvalidParameterValue:";
const BAD_COMBINATION = "api error InvalidParameterCombination:";

/** Versions of Valkey that can be created in November 2026, by the family of their parameters. */
export const VERSIONS: Readonly<Record<string, readonly string[]>> = {
    valkey7: ["7.2"],
    valkey8: ["8.0", "8.1", "8.2"],
    valkey9: ["9.0", "9.1"],
};

/** Node types of the current generation. */
const NODE =
    /^cache\.(t(3|4g)\.(micro|small|medium)|(m|r)(5|6g|7g)\.(large|(2|4|8|12|16|24)?xlarge)|r6gd\.(2|4|8|12|16)?xlarge)$/;

/** What a password may be made of. */
const TOKEN = /^[A-Za-z0-9!&#$^<>-]*$/;

/** Refusals of a cache that need only its inputs. */
export function checkGroup(draft: Draft): Refusal[] {
    return [
        ...checkEngine(draft),
        ...checkAvailability(draft),
        ...checkToken(draft),
        ...checkTimes(draft),
        ...checkLogs(draft),
    ];
}

function checkEngine({ inputs }: Draft): Refusal[] {
    const version = text(inputs, "engineVersion");
    const node = text(inputs, "nodeType");
    const known = Object.values(VERSIONS).flat();
    return [
        ...oneOf(inputs, "engine", ["redis", "valkey"]),
        ...unless(
            version === undefined || inputs["engine"] !== "valkey" || known.includes(version),
            `${BAD_COMBINATION} Cannot find version ${version} for valkey`,
            "engineVersion",
        ),
        ...unless(
            node === undefined || NODE.test(node),
            `${BAD_VALUE} The parameter CacheNodeType is not a valid node type: ${node}`,
            "nodeType",
        ),
    ];
}

function checkAvailability({ inputs }: Draft): Refusal[] {
    const nodes = inputs["numCacheClusters"] ?? 1;
    const failover = inputs["automaticFailoverEnabled"];
    return [
        ...unless(
            failover !== true || typeof nodes !== "number" || nodes >= 2,
            `"num_cache_clusters": must be at least 2 if automatic_failover_enabled is true`,
            "numCacheClusters",
        ),
        ...unless(
            inputs["multiAzEnabled"] !== true || failover !== false,
            "automatic_failover_enabled must be true if multi_az_enabled is true",
            "multiAzEnabled",
        ),
    ];
}

function checkToken({ inputs }: Draft): Refusal[] {
    const token = text(inputs, "authToken");
    return [
        ...unless(
            token === undefined || (token.length >= 16 && token.length <= 128),
            `"auth_token" must contain from 16 to 128 alphanumeric characters or symbols (excluding @, ", and /)`,
            "authToken",
        ),
        ...unless(
            token === undefined || TOKEN.test(token),
            `${BAD_VALUE} Invalid AuthToken provided. Only the symbols !, &, #, $, ^, <, > and - are allowed.`,
            "authToken",
        ),
        ...unless(
            inputs["authToken"] === undefined ||
                (inputs["transitEncryptionEnabled"] ?? false) !== false,
            `${BAD_COMBINATION} The AUTH token is only supported when encryption-in-transit is enabled`,
            "authToken",
        ),
        ...oneOf(inputs, "transitEncryptionMode", ["preferred", "required"]),
    ];
}

function checkTimes({ inputs }: Draft): Refusal[] {
    const days = number(inputs, "snapshotRetentionLimit") ?? 0;
    return [
        ...unless(
            days >= 0 && days <= 35,
            `expected snapshot_retention_limit to be at most (35), got ${days}`,
            "snapshotRetentionLimit",
        ),
        ...unless(
            !windowsOverlap(text(inputs, "snapshotWindow"), text(inputs, "maintenanceWindow")),
            `${BAD_VALUE} The snapshot window and maintenance window must not overlap.`,
            "snapshotWindow",
        ),
    ];
}

function checkLogs({ inputs }: Draft): Refusal[] {
    const logs = objects(inputs, "logDeliveryConfigurations");
    const types = logs.map((log) => text(log, "logType"));
    return [
        ...logs.flatMap((log) => [
            ...oneOf(log, "destinationType", ["cloudwatch-logs", "kinesis-firehose"]),
            ...oneOf(log, "logFormat", ["json", "text"]),
            ...oneOf(log, "logType", ["slow-log", "engine-log"]),
        ]),
        ...unless(
            new Set(types).size === types.length,
            `${BAD_VALUE} Only one log delivery configuration is allowed for each log type`,
            "logDeliveryConfigurations",
        ),
    ];
}

/** Refusals of a cache that need what stands around it, or stood before. */
export function admitGroup({ inputs }: Draft, world: World, old?: Instance): Refusal[] {
    const family =
        text(
            world.find([PARAMETERS], inputs["parameterGroupName"] ?? "", "name")?.outputs ?? {},
            "family",
        ) ?? "";
    const version = text(inputs, "engineVersion") ?? "";
    const subnets = world.find([SUBNETS], inputs["subnetGroupName"] ?? "", "name");
    const groups = texts(inputs, "securityGroupIds").map((id) => world.find([SECURITY_GROUP], id));
    const before = text(old?.outputs ?? {}, "engineVersion");
    return [
        ...unless(
            family === "" || (VERSIONS[family] ?? []).includes(version),
            `${BAD_COMBINATION} Expected a parameter group of family valkey${version.split(".")[0]} but found one of family ${family}`,
        ),
        ...unless(
            groups.every((group) => group?.outputs["vpcId"] === subnets?.outputs["vpcId"]),
            `${BAD_COMBINATION} Security groups are not in the VPC of the cache subnet group`,
        ),
        ...unless(
            before === undefined || Number(version) >= Number(before),
            `${BAD_COMBINATION} Cannot downgrade replication group from engine version ${before} to ${version}`,
        ),
    ];
}
