import { aws } from "../../../components/aws/index.ts";
import { services } from "../../../components/aws/services.ts";
import { baseArgs } from "./build.ts";
import { at } from "./check.ts";
import type { SeenServices, ServiceArgs } from "./services.ts";

const BUCKET = "aws:s3/bucket:Bucket";
const LIFECYCLE = "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration";
const CACHE = "aws:elasticache/replicationGroup:ReplicationGroup";
const FILES = "aws:efs/fileSystem:FileSystem";
const VAULT = "aws:backup/vault:Vault";
const ZONE = "aws:route53/zone:Zone";
const CERTIFICATE = "aws:acm/certificate:Certificate";
const ACL = "aws:wafv2/webAcl:WebAcl";

/** Where the arguments of the services land on AWS. */
export const awsServices = {
    ObjectStore: {
        versioning: {
            lands: [
                at(
                    "aws:s3/bucketVersioning:BucketVersioning",
                    "versioningConfiguration.status",
                    "Enabled",
                ),
            ],
        },
        versionRetention: {
            lands: [at(LIFECYCLE, "rules[].noncurrentVersionExpiration.noncurrentDays", 60)],
        },
        coolAfter: {
            lands: [
                at(LIFECYCLE, "rules[].transitions[].days", 45),
                at(LIFECYCLE, "rules[].transitions[].storageClass", "STANDARD_IA"),
            ],
        },
        expireAfter: { lands: [at(LIFECYCLE, "rules[].expiration.days", 400)] },
        corsOrigins: {
            lands: [
                at(
                    "aws:s3/bucketCorsConfiguration:BucketCorsConfiguration",
                    "corsRules[].allowedOrigins[]",
                    "https://shop.example.com",
                ),
            ],
        },
        deletionProtection: {
            lands: [
                at(BUCKET, "forceDestroy", false),
                at(
                    "aws:s3/bucketPolicy:BucketPolicy",
                    "policy.Statement[].Action",
                    "s3:DeleteBucket",
                ),
                at(BUCKET, "(protect)", true),
            ],
        },
    },
    Cache: {
        size: { lands: [at(CACHE, "nodeType", "cache.m7g.xlarge")] },
        highAvailability: {
            lands: [at(CACHE, "multiAzEnabled", true), at(CACHE, "numCacheClusters", 2)],
        },
        eviction: {
            lands: [
                at(
                    "aws:elasticache/parameterGroup:ParameterGroup",
                    "parameters[].value",
                    "noeviction",
                ),
                at(CACHE, "snapshotRetentionLimit", 7),
            ],
        },
        deletionProtection: {
            lands: [at(CACHE, "applyImmediately", false), at(CACHE, "(protect)", true)],
        },
    },
    SharedFiles: {
        highAvailability: { lands: [at("aws:efs/mountTarget:MountTarget", "(exists)", true)] },
        backupRetention: {
            lands: [at("aws:backup/plan:Plan", "rules[].lifecycle.deleteAfter", 30)],
        },
        deletionProtection: {
            lands: [
                at(FILES, "(protect)", true),
                at(VAULT, "(protect)", true),
                at(VAULT, "forceDestroy", false),
            ],
        },
    },
    DnsZone: {
        domain: { lands: [at(ZONE, "name", "example.org")] },
        deletionProtection: {
            lands: [at(ZONE, "forceDestroy", false), at(ZONE, "(protect)", true)],
        },
    },
    Edge: {
        gateway: { lands: [at(CERTIFICATE, "(exists)", true), at(BUCKET, "(exists)", true)] },
        reaches: {
            gives: ({ edge, args }: SeenServices) =>
                args.edge.reaches.map((reach) => edge.balancer(reach).annotations),
        },
        firewall: {
            lands: [
                at(ACL, "(exists)", true),
                at(
                    "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration",
                    "(exists)",
                    true,
                ),
            ],
        },
        ddosProtection: {
            lands: [
                at("aws:ec2/eip:Eip", "(exists)", true),
                at("aws:shield/protection:Protection", "(exists)", true),
            ],
            gives: ({ edge }: SeenServices) => edge.balancer("public").annotations,
        },
        logRetention: {
            lands: [
                at(LIFECYCLE, "rules[].expiration.days", 90),
                at("aws:cloudwatch/logGroup:LogGroup", "retentionInDays", 90),
            ],
        },
        domain: { lands: [at(CERTIFICATE, "domainName", "app.example.com")] },
    },
};

/** Makes each of AWS's services once, on a site that has what they need, and grants what can be granted. */
export function buildServices(args: ServiceArgs, site = baseArgs("aws"), name = "myapp-dev-one") {
    const foundation = new aws.Foundation(name, site.foundation);
    const opts = { providers: [...foundation.providers] };
    const network = new aws.Network(name, { ...site.network, foundation }, opts);
    const shared = { foundation, network };
    const secretStore = new aws.SecretStore(name, { ...site.secretStore, ...shared }, opts);
    const cluster = new aws.Cluster(name, { ...site.cluster, ...shared }, opts);
    const { ObjectStore, Cache, SharedFiles, DnsZone, Edge } = services;

    const objectStore = new ObjectStore(
        `${name}-uploads`,
        { ...args.objectStore, ...shared },
        opts,
    );
    const cache = new Cache(`${name}-sessions`, { ...args.cache, ...shared, secretStore }, opts);
    const files = { ...args.sharedFiles, ...shared, cluster };
    const sharedFiles = new SharedFiles(`${name}-media`, files, opts);
    const dnsZone = new DnsZone(`${name}-zone`, { ...args.dnsZone, foundation }, opts);
    const edge = new Edge(
        `${name}-edge`,
        { ...args.edge, ...shared, cluster, zone: dnsZone },
        opts,
    );

    const identity = cluster.identity(`${name}-web`, { namespace: "web", serviceAccount: "web" });
    objectStore.grant(`${name}-web`, { cluster, identity, access: "write" });
    dnsZone.grant(`${name}-web-records`, { cluster, identity });
    sharedFiles.volume(`${name}-media-web`, "web");
    return { cluster, identity, objectStore, cache, sharedFiles, dnsZone, edge };
}
