import { get } from "../../paths.ts";
import type { Draft, Json, Properties, Refusal } from "../../table.ts";
import {
    listed,
    matches,
    number,
    objects,
    oneOf,
    statements,
    text,
    texts,
    unless,
} from "./common.ts";

const MALFORMED = "api error MalformedPolicy:";
const BAD_ARGUMENT = "api error InvalidArgument:";

/** A bucket's policy says for whom, and speaks of the bucket only. */
export function checkPolicy({ inputs }: Draft): Refusal[] {
    const found = statements(inputs["policy"]);
    if (!found) return [];
    const bucket = text(inputs, "bucket");
    const own = (resource: string) =>
        bucket === undefined || matches(`arn:aws:s3:::${bucket}*`, resource);
    return [
        ...unless(
            found.length > 0 && found.every((one) => one["Principal"] !== undefined),
            `${MALFORMED} Missing required field Principal`,
            "policy",
        ),
        ...unless(
            found.flatMap((one) => listed(one["Resource"])).every(own),
            `${MALFORMED} Policy has invalid resource`,
            "policy",
        ),
    ];
}

/** Where objects may move, with the days that they have to be old. */
const CLASSES: Readonly<Record<string, number>> = {
    STANDARD_IA: 30,
    ONEZONE_IA: 30,
    INTELLIGENT_TIERING: 0,
    GLACIER_IR: 0,
    GLACIER: 0,
    DEEP_ARCHIVE: 0,
};

function checkTransition(one: Properties): Refusal[] {
    const storage = text(one, "storageClass") ?? "STANDARD_IA";
    const least = CLASSES[storage];
    const days = number(one, "days") ?? 0;
    if (least === undefined) {
        return [
            {
                reason: `expected storage_class to be one of [${Object.keys(CLASSES).join(" ")}], got ${storage}`,
            },
        ];
    }
    return unless(
        days >= least,
        `${BAD_ARGUMENT} 'Days' in Transition action must be greater than or equal to ${least} for storageClass '${storage}'`,
    );
}

const isPositive = (days: Json | undefined) =>
    typeof days !== "number" || (Number.isInteger(days) && days > 0);

function checkRule(rule: Properties): Refusal[] {
    const expiration = get(rule, "expiration.days");
    return [
        ...objects(rule, "transitions").flatMap((one) => checkTransition(one)),
        ...unless(
            isPositive(expiration),
            `${BAD_ARGUMENT} 'Days' for Expiration action must be a positive integer`,
        ),
        ...unless(
            isPositive(get(rule, "noncurrentVersionExpiration.noncurrentDays")),
            `${BAD_ARGUMENT} 'NoncurrentDays' for NoncurrentVersionExpiration action must be a positive integer`,
        ),
        ...unless(
            expiration === undefined ||
                get(rule, "expiration.expiredObjectDeleteMarker") === undefined,
            "api error MalformedXML: The XML you provided was not well-formed or did not validate against our published schema",
        ),
    ];
}

/** Rules move objects only to classes that exist, only when they are old enough, and before they delete them. */
export function checkLifecycle({ inputs }: Draft): Refusal[] {
    const rules = objects(inputs, "rules");
    const ids = rules.map((rule) => text(rule, "id"));
    const all = (path: string) =>
        rules.map((rule) => number(rule, path)).filter((days) => days !== undefined);
    const moves = rules
        .flatMap((rule) => objects(rule, "transitions"))
        .map((one) => number(one, "days") ?? 0);
    return [
        ...rules.flatMap((rule) => checkRule(rule)),
        ...unless(
            new Set(ids).size === ids.length,
            `${BAD_ARGUMENT} Rule ID must be unique. Found same ID for more than one rule`,
        ),
        ...unless(
            Math.min(...all("expiration.days")) > Math.max(...moves),
            `${BAD_ARGUMENT} 'Days' in the Expiration action for filter '(prefix=)' must be greater than 'Days' in the Transition action`,
        ),
    ].map((refusal) => ({ ...refusal, property: "rules" }));
}

const METHODS = ["GET", "PUT", "HEAD", "POST", "DELETE"];

/** Browsers know five methods, and S3 one wildcard in an origin. */
export function checkCors({ inputs }: Draft): Refusal[] {
    const rules = objects(inputs, "corsRules");
    const stars = rules
        .flatMap((rule) => texts(rule, "allowedOrigins"))
        .filter((origin) => origin.split("*").length > 2);
    const methods = rules
        .flatMap((rule) => texts(rule, "allowedMethods"))
        .filter((method) => !METHODS.includes(method));
    return [
        ...stars.map((origin) => ({
            property: "corsRules",
            reason: `api error InvalidRequest: AllowedOrigin "${origin}" can not have more than one wildcard.`,
        })),
        ...methods.map((method) => ({
            property: "corsRules",
            reason: `api error InvalidRequest: Found unsupported HTTP method in CORS config. Unsupported method is ${method}`,
        })),
    ];
}

/** A bucket has one rule of encryption. */
export function checkEncryption({ inputs }: Draft): Refusal[] {
    const rules = objects(inputs, "rules");
    return [
        ...unless(
            rules.length <= 1,
            "api error MalformedXML: The XML you provided was not well-formed or did not validate against our published schema",
            "rules",
        ),
        ...rules.flatMap((rule) =>
            oneOf(rule, "applyServerSideEncryptionByDefault.sseAlgorithm", [
                "AES256",
                "aws:kms",
                "aws:kms:dsse",
            ]),
        ),
    ];
}
