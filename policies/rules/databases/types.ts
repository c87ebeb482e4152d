export const RDS_INSTANCE = "aws:rds/instance:Instance";
export const RDS_CLUSTER = "aws:rds/cluster:Cluster";
/** An instance in a cluster; what concerns the data is the cluster's. */
export const RDS_MEMBER = "aws:rds/clusterInstance:ClusterInstance";
/** What stands between clients and a database has to be guarded as the database is. */
export const RDS_PROXY = "aws:rds/proxy:Proxy";
export const NEPTUNE_CLUSTER = "aws:neptune/cluster:Cluster";
export const NEPTUNE_MEMBER = "aws:neptune/clusterInstance:ClusterInstance";
export const DOCDB_CLUSTER = "aws:docdb/cluster:Cluster";
export const DOCDB_MEMBER = "aws:docdb/clusterInstance:ClusterInstance";
export const REDSHIFT_CLUSTER = "aws:redshift/cluster:Cluster";
export const REDSHIFT_WORKGROUP = "aws:redshiftserverless/workgroup:Workgroup";
export const REDSHIFT_NAMESPACE = "aws:redshiftserverless/namespace:Namespace";

export const AZURE_POSTGRES = "azure-native:dbforpostgresql:Server";
export const AZURE_MYSQL = "azure-native:dbformysql:Server";
export const AZURE_SQL = "azure-native:sql:Server";
export const AZURE_SQL_DATABASE = "azure-native:sql:Database";
export const AZURE_SQL_MANAGED = "azure-native:sql:ManagedInstance";
export const POSTGRES_PARAMETER = "azure-native:dbforpostgresql:Configuration";
export const MYSQL_PARAMETER = "azure-native:dbformysql:Configuration";

export const CLOUD_SQL = "gcp:sql/databaseInstance:DatabaseInstance";
export const ALLOYDB_CLUSTER = "gcp:alloydb/cluster:Cluster";
export const ALLOYDB_INSTANCE = "gcp:alloydb/instance:Instance";

/** AWS's clusters, whose members are resources of their own. */
export const AWS_CLUSTERS = [RDS_CLUSTER, NEPTUNE_CLUSTER, DOCDB_CLUSTER] as const;
/** Azure's flexible servers, whose inputs are alike. */
export const FLEXIBLE_SERVERS = [AZURE_POSTGRES, AZURE_MYSQL] as const;
