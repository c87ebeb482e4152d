/** What holds something that a new one in its place does not have. */
export interface Stateful {
    /** What it is, for counting: `database`. */
    readonly what: string;
    readonly plural: string;
    /** What is lost with it, as a whole sentence. */
    readonly loses: string;
}

const DATABASE: Stateful = {
    what: "database",
    plural: "databases",
    loses: "Its data is lost but for backups that are kept outside of it, and nothing answers until it is restored.",
};
const CLUSTER: Stateful = {
    what: "cluster",
    plural: "clusters",
    loses: "Everything that runs in it stops, and what its volumes hold is lost with it.",
};
const KEY: Stateful = {
    what: "encryption key",
    plural: "encryption keys",
    loses: "What is encrypted with it can no longer be read once the key is destroyed.",
};
const BUCKET: Stateful = {
    what: "bucket",
    plural: "buckets",
    loses: "The objects in it are lost, or it cannot be deleted while it holds any.",
};
const VOLUME: Stateful = {
    what: "volume",
    plural: "volumes",
    loses: "What is stored on it is lost but for snapshots.",
};
const REGISTRY: Stateful = {
    what: "registry",
    plural: "registries",
    loses: "The images in it are lost, and nodes that have to pull one of them cannot start its pods.",
};
const SECRETS: Stateful = {
    what: "secret store",
    plural: "secret stores",
    loses: "The secrets in it are lost, and what was put there by hand has to be put there again.",
};
const SECRET: Stateful = {
    what: "secret",
    plural: "secrets",
    loses: "All its versions are lost, and a name that is kept back after deletion cannot be taken again at once.",
};
const PASSWORD: Stateful = {
    what: "generated value",
    plural: "generated values",
    loses: "Its value is gone, and whatever still uses it has to be given another one.",
};
const LOGS: Stateful = {
    what: "log store",
    plural: "log stores",
    loses: "The logs in it are lost, those that an audit asks for too.",
};
const TABLE: Stateful = {
    what: "table or queue",
    plural: "tables or queues",
    loses: "The entries in it are lost but for backups.",
};
const NAMESPACE: Stateful = {
    what: "namespace",
    plural: "namespaces",
    loses: "Everything in it is deleted, volume claims and what the stack does not know of included.",
};
const DEFINITION: Stateful = {
    what: "resource definition",
    plural: "resource definitions",
    loses: "Every object of that kind is deleted with it.",
};
const NETWORK: Stateful = {
    what: "network",
    plural: "networks",
    loses: "Everything in it goes with it.",
};
const ADDRESS: Stateful = {
    what: "public address",
    plural: "public addresses",
    loses: "The address is given back: allow-lists and DNS records elsewhere that name it no longer fit.",
};
const ZONE: Stateful = {
    what: "DNS zone",
    plural: "DNS zones",
    loses: "Its records no longer resolve, and a new one may have other name servers.",
};
const GROUP: Stateful = {
    what: "resource group",
    plural: "resource groups",
    loses: "Everything in it is deleted with it, what the stack does not know of included.",
};

/** The types that hold something, by the normalised type. */
export const STATEFUL: Readonly<Record<string, Stateful>> = {
    "aws:rds/instance:Instance": DATABASE,
    "aws:rds/cluster:Cluster": DATABASE,
    "aws:rds/clusterInstance:ClusterInstance": DATABASE,
    "aws:rds/globalCluster:GlobalCluster": DATABASE,
    "aws:docdb/cluster:Cluster": DATABASE,
    "aws:neptune/cluster:Cluster": DATABASE,
    "aws:redshift/cluster:Cluster": DATABASE,
    "aws:elasticache/replicationGroup:ReplicationGroup": DATABASE,
    "aws:opensearch/domain:Domain": DATABASE,
    "aws:dynamodb/table:Table": TABLE,
    "aws:sqs/queue:Queue": TABLE,
    "aws:eks/cluster:Cluster": CLUSTER,
    "aws:kms/key:Key": KEY,
    "aws:s3/bucket:Bucket": BUCKET,
    "aws:ebs/volume:Volume": VOLUME,
    "aws:efs/fileSystem:FileSystem": VOLUME,
    "aws:ecr/repository:Repository": REGISTRY,
    "aws:secretsmanager/secret:Secret": SECRET,
    "aws:ssm/parameter:Parameter": SECRET,
    "aws:cloudwatch/logGroup:LogGroup": LOGS,
    "aws:ec2/vpc:Vpc": NETWORK,
    "aws:ec2/eip:Eip": ADDRESS,
    "aws:route53/zone:Zone": ZONE,

    "azure-native:dbforpostgresql:Server": DATABASE,
    "azure-native:dbforpostgresql:Database": DATABASE,
    "azure-native:dbformysql:Server": DATABASE,
    "azure-native:dbformysql:Database": DATABASE,
    "azure-native:sql:Server": DATABASE,
    "azure-native:sql:Database": DATABASE,
    "azure-native:cosmosdb:DatabaseAccount": DATABASE,
    "azure-native:cache:Redis": DATABASE,
    "azure-native:redis:Redis": DATABASE,
    "azure-native:containerservice:ManagedCluster": CLUSTER,
    "azure-native:keyvault:Key": KEY,
    "azure-native:keyvault:Vault": SECRETS,
    "azure-native:keyvault:Secret": SECRET,
    "azure-native:storage:StorageAccount": BUCKET,
    "azure-native:storage:BlobContainer": BUCKET,
    "azure-native:storage:FileShare": VOLUME,
    "azure-native:compute:Disk": VOLUME,
    "azure-native:containerregistry:Registry": REGISTRY,
    "azure-native:operationalinsights:Workspace": LOGS,
    "azure-native:monitor:AzureMonitorWorkspace": LOGS,
    "azure-native:network:VirtualNetwork": NETWORK,
    "azure-native:network:PublicIPAddress": ADDRESS,
    "azure-native:dns:Zone": ZONE,
    "azure-native:privatedns:PrivateZone": ZONE,
    "azure-native:resources:ResourceGroup": GROUP,

    "gcp:sql/databaseInstance:DatabaseInstance": DATABASE,
    "gcp:sql/database:Database": DATABASE,
    "gcp:alloydb/cluster:Cluster": DATABASE,
    "gcp:alloydb/instance:Instance": DATABASE,
    "gcp:spanner/instance:Instance": DATABASE,
    "gcp:spanner/database:Database": DATABASE,
    "gcp:redis/instance:Instance": DATABASE,
    "gcp:firestore/database:Database": DATABASE,
    "gcp:bigquery/dataset:Dataset": DATABASE,
    "gcp:bigtable/instance:Instance": DATABASE,
    "gcp:container/cluster:Cluster": CLUSTER,
    "gcp:kms/cryptoKey:CryptoKey": KEY,
    "gcp:kms/keyRing:KeyRing": KEY,
    "gcp:storage/bucket:Bucket": BUCKET,
    "gcp:compute/disk:Disk": VOLUME,
    "gcp:compute/regionDisk:RegionDisk": VOLUME,
    "gcp:filestore/instance:Instance": VOLUME,
    "gcp:artifactregistry/repository:Repository": REGISTRY,
    "gcp:secretmanager/secret:Secret": SECRET,
    "gcp:logging/projectBucketConfig:ProjectBucketConfig": LOGS,
    "gcp:compute/network:Network": NETWORK,
    "gcp:compute/address:Address": ADDRESS,
    "gcp:compute/globalAddress:GlobalAddress": ADDRESS,
    "gcp:dns/managedZone:ManagedZone": ZONE,

    "kubernetes:core:Namespace": NAMESPACE,
    "kubernetes:core:PersistentVolume": VOLUME,
    "kubernetes:core:PersistentVolumeClaim": VOLUME,
    "kubernetes:apiextensions.k8s.io:CustomResourceDefinition": DEFINITION,

    "random:index/randomPassword:RandomPassword": PASSWORD,
    "random:index/randomId:RandomId": PASSWORD,
    "random:index/randomString:RandomString": PASSWORD,
};
