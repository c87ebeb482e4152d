import type { Mutation } from "./mutation.ts";

const RDS = "aws:rds/instance:Instance";
const AZURE = "azure-native:dbforpostgresql:Server";
const CLOUD_SQL = "gcp:sql/databaseInstance:DatabaseInstance";

/** A change of one input. */
const set = (
    rule: string,
    title: string,
    type: string,
    path: string,
    value: string | number | boolean | undefined,
): Mutation => ({ rule, title, do: [{ type, set: { [path]: value } }], at: path });

/** What AlloyDB has to be given so that nothing is wrong with it. */
const ALLOYDB_FLAGS = {
    "alloydb.iam_authentication": "on",
    log_connections: "on",
    log_disconnections: "on",
    "alloydb.enable_pgaudit": "on",
    "pgaudit.log": "all",
};

const LABELS = {
    "cost-centre": "cc-2000",
    environment: "prod",
    "managed-by": "pulumi",
    owner: "platform-team",
    project: "myapp",
};

/** An instance of AlloyDB without some of its flags. */
const alloyDbWithout = (rule: string, title: string, ...flags: readonly string[]): Mutation => ({
    rule,
    title,
    do: [],
    add: [
        {
            type: "gcp:alloydb/instance:Instance",
            name: "reports",
            inputs: {
                cluster: "reports",
                instanceId: "reports",
                instanceType: "PRIMARY",
                availabilityType: "REGIONAL",
                databaseFlags: Object.fromEntries(
                    Object.entries(ALLOYDB_FLAGS).filter(([name]) => !flags.includes(name)),
                ),
                labels: LABELS,
            },
        },
    ],
    at: "databaseFlags",
});

export const databasesMutations: readonly Mutation[] = [
    set(
        "db-no-public-access",
        "the database on AWS has a public address",
        RDS,
        "publiclyAccessible",
        true,
    ),
    {
        rule: "db-no-public-access",
        title: "the database on Azure has a public address",
        do: [{ type: AZURE, set: { network: {} } }],
        at: "network.publicNetworkAccess",
        // A server that answers on the internet stands in no private subnet.
        also: ["db-private-subnets"],
    },
    set(
        "db-no-public-access",
        "the database on Google Cloud has a public address",
        CLOUD_SQL,
        "settings.ipConfiguration.ipv4Enabled",
        true,
    ),
    {
        rule: "db-no-world-firewall",
        title: "the database on Google Cloud lets every address in",
        do: [
            {
                type: CLOUD_SQL,
                set: {
                    "settings.ipConfiguration.authorizedNetworks": [{ value: "0.0.0.0/0" }],
                },
            },
        ],
        at: "settings.ipConfiguration.authorizedNetworks[0]",
        // The whole internet is more than the cluster.
        also: ["db-reachable-only-from-cluster"],
    },
    {
        rule: "db-no-world-firewall",
        title: "the database on Azure lets every customer of Azure in",
        do: [],
        add: [
            {
                type: "azure-native:dbforpostgresql:FirewallRule",
                name: "azure-services",
                inputs: {
                    serverName: "orders",
                    resourceGroupName: "orders",
                    startIpAddress: "0.0.0.0",
                    endIpAddress: "0.0.0.0",
                },
            },
        ],
        at: "startIpAddress",
    },
    set(
        "db-encrypted-at-rest",
        "the database on AWS is not encrypted",
        RDS,
        "storageEncrypted",
        false,
    ),
    set(
        "db-customer-managed-key",
        "the database on AWS is encrypted with AWS's own key",
        RDS,
        "kmsKeyId",
        undefined,
    ),
    set(
        "db-customer-managed-key",
        "the database on Google Cloud is encrypted with Google's own key",
        CLOUD_SQL,
        "encryptionKeyName",
        undefined,
    ),
    {
        rule: "db-tls-enforced",
        title: "the parameters of the database on AWS let plain connections in",
        do: [
            {
                type: "aws:rds/parameterGroup:ParameterGroup",
                set: { "parameters[0].value": "0" },
            },
        ],
        at: "parameterGroupName",
    },
    {
        rule: "db-tls-enforced",
        title: "a parameter of the database on Azure lets plain connections in",
        do: [
            {
                type: "azure-native:dbforpostgresql:Configuration",
                name: "myapp-prod-azure-main-require-secure-transport",
                set: { value: "off" },
            },
        ],
        at: "value",
    },
    set(
        "db-tls-enforced",
        "the database on Google Cloud lets plain connections in",
        CLOUD_SQL,
        "settings.ipConfiguration.sslMode",
        "ALLOW_UNENCRYPTED_AND_ENCRYPTED",
    ),
    set(
        "db-backup-retention",
        "backups on AWS are kept for three days",
        RDS,
        "backupRetentionPeriod",
        3,
    ),
    set(
        "db-backup-retention",
        "two backups are kept on Google Cloud",
        CLOUD_SQL,
        "settings.backupConfiguration.backupRetentionSettings.retainedBackups",
        2,
    ),
    set(
        "db-point-in-time-recovery",
        "the database on Google Cloud keeps no log to go back by",
        CLOUD_SQL,
        "settings.backupConfiguration.pointInTimeRecoveryEnabled",
        false,
    ),
    set(
        "db-geo-redundant-backup",
        "backups on Azure stay in their region",
        AZURE,
        "backup.geoRedundantBackup",
        "Disabled",
    ),
    set("db-high-availability", "the database on AWS has no standby", RDS, "multiAz", false),
    set(
        "db-high-availability",
        "the standby on Azure is in the same zone",
        AZURE,
        "highAvailability.mode",
        "SameZone",
    ),
    set(
        "db-deletion-protection",
        "the database on AWS can be deleted",
        RDS,
        "deletionProtection",
        false,
    ),
    {
        rule: "db-deletion-protection",
        title: "the database on Azure has neither lock nor protection",
        do: [
            { type: AZURE, set: { availabilityZone: "2" } },
            {
                type: "azure-native:authorization:ManagementLockByScope",
                name: "myapp-prod-azure-main-lock",
            },
        ],
        traits: { protect: false },
        // That rule asks for Pulumi's own protection on all that holds data.
        also: ["xr-stateful-protected"],
    },
    set(
        "db-final-snapshot",
        "the database on AWS leaves no snapshot",
        RDS,
        "skipFinalSnapshot",
        true,
    ),
    alloyDbWithout(
        "db-iam-authentication",
        "a database knows passwords only",
        "alloydb.iam_authentication",
    ),
    alloyDbWithout("db-pgaudit", "a database audits no statement", "alloydb.enable_pgaudit"),
    alloyDbWithout("db-log-export", "a database does not log who leaves", "log_disconnections"),
    {
        rule: "db-no-inline-password",
        title: "a user's password stands in the program",
        do: [],
        add: [
            {
                type: "gcp:alloydb/user:User",
                name: "reader",
                inputs: {
                    cluster: "reports",
                    userId: "reader",
                    userType: "ALLOYDB_BUILT_IN",
                    password: "correct-horse-battery",
                },
            },
        ],
        at: "password",
        // That rule looks for credentials everywhere, and this is one.
        also: ["secret-not-plaintext"],
    },
    {
        rule: "db-log-export",
        title: "the log of the database on AWS is not sent",
        do: [{ type: RDS, set: { enabledCloudwatchLogsExports: ["upgrade"] } }],
        at: "enabledCloudwatchLogsExports",
    },
    {
        rule: "db-log-export",
        title: "the log of the database on Azure is not sent",
        do: [
            {
                type: "azure-native:monitor:DiagnosticSetting",
                name: "myapp-prod-azure-main-logs",
            },
        ],
    },
    set(
        "db-minor-upgrades",
        "the database on AWS waits for minor versions",
        RDS,
        "autoMinorVersionUpgrade",
        false,
    ),
    set("db-monitoring", "nobody watches the database on AWS", RDS, "monitoringInterval", 0),
    set(
        "db-supported-engine",
        "the version on AWS has no support any more",
        RDS,
        "engineVersion",
        "13",
    ),
    set(
        "db-supported-engine",
        "the version on Azure has no support any more",
        AZURE,
        "version",
        "14",
    ),
    {
        rule: "db-private-subnets",
        title: "the route table of the database on AWS leads to the internet",
        do: [
            {
                type: "aws:ec2/routeTable:RouteTable",
                name: "myapp-prod-aws-database",
                set: { routes: [{ cidrBlock: "0.0.0.0/0", gatewayId: "igw-0a1b2c3d" }] },
            },
        ],
        at: "dbSubnetGroupName",
    },
    {
        rule: "db-private-subnets",
        title: "the database on Google Cloud is in no private network",
        do: [
            {
                type: CLOUD_SQL,
                set: { "settings.ipConfiguration.privateNetwork": undefined },
            },
        ],
        at: "settings.ipConfiguration.privateNetwork",
    },
    {
        rule: "db-reachable-only-from-cluster",
        title: "the whole network on AWS gets to the database",
        do: [
            {
                type: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
                name: "myapp-prod-aws-main",
                set: { cidrIpv4: "10.205.0.0/16" },
                keepReferences: true,
            },
        ],
    },
    {
        rule: "db-reachable-only-from-cluster",
        title: "the whole network on Azure gets to the database",
        do: [
            {
                type: "azure-native:network:NetworkSecurityGroup",
                name: "myapp-prod-azure-database",
                set: { "securityRules[2].access": "Allow" },
            },
        ],
        at: "securityRules[2]",
    },
    {
        rule: "db-reachable-only-from-cluster",
        title: "the network on Google Cloud has subnets of others by itself",
        do: [
            {
                type: "gcp:compute/network:Network",
                set: { autoCreateSubnetworks: true },
            },
        ],
        at: "settings.ipConfiguration.privateNetwork",
        // That rule wants no such network, whatever is in it.
        also: ["gcp-no-default-network"],
    },
];
