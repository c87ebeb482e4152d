import {
    and,
    each,
    failIf,
    failIfOn,
    holds,
    isOn,
    isOneOf,
    not,
    or,
    some,
    type Verdict,
} from "../../runtime/truth.ts";
import type { Value } from "../../runtime/reader.ts";
import {
    allowsEverybody,
    eachStatement,
    isForSomeAddresses,
    isGoogleEverybody,
    noPublicGrant,
} from "../policy-document.ts";
import { attached, maybe, type Stack } from "../../runtime/stack.ts";
import { GCS_BUCKET, S3_BUCKET, STORAGE_ACCOUNT } from "./settings.ts";
import { forTypes, on, type Check, type Rule, type StackVerdict } from "../rule.ts";

const S3_BLOCK = "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock";
const S3_ACCOUNT_BLOCK = "aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock";

const BLOCK_SWITCHES = [
    "blockPublicAcls",
    "blockPublicPolicy",
    "ignorePublicAcls",
    "restrictPublicBuckets",
] as const;

const s3Block: Check = ({ inputs }) =>
    BLOCK_SWITCHES.flatMap((name): readonly Verdict[] => {
        const value = inputs.get(name);
        return failIf(not(isOn(value, false)), value, "leaves a way to make the bucket public");
    });

const storageAccountPublic: Check = ({ inputs }) =>
    failIfOn(inputs.get("allowBlobPublicAccess"), "lets containers be made public");

const gcsPrevention: Check = ({ inputs }) => {
    const value = inputs.get("publicAccessPrevention");
    return failIf(
        not(isOneOf(value, ["enforced"], false)),
        value,
        "leaves it to the organisation whether the bucket can be made public",
    );
};

/** An S3 bucket and its block are two resources, so only the whole stack shows whether they belong together. */
function bucketsWithoutBlock(stack: Stack): readonly StackVerdict[] {
    const buckets = stack.all(S3_BUCKET);
    const blocks = attached(stack, buckets, {
        types: [S3_BLOCK],
        input: "bucket",
        names: ["bucket", "id"],
    });
    const wholeAccount = or(
        ...stack
            .all(S3_ACCOUNT_BLOCK)
            .map(({ inputs }) =>
                and(...BLOCK_SWITCHES.map((name) => isOn(inputs.get(name), false))),
            ),
    );
    return buckets.flatMap((bucket) => {
        const own = or(blocks.of(bucket).length > 0, maybe(blocks.loose, "bucket"));
        const bad = not(or(wholeAccount, own));
        return on(bucket, failIf(bad, bucket.inputs, "has no public access block"));
    });
}

/**
 * No bucket can be made public.
 *
 * AWS blocks new buckets by itself since April 2023. The rule asks for the block all the same, because only a block in the
 * program is put back when somebody takes it away. Azure's default is safe and passes.
 */
export const bucketPublicAccessBlocked: Rule = {
    id: "bucket-public-access-blocked",
    title: "A bucket cannot be made public.",
    why: "One careless grant on one object is enough to publish data, unless the bucket refuses all public grants.",
    clouds: ["aws", "azure", "gcp"],
    pack: "security",
    severity: "critical",
    requirements: {
        "PCI DSS": ["1.4.2", "7.3.1"],
        HIPAA: ["164.308(a)(3)(i)", "164.312(a)(1)"],
        "SOC 2": ["CC6.1"],
        "CIS AWS": ["3.1.4"],
        "CIS Azure": ["9.3.8"],
        "CIS GCP": ["5.1"],
    },
    analogies: { GDPR: ["25", "32"] },
    remediation: {
        aws: "Add a BucketPublicAccessBlock for the bucket with all four switches true.",
        "azure-native": "Leave allowBlobPublicAccess false.",
        gcp: "Set publicAccessPrevention to enforced.",
    },
    see: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html",
    checks: {
        ...forTypes([S3_BLOCK, S3_ACCOUNT_BLOCK], s3Block),
        [STORAGE_ACCOUNT]: storageAccountPublic,
        [GCS_BUCKET]: gcsPrevention,
    },
    stack: {
        judges: [S3_BUCKET],
        reads: [S3_BLOCK, S3_ACCOUNT_BLOCK],
        check: bucketsWithoutBlock,
    },
};

/** The canned ACLs of S3 and Cloud Storage that let strangers in. */
const PUBLIC_ACLS: readonly string[] = [
    "public-read",
    "public-read-write",
    "authenticated-read",
    "publicread",
    "publicreadwrite",
    "authenticatedread",
];

const S3_EVERYBODY = /\/groups\/global\/(AllUsers|AuthenticatedUsers)$/i;
const PUBLIC = "lets everybody in";

const s3Grantee = (uri: Value) =>
    failIf(
        holds(uri, uri.text(), (it) => S3_EVERYBODY.test(it), false),
        uri,
        PUBLIC,
    );

const cannedAcl: Check = ({ inputs }) => {
    const acl = inputs.get("acl");
    return failIf(isOneOf(acl, PUBLIC_ACLS, false), acl, PUBLIC);
};

const s3Acl: Check = (resource, context) => [
    ...cannedAcl(resource, context),
    ...each(resource.inputs.at("accessControlPolicy.grants"), (grant) =>
        s3Grantee(grant.at("grantee.uri")),
    ),
];

/** S3 itself does not call a policy public that names the addresses of its callers. */
const s3Policy: Check = ({ inputs }) =>
    eachStatement(inputs.get("policy"), (statement) =>
        failIf(
            and(allowsEverybody(statement), not(isForSomeAddresses(statement))),
            statement,
            PUBLIC,
        ),
    );

const s3Bucket: Check = (resource, context) => [
    ...cannedAcl(resource, context),
    ...each(resource.inputs.get("grants"), (grant) => s3Grantee(grant.get("uri"))),
    ...s3Policy(resource, context),
];

const gcsAcl: Check = ({ inputs }) => {
    const entity = inputs.get("entity");
    const isPublic = (acl: Value) => failIf(isOneOf(acl, PUBLIC_ACLS, false), acl, PUBLIC);
    return [
        ...isPublic(inputs.get("predefinedAcl")),
        ...isPublic(inputs.get("defaultAcl")),
        ...failIf(isGoogleEverybody(entity), entity, PUBLIC),
        ...failIf(
            some(inputs.get("roleEntities"), (pair) =>
                holds(pair, pair.text(), (it) => /:all(authenticated)?users$/i.test(it), false),
            ),
            inputs.get("roleEntities"),
            PUBLIC,
        ),
    ];
};

const containerPublic: Check = ({ inputs }) => {
    const access = inputs.get("publicAccess");
    return failIf(
        not(isOneOf(access, ["none"], true)),
        access,
        "lets everybody read the container",
    );
};

/** No grant on a bucket is for everybody. */
export const bucketNoPublicGrant: Rule = {
    id: "bucket-no-public-acl-or-iam",
    title: "No grant on a bucket is for everybody.",
    why: "Public buckets are listed and copied by crawlers as soon as their name is known.",
    clouds: ["aws", "azure", "gcp"],
    pack: "security",
    severity: "critical",
    requirements: { "PCI DSS": ["1.4.2", "7.3.1"], HIPAA: ["164.312(a)(1)"], "SOC 2": ["CC6.1"] },
    remediation:
        "Name the identities that may read, or put a content delivery network in front of a private bucket.",
    see: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html",
    checks: {
        [S3_BUCKET]: s3Bucket,
        "aws:s3/bucketAcl:BucketAcl": s3Acl,
        "aws:s3/bucketPolicy:BucketPolicy": s3Policy,
        ...forTypes(
            [
                "gcp:storage/bucketIAMMember:BucketIAMMember",
                "gcp:storage/bucketIAMBinding:BucketIAMBinding",
                "gcp:storage/bucketIAMPolicy:BucketIAMPolicy",
                "gcp:storage/managedFolderIamMember:ManagedFolderIamMember",
                "gcp:storage/managedFolderIamBinding:ManagedFolderIamBinding",
                "gcp:storage/managedFolderIamPolicy:ManagedFolderIamPolicy",
            ],
            noPublicGrant,
        ),
        ...forTypes(
            [
                "gcp:storage/bucketACL:BucketACL",
                "gcp:storage/bucketAccessControl:BucketAccessControl",
                "gcp:storage/defaultObjectAccessControl:DefaultObjectAccessControl",
                "gcp:storage/defaultObjectACL:DefaultObjectACL",
                "gcp:storage/objectAccessControl:ObjectAccessControl",
                "gcp:storage/objectACL:ObjectACL",
            ],
            gcsAcl,
        ),
        "azure-native:storage:BlobContainer": containerPublic,
    },
};
