import { createHash } from "node:crypto";
import { get } from "../../paths.ts";
import {
    type Draft,
    type Instance,
    type Json,
    type Properties,
    type Refusal,
    type SimName,
    type TypeRule,
    UNKNOWN,
    type World,
} from "../../table.ts";

/** The text at a path; undefined where there is none, or none yet. */
export function textAt(root: Json | undefined, path: string): string | undefined {
    const value = get(root, path);
    return typeof value === "string" && value !== UNKNOWN ? value : undefined;
}

/** The number at a path; undefined where there is none, or none yet. */
export function numberAt(root: Json | undefined, path: string): number | undefined {
    const value = get(root, path);
    return typeof value === "number" ? value : undefined;
}

/** The elements of the list at a path; none where there is no list, or none yet. */
export function listAt(root: Json | undefined, path: string): readonly Json[] {
    const value = get(root, path);
    return Array.isArray(value) ? value : [];
}

/** A refusal as a list of one, if the condition holds. */
export function refuseIf(condition: boolean, property: string, reason: string): Refusal[] {
    return condition ? [{ property, reason }] : [];
}

/** A refusal by Google's API, with its HTTP status and its reason. */
export function apiError(status: number, message: string, reason: string): string {
    return `googleapi: Error ${status}: ${message}, ${reason}`;
}

/** The project's number: twelve digits that follow from its id, as if Google had drawn them. */
export function projectNumber(project: string): string {
    const digest = createHash("sha256").update(project).digest();
    return String(100_000_000_000 + (digest.readUIntBE(0, 6) % 900_000_000_000));
}

/** The resource's project. */
export function projectOf(draft: Draft): string {
    return textAt(draft.inputs, "project") ?? draft.scope.account;
}

/** The resource's region: its own input, or the provider's. */
export function regionOf(draft: Draft): string {
    return textAt(draft.inputs, "region") ?? draft.scope.region;
}

/** The resource's name, given or generated. */
export function nameOf(draft: Draft): string {
    return textAt(draft.inputs, "name") ?? "";
}

const COMPUTE = "https://www.googleapis.com/compute/v1/";

/** A resource of Compute Engine: its self link besides what the rule says. */
export function withSelfLink(id: string): Properties {
    return { selfLink: `${COMPUTE}${id}` };
}

/** The regular expression that Compute Engine's names match, RFC 1035. */
const RFC1035 = "(?:[a-z](?:[-a-z0-9]{0,61}[a-z0-9])?)";

/** The name of a resource of Compute Engine. */
export function computeName(unique: NonNullable<SimName["unique"]> = "account"): SimName {
    return {
        property: "name",
        pattern: new RegExp(RFC1035),
        max: 63,
        unique,
        words: (name) =>
            apiError(
                400,
                `Invalid value for field 'resource.name': '${name}'. Must be a match of regex '${RFC1035}'`,
                "invalid",
            ),
    };
}

/** A name of letters, digits, hyphens and underscores, as most younger services take it. */
export function plainName(property: string, max: number, unique: SimName["unique"]): SimName {
    return {
        property,
        pattern: new RegExp(`[a-zA-Z0-9_-]{1,${max}}`),
        max,
        unique,
        words: (name) =>
            apiError(
                400,
                `Invalid ${property} '${name}': it must match [a-zA-Z0-9_-]{1,${max}}`,
                "badRequest",
            ),
    };
}

const SERVICE = "gcp:projects/service:Service";

/** APIs by the names people know them by, for Google's own message. */
const TITLES: Readonly<Record<string, string>> = {
    "artifactregistry.googleapis.com": "Artifact Registry API",
    "backupdr.googleapis.com": "Backup and DR Service API",
    "cloudkms.googleapis.com": "Cloud Key Management Service (KMS) API",
    "cloudresourcemanager.googleapis.com": "Cloud Resource Manager API",
    "compute.googleapis.com": "Compute Engine API",
    "container.googleapis.com": "Kubernetes Engine API",
    "dns.googleapis.com": "Cloud DNS API",
    "file.googleapis.com": "Cloud Filestore API",
    "iam.googleapis.com": "Identity and Access Management (IAM) API",
    "logging.googleapis.com": "Cloud Logging API",
    "redis.googleapis.com": "Google Cloud Memorystore for Redis API",
    "secretmanager.googleapis.com": "Secret Manager API",
    "servicenetworking.googleapis.com": "Service Networking API",
    "sqladmin.googleapis.com": "Cloud SQL Admin API",
    "storage.googleapis.com": "Cloud Storage API",
};

/** True if the API is enabled in the project. */
export function isEnabled(api: string, project: string, world: World): boolean {
    return world
        .all(SERVICE)
        .some(({ scope, inputs }) => scope.account === project && inputs["service"] === api);
}

/** What Google says of an API that nobody enabled. */
export function notEnabled(api: string, project: string): string {
    const message = [
        `${TITLES[api] ?? api} has not been used in project ${project} before or it is disabled.`,
        `Enable it by visiting https://console.developers.google.com/apis/api/${api}/overview?project=${project} then retry.`,
        "If you enabled this API recently, wait a few minutes for the action to propagate to our systems and retry.",
    ].join(" ");
    return apiError(403, message, "accessNotConfigured");
}

/** Adds to a rule that its API has to be enabled in the project. */
export function needs(api: string, rule: TypeRule): TypeRule {
    return {
        ...rule,
        admit: (draft, world, old) => {
            const project = projectOf(draft);
            if (!isEnabled(api, project, world)) return [{ reason: notEnabled(api, project) }];
            return rule.admit?.(draft, world, old) ?? [];
        },
    };
}

const KEY_GRANT = "gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember";

/** Refuses a key that the service's own account may not use. The agent is part of its e-mail address. */
export function mayUseKey(
    key: string | undefined,
    agent: string,
    property: string,
    world: World,
): Refusal[] {
    if (key === undefined) return [];
    const granted = world
        .all(KEY_GRANT)
        .some(
            ({ inputs }) =>
                inputs["cryptoKeyId"] === key &&
                inputs["role"] === "roles/cloudkms.cryptoKeyEncrypterDecrypter" &&
                String(inputs["member"]).includes(`@${agent}.`),
        );
    return refuseIf(
        !granted,
        property,
        apiError(
            403,
            `Permission 'cloudkms.cryptoKeyVersions.useToEncrypt' denied on resource '${key}' (or it may not exist)`,
            "forbidden",
        ),
    );
}

/** What the provider says where `deletionPolicy` is PREVENT. */
export function prevented({ inputs, id }: Instance): string | undefined {
    if (inputs["deletionPolicy"] !== "PREVENT") return undefined;
    return `cannot destroy ${id} because deletion_policy is set to "PREVENT". Set it to "DELETE" to proceed with deletion.`;
}
