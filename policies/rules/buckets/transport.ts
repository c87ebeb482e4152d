import type { Value } from "../../runtime/reader.ts";
import {
    and,
    failIf,
    holds,
    isOn,
    isOneOf,
    isPresent,
    not,
    or,
    someOf,
    type Truth,
} from "../../runtime/truth.ts";
import { setWhereFound } from "../fixes.ts";
import { isStar } from "../policy-document.ts";
import type { Check, Rule } from "../rule.ts";
import { S3_BUCKET, s3Without, STORAGE_ACCOUNT } from "./settings.ts";

const S3_POLICY = "aws:s3/bucketPolicy:BucketPolicy";

const EVERY_S3_ACTION: readonly string[] = ["*", "s3:*"];

/** Whether a bucket policy refuses everybody who comes without TLS. */
function refusesPlainText(document: Value): Truth {
    if (isPresent(document) === false) return false;
    return someOf(
        document.json().get("Statement"),
        (statement) =>
            and(
                isOneOf(statement.get("Effect"), ["deny"], false),
                isEverybody(statement.get("Principal")),
                someOf(statement.get("Action"), (action) =>
                    isOneOf(action, EVERY_S3_ACTION, false),
                ),
                someOf(statement.get("Resource"), coversObjects),
                isWithoutTls(statement.get("Condition")),
            ),
        false,
    );
}

function isEverybody(principal: Value): Truth {
    return principal.entries().state === "known"
        ? anyEntry(principal, /^AWS$/, (who) => someOf(who, isStar))
        : someOf(principal, isStar);
}

/** A statement on the bucket alone leaves its objects out. */
function coversObjects(resource: Value): Truth {
    return holds(resource, resource.text(), (text) => text.endsWith("*"), false);
}

/** Names of operators and keys are the same to AWS in upper and lower case. */
function isWithoutTls(condition: Value): Truth {
    return anyEntry(condition, /^bool(ifexists)?$/i, (keys) =>
        anyEntry(keys, /^aws:securetransport$/i, (wanted) =>
            someOf(wanted, (flag) => not(isOn(flag, true))),
        ),
    );
}

function anyEntry(map: Value, name: RegExp, test: (value: Value) => Truth): Truth {
    return holds(
        map,
        map.entries(),
        (entries) =>
            or(...entries.filter(([key]) => name.test(key)).map(([, value]) => test(value))),
        false,
    );
}

const PLAIN_TEXT = "does not refuse access without TLS";

const bucketPolicy: Check = ({ inputs }) => {
    const policy = inputs.get("policy");
    return failIf(not(refusesPlainText(policy)), policy, PLAIN_TEXT);
};

const storageAccountTls: Check = ({ inputs }) => {
    const version = inputs.get("minimumTlsVersion");
    const httpsOnly = inputs.get("enableHttpsTrafficOnly");
    // Shares that are mounted by NFS want it off, and whether any are does not stand here.
    const mayHoldNfs = isOneOf(inputs.get("kind"), ["filestorage"], false);
    const wanted = or(not(mayHoldNfs), { unknown: httpsOnly.path });
    return [
        ...failIf(
            and(not(isOn(httpsOnly, true)), wanted),
            httpsOnly,
            "lets clients in without TLS",
        ),
        ...failIf(
            isOneOf(version, ["tls1_0", "tls1_1"], false),
            version,
            "names a version of TLS that is broken",
        ),
    ];
};

/** Nobody reads a bucket over a plain connection. Google Cloud's API has no other way than TLS. */
export const bucketTlsOnly: Rule = {
    id: "bucket-tls-only",
    title: "A bucket is reached over TLS only.",
    why: "What travels without TLS, credentials included, is read and changed by anybody on the way.",
    clouds: ["aws", "azure"],
    pack: "security",
    severity: "high",
    requirements: {
        "PCI DSS": ["2.2.7", "4.2.1"],
        HIPAA: ["164.312(e)(1)", "164.312(e)(2)(ii)"],
        "SOC 2": ["CC6.7"],
        GDPR: ["32"],
        "CIS AWS": ["3.1.1"],
        "CIS Azure": ["9.3.4", "9.3.6"],
    },
    remediation: {
        aws:
            "Add a BucketPolicy with a statement that denies s3:* to everybody, on the bucket and its " +
            "objects, under the condition Bool aws:SecureTransport false.",
        "azure-native": "Set enableHttpsTrafficOnly to true and minimumTlsVersion to TLS1_2.",
    },
    see: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/security-best-practices.html",
    checks: { [S3_POLICY]: bucketPolicy, [STORAGE_ACCOUNT]: storageAccountTls },
    stack: {
        judges: [S3_BUCKET],
        reads: [S3_POLICY],
        check: (stack) =>
            s3Without(
                stack,
                S3_POLICY,
                (given) => refusesPlainText(given.get("policy")),
                "has no policy that refuses access without TLS",
            ),
    },
    fixes: {
        [STORAGE_ACCOUNT]: setWhereFound(storageAccountTls, {
            enableHttpsTrafficOnly: true,
            minimumTlsVersion: "TLS1_2",
        }),
    },
    note:
        "Azure refuses TLS 1.0 and 1.1 by itself since February 2026, so an absent minimumTlsVersion is no finding. Accounts for file " +
        "shares (kind FileStorage) with enableHttpsTrafficOnly false are undecided, because shares mounted by NFS may need it.",
};
