import type * as pulumi from "@pulumi/pulumi";
import { CustomResource } from "@pulumi/kubernetes/apiextensions/customResource.js";
import { ServiceAccount } from "@pulumi/kubernetes/core/v1/serviceAccount.js";
import type { IExternalSecret } from "@kubernetes-models/external-secrets/external-secrets.io/v1/ExternalSecret";
import type { ISecretStore } from "@kubernetes-models/external-secrets/external-secrets.io/v1/SecretStore";
import type { CredentialField, Database } from "../contracts/database.ts";
import type { SecretReader } from "../contracts/secret-store.ts";
import type { DATABASE_VARIABLES } from "../lib/reserved.ts";
import type { Labels } from "./labels.ts";
import type { Manifest } from "./manifest.ts";
import type { SecretVariable } from "./pod.ts";

type DatabaseVariable = (typeof DATABASE_VARIABLES)[number];

/** The store of a namespace, and the Secret made from it. */
const STORE = "site";
const SECRET = "database";

/** libpq's variables, by the field of the credentials document that each takes its value from. */
const VARIABLES = {
    host: "PGHOST",
    port: "PGPORT",
    username: "PGUSER",
    password: "PGPASSWORD",
    dbname: "PGDATABASE",
} as const satisfies Record<CredentialField, DatabaseVariable>;

/** The fields that a database's credentials need to have. */
export const CREDENTIAL_FIELDS = Object.keys(VARIABLES);

/** The variables that a container reads from the database's Secret. */
export const SECRET_VARIABLES: readonly SecretVariable[] = Object.entries(VARIABLES).map(
    ([key, name]) => ({ name, secret: SECRET, key }),
);

/**
 * Every cloud's server refuses connections without TLS, and this makes clients ask for it.
 *
 * `require` encrypts and does not prove who the server is: each cloud signs with another authority, which an image
 * would have to know before `verify-full` could work, and Google's certificates do not name the server's address.
 *
 * @see https://www.postgresql.org/docs/current/libpq-ssl.html#LIBPQ-SSL-PROTECTION
 */
export const DATABASE_ENV = {
    PGSSLMODE: "require",
} as const satisfies Partial<Record<DatabaseVariable, string>>;

/** What brings a database's credentials into a namespace. */
export interface DatabaseSecretArgs {
    readonly namespace: pulumi.Input<string>;
    readonly labels: Labels;
    readonly database: Database;
    readonly reader: SecretReader;
    /** The operator, whose types the objects are of. */
    readonly operator: pulumi.Resource;
}

/**
 * The objects that bring a database's credentials from the cloud's secret store into a namespace.
 *
 * No value stands in any of them: the operator fetches the document inside the cluster. Returns the ExternalSecret,
 * which pods have to wait for.
 */
export function databaseSecret(
    name: string,
    args: DatabaseSecretArgs,
    opts: pulumi.CustomResourceOptions,
): CustomResource {
    const { namespace, labels, database, reader, operator } = args;
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
    const store = new CustomResource(
        `${name}-store`,
        storeManifest({ name: STORE, namespace, labels }, reader),
        {
            ...opts,
            dependsOn: [operator, ...reader.grants, ...(serviceAccount ? [serviceAccount] : [])],
        },
    );
    return new CustomResource(
        `${name}-database`,
        secretManifest(
            {
                name: SECRET,
                namespace,
                labels,
                annotations: { "pulumi.com/waitFor": "condition=Ready" },
            },
            database,
        ),
        {
            ...opts,
            dependsOn: [
                store,
                ...(database.credentials.resource ? [database.credentials.resource] : []),
            ],
            // A grant on Azure takes up to ten minutes to work.
            customTimeouts: { create: "15m", update: "15m" },
        },
    );
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

function secretManifest(metadata: Metadata, database: Database) {
    return {
        apiVersion: "external-secrets.io/v1",
        kind: "ExternalSecret",
        metadata,
        spec: {
            // The form that the API server writes too, so that no difference is ever found.
            refreshInterval: "1h0m0s",
            secretStoreRef: { kind: "SecretStore", name: STORE },
            target: { name: SECRET, creationPolicy: "Owner", deletionPolicy: "Retain" },
            data: CREDENTIAL_FIELDS.map((field) => ({
                secretKey: field,
                remoteRef: { key: database.credentials.key, property: field },
            })),
        },
    } satisfies Manifest<IExternalSecret>;
}
