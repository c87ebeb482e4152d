import { attached, maybe, type Stack, type StackResource } from "../../runtime/stack.ts";
import type { Value } from "../../runtime/reader.ts";
import {
    failIf,
    holds,
    isOn,
    isOneOf,
    isPresent,
    not,
    or,
    type Truth,
} from "../../runtime/truth.ts";
import { isOwnKey } from "../own-key.ts";
import { forTypes, on, type Check, type Rule, type StackVerdict } from "../rule.ts";
import { isAzureReplica, isCloudSqlReplica, isDefault } from "./traits.ts";
import {
    ALLOYDB_CLUSTER,
    AWS_CLUSTERS,
    AZURE_SQL,
    AZURE_SQL_DATABASE,
    AZURE_SQL_MANAGED,
    CLOUD_SQL,
    DOCDB_CLUSTER,
    FLEXIBLE_SERVERS,
    NEPTUNE_CLUSTER,
    RDS_CLUSTER,
    RDS_INSTANCE,
    REDSHIFT_CLUSTER,
    REDSHIFT_NAMESPACE,
} from "./types.ts";

const UNENCRYPTED = "the storage is not encrypted";

/** Whether what AWS makes of these inputs is encrypted; `copied` answers for what its source decides. */
function isEncrypted(inputs: Value, type: string, copied: Truth): Truth {
    const encrypted = inputs.get("storageEncrypted");
    if (encrypted.state !== "absent") return isOn(encrypted, false);
    if (isDefault(inputs, false) !== false) {
        // A copy with a key is encrypted with it, whatever its source is.
        return or(isPresent(inputs.get("kmsKeyId")), isPresent(inputs.get("kmsKeyArn")), copied);
    }
    const engine = inputs.get("engine");
    // Aurora encrypts every new cluster since February 2026; all others do so only when told to.
    return type === RDS_CLUSTER
        ? holds(engine, engine.text(), (name) => name.startsWith("aurora"), false)
        : false;
}

/** A copy that does not say itself whether it is encrypted is left to the check over the stack. */
const awsEncrypted: Check = ({ inputs, type }) =>
    failIf(not(isEncrypted(inputs, type, true)), inputs.get("storageEncrypted"), UNENCRYPTED);

const redshiftEncrypted: Check = ({ inputs }) => {
    const encrypted = inputs.get("encrypted");
    return failIf(not(isOn(encrypted, true)), encrypted, UNENCRYPTED);
};

const transparentEncryption: Check = ({ inputs }) => {
    const state = inputs.get("state");
    return failIf(not(isOneOf(state, ["enabled"], true)), state, UNENCRYPTED);
};

/** There is nothing that a program could switch off. */
const alwaysEncrypted: Check = () => [];

const ALWAYS_ENCRYPTED = [
    ...FLEXIBLE_SERVERS,
    AZURE_SQL_DATABASE,
    AZURE_SQL_MANAGED,
    CLOUD_SQL,
    ALLOYDB_CLUSTER,
    REDSHIFT_NAMESPACE,
];

/** The inputs by which something is a copy, snapshots of snapshots included. */
const SOURCES = [
    "snapshotIdentifier",
    "replicateSourceDb",
    "replicationSourceIdentifier",
    "globalClusterIdentifier",
    "dbInstanceIdentifier",
    "dbClusterIdentifier",
    "sourceDbSnapshotIdentifier",
    "sourceDbClusterSnapshotIdentifier",
] as const;

/** What lies between a database and its copy. */
const SNAPSHOTS = [
    "aws:rds/snapshot:Snapshot",
    "aws:rds/snapshotCopy:SnapshotCopy",
    "aws:rds/clusterSnapshot:ClusterSnapshot",
    "aws:rds/clusterSnapshotCopy:ClusterSnapshotCopy",
    "aws:rds/globalCluster:GlobalCluster",
    "aws:neptune/clusterSnapshot:ClusterSnapshot",
    "aws:docdb/clusterSnapshot:ClusterSnapshot",
];

/** Longer chains of copies than anybody makes. */
const DEEPEST = 8;

/** Whether a database or a snapshot is encrypted, by what it was made from in the same stack. */
function isEncryptedInStack(stack: Stack, resource: StackResource, depth = 0): Truth {
    const { given, type } = resource;
    const source = SOURCES.find((name) => given.get(name).state !== "absent");
    const [from] = source === undefined ? [] : stack.targets(resource, source);
    const unsure = { unknown: source ?? "snapshotIdentifier" };
    const copied =
        from === undefined || depth === DEEPEST
            ? unsure
            : isEncryptedInStack(stack, from, depth + 1);
    return SNAPSHOTS.includes(type)
        ? or(
              isOn(given.get("storageEncrypted"), false),
              isPresent(given.get("kmsKeyId")),
              source === undefined ? unsure : copied,
          )
        : isEncrypted(given, type, copied);
}

/** Copies whose source tells whether they are encrypted. */
function copiesWithoutEncryption(stack: Stack): readonly StackVerdict[] {
    return stack
        .all(RDS_INSTANCE, ...AWS_CLUSTERS)
        .filter(({ given, type }) => isEncrypted(given, type, true) === true)
        .flatMap((copy) =>
            on(
                copy,
                failIf(
                    not(isEncryptedInStack(stack, copy)),
                    copy.given.get("storageEncrypted"),
                    "is a copy of storage that is not encrypted",
                ),
            ),
        );
}

/** The storage of every database is encrypted. */
export const databaseEncryptedAtRest: Rule = {
    id: "db-encrypted-at-rest",
    title: "A database's storage is encrypted.",
    why: "Whoever gets hold of an unencrypted snapshot or disk reads the data; RDS cannot encrypt it afterwards.",
    clouds: ["aws", "azure", "gcp"],
    pack: "security",
    severity: "critical",
    requirements: {
        "PCI DSS": ["3.5.1", "3.6.1"],
        HIPAA: ["164.312(a)(2)(iv)", "164.312(e)(2)(ii)"],
        "SOC 2": ["PI1.5"],
        GDPR: ["32"],
        "CIS AWS": ["3.2.1"],
    },
    remediation: {
        aws:
            "Set storageEncrypted to true; changing it replaces the database, so restore a copy of it " +
            "first. For a copy, name a kmsKeyId.",
        "aws:redshift": "Set encrypted to true.",
        "azure-native:sql": "Set the state of TransparentDataEncryption to Enabled.",
    },
    see: "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Overview.Encryption.html",
    note:
        "Azure's flexible servers, Cloud SQL, AlloyDB and Redshift Serverless encrypt always. Azure SQL does unless it is " +
        "switched off. A copy is what its source is; the source is looked for in the same stack.",
    checks: {
        ...forTypes([RDS_INSTANCE, ...AWS_CLUSTERS], awsEncrypted),
        [REDSHIFT_CLUSTER]: redshiftEncrypted,
        "azure-native:sql:TransparentDataEncryption": transparentEncryption,
        ...forTypes(ALWAYS_ENCRYPTED, alwaysEncrypted),
    },
    alwaysKept: ALWAYS_ENCRYPTED,
    stack: {
        judges: [RDS_INSTANCE, ...AWS_CLUSTERS],
        reads: SNAPSHOTS,
        check: copiesWithoutEncryption,
    },
};

const NO_KEY = "is not encrypted with a key of your own";

/** A check that a key stands at a path. `absent` says what it means if none does. */
function ownKey(path: string, absent: (inputs: Value) => Truth): Check {
    return ({ inputs }) => {
        const key = inputs.at(path);
        const own = key.state === "absent" ? absent(inputs) : isOwnKey(key);
        return failIf(not(own), key, NO_KEY);
    };
}

const none = (inputs: Value) => isDefault(inputs, false);
const azureNone = (inputs: Value) =>
    isAzureReplica(inputs) === false ? false : { unknown: "createMode" };
const cloudSqlNone = (inputs: Value) =>
    isCloudSqlReplica(inputs) === false ? none(inputs) : { unknown: "masterInstanceName" };

const PROTECTOR = "azure-native:sql:EncryptionProtector";

/** The key of an Azure SQL server stands at the server, or in a resource of its own. */
function azureSqlKeys(stack: Stack): readonly StackVerdict[] {
    const servers = stack.all(AZURE_SQL);
    const protectors = attached(stack, servers, {
        types: [PROTECTOR],
        input: "serverName",
        names: ["serverName", "name"],
    });
    return servers.flatMap((server) => {
        const key = server.given.get("keyId");
        const separate = protectors
            .of(server)
            .map(({ given }) => isOneOf(given.get("serverKeyType"), ["azurekeyvault"], false));
        const own = or(isPresent(key), ...separate, maybe(protectors.loose, "serverName"));
        return on(server, failIf(not(own), key, NO_KEY));
    });
}

/** Databases are encrypted with the customer's keys. */
export const databaseCustomerManagedKey: Rule = {
    id: "db-customer-managed-key",
    title: "A database is encrypted with a key of your own.",
    why: "Only with your own key can you see who uses it, rotate it on your terms, and make all copies unreadable at once.",
    clouds: ["aws", "azure", "gcp"],
    pack: "security",
    severity: "medium",
    requirements: { "PCI DSS": ["3.5.1", "3.6.1.2"] },
    analogies: { HIPAA: ["164.312(a)(2)(iv)"], GDPR: ["32"] },
    remediation: {
        aws: "Set kmsKeyId, which replaces the database.",
        "aws:neptune": "Set kmsKeyArn, which replaces the database.",
        "azure-native:dbforpostgresql":
            "Set dataEncryption.primaryKeyURI with an identity that may use it. PostgreSQL takes a " +
            "key only when it is made, so move its data to a new server.",
        "azure-native:dbformysql":
            "Set dataEncryption.primaryKeyURI with an identity that may use it.",
        "azure-native:sql": "Set keyId, with an identity that may use the key.",
        "gcp:sql": "Set encryptionKeyName, which replaces the database.",
        "gcp:alloydb": "Set encryptionConfig.kmsKeyName, which replaces the database.",
    },
    see: "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Overview.Encryption.Keys.html",
    checks: {
        ...forTypes(
            [RDS_INSTANCE, RDS_CLUSTER, DOCDB_CLUSTER, REDSHIFT_CLUSTER],
            ownKey("kmsKeyId", none),
        ),
        [NEPTUNE_CLUSTER]: ownKey("kmsKeyArn", none),
        [REDSHIFT_NAMESPACE]: ownKey("kmsKeyId", () => false),
        ...forTypes(FLEXIBLE_SERVERS, ownKey("dataEncryption.primaryKeyURI", azureNone)),
        [AZURE_SQL_MANAGED]: ownKey("keyId", () => false),
        [CLOUD_SQL]: ownKey("encryptionKeyName", cloudSqlNone),
        [ALLOYDB_CLUSTER]: ownKey("encryptionConfig.kmsKeyName", () => false),
    },
    stack: { judges: [AZURE_SQL], reads: [PROTECTOR], check: azureSqlKeys },
};
