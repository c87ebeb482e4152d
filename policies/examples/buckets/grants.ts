import { document, type Break, type Example, type Inputs } from "../example.ts";
import { googleGrant, resourcePolicy } from "../public.ts";

const forAddresses = (keys: Inputs, operator = "IpAddress") =>
    document({
        Action: "s3:GetObject",
        Resource: "*",
        Principal: "*",
        Condition: { [operator]: keys },
    });

const PUBLIC_ACLS: readonly Break[] = [
    { title: "the ACL is public", set: ["acl", "public-read"], at: ["acl"] },
    {
        title: "the ACL is for every AWS customer",
        set: ["acl", "authenticated-read"],
        at: ["acl"],
    },
];

/** Examples of grants on buckets. */
export const grantExamples: Record<string, readonly Example[]> = {
    "bucket-no-public-acl-or-iam": [
        ...["aws:s3/bucketV2:BucketV2", "aws:s3/bucket:Bucket"].map((type): Example => ({
            type,
            good: { acl: "private" },
            breaks: [...PUBLIC_ACLS],
            undecided: "acl",
        })),
        ...["aws:s3/bucketAcl:BucketAcl", "aws:s3/bucketAclV2:BucketAclV2"].map(
            (type): Example => ({
                type,
                good: {
                    acl: "private",
                    accessControlPolicy: {
                        grants: [{ grantee: { type: "Group", uri: "http://acs/s3/LogDelivery" } }],
                    },
                },
                breaks: [
                    ...PUBLIC_ACLS,
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
            }),
        ),
        resourcePolicy("aws:s3/bucketPolicy:BucketPolicy"),
        {
            type: "aws:s3/bucketPolicy:BucketPolicy",
            good: { policy: forAddresses({ "aws:SourceIp": ["192.0.2.0/24", "2001:db8::/32"] }) },
            breaks: [
                {
                    title: "one of the ranges is the whole internet",
                    set: ["policy", forAddresses({ "aws:SourceIp": ["192.0.2.0/24", "::/0"] })],
                    at: ["policy.Statement[0]"],
                },
                {
                    title: "the addresses are those of anybody's network",
                    set: ["policy", forAddresses({ "aws:VpcSourceIp": "10.0.0.0/16" })],
                    at: ["policy.Statement[0]"],
                },
                {
                    title: "the condition leaves some addresses out in place of naming them",
                    set: [
                        "policy",
                        forAddresses({ "aws:SourceIp": "192.0.2.0/24" }, "NotIpAddress"),
                    ],
                    at: ["policy.Statement[0]"],
                },
            ],
            undecided: "policy",
        },
        {
            type: "aws:s3/bucketPolicy:BucketPolicy",
            good: { policy: forAddresses({ "s3:DataAccessPointAccount": "1" }, "StringEquals") },
            breaks: [],
        },
        {
            type: "aws:s3/bucket:Bucket",
            good: {
                grants: [
                    { type: "Group", permissions: ["WRITE"], uri: "http://acs/s3/LogDelivery" },
                ],
                policy: forAddresses({ "aws:PrincipalOrgID": "o-1" }, "StringEquals"),
            },
            breaks: [
                {
                    title: "a grant is for everybody",
                    set: [
                        "grants[0].uri",
                        "http://acs.amazonaws.com/groups/global/AuthenticatedUsers",
                    ],
                    at: ["grants[0].uri"],
                },
                {
                    title: "its own policy is for everybody",
                    set: ["policy", document({ Action: "s3:GetObject", Principal: "*" })],
                    at: ["policy.Statement[0]"],
                },
            ],
            undecided: "grants",
        },
        ...googleGrant("storage/bucket", "IAM", "IAM"),
        ...googleGrant("storage/managedFolder", "Iam", "Iam"),
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
        ...["gcp:storage/defaultObjectACL:DefaultObjectACL", "gcp:storage/objectACL:ObjectACL"].map(
            (type): Example => ({
                type,
                good: { roleEntities: ["READER:group-team@example.com"] },
                breaks: [
                    {
                        title: "an entity is everybody with a Google account",
                        set: ["roleEntities[0]", "READER:allAuthenticatedUsers"],
                        at: ["roleEntities"],
                    },
                ],
                undecided: "roleEntities",
            }),
        ),
        ...[
            "gcp:storage/bucketAccessControl:BucketAccessControl",
            "gcp:storage/defaultObjectAccessControl:DefaultObjectAccessControl",
            "gcp:storage/objectAccessControl:ObjectAccessControl",
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
};
