import type { Instance, TypeRule, World } from "../../table.ts";
import { arn, byArn, ec2Reference, number, text, texts, unless } from "./common.ts";
import {
    BAD_VALUE,
    PARAMETERS,
    SECURITY_GROUP,
    SUBNETS,
    VERSIONS,
    admitGroup,
    checkGroup,
} from "./elasticache-checks.ts";

const GROUP = "aws:elasticache/replicationGroup:ReplicationGroup";
const SUBNET = "aws:ec2/subnet:Subnet";

/** Refuses, in ElastiCache's words, to delete what a cache stands on. */
function under(property: string, words: (name: string) => string) {
    return ({ id, scope }: Instance, world: World): string | undefined => {
        const used = world
            .all(GROUP)
            .some(
                (cache) =>
                    cache.outputs[property] === id &&
                    cache.scope.account === scope.account &&
                    cache.scope.region === scope.region,
            );
        return used ? words(id) : undefined;
    };
}

/** A region as ElastiCache shortens it in names: `euc1`. */
function short(region: string): string {
    const [area = "", direction = "", number = ""] = region.split("-");
    return `${area}${direction.charAt(0)}${number}`;
}

const replicationGroup: TypeRule = {
    required: ["description"],
    name: {
        property: "replicationGroupId",
        pattern: /[a-zA-Z](?!.*--)[a-zA-Z0-9-]*(?<!-)/,
        max: 40,
        unique: "region",
        taken: (name) =>
            `api error ReplicationGroupAlreadyExists: Replication group ${name} already exists.`,
    },
    references: [
        {
            path: "subnetGroupName",
            to: [SUBNETS],
            by: "name",
            words: (name) =>
                `api error CacheSubnetGroupNotFoundFault: Cache Subnet Group ${name} does not exist.`,
        },
        {
            path: "parameterGroupName",
            to: [PARAMETERS],
            by: "name",
            words: (name) =>
                `api error CacheParameterGroupNotFound: CacheParameterGroup not found: ${name}`,
        },
        {
            path: "logDeliveryConfigurations[].destination",
            to: ["aws:cloudwatch/logGroup:LogGroup"],
            by: "name",
            blocks: false,
            words: (name) => `${BAD_VALUE} Log group ${name} does not exist`,
        },
        ec2Reference("securityGroupIds[]", SECURITY_GROUP, "Group"),
        byArn(
            "kmsKeyId",
            "aws:kms/key:Key",
            (key) => `${BAD_VALUE} The KMS key ${key} does not exist`,
        ),
    ],
    immutable: [
        "atRestEncryptionEnabled",
        "dataTieringEnabled",
        "kmsKeyId",
        "networkType",
        "port",
        "replicationGroupId",
        "snapshotName",
        "subnetGroupName",
    ],
    deleteBeforeReplace: true,
    defaults: { automaticFailoverEnabled: false, multiAzEnabled: false },
    check: checkGroup,
    admit: admitGroup,
    id: ({ inputs }) => (text(inputs, "replicationGroupId") ?? "").toLowerCase(),
    outputs: (draft, _world, id) => {
        const nodes = number(draft.inputs, "numCacheClusters") ?? 1;
        const tail = `${id}.${draft.random(6)}.${short(draft.scope.region)}.cache.amazonaws.com`;
        return {
            arn: arn(draft, "elasticache", `replicationgroup:${id}`),
            clusterEnabled: false,
            engineVersionActual: `${text(draft.inputs, "engineVersion") ?? ""}.0`,
            memberClusters: Array.from({ length: nodes }, (_, index) => `${id}-00${index + 1}`),
            primaryEndpointAddress: `master.${tail}`,
            readerEndpointAddress: `replica.${tail}`,
        };
    },
    secrets: ["authToken"],
    seconds: { create: 600, update: 300, delete: 300 },
};

/** Managed Valkey. */
export const elasticache: Readonly<Record<string, TypeRule>> = {
    [GROUP]: replicationGroup,
    [SUBNETS]: {
        required: ["subnetIds"],
        name: {
            property: "name",
            pattern: /[a-z0-9-]+/,
            max: 255,
            unique: "region",
            from: (name) => name.toLowerCase(),
            taken: (name) =>
                `api error CacheSubnetGroupAlreadyExists: Cache subnet group ${name} already exists.`,
        },
        references: [ec2Reference("subnetIds[]", SUBNET, "subnet")],
        immutable: ["name"],
        refuseDelete: under(
            "subnetGroupName",
            (name) =>
                `api error CacheSubnetGroupInUse: Cache subnet group ${name} is currently in use by a cache cluster.`,
        ),
        id: ({ inputs }) => text(inputs, "name") ?? "",
        outputs: (draft, world, id) => ({
            arn: arn(draft, "elasticache", `subnetgroup:${id}`),
            vpcId:
                world.find([SUBNET], texts(draft.inputs, "subnetIds")[0] ?? "")?.outputs["vpcId"] ??
                "",
        }),
        seconds: { create: 3 },
    },
    [PARAMETERS]: {
        required: ["family", "parameters[].name", "parameters[].value"],
        name: {
            property: "name",
            pattern: /[a-zA-Z](?!.*--)[a-zA-Z0-9-]*(?<!-)/,
            max: 255,
            unique: "region",
            taken: (name) =>
                `api error CacheParameterGroupAlreadyExists: Parameter group ${name} already exists`,
        },
        immutable: ["name", "family", "description"],
        check: ({ inputs }) => {
            const family = text(inputs, "family");
            return unless(
                family === undefined || family in VERSIONS,
                `${BAD_VALUE} CacheParameterGroupFamily ${family} is not a valid parameter group family.`,
                "family",
            );
        },
        refuseDelete: under(
            "parameterGroupName",
            () =>
                "api error InvalidCacheParameterGroupState: One or more cache clusters are still members of this parameter group, so the group cannot be deleted.",
        ),
        id: ({ inputs }) => text(inputs, "name") ?? "",
        outputs: (draft, _world, id) => ({
            arn: arn(draft, "elasticache", `parametergroup:${id}`),
        }),
        seconds: { create: 3 },
    },
};
