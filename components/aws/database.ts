import * as pulumi from "@pulumi/pulumi";
import { LogGroup } from "@pulumi/aws/cloudwatch/logGroup.js";
import type { InstanceArgs } from "@pulumi/aws/rds/instance.js";
import { Instance } from "@pulumi/aws/rds/instance.js";
import { SubnetGroup } from "@pulumi/aws/rds/subnetGroup.js";
import { RandomId } from "@pulumi/random/randomId.js";
import { RandomPassword } from "@pulumi/random/randomPassword.js";
import type { Database, DatabaseArgs } from "../contracts/database.ts";
import { DATABASE_PORT, PASSWORD_FORM, credentialsDocument } from "../contracts/database.ts";
import type { SecretReference } from "../contracts/secret-store.ts";
import type { Cidr } from "../lib/cidr.ts";
import { refuse } from "../lib/errors.ts";
import { compose } from "../lib/names.ts";
import type { Gibibytes } from "../lib/units.ts";
import { amount } from "../lib/units.ts";
import { checkDatabase, storageCeiling } from "./database-checks.ts";
import { parameterGroup } from "./database-parameters.ts";
import { EncryptionKey } from "./encryption-key.ts";
import type { AwsFoundation } from "./foundation.ts";
import { ServiceRole, serviceTrust } from "./iam.ts";
import { AWS_LIMITS } from "./limits.ts";
import type { AwsNetwork } from "./network.ts";
import type { AwsSecretStore } from "./secret-store.ts";
import { DATABASE_CLASSES } from "./sizes.ts";
import { storeGroup, storeSubnets } from "./store-network.ts";

/** A database's arguments on AWS. */
export interface AwsDatabaseArgs extends DatabaseArgs {
    readonly foundation: AwsFoundation;
    readonly network: AwsNetwork;
    readonly secretStore: AwsSecretStore;
    /**
     * Where automatic growth ends: at least a tenth above `storage`, as RDS wants it. Only with `storageAutoGrow`.
     *
     * @default five times `storage`
     */
    readonly maxStorage?: Gibibytes;
}

/** PostgreSQL from the nodes. */
const POSTGRESQL = { kind: "Database", protocol: "PostgreSQL", port: DATABASE_PORT } as const;

/** 03:00 UTC, before maintenance (G1.28). */
const BACKUP_WINDOW = "03:00-04:00";

/** Sunday 04:00 UTC, `DATABASE_MAINTENANCE` in RDS's words. */
const MAINTENANCE_WINDOW = "Sun:04:00-Sun:05:00";

/** The logs that PostgreSQL on RDS can send to CloudWatch. */
const LOG_EXPORTS = ["postgresql", "upgrade"] as const;

/**
 * A PostgreSQL server on RDS in subnets without any route out, reachable from the site's nodes only, over TLS only.
 *
 * The instance is encrypted with its own key, watched by enhanced monitoring and Database Insights, and its logs are
 * kept. Under deletion protection, changes that restart it wait for the maintenance window; else they happen at once.
 *
 * A server with `finalBackup` leaves a final snapshot and its backups. They are encrypted with the server's key: bring the
 * key back, or copy them, before its 30 days are over.
 */
export class AwsDatabase extends pulumi.ComponentResource implements Database {
    readonly host: pulumi.Output<string>;
    readonly port = DATABASE_PORT;
    readonly databaseName: string;
    readonly credentials: SecretReference;
    readonly cidrs: readonly Cidr[];
    /** The security group around the server. */
    readonly securityGroupId: pulumi.Output<string>;

    constructor(name: string, args: AwsDatabaseArgs, opts?: pulumi.ComponentResourceOptions) {
        super("platform:aws:Database", name, {}, opts);
        refuse(this, name, checkDatabase(args));
        const { network } = args;
        const within = { parent: this };
        const group = storeGroup(name, network, POSTGRESQL, this);
        const password = new RandomPassword(`${name}-password`, PASSWORD_FORM, within).result;
        const logs = logGroups(name, network, this);
        const monitoring = monitoringRole(name, args, this);
        const instance = new Instance(
            name,
            {
                ...settings(name, args),
                ...encryption(name, args, this),
                ...deletion(name, args, this),
                password,
                dbSubnetGroupName: new SubnetGroup(name, storeSubnets(name, network), within).name,
                parameterGroupName: parameterGroup(name, args, this).name,
                vpcSecurityGroupIds: [group.id],
                monitoringRoleArn: monitoring.arn,
            },
            {
                ...within,
                protect: args.deletionProtection,
                // RDS would make the log groups itself, to be kept for ever, if they were not there first.
                dependsOn: [monitoring, ...logs],
            },
        );

        this.host = instance.address;
        this.databaseName = args.databaseName;
        this.cidrs = Object.values(network.plan.database);
        this.securityGroupId = group.id;
        this.credentials = args.secretStore.put(
            `${name}-credentials`,
            credentialsDocument(args, this.host, password),
        );
        this.registerOutputs({ host: this.host, databaseName: this.databaseName });
    }
}

/** The server's identifier, known before it exists: its log groups carry it. */
function identifierOf(name: string): string {
    return compose(AWS_LIMITS.names.database, name);
}

/** What the server is set to. */
function settings(name: string, args: AwsDatabaseArgs): InstanceArgs {
    return {
        identifier: identifierOf(name),
        engine: "postgres",
        engineVersion: args.version,
        // The version is written in the settings, so a major upgrade is always meant.
        allowMajorVersionUpgrade: true,
        autoMinorVersionUpgrade: true,
        // Extended support is charged per vCPU and hour; without it, RDS upgrades a version that has run out.
        engineLifecycleSupport: "open-source-rds-extended-support-disabled",
        applyImmediately: !args.deletionProtection,
        instanceClass: DATABASE_CLASSES[args.size],
        multiAz: args.highAvailability,
        storageType: "gp3",
        allocatedStorage: amount(args.storage),
        maxAllocatedStorage: storageCeiling(args),
        dbName: args.databaseName,
        username: args.username,
        port: DATABASE_PORT,
        publiclyAccessible: false,
        caCertIdentifier: "rds-ca-rsa2048-g1",
        backupRetentionPeriod: amount(args.backupRetention),
        backupWindow: BACKUP_WINDOW,
        maintenanceWindow: MAINTENANCE_WINDOW,
        copyTagsToSnapshot: true,
        monitoringInterval: 60,
        databaseInsightsMode: "standard",
        performanceInsightsEnabled: true,
        performanceInsightsRetentionPeriod: 7,
        enabledCloudwatchLogsExports: [...LOG_EXPORTS],
        tags: { Name: name },
    };
}

/** Encrypts storage, backups and insights with one key of the server's own. */
function encryption(
    name: string,
    args: AwsDatabaseArgs,
    parent: pulumi.Resource,
): Pick<InstanceArgs, "storageEncrypted" | "kmsKeyId" | "performanceInsightsKmsKeyId"> {
    const { arn } = new EncryptionKey(
        name,
        {
            account: args.foundation.account,
            description: `Database ${name}`,
            alias: `${name}/database`,
            deletionProtection: args.deletionProtection,
            recoverable: args.finalBackup,
        },
        { parent },
    );
    return { storageEncrypted: true, kmsKeyId: arn, performanceInsightsKmsKeyId: arn };
}

/**
 * What deletion leaves behind. The final snapshot's name has a random tail that stays for the server's life: a clock
 * would change it on each run (G1.29), and a fixed name would be taken when a server of the same name dies again.
 */
function deletion(
    name: string,
    args: AwsDatabaseArgs,
    parent: pulumi.Resource,
): Pick<
    InstanceArgs,
    | "deletionProtection"
    | "skipFinalSnapshot"
    | "finalSnapshotIdentifier"
    | "deleteAutomatedBackups"
> {
    const tail = new RandomId(`${name}-final`, { byteLength: 4 }, { parent });
    return {
        deletionProtection: args.deletionProtection,
        skipFinalSnapshot: !args.finalBackup,
        finalSnapshotIdentifier: pulumi.interpolate`${identifierOf(name)}-final-${tail.hex}`,
        deleteAutomatedBackups: !args.finalBackup,
    };
}

/** The log groups of the exports, made beforehand with the network's retention and key. */
function logGroups(
    name: string,
    network: AwsNetwork,
    parent: pulumi.Resource,
): readonly LogGroup[] {
    return LOG_EXPORTS.map(
        (log) =>
            new LogGroup(
                `${name}-${log}`,
                {
                    name: `/aws/rds/instance/${identifierOf(name)}/${log}`,
                    retentionInDays: network.logDays,
                    kmsKeyId: network.logKeyArn,
                    tags: { Name: `${name}-${log}` },
                },
                { parent },
            ),
    );
}

/** The role with which RDS sends the host's metrics, a process list among them, every minute (G1.30). */
function monitoringRole(
    name: string,
    { foundation }: AwsDatabaseArgs,
    parent: pulumi.Resource,
): ServiceRole {
    return new ServiceRole(
        `${name}-monitoring`,
        {
            description: `Enhanced monitoring of ${name}`,
            trust: serviceTrust("monitoring.rds.amazonaws.com", foundation.account),
            managed: ["service-role/AmazonRDSEnhancedMonitoringRole"],
        },
        { parent },
    );
}
