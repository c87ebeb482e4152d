import { UNKNOWN, type Example, type StackExample } from "../example.ts";
import {
    ALLOYDB,
    AURORA,
    breakAt,
    CLOUD_SQL,
    DOCDB,
    forEach,
    kept,
    missing,
    MYSQL,
    NEPTUNE,
    POSTGRES,
    RDS,
    REDSHIFT,
    SQL_DATABASE,
    SQL_MANAGED,
    SQL_SERVER,
} from "./breaks.ts";

const NAMESPACE = "aws:redshiftserverless/namespace:Namespace";
const KEY = "arn:aws:kms:eu-central-1:111122223333:key/0a1b";

/** A key that stands at a path. */
function withKey(type: string, path: string): Example {
    const [first = "", second] = path.split(".");
    return {
        type,
        good: { engine: "postgres", [first]: second === undefined ? KEY : { [second]: KEY } },
        breaks: [missing(path), breakAt("the key has no name", path, "")],
        undecided: path,
    };
}

export const encryptionExamples: Record<string, readonly Example[]> = {
    "db-encrypted-at-rest": [
        {
            type: RDS,
            good: { engine: "postgres", storageEncrypted: true, snapshotIdentifier: "" },
            breaks: [
                breakAt("encryption is off", "storageEncrypted", false),
                missing("storageEncrypted"),
            ],
            undecided: "storageEncrypted",
        },
        ...forEach([AURORA, NEPTUNE, DOCDB], {
            good: { engine: "postgres", storageEncrypted: true },
            breaks: [missing("storageEncrypted")],
            undecided: "storageEncrypted",
        }),
        {
            type: AURORA,
            good: { engine: "aurora-postgresql" },
            breaks: [breakAt("encryption is switched off for Aurora", "storageEncrypted", false)],
            undecided: "storageEncrypted",
        },
        {
            type: REDSHIFT,
            good: { encrypted: "true" },
            breaks: [breakAt("encryption is off", "encrypted", "false")],
            undecided: "encrypted",
        },
        {
            type: "azure-native:sql:TransparentDataEncryption",
            good: { state: "Enabled" },
            breaks: [breakAt("encryption is off", "state", "Disabled")],
            undecided: "state",
        },
        kept(POSTGRES, { network: { publicNetworkAccess: "Disabled" } }),
        kept(MYSQL, {}),
        kept(SQL_DATABASE, {}),
        kept(SQL_MANAGED, {}),
        kept(CLOUD_SQL, { settings: { ipConfiguration: { ipv4Enabled: false } } }),
        kept(ALLOYDB, {}),
        kept(NAMESPACE, {}),
    ],
    "db-customer-managed-key": [
        {
            ...withKey(RDS, "kmsKeyId"),
            breaks: [
                missing("kmsKeyId"),
                breakAt("the key is AWS's own", "kmsKeyId", "alias/aws/rds"),
            ],
        },
        ...[AURORA, DOCDB, REDSHIFT, NAMESPACE].map((type) => withKey(type, "kmsKeyId")),
        withKey(NEPTUNE, "kmsKeyArn"),
        ...[POSTGRES, MYSQL].map((type) => withKey(type, "dataEncryption.primaryKeyURI")),
        withKey(SQL_MANAGED, "keyId"),
        withKey(CLOUD_SQL, "encryptionKeyName"),
        withKey(ALLOYDB, "encryptionConfig.kmsKeyName"),
    ],
};

const SNAPSHOT = "aws:rds/snapshot:Snapshot";

export const encryptionStackExamples: Record<string, readonly StackExample[]> = {
    "db-encrypted-at-rest": [
        {
            title: "a copy of a snapshot of an encrypted instance",
            good: [
                { name: "first", type: RDS, inputs: { storageEncrypted: true } },
                {
                    name: "snapshot",
                    type: SNAPSHOT,
                    inputs: { dbInstanceIdentifier: UNKNOWN },
                    references: { dbInstanceIdentifier: ["first"] },
                },
                {
                    name: "copy",
                    type: RDS,
                    inputs: { snapshotIdentifier: UNKNOWN },
                    references: { snapshotIdentifier: ["snapshot"] },
                },
            ],
            breaks: [
                {
                    title: "the instance is not encrypted",
                    set: ["first", "storageEncrypted", false],
                    at: [["copy", "storageEncrypted"]],
                },
            ],
            undecided: ["copy", "snapshotIdentifier"],
        },
        {
            title: "a replica of an encrypted instance",
            good: [
                { name: "first", type: RDS, inputs: { storageEncrypted: true } },
                {
                    name: "replica",
                    type: RDS,
                    inputs: { replicateSourceDb: UNKNOWN },
                    references: { replicateSourceDb: ["first"] },
                },
            ],
            breaks: [
                {
                    title: "encryption is left to the default, which is off",
                    set: ["first", "storageEncrypted", undefined],
                    at: [["replica", "storageEncrypted"]],
                },
            ],
            undecided: ["replica", "replicateSourceDb"],
        },
    ],
    "db-customer-managed-key": [
        {
            title: "a server whose key stands in a resource of its own",
            good: [
                { name: "server", type: SQL_SERVER, inputs: {} },
                {
                    name: "protector",
                    type: "azure-native:sql:EncryptionProtector",
                    inputs: { serverName: UNKNOWN, serverKeyType: "AzureKeyVault" },
                    references: { serverName: ["server"] },
                },
            ],
            breaks: [
                {
                    title: "the key is Azure's own",
                    set: ["protector", "serverKeyType", "ServiceManaged"],
                    at: [["server", "keyId"]],
                },
                { title: "there is no key", remove: "protector", at: [["server", "keyId"]] },
            ],
            undecided: ["protector", "serverName"],
        },
    ],
};
