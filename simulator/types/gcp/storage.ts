import { get } from "../../paths.ts";
import type { Draft, InvokeRule, Json, Refusal, TypeRule, World } from "../../table.ts";
import {
    apiError,
    isEnabled,
    listAt,
    mayUseKey,
    needs,
    notEnabled,
    numberAt,
    prevented,
    projectNumber,
    projectOf,
    refuseIf,
    textAt,
} from "./common.ts";
import { iamMember } from "./iam.ts";

const BUCKET = "gcp:storage/bucket:Bucket";
const API = "storage.googleapis.com";
const DAY = 24 * 60 * 60;

function invalid(message: string): string {
    return apiError(400, message, "invalid");
}

/** Names are domain names too, so that Google keeps its own for itself. */
function checkName({ inputs }: Draft): Refusal[] {
    const name = textAt(inputs, "name") ?? "";
    return refuseIf(/^goog|google/.test(name), "name", invalid(`Invalid bucket name: '${name}'`));
}

function checkLifecycle({ inputs }: Draft): Refusal[] {
    return listAt(inputs, "lifecycleRules").flatMap((rule, index) => {
        const at = `lifecycleRules[${index}]`;
        const action = textAt(rule, "action.type");
        return [
            ...refuseIf(
                action === "SetStorageClass" && get(rule, "action.storageClass") === undefined,
                `${at}.action.storageClass`,
                invalid("SetStorageClass actions require a storageClass"),
            ),
            ...refuseIf(
                isEmpty(get(rule, "condition")),
                `${at}.condition`,
                invalid("A lifecycle rule must have at least one condition"),
            ),
            ...refuseIf(
                action === "AbortIncompleteMultipartUpload" && !onlyByAge(get(rule, "condition")),
                `${at}.condition`,
                invalid(
                    "AbortIncompleteMultipartUpload supports only the conditions age, matchesPrefix and matchesSuffix",
                ),
            ),
        ];
    });
}

function isEmpty(condition: Json | undefined): boolean {
    return typeof condition === "object" && Object.keys(condition ?? {}).length === 0;
}

function onlyByAge(condition: Json | undefined): boolean {
    if (condition === null || typeof condition !== "object") return true;
    const allowed = ["age", "matchesPrefixes", "matchesSuffixes"];
    return Object.keys(condition).every((key) => allowed.includes(key));
}

function checkSoftDelete({ inputs }: Draft): Refusal[] {
    const seconds = numberAt(inputs, "softDeletePolicy.retentionDurationSeconds") ?? 0;
    return refuseIf(
        seconds !== 0 && (seconds < 7 * DAY || seconds > 90 * DAY),
        "softDeletePolicy.retentionDurationSeconds",
        invalid("Soft delete policy retention duration must be 0 or between 7 and 90 days"),
    );
}

/** A key serves buckets in its own place only. */
function admitKey({ inputs }: Draft, world: World): Refusal[] {
    const key = textAt(inputs, "encryption.defaultKmsKeyName");
    if (key === undefined) return [];
    const place = /\/locations\/([^/]+)\//.exec(key)?.[1] ?? "";
    const location = String(inputs["location"]).toLowerCase();
    const words = `Bucket location ${location} does not match the location of Cloud KMS key '${key}'`;
    return [
        ...refuseIf(place !== location, "encryption.defaultKmsKeyName", invalid(words)),
        ...mayUseKey(key, "gs-project-accounts", "encryption.defaultKmsKeyName", world),
    ];
}

const bucket: TypeRule = {
    required: ["location"],
    name: {
        property: "name",
        pattern: /[a-z0-9](?:[a-z0-9_.-]{1,61}[a-z0-9])/,
        max: 63,
        from: (logicalName) => logicalName.toLowerCase(),
        unique: "global",
        words: (name) => invalid(`Invalid bucket name: '${name}'`),
        taken: () =>
            apiError(
                409,
                "The requested bucket name is not available. The bucket namespace is shared by all users of the system. Please select a different name and try again.",
                "conflict",
            ),
    },
    references: [
        {
            path: "encryption.defaultKmsKeyName",
            to: ["gcp:kms/cryptoKey:CryptoKey"],
            words: (key) => apiError(404, `CryptoKey ${key} not found.`, "notFound"),
            blocks: false,
        },
    ],
    immutable: ["name", "location", "project", "hierarchicalNamespace", "enableObjectRetention"],
    defaults: {
        storageClass: "STANDARD",
        forceDestroy: false,
        publicAccessPrevention: "inherited",
    },
    check: (draft) => [...checkName(draft), ...checkLifecycle(draft), ...checkSoftDelete(draft)],
    admit: admitKey,
    id: ({ inputs }) => String(inputs["name"]),
    outputs: (draft, _world, id) => ({
        project: projectOf(draft),
        projectNumber: Number(projectNumber(projectOf(draft))),
        url: `gs://${id}`,
        selfLink: `https://www.googleapis.com/storage/v1/b/${id}`,
    }),
    refuseDelete: prevented,
    seconds: { create: 3 },
};

/** The account that Cloud Storage acts with. Google makes it when it is asked for. */
export const getProjectServiceAccount: InvokeRule = (args, scope, world) => {
    const project = typeof args["project"] === "string" ? args["project"] : scope.account;
    if (!isEnabled(API, project, world)) throw new Error(notEnabled(API, project));
    const emailAddress = `service-${projectNumber(project)}@gs-project-accounts.iam.gserviceaccount.com`;
    return { id: emailAddress, emailAddress, member: `serviceAccount:${emailAddress}`, project };
};

/** Buckets, and who may use their objects. */
export const storageTypes: Readonly<Record<string, TypeRule>> = {
    [BUCKET]: needs(API, bucket),
    "gcp:storage/bucketIAMMember:BucketIAMMember": iamMember("bucket", [BUCKET], "name"),
};
