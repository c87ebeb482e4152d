import { forTypes, type Check, type Rule } from "./rule.ts";

/** What holds data, or the only key to it, or everything that runs. */
const STATEFUL: readonly string[] = [
    "aws:eks/cluster:Cluster",
    "azure-native:containerservice:ManagedCluster",
    "gcp:container/cluster:Cluster",

    "aws:rds/instance:Instance",
    "aws:rds/cluster:Cluster",
    "aws:rds/globalCluster:GlobalCluster",
    "aws:docdb/cluster:Cluster",
    "aws:neptune/cluster:Cluster",
    "aws:dynamodb/table:Table",
    "azure-native:dbforpostgresql:Server",
    "azure-native:dbformysql:Server",
    "azure-native:sql:Server",
    "azure-native:sql:Database",
    "azure-native:cosmosdb:DatabaseAccount",
    "gcp:sql/databaseInstance:DatabaseInstance",
    "gcp:alloydb/cluster:Cluster",
    "gcp:spanner/instance:Instance",
    "gcp:bigtable/instance:Instance",
    "gcp:firestore/database:Database",
    "gcp:bigquery/dataset:Dataset",

    "aws:s3/bucket:Bucket",
    "azure-native:storage:StorageAccount",
    "gcp:storage/bucket:Bucket",
    "aws:efs/fileSystem:FileSystem",

    "aws:kms/key:Key",
    "azure-native:keyvault:Vault",
    "azure-native:keyvault:ManagedHsm",
    "gcp:kms/cryptoKey:CryptoKey",
];

const unprotected: Check = ({ inputs, protect }) =>
    protect
        ? []
        : [
              {
                  state: "fail",
                  path: inputs.path,
                  message: "is deleted as soon as the program says so",
              },
          ];

/** What cannot be made again is taken out of protection before it goes. */
export const crossStatefulProtected: Rule = {
    id: "xr-stateful-protected",
    title: "Databases, keys, buckets and clusters of production are protected by Pulumi.",
    why: "A renamed resource, a removed line or a `pulumi destroy` in the wrong stack deletes what nobody can make again.",
    clouds: ["aws", "azure", "gcp"],
    pack: "reliability",
    severity: "medium",
    requirements: {},
    analogies: { "SOC 2": ["C1.1"] },
    remediation:
        "Give the resource the option protect: true. To delete it, run `pulumi state unprotect` first, or take the option away in an " +
        "update of its own.",
    see: "https://www.pulumi.com/docs/iac/concepts/resources/options/protect/",
    production: true,
    checks: forTypes(STATEFUL, unprotected),
};

/** Whether a single command can delete what holds data. */
export const protectionRules: readonly Rule[] = [crossStatefulProtected];
