import type * as pulumi from "@pulumi/pulumi";
import { CustomResource } from "@pulumi/kubernetes/apiextensions/customResource.js";
import { ServiceAccount } from "@pulumi/kubernetes/core/v1/serviceAccount.js";
import type { IExternalSecret } from "@kubernetes-models/external-secrets/external-secrets.io/v1/ExternalSecret";
import type { ISecretStore } from "@kubernetes-models/external-secrets/external-secrets.io/v1/SecretStore";
import type { SecretReader, SecretReference } from "../contracts/secret-store.ts";
import type { Labels } from "./labels.ts";
import type { Manifest } from "./manifest.ts";

/** The SecretStore of a namespace. */
const STORE = "site";

/** What brings documents of the site's secret store into a namespace. */
export interface StoredSecretsArgs {
    readonly namespace: pulumi.Input<string>;
    readonly labels: Labels;
    /** Who may read exactly these documents. */
    readonly reader: SecretReader;
    /** The operator, whose types the objects are of. */
    readonly operator: pulumi.Resource;
    /** The documents, by the name of the Secret that each becomes. */
    readonly secrets: Readonly<Record<string, StoredSecret>>;
}

/** A document, and how its Secret looks. */
export interface StoredSecret {
    readonly reference: SecretReference;
    /**
     * The Secret's keys, written as templates over the document's fields: `{{ .username }}:{{ .password }}`.
     *
     * @default - a key for each field
     * @see https://external-secrets.io/latest/guides/templating/
     */
    readonly template?: Readonly<Record<string, string>>;
    /** Labels of the Secret, by which some operators find it. @default - none */
    readonly labels?: Labels;
    /** The Secret's type, by which some operators tell what is in it. @default "Opaque" */
    readonly type?: string;
}

/**
 * The objects that bring documents from the cloud's secret store into a namespace.
 *
 * No value stands in any of them: the operator fetches the documents inside the cluster. Returns the ExternalSecrets by
 * the name of their Secret, for which pods have to wait.
 */
export function storedSecrets(
    name: string,
    args: StoredSecretsArgs,
    opts: pulumi.CustomResourceOptions,
): Readonly<Record<string, CustomResource>> {
    const { namespace, labels } = args;
    const store = makeStore(name, args, opts);
    return Object.fromEntries(
        Object.entries(args.secrets).map(([secret, stored]) => {
            const { resource } = stored.reference;
            const metadata = {
                name: secret,
                namespace,
                labels,
                annotations: { "pulumi.com/waitFor": "condition=Ready" },
            };
            const external = new CustomResource(
                `${name}-${secret}`,
                secretManifest(metadata, secret, stored),
                {
                    ...opts,
                    dependsOn: [store, ...(resource ? [resource] : [])],
                    // A grant on Azure takes up to ten minutes to work.
                    customTimeouts: { create: "15m", update: "15m" },
                },
            );
            return [secret, external];
        }),
    );
}

/** The namespace's SecretStore, with the service account that it uses where the cloud needs one. */
function makeStore(
    name: string,
    { namespace, labels, reader, operator }: StoredSecretsArgs,
    opts: pulumi.CustomResourceOptions,
): CustomResource {
    const account = reader.serviceAccount;
    const serviceAccount =
        account &&
        new ServiceAccount(
            `${name}-${account.name}`,
            {
                metadata: {
                    name: account.name,
                    namespace,
                    labels,
                    annotations: account.annotations,
                },
                automountServiceAccountToken: false,
            },
            opts,
        );
    const needs = [operator, ...reader.grants, ...(serviceAccount ? [serviceAccount] : [])];
    const metadata = { name: STORE, namespace, labels };
    return new CustomResource(`${name}-store`, storeManifest(metadata, reader), {
        ...opts,
        dependsOn: needs,
    });
}

/** The metadata of an object in a namespace. */
interface Metadata {
    readonly name: string;
    readonly namespace: pulumi.Input<string>;
    readonly labels: Labels;
    readonly annotations?: Readonly<Record<string, string>>;
}

/** A manifest whose `spec.provider` is the cloud's own, known to the cloud's SecretStore component only. */
type StoreManifest = Omit<Manifest<ISecretStore>, "spec"> & {
    readonly spec: Omit<Manifest<NonNullable<ISecretStore["spec"]>>, "provider"> & {
        readonly provider: SecretReader["provider"];
    };
};

function storeManifest(metadata: Metadata, reader: SecretReader) {
    return {
        apiVersion: "external-secrets.io/v1",
        kind: "SecretStore",
        metadata,
        spec: { provider: reader.provider },
    } satisfies StoreManifest;
}

function secretManifest(metadata: Metadata, name: string, stored: StoredSecret) {
    const { reference } = stored;
    const template = templateOf(stored);
    return {
        apiVersion: "external-secrets.io/v1",
        kind: "ExternalSecret",
        metadata,
        spec: {
            // The form that the API server writes too, so that no difference is ever found.
            refreshInterval: "1h0m0s",
            secretStoreRef: { kind: "SecretStore", name: STORE },
            target: {
                name,
                creationPolicy: "Owner",
                deletionPolicy: "Retain",
                ...(template && { template }),
            },
            data: reference.fields.map((field) => ({
                secretKey: field,
                remoteRef: { key: reference.key, property: field },
            })),
        },
    } satisfies Manifest<IExternalSecret>;
}

/** How the Secret differs from one with a key for each field; undefined if it does not. */
function templateOf({ template, labels, type }: StoredSecret) {
    if (!template && !labels && type === undefined) return undefined;
    return {
        engineVersion: "v2" as const,
        ...(type !== undefined && { type }),
        ...(labels && { metadata: { labels } }),
        ...(template && { data: template }),
    };
}
