import type { TypeRule } from "../../table.ts";
import {
    apiError,
    nameOf,
    needs,
    plainName,
    prevented,
    projectNumber,
    projectOf,
    refuseIf,
    textAt,
} from "./common.ts";
import { iamMember } from "./iam.ts";

const keyRing: TypeRule = {
    required: ["location"],
    name: plainName("name", 63, "path:location"),
    immutable: ["name", "location", "project"],
    id: (draft) =>
        `projects/${projectOf(draft)}/locations/${String(draft.inputs["location"])}/keyRings/${nameOf(draft)}`,
    outputs: (draft) => ({ project: projectOf(draft) }),
    seconds: { create: 3, delete: 0 },
};

const DAY = 24 * 60 * 60;

const cryptoKey: TypeRule = {
    required: ["keyRing"],
    name: plainName("name", 63, "path:keyRing"),
    references: [
        {
            path: "keyRing",
            to: ["gcp:kms/keyRing:KeyRing"],
            words: (ring) => apiError(404, `KeyRing ${ring} not found.`, "notFound"),
            // A ring cannot be deleted at all: the provider only forgets it.
            blocks: false,
        },
    ],
    immutable: ["name", "keyRing", "purpose", "importOnly", "destroyScheduledDuration"],
    defaults: { purpose: "ENCRYPT_DECRYPT", destroyScheduledDuration: "2592000s" },
    check: ({ inputs }) => {
        const period = textAt(inputs, "rotationPeriod");
        if (period === undefined) return [];
        const seconds = Number(/^(\d+(?:\.\d{1,9})?)s$/.exec(period)?.[1] ?? 0);
        return refuseIf(
            seconds <= DAY,
            "rotationPeriod",
            `rotation period must be greater than ${DAY}s, got ${period}`,
        );
    },
    id: (draft) => `${String(draft.inputs["keyRing"])}/cryptoKeys/${nameOf(draft)}`,
    outputs: (_draft, _world, id) => ({
        primaries: [{ name: `${id}/cryptoKeyVersions/1`, state: "ENABLED" }],
    }),
    refuseDelete: prevented,
    seconds: { create: 3, delete: 3 },
};

const logBucket: TypeRule = {
    required: ["project", "location", "bucketId"],
    name: {
        property: "bucketId",
        pattern: /[a-zA-Z0-9_][a-zA-Z0-9_.-]{0,99}/,
        max: 100,
        auto: false,
        unique: "path:location",
    },
    immutable: ["project", "location", "bucketId"],
    defaults: { retentionDays: 30 },
    check: ({ inputs }) => {
        const days = inputs["retentionDays"];
        const wrong = typeof days === "number" && (days < 1 || days > 3650);
        const words = "Retention days must be between 1 and 3650";
        return refuseIf(wrong, "retentionDays", apiError(400, words, "badRequest"));
    },
    id: ({ inputs }) =>
        `projects/${String(inputs["project"])}/locations/${String(inputs["location"])}/buckets/${String(inputs["bucketId"])}`,
    outputs: (_draft, _world, id) => ({ name: id, lifecycleState: "ACTIVE" }),
    seconds: { create: 5 },
};

const sink: TypeRule = {
    required: ["destination"],
    name: plainName("name", 100, "account"),
    immutable: ["name", "project", "uniqueWriterIdentity"],
    defaults: { uniqueWriterIdentity: true },
    admit: ({ inputs }, world) => {
        const destination = String(inputs["destination"]);
        const bucket = /^logging\.googleapis\.com\/(.+\/buckets\/.+)$/.exec(destination)?.[1];
        const missing =
            bucket !== undefined &&
            world.find(["gcp:logging/projectBucketConfig:ProjectBucketConfig"], bucket) ===
                undefined;
        const words = `Sink destination does not exist: ${destination}`;
        return refuseIf(missing, "destination", apiError(404, words, "notFound"));
    },
    id: (draft) => `projects/${projectOf(draft)}/sinks/${nameOf(draft)}`,
    outputs: (draft) => ({
        project: projectOf(draft),
        writerIdentity: `serviceAccount:service-${projectNumber(projectOf(draft))}@gcp-sa-logging.iam.gserviceaccount.com`,
    }),
    seconds: { create: 3 },
};

const exclusion: TypeRule = {
    required: ["filter"],
    name: plainName("name", 100, "account"),
    immutable: ["name", "project"],
    id: (draft) => `projects/${projectOf(draft)}/exclusions/${nameOf(draft)}`,
    outputs: (draft) => ({ project: projectOf(draft) }),
    seconds: { create: 3 },
};

/** Keys, who may use them, and where logs are kept. */
export const keyAndLogTypes: Readonly<Record<string, TypeRule>> = {
    "gcp:kms/keyRing:KeyRing": needs("cloudkms.googleapis.com", keyRing),
    "gcp:kms/cryptoKey:CryptoKey": needs("cloudkms.googleapis.com", cryptoKey),
    "gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember": iamMember("cryptoKeyId", [
        "gcp:kms/cryptoKey:CryptoKey",
    ]),
    "gcp:logging/projectBucketConfig:ProjectBucketConfig": needs(
        "logging.googleapis.com",
        logBucket,
    ),
    "gcp:logging/projectSink:ProjectSink": needs("logging.googleapis.com", sink),
    "gcp:logging/projectExclusion:ProjectExclusion": needs("logging.googleapis.com", exclusion),
};
