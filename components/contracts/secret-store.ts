import type * as pulumi from "@pulumi/pulumi";
import type { Cluster } from "./cluster.ts";

/** The cloud's store for secrets. */
export interface SecretStoreArgs {
    /** True if a deleted secret can be recovered: for 30 days on AWS, 90 on Azure; on Google Cloud the key's versions. */
    readonly recoverable: boolean;
    /** True if the cloud and Pulumi both refuse to delete the store and what it holds. */
    readonly deletionProtection: boolean;
}

/** Where a secret stands; never what it holds. */
export interface SecretReference {
    /** The key that an ExternalSecret names in `remoteRef.key`. */
    readonly key: pulumi.Output<string>;
    /** The fields of the secret's JSON document, for `remoteRef.property`. */
    readonly fields: readonly string[];
    /** What the names of a reader's grants are made of. */
    readonly name: string;
    /** What a reader is granted: the secret's ARN on AWS, its resource id on Azure, its id in the project on Google Cloud. */
    readonly id: pulumi.Output<string>;
    /** The cloud's secret, for dependencies; undefined for one that was put there by somebody else. */
    readonly resource?: pulumi.CustomResource;
}

/** Which secrets the External Secrets operator may read on behalf of one namespace. */
export interface SecretReaderArgs<C extends Cluster = Cluster> {
    readonly cluster: C;
    /** The namespace whose SecretStore this is. */
    readonly namespace: string;
    /** Exactly the secrets that may be read. One that is named twice is granted once. */
    readonly secrets: readonly SecretReference[];
}

/** Each secret once: several Secrets, or variables, can come from one document. */
export function eachOnce(secrets: readonly SecretReference[]): readonly SecretReference[] {
    return [...new Map(secrets.map((secret) => [secret.name, secret])).values()];
}

/** What a namespace needs for its `external-secrets.io/v1` SecretStore. */
export interface SecretReader {
    /** The service account that the store names, to be made in the namespace; undefined where the operator's own identity is used (AWS). */
    readonly serviceAccount?: {
        readonly name: string;
        readonly annotations: Readonly<Record<string, pulumi.Output<string>>>;
    };
    /** `spec.provider` of the SecretStore. */
    readonly provider: pulumi.Output<Record<string, unknown>>;
    /** Grants that have to stand before the first read. */
    readonly grants: readonly pulumi.Resource[];
}

/** A store that stands. */
export interface SecretStore<C extends Cluster = Cluster> extends pulumi.ComponentResource {
    /**
     * Stores a document of named values as one JSON secret.
     *
     * Values are marked secret, whatever the caller passes.
     */
    put(
        name: string,
        fields: Readonly<Record<string, pulumi.Input<string>>>,
        opts?: pulumi.CustomResourceOptions,
    ): SecretReference;
    /**
     * A secret that somebody else put into the store under the site's name, such as an API key of a partner: a JSON
     * document with the given fields. It never passes through Pulumi.
     *
     * Nothing is made or looked up: a secret that is missing is refused by Azure and Google Cloud when it is granted, and
     * shows on AWS when the namespace reads it.
     */
    existing(key: string, fields: readonly string[]): SecretReference;
    /** Lets one namespace read exactly the given secrets. */
    reader(
        name: string,
        args: SecretReaderArgs<C>,
        opts?: pulumi.CustomResourceOptions,
    ): SecretReader;
}

/** Where the External Secrets operator runs, on every cluster. */
export const SECRETS_OPERATOR = {
    namespace: "external-secrets",
    serviceAccount: "external-secrets",
} as const;

/** The service account that a namespace's SecretStore uses, where the cloud needs one. */
export const SECRET_READER = "secret-reader";
