import { document, type Example } from "./example.ts";

const EVERYBODY = [
    { Action: "s3:GetObject", Resource: "*", Principal: "*" },
    { Action: "s3:GetObject", Resource: "*", Principal: { AWS: "*" } },
    { Action: "s3:GetObject", Resource: "*", Principal: { AWS: ["arn:aws:iam::1:root", "*"] } },
    { Action: "s3:GetObject", Resource: "*", NotPrincipal: { AWS: "arn:aws:iam::1:root" } },
    {
        Action: "s3:GetObject",
        Resource: "*",
        Principal: "*",
        Condition: { StringLike: { "aws:PrincipalOrgID": "*" } },
    },
    {
        Action: "s3:GetObject",
        Resource: "*",
        Principal: "*",
        Condition: { StringNotEquals: { "aws:PrincipalOrgID": "o-1" } },
    },
] as const;

/** A resource with an AWS policy document in `policy`: everything that lets everybody in. */
export function resourcePolicy(type: string): Example {
    return {
        type,
        good: {
            policy: document({
                Action: "s3:GetObject",
                Resource: "*",
                Principal: "*",
                Condition: { StringEquals: { "aws:PrincipalOrgID": "o-1" } },
            }),
        },
        breaks: EVERYBODY.map((statement) => ({
            title: `the policy says ${JSON.stringify(statement)}`,
            set: ["policy", document(statement)],
            at: ["policy.Statement[0]"],
        })),
        undecided: "policy",
    };
}

/** A Google Cloud grant of each of the three shapes. */
export function googleGrant(
    prefix: string,
    iam: "Iam" | "IAM" | "iAM",
    name: "Iam" | "IAM",
): readonly Example[] {
    const token = (kind: string) => {
        const module = `${prefix}${iam}${kind}`;
        const last = module.split("/")[1]!;
        const title =
            iam === "iAM" ? `${name}${kind}` : last.slice(0, 1).toUpperCase() + last.slice(1);
        return `gcp:${module}:${title}`;
    };
    const role = "roles/viewer";
    const policy = (member: string) =>
        JSON.stringify({ bindings: [{ role, members: ["group:team@example.com", member] }] });
    const title = "it is granted to everybody";
    return [
        {
            type: token("Member"),
            good: { role, member: "group:team@example.com" },
            breaks: [{ title, set: ["member", "allUsers"], at: ["role"] }],
            undecided: "member",
        },
        {
            type: token("Binding"),
            good: { role, members: ["group:team@example.com"] },
            breaks: [{ title, set: ["members[0]", "allAuthenticatedUsers"], at: ["role"] }],
            undecided: "members",
        },
        {
            type: token("Policy"),
            good: { policyData: policy("user:somebody@example.com") },
            breaks: [{ title, set: ["policyData", policy("allUsers")], at: ["role"] }],
            undecided: "policyData",
        },
    ];
}

export const dataExamples: Record<string, readonly Example[]> = {
    "db-no-public-access": [
        ...["aws:rds/instance:Instance", "aws:rds/clusterInstance:ClusterInstance"].map(
            (type): Example => ({
                type,
                good: { publiclyAccessible: false, storageEncrypted: true },
                breaks: [
                    {
                        title: "the instance is public",
                        set: ["publiclyAccessible", true],
                        at: ["publiclyAccessible"],
                    },
                    {
                        title: "the instance is public in another spelling",
                        set: ["publiclyAccessible", "TRUE"],
                        at: ["publiclyAccessible"],
                    },
                ],
                undecided: "publiclyAccessible",
            }),
        ),
        {
            type: "azure-native:dbforpostgresql/v20250801:Server",
            good: { network: { publicNetworkAccess: "Disabled" } },
            breaks: [
                {
                    title: "public access is enabled",
                    set: ["network.publicNetworkAccess", "Enabled"],
                    at: ["network.publicNetworkAccess"],
                },
                {
                    title: "nothing is said, and public access is the default",
                    set: ["network", undefined],
                    at: ["network.publicNetworkAccess"],
                },
            ],
            undecided: "network.publicNetworkAccess",
        },
        {
            type: "azure-native:dbforpostgresql:Server",
            good: { network: { delegatedSubnetResourceId: "/subscriptions/1/subnets/database" } },
            breaks: [
                {
                    title: "no subnet is delegated",
                    set: ["network.delegatedSubnetResourceId", undefined],
                    at: ["network.publicNetworkAccess"],
                },
                {
                    title: "the delegated subnet has no name",
                    set: ["network.delegatedSubnetResourceId", ""],
                    at: ["network.publicNetworkAccess"],
                },
            ],
            undecided: "network.delegatedSubnetResourceId",
        },
        {
            type: "gcp:sql/databaseInstance:DatabaseInstance",
            good: { settings: { tier: "db-f1-micro", ipConfiguration: { ipv4Enabled: false } } },
            breaks: [
                {
                    title: "the instance has a public address",
                    set: ["settings.ipConfiguration.ipv4Enabled", true],
                    at: ["settings.ipConfiguration.ipv4Enabled"],
                },
                {
                    title: "nothing is said, and a public address is the default",
                    set: ["settings.ipConfiguration", undefined],
                    at: ["settings.ipConfiguration.ipv4Enabled"],
                },
            ],
            undecided: "settings.ipConfiguration.ipv4Enabled",
        },
    ],
    "db-no-world-firewall": [
        {
            type: "gcp:sql/databaseInstance:DatabaseInstance",
            good: {
                settings: {
                    ipConfiguration: {
                        ipv4Enabled: false,
                        authorizedNetworks: [{ name: "office", value: "203.0.113.0/24" }],
                    },
                },
            },
            breaks: [
                {
                    title: "an authorised network is the whole internet",
                    set: ["settings.ipConfiguration.authorizedNetworks[0].value", "0.0.0.0/0"],
                    at: ["settings.ipConfiguration.authorizedNetworks[0]"],
                },
            ],
            undecided: "settings.ipConfiguration.authorizedNetworks",
        },
        {
            type: "azure-native:dbforpostgresql:FirewallRule",
            good: { startIpAddress: "203.0.113.1", endIpAddress: "203.0.113.9" },
            breaks: [
                {
                    title: "the range is most of the internet",
                    set: ["startIpAddress", "1.0.0.0"],
                    at: ["startIpAddress"],
                },
                {
                    title: "the range is a part of the internet that nobody owns as a whole",
                    set: ["startIpAddress", "201.0.0.0"],
                    at: ["startIpAddress"],
                },
            ],
            undecided: "endIpAddress",
        },
        {
            type: "azure-native:dbforpostgresql/v20250801:FirewallRule",
            good: { startIpAddress: "0.0.0.0", endIpAddress: "0.0.0.1" },
            breaks: [
                {
                    title: "the range means all Azure services",
                    set: ["endIpAddress", "0.0.0.0"],
                    at: ["startIpAddress"],
                },
                {
                    title: "the range is everything",
                    set: ["endIpAddress", "255.255.255.255"],
                    at: ["startIpAddress"],
                },
            ],
            undecided: "endIpAddress",
        },
    ],
    "db-encrypted-at-rest": [
        {
            type: "aws:rds/instance:Instance",
            good: { engine: "postgres", storageEncrypted: true, snapshotIdentifier: "" },
            breaks: [
                {
                    title: "encryption is off",
                    set: ["storageEncrypted", false],
                    at: ["storageEncrypted"],
                },
                {
                    title: "nothing is said, and off is the default",
                    set: ["storageEncrypted", undefined],
                    at: ["storageEncrypted"],
                },
            ],
            undecided: "storageEncrypted",
        },
        {
            type: "aws:rds/cluster:Cluster",
            good: { engine: "postgres", storageEncrypted: true },
            breaks: [
                {
                    title: "nothing is said for a cluster other than Aurora",
                    set: ["storageEncrypted", undefined],
                    at: ["storageEncrypted"],
                },
            ],
            undecided: "storageEncrypted",
        },
        {
            type: "aws:rds/cluster:Cluster",
            good: { engine: "aurora-postgresql" },
            breaks: [
                {
                    title: "encryption is switched off for Aurora",
                    set: ["storageEncrypted", false],
                    at: ["storageEncrypted"],
                },
            ],
            undecided: "storageEncrypted",
        },
        {
            type: "azure-native:dbforpostgresql:Server",
            good: { network: { publicNetworkAccess: "Disabled" } },
            breaks: [],
        },
        {
            type: "gcp:sql/databaseInstance:DatabaseInstance",
            good: { settings: { ipConfiguration: { ipv4Enabled: false } } },
            breaks: [],
        },
    ],
    "registry-no-public-or-anonymous": [
        resourcePolicy("aws:ecr/repositoryPolicy:RepositoryPolicy"),
        resourcePolicy("aws:ecr/registryPolicy:RegistryPolicy"),
        {
            type: "azure-native:containerregistry/v20250401:Registry",
            good: { adminUserEnabled: false },
            breaks: [
                {
                    title: "anonymous pull is on",
                    set: ["anonymousPullEnabled", true],
                    at: ["anonymousPullEnabled"],
                },
            ],
            undecided: "anonymousPullEnabled",
        },
        ...googleGrant("artifactregistry/repository", "Iam", "Iam"),
    ],
    "bucket-public-access-blocked": [
        ...[
            "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
            "aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock",
        ].map((type): Example => ({
            type,
            good: {
                blockPublicAcls: true,
                blockPublicPolicy: true,
                ignorePublicAcls: true,
                restrictPublicBuckets: true,
            },
            breaks: [
                {
                    title: "public ACLs are not blocked",
                    set: ["blockPublicAcls", false],
                    at: ["blockPublicAcls"],
                },
                {
                    title: "a switch is left to its default, which is off",
                    set: ["restrictPublicBuckets", undefined],
                    at: ["restrictPublicBuckets"],
                },
            ],
            undecided: "blockPublicPolicy",
        })),
        {
            type: "azure-native:storage/v20240101:StorageAccount",
            good: { kind: "StorageV2" },
            breaks: [
                {
                    title: "public containers are allowed",
                    set: ["allowBlobPublicAccess", true],
                    at: ["allowBlobPublicAccess"],
                },
            ],
            undecided: "allowBlobPublicAccess",
        },
        {
            type: "gcp:storage/bucket:Bucket",
            good: { location: "EU", publicAccessPrevention: "enforced" },
            breaks: [
                {
                    title: "prevention is inherited",
                    set: ["publicAccessPrevention", "inherited"],
                    at: ["publicAccessPrevention"],
                },
                {
                    title: "nothing is said, and inherited is the default",
                    set: ["publicAccessPrevention", undefined],
                    at: ["publicAccessPrevention"],
                },
            ],
            undecided: "publicAccessPrevention",
        },
    ],
    "bucket-no-public-acl-or-iam": [
        ...[
            "aws:s3/bucketAcl:BucketAcl",
            "aws:s3/bucketAclV2:BucketAclV2",
            "aws:s3/bucketV2:BucketV2",
            "aws:s3/bucket:Bucket",
        ].map((type): Example => ({
            type,
            good: {
                acl: "private",
                accessControlPolicy: {
                    grants: [{ grantee: { type: "Group", uri: "http://acs/s3/LogDelivery" } }],
                },
            },
            breaks: [
                { title: "the ACL is public", set: ["acl", "public-read"], at: ["acl"] },
                {
                    title: "the ACL is for every AWS customer",
                    set: ["acl", "authenticated-read"],
                    at: ["acl"],
                },
                {
                    title: "a grant is for everybody",
                    set: [
                        "accessControlPolicy.grants[0].grantee.uri",
                        "http://acs.amazonaws.com/groups/global/AllUsers",
                    ],
                    at: ["accessControlPolicy.grants[0].grantee.uri"],
                },
            ],
            undecided: "acl",
        })),
        resourcePolicy("aws:s3/bucketPolicy:BucketPolicy"),
        ...googleGrant("storage/bucket", "IAM", "IAM"),
        {
            type: "gcp:storage/bucketACL:BucketACL",
            good: { predefinedAcl: "private", roleEntities: ["READER:group-team@example.com"] },
            breaks: [
                {
                    title: "the canned ACL is public",
                    set: ["predefinedAcl", "publicRead"],
                    at: ["predefinedAcl"],
                },
                {
                    title: "an entity is everybody",
                    set: ["roleEntities[0]", "READER:allUsers"],
                    at: ["roleEntities"],
                },
            ],
            undecided: "roleEntities",
        },
        ...[
            "gcp:storage/bucketAccessControl:BucketAccessControl",
            "gcp:storage/defaultObjectAccessControl:DefaultObjectAccessControl",
        ].map((type): Example => ({
            type,
            good: { entity: "group-team@example.com", role: "READER" },
            breaks: [{ title: "it is for everybody", set: ["entity", "allUsers"], at: ["entity"] }],
            undecided: "entity",
        })),
        {
            type: "azure-native:storage:BlobContainer",
            good: { publicAccess: "None" },
            breaks: [
                {
                    title: "blobs are public",
                    set: ["publicAccess", "Blob"],
                    at: ["publicAccess"],
                },
            ],
            undecided: "publicAccess",
        },
    ],
    "kms-no-public-principal": [
        resourcePolicy("aws:kms/key:Key"),
        resourcePolicy("aws:kms/keyPolicy:KeyPolicy"),
        resourcePolicy("aws:kms/externalKey:ExternalKey"),
        resourcePolicy("aws:kms/replicaKey:ReplicaKey"),
        ...googleGrant("kms/cryptoKey", "IAM", "IAM"),
        ...googleGrant("kms/keyRing", "IAM", "IAM"),
    ],
};
