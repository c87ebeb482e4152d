import type { TypeRule } from "../../table.ts";
import {
    apiError,
    listAt,
    mayUseKey,
    needs,
    plainName,
    projectOf,
    refuseIf,
    textAt,
} from "./common.ts";
import { iamMember } from "./iam.ts";

const SECRET = "gcp:secretmanager/secret:Secret";
const VERSION = "gcp:secretmanager/secretVersion:SecretVersion";

const secret: TypeRule = {
    required: ["replication"],
    name: {
        ...plainName("secretId", 255, "account"),
        taken: (name) => apiError(409, `Secret [${name}] already exists.`, "alreadyExists"),
    },
    references: [
        {
            path: "replication.userManaged.replicas[].customerManagedEncryption.kmsKeyName",
            to: ["gcp:kms/cryptoKey:CryptoKey"],
            words: (key) => apiError(404, `CryptoKey ${key} not found.`, "notFound"),
            blocks: false,
        },
    ],
    immutable: ["secretId", "project", "replication"],
    defaults: { deletionProtection: false },
    check: ({ inputs }) => {
        const ttl = textAt(inputs, "versionDestroyTtl");
        const seconds = Number(/^(\d+)s$/.exec(ttl ?? "")?.[1] ?? 0);
        const wrong = ttl !== undefined && (seconds < 86_400 || seconds > 86_400_000);
        const words = "Version destroy TTL must be between 24 hours and 1000 days";
        return refuseIf(wrong, "versionDestroyTtl", apiError(400, words, "badRequest"));
    },
    admit: ({ inputs }, world) =>
        listAt(inputs, "replication.userManaged.replicas").flatMap((replica, index) =>
            mayUseKey(
                textAt(replica, "customerManagedEncryption.kmsKeyName"),
                "gcp-sa-secretmanager",
                `replication.userManaged.replicas[${index}].customerManagedEncryption.kmsKeyName`,
                world,
            ),
        ),
    id: (draft) => `projects/${projectOf(draft)}/secrets/${String(draft.inputs["secretId"])}`,
    outputs: (draft, _world, id) => ({ project: projectOf(draft), name: id }),
    refuseDelete: ({ inputs }) =>
        inputs["deletionProtection"] === true
            ? "cannot destroy secret without setting deletion_protection=false and running `pulumi up`"
            : undefined,
    takesAlong: ({ id }, world) =>
        world.all(VERSION).filter(({ inputs }) => inputs["secret"] === id),
    seconds: { create: 3 },
};

const version: TypeRule = {
    required: ["secret", "secretData"],
    references: [
        {
            path: "secret",
            to: [SECRET],
            words: (id) => apiError(404, `Secret [${id}] not found.`, "notFound"),
            blocks: false,
        },
    ],
    immutable: ["secret", "secretData", "isSecretDataBase64"],
    defaults: { enabled: true },
    id: ({ inputs, random }) => `${String(inputs["secret"])}/versions/${random(3, "123456789")}`,
    outputs: (_draft, _world, id) => ({ name: id, version: id.split("/").at(-1) ?? "" }),
    secrets: ["secretData"],
    seconds: { create: 3 },
};

/** Secrets, their versions, and who may read them. */
export const secretTypes: Readonly<Record<string, TypeRule>> = {
    [SECRET]: needs("secretmanager.googleapis.com", secret),
    [VERSION]: needs("secretmanager.googleapis.com", version),
    "gcp:secretmanager/secretIamMember:SecretIamMember": iamMember(
        "secretId",
        [SECRET],
        "secretId",
    ),
};
