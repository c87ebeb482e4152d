import type { Output } from "@pulumi/pulumi";
import type { Destination } from "../../contracts/destination.ts";
import type { SecretReference } from "../../contracts/secret-store.ts";
import type { Binding, SecretBinding } from "./binding.ts";

/** Turns a key into the middle of a variable's name: `user-uploads` into `USER_UPLOADS`. */
export function variableOf(key: string): string {
    return key.toUpperCase().replaceAll("-", "_");
}

/** A service with credentials in the site's secret store, and the way to it. */
interface Service {
    readonly credentials: SecretReference;
    readonly destinations: readonly Destination[];
}

/** The folder in which a service's certificate authority lies. */
const CA_FOLDER = "/etc/platform";

/** What every service's binding is made of: a variable for each field, and a file for its certificate authority. */
function serviceBinding(
    name: string,
    { credentials, destinations }: Service,
    fields: Readonly<Record<string, string>>,
    env: Readonly<Record<string, string>> = {},
): Binding {
    // Some services sign with an authority that every image knows.
    const signs = credentials.fields.includes("ca");
    const variables = Object.fromEntries(
        Object.entries(fields).filter(([, field]) => field !== "ca"),
    );
    const bare = { name, env, secret: { reference: credentials, variables }, destinations };
    const authority = Object.entries(fields).find(([, field]) => field === "ca")?.[0];
    if (authority === undefined || !signs) return bare;
    const certificate = { field: "ca", folder: `${CA_FOLDER}/${name}`, name: "ca.crt" };
    const path = `${certificate.folder}/${certificate.name}`;
    return { ...bare, env: { ...env, [authority]: path }, certificate };
}

/**
 * A database: libpq's variables, and `DATABASE_URL`.
 *
 * Every cloud's server refuses connections without TLS, and `require` makes clients ask for it. It encrypts and does not
 * prove who the server is: each cloud signs with another authority, which an image would have to know before
 * `verify-full` could work, and Google's certificates do not name the server's address.
 *
 * @see https://www.postgresql.org/docs/current/libpq-ssl.html#LIBPQ-SSL-PROTECTION
 */
export function databaseBinding(database: Service): Binding {
    return serviceBinding(
        "database",
        database,
        {
            PGHOST: "host",
            PGPORT: "port",
            PGUSER: "username",
            PGPASSWORD: "password",
            PGDATABASE: "dbname",
            DATABASE_URL: "url",
        },
        { PGSSLMODE: "require" },
    );
}

/** A cache: its parts, and `REDIS_URL`. */
export function cacheBinding(cache: Service): Binding {
    return serviceBinding("cache", cache, {
        REDIS_HOST: "host",
        REDIS_PORT: "port",
        REDIS_PASSWORD: "password",
        REDIS_URL: "url",
        REDIS_CA_FILE: "ca",
    });
}

/** A queue: its parts, and `AMQP_URL`. */
export function queueBinding(queue: Service): Binding {
    return serviceBinding("queue", queue, {
        AMQP_HOST: "host",
        AMQP_PORT: "port",
        AMQP_USERNAME: "username",
        AMQP_PASSWORD: "password",
        AMQP_VHOST: "vhost",
        AMQP_URL: "url",
        AMQP_CA_FILE: "ca",
    });
}

/** A stream: Kafka's brokers and the application's own user, for SASL_SSL with SCRAM-SHA-512. */
export function streamBinding(stream: Service): Binding {
    return serviceBinding(
        "stream",
        stream,
        {
            KAFKA_BROKERS: "brokers",
            KAFKA_USERNAME: "username",
            KAFKA_PASSWORD: "password",
            KAFKA_CA_FILE: "ca",
        },
        { KAFKA_SECURITY_PROTOCOL: "SASL_SSL", KAFKA_SASL_MECHANISM: "SCRAM-SHA-512" },
    );
}

/** A search cluster. */
export function searchBinding(search: Service): Binding {
    return serviceBinding("search", search, {
        ELASTICSEARCH_HOST: "host",
        ELASTICSEARCH_PORT: "port",
        ELASTICSEARCH_USERNAME: "username",
        ELASTICSEARCH_PASSWORD: "password",
        ELASTICSEARCH_URL: "url",
        ELASTICSEARCH_CA_FILE: "ca",
    });
}

/** A bucket: its name and where it answers. Access comes with the pods' own cloud identity. */
export function bucketBinding(
    key: string,
    store: {
        readonly bucket: Output<string>;
        readonly endpoint: Output<string>;
        readonly destinations: readonly Destination[];
    },
): Binding {
    return {
        name: `bucket-${key}`,
        env: {
            [`BUCKET_${variableOf(key)}`]: store.bucket,
            [`BUCKET_${variableOf(key)}_ENDPOINT`]: store.endpoint,
        },
        destinations: store.destinations,
    };
}

/** A secret that is one variable. */
export function secretBinding(variable: string, secret: SecretReference, field: string): Binding {
    const binding: SecretBinding = { reference: secret, variables: { [variable]: field } };
    return { name: secretName(variable), env: {}, secret: binding, destinations: [] };
}

/** The Secret's name of a variable: `STRIPE_KEY` becomes `stripe-key`. */
function secretName(variable: string): string {
    return `secret-${variable.toLowerCase().replaceAll("_", "-")}`;
}
