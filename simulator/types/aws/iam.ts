import { get } from "../../paths.ts";
import type { Draft, Instance, Refusal, TypeRule, World } from "../../table.ts";
import { listed, matches, number, statements, text, unless } from "./common.ts";

const ROLE = "aws:iam/role:Role";
const KEY = "aws:kms/key:Key";

/** The managed policies of AWS that are known here. */
const MANAGED = [
    "AmazonEC2ContainerRegistryPullOnly",
    "AmazonEKSClusterPolicy",
    "AmazonEKSVPCResourceController",
    "AmazonEKSWorkerNodePolicy",
    "AmazonEKSWorkerNodeMinimalPolicy",
    "AmazonEKS_CNI_Policy",
    "AmazonSSMManagedInstanceCore",
    "service-role/AWSBackupServiceRolePolicyForBackup",
    "service-role/AmazonEBSCSIDriverPolicy",
    "service-role/AmazonRDSEnhancedMonitoringRole",
].map((name) => `arn:aws:iam::aws:policy/${name}`);

const MALFORMED = "api error MalformedPolicyDocument:";

/** A role goes only after its policies. */
function attached(role: Instance, world: World): string | undefined {
    const policies = ["RolePolicy", "RolePolicyAttachment"].flatMap((kind) => [
        ...world.all(`aws:iam/${kind.charAt(0).toLowerCase()}${kind.slice(1)}:${kind}`),
    ]);
    const mine = policies.some(
        ({ outputs, scope }) => outputs["role"] === role.id && scope.account === role.scope.account,
    );
    if (!mine) return undefined;
    return "api error DeleteConflict: Cannot delete entity, must detach all policies first.";
}

/** A trust policy names who and what, and never a resource. */
function checkTrust({ inputs }: Draft): Refusal[] {
    const found = statements(inputs["assumeRolePolicy"]);
    if (!found) return [];
    const property = "assumeRolePolicy";
    return [
        ...unless(found.length > 0, `${MALFORMED} This policy contains invalid Json`, property),
        ...found.flatMap((statement) => [
            ...unless(
                statement["Principal"] !== undefined && statement["Action"] !== undefined,
                `${MALFORMED} Missing required field Principal or Action`,
                property,
            ),
            ...unless(
                statement["Resource"] === undefined,
                `${MALFORMED} Has prohibited field Resource`,
                property,
            ),
        ]),
    ];
}

/** A policy of a role names what may be done to what. */
function checkPolicy({ inputs }: Draft): Refusal[] {
    const found = statements(inputs["policy"]);
    if (!found) return [];
    const complete = (statement: (typeof found)[number]) =>
        listed(statement["Action"]).length > 0 && listed(statement["Resource"]).length > 0;
    return [
        ...unless(
            found.length > 0,
            `${MALFORMED} The policy failed legacy parsing: Statement is missing or empty`,
            "policy",
        ),
        ...unless(
            found.every(complete),
            `${MALFORMED} Policy statement must contain actions and resources.`,
            "policy",
        ),
    ];
}

/** Roles that a policy names as principals have to stand. */
function admitPrincipals(policy: string): (draft: Draft, world: World) => Refusal[] {
    return ({ inputs }, world) =>
        (statements(inputs[policy]) ?? [])
            .flatMap((statement) => listed(get(statement, "Principal.AWS")))
            .filter((principal) => principal.includes(":role/"))
            .filter((principal) => !world.find([ROLE], principal, "arn"))
            .map((principal) => ({
                reason: `${MALFORMED} Invalid principal in policy: "AWS":"${principal}"`,
            }));
}

function checkKey({ inputs, scope }: Draft): Refusal[] {
    const window = number(inputs, "deletionWindowInDays") ?? 30;
    const found = statements(inputs["policy"]);
    const root = `arn:aws:iam::${scope.account}:root`;
    const manageable = (found ?? []).some(
        (statement) =>
            listed(get(statement, "Principal.AWS")).includes(root) &&
            listed(statement["Action"]).some((action) => matches(action, "kms:PutKeyPolicy")),
    );
    return [
        ...unless(
            window >= 7 && window <= 30,
            `expected deletion_window_in_days to be in the range (7 - 30), got ${window}`,
            "deletionWindowInDays",
        ),
        ...unless(
            found === undefined || manageable,
            "api error MalformedPolicyDocumentException: The new key policy will not allow you to update the key policy in the future.",
            "policy",
        ),
    ];
}

/** True if the key's own policy lets CloudWatch Logs encrypt the group. */
function logsMayUse(key: Instance | undefined, region: string, group: string): boolean {
    return (statements(key?.outputs["policy"]) ?? []).some((statement) => {
        const condition = statement["Condition"];
        const context = ["ArnLike", "ArnEquals", "StringEquals", "StringLike"].flatMap((operator) =>
            listed(get(condition, `${operator}["kms:EncryptionContext:aws:logs:arn"]`)),
        );
        return (
            listed(get(statement, "Principal.Service")).includes(`logs.${region}.amazonaws.com`) &&
            (condition === undefined || context.some((pattern) => matches(pattern, group)))
        );
    });
}

const RETENTIONS = [
    0, 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922,
    3288, 3653,
];

/** Services that found no log group made it themselves, and it is theirs now. */
function madeByService(name: string, draft: Draft, world: World): boolean {
    const cluster = /^\/aws\/eks\/([^/]+)\/cluster$/.exec(name)?.[1];
    const server = /^\/aws\/rds\/instance\/([^/]+)\/(\w+)$/.exec(name);
    const mine = ({ scope }: Instance) =>
        scope.account === draft.scope.account && scope.region === draft.scope.region;
    return (
        world
            .all("aws:eks/cluster:Cluster")
            .some((one) => mine(one) && one.outputs["name"] === cluster) ||
        world
            .all("aws:rds/instance:Instance")
            .some((one) => mine(one) && one.outputs["identifier"] === server?.[1])
    );
}

function admitLogGroup(draft: Draft, world: World, old?: Instance): Refusal[] {
    const { inputs, scope } = draft;
    const name = text(inputs, "name") ?? "";
    const key = text(inputs, "kmsKeyId");
    const group = `arn:aws:logs:${scope.region}:${scope.account}:log-group:${name}`;
    return [
        ...unless(
            key === undefined || logsMayUse(world.find([KEY], key, "arn"), scope.region, group),
            `api error AccessDeniedException: The specified KMS key does not exist or is not allowed to be used with Arn '${group}'`,
        ),
        ...unless(
            old !== undefined || !madeByService(name, draft, world),
            "api error ResourceAlreadyExistsException: The specified log group already exists",
        ),
    ];
}

/** Identities, keys and logs: what everything else leans on. */
export const basics: Readonly<Record<string, TypeRule>> = {
    [ROLE]: {
        required: ["assumeRolePolicy"],
        name: {
            property: "name",
            pattern: /[\w+=,.@-]+/,
            max: 64,
            taken: (name) =>
                `api error EntityAlreadyExists: Role with name ${name} already exists.`,
        },
        immutable: ["name", "namePrefix", "path"],
        defaults: { path: "/", maxSessionDuration: 3600, forceDetachPolicies: false },
        check: checkTrust,
        admit: admitPrincipals("assumeRolePolicy"),
        refuseDelete: attached,
        id: ({ inputs }) => text(inputs, "name") ?? "",
        outputs: ({ inputs, scope, random }) => ({
            arn: `arn:aws:iam::${scope.account}:role${text(inputs, "path") ?? "/"}${text(inputs, "name") ?? ""}`,
            uniqueId: `AROA${random(17, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")}`,
        }),
        seconds: { create: 4 },
    },
    "aws:iam/rolePolicy:RolePolicy": {
        required: ["policy", "role"],
        name: { property: "name", pattern: /[\w+=,.@-]+/, max: 128, unique: "path:role" },
        references: [
            {
                path: "role",
                to: [ROLE],
                words: (role) =>
                    `api error NoSuchEntity: The role with name ${role} cannot be found.`,
            },
        ],
        immutable: ["name", "namePrefix", "role"],
        check: checkPolicy,
        id: ({ inputs }) => `${text(inputs, "role") ?? ""}:${text(inputs, "name") ?? ""}`,
        seconds: { create: 2 },
    },
    "aws:iam/rolePolicyAttachment:RolePolicyAttachment": {
        required: ["policyArn", "role"],
        references: [
            {
                path: "role",
                to: [ROLE],
                words: (role) =>
                    `api error NoSuchEntity: The role with name ${role} cannot be found.`,
            },
        ],
        immutable: ["policyArn", "role"],
        check: ({ inputs }) => {
            const policy = text(inputs, "policyArn");
            return unless(
                policy === undefined || MANAGED.includes(policy),
                `api error NoSuchEntity: Policy ${policy} does not exist or is not attachable.`,
                "policyArn",
            );
        },
        id: ({ inputs, random }) => `${text(inputs, "role") ?? ""}-${random(26, "0123456789")}`,
        seconds: { create: 2 },
    },
    [KEY]: {
        immutable: ["customerMasterKeySpec", "keyUsage", "multiRegion", "customKeyStoreId"],
        defaults: {
            customerMasterKeySpec: "SYMMETRIC_DEFAULT",
            enableKeyRotation: false,
            isEnabled: true,
            keyUsage: "ENCRYPT_DECRYPT",
            multiRegion: false,
        },
        check: checkKey,
        admit: admitPrincipals("policy"),
        id: ({ random }) => {
            const digits = random(32);
            return [0, 8, 12, 16, 20]
                .map((from, index, all) => digits.slice(from, all[index + 1] ?? 32))
                .join("-");
        },
        outputs: ({ scope }, _world, id) => ({
            arn: `arn:aws:kms:${scope.region}:${scope.account}:key/${id}`,
            keyId: id,
        }),
        seconds: { create: 5 },
    },
    "aws:kms/alias:Alias": {
        required: ["targetKeyId"],
        name: {
            property: "name",
            pattern: /alias\/(?!aws\/)[a-zA-Z0-9/_-]+/,
            max: 256,
            unique: "region",
            from: (name) => `alias/${name}`,
            taken: (name) =>
                `api error AlreadyExistsException: An alias with the name ${name} already exists`,
            words: () => 'name must begin with "alias/" and be comprised of only [a-zA-Z0-9/_-]',
        },
        references: [
            {
                path: "targetKeyId",
                to: [KEY],
                blocks: false,
                words: (key) => `api error NotFoundException: Key '${key}' does not exist`,
            },
        ],
        immutable: ["name", "namePrefix"],
        id: ({ inputs }) => text(inputs, "name") ?? "",
        outputs: ({ inputs, scope }, _world, id) => ({
            arn: `arn:aws:kms:${scope.region}:${scope.account}:${id}`,
            targetKeyArn: `arn:aws:kms:${scope.region}:${scope.account}:key/${text(inputs, "targetKeyId") ?? ""}`,
        }),
        seconds: { create: 2 },
    },
    "aws:cloudwatch/logGroup:LogGroup": {
        name: {
            property: "name",
            pattern: /[.\-_/#A-Za-z0-9]+/,
            max: 512,
            unique: "region",
            taken: () =>
                "api error ResourceAlreadyExistsException: The specified log group already exists",
        },
        immutable: ["name", "namePrefix", "logGroupClass"],
        defaults: { retentionInDays: 0, skipDestroy: false },
        check: ({ inputs }) => {
            const days = number(inputs, "retentionInDays") ?? 0;
            return unless(
                RETENTIONS.includes(days),
                `expected retention_in_days to be one of [${RETENTIONS.join(" ")}], got ${days}`,
                "retentionInDays",
            );
        },
        admit: admitLogGroup,
        id: ({ inputs }) => text(inputs, "name") ?? "",
        outputs: ({ scope }, _world, id) => ({
            arn: `arn:aws:logs:${scope.region}:${scope.account}:log-group:${id}`,
        }),
        seconds: { create: 2 },
    },
};
