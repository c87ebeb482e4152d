import * as pulumi from "@pulumi/pulumi";
import { Job } from "@pulumi/kubernetes/batch/v1/job.js";
import { ConfigMap } from "@pulumi/kubernetes/core/v1/configMap.js";
import { ServiceAccount } from "@pulumi/kubernetes/core/v1/serviceAccount.js";
import { RandomId } from "@pulumi/random/randomId.js";
import { RandomPassword } from "@pulumi/random/randomPassword.js";
import type { input } from "@pulumi/kubernetes/types/index.js";
import type { Access } from "../../contracts/client.ts";
import type { Cluster } from "../../contracts/cluster.ts";
import { PASSWORD_FORM } from "../../contracts/database.ts";
import type { Database } from "../../contracts/database.ts";
import type { SecretReference, SecretStore } from "../../contracts/secret-store.ts";
import { shortHash } from "../../lib/names.ts";
import { scramVerifier } from "../../lib/scram.ts";
import type { Tags } from "../../lib/tags.ts";
import type { DatabaseUse } from "../../settings/application-types.ts";
import { toDestination } from "../openings.ts";
import { AGAIN_AFTER_FAILURE, jobOptions } from "../jobs.ts";
import { applicationLabels } from "../labels.ts";
import type { Labels } from "../labels.ts";
import { allowDns, DENY_ALL } from "../network-policies.ts";
import { platformNamespace } from "../platform-namespace.ts";
import type { Within } from "../platform-namespace.ts";
import { storedSecrets } from "../stored-secrets.ts";
import { databaseScript } from "./script.ts";

/** The namespace in which databases are prepared. */
export const DATABASES_NAMESPACE = "databases";

/** psql of the newest server: it speaks to all older ones. This copy of the official image is not rationed by address. */
const IMAGE = "public.ecr.aws/docker/library/postgres:18.1-alpine";

/** What makes the logical databases of a site. */
export interface LogicalDatabasesArgs<C extends Cluster> {
    readonly cluster: C;
    readonly secretStore: SecretStore<C>;
    /** The operator that fetches secrets. */
    readonly secretsOperator: pulumi.Resource;
    readonly tags: Tags;
    /** The site's servers by key. */
    readonly servers: Readonly<Record<string, Database>>;
    /** What applications ask for, by application. */
    readonly uses: Readonly<Record<string, DatabaseUse>>;
}

/** An application's own database: its credentials, the way there, and what has to stand first. */
export interface LogicalDatabase extends Access {
    readonly ready: pulumi.Resource;
}

/**
 * A database and a role of its own for each application that asks for one, on a server of its site: a Job in the cluster
 * makes them, because nothing outside the cluster reaches a server.
 *
 * The server's administrator never leaves this namespace. A Job is made whenever what is wanted of its server changes, so
 * that a database which nobody wants any more is dropped or shut as its settings said (`onRemoval`).
 */
export class LogicalDatabases<C extends Cluster> extends pulumi.ComponentResource {
    /** What each application gets, by application. */
    readonly databases: Readonly<Record<string, LogicalDatabase>>;

    constructor(
        name: string,
        args: LogicalDatabasesArgs<C>,
        opts?: pulumi.ComponentResourceOptions,
    ) {
        super("platform:kubernetes:LogicalDatabases", name, {}, opts);
        const { cluster, servers, uses } = args;
        const within: Within = {
            parent: this,
            provider: cluster.provider,
            deletedWith: cluster.resource,
        };
        const roles = Object.fromEntries(
            Object.entries(uses).flatMap(([application, use]) => {
                const server = servers[use.server];
                return server
                    ? [[application, makeRole(name, application, use, server, args, this)]]
                    : [];
            }),
        );
        const place = makePlace(name, args, roles, within);
        const jobs = Object.fromEntries(
            Object.keys(servers).map((server) => [
                server,
                makeJob(name, server, args, place, within),
            ]),
        );
        this.databases = Object.fromEntries(
            Object.entries(roles).flatMap(([application, role]) => {
                const [server, job] = [servers[role.server], jobs[role.server]];
                if (server === undefined || job === undefined) return [];
                const destinations = [{ cidrs: server.cidrs, ports: [server.port] }];
                return [[application, { credentials: role.credentials, destinations, ready: job }]];
            }),
        );
        this.registerOutputs({});
    }
}

/** A role's documents: what the application reads, and what the server is told. */
interface Role {
    readonly server: string;
    readonly credentials: SecretReference;
    readonly verifier: SecretReference;
}

/** A generated password and, apart from it, what the server keeps of it. */
function makeRole<C extends Cluster>(
    name: string,
    application: string,
    { server, name: dbname }: DatabaseUse,
    { host, port }: Database,
    { secretStore }: LogicalDatabasesArgs<C>,
    parent: pulumi.Resource,
): Role {
    const key = `${name}-${application}-database`;
    const { result: password } = new RandomPassword(key, { ...PASSWORD_FORM }, { parent });
    const salt = new RandomId(key, { byteLength: 16 }, { parent });
    const url = pulumi.interpolate`postgresql://${dbname}:${password}@${host}:${port}/${dbname}?sslmode=require`;
    const values = { host, port: String(port), username: dbname, password, dbname, url };
    const verifier = pulumi
        .all([password, salt.b64Std])
        .apply(([text, bytes]) => scramVerifier(text, Buffer.from(bytes, "base64")));
    return {
        server,
        credentials: secretStore.put(key, values),
        verifier: secretStore.put(`${key}-verifier`, { verifier }),
    };
}

/** The namespace, with every document that Jobs read. */
interface Place {
    readonly namespace: pulumi.Output<string>;
    readonly labels: Labels;
    readonly ready: readonly pulumi.Resource[];
}

const serverSecret = (server: string) => `server-${server}`;
const roleSecret = (application: string) => `role-${application}`;

function makePlace<C extends Cluster>(
    name: string,
    args: LogicalDatabasesArgs<C>,
    roles: Readonly<Record<string, Role>>,
    within: Within,
): Place {
    const { cluster, secretStore, secretsOperator: operator, tags, servers } = args;
    const { name: namespace, ready } = platformNamespace(
        name,
        {
            namespace: DATABASES_NAMESPACE,
            version: cluster.version,
            tags,
            // A Job of each server, the one before it, and their second tries.
            pods: 4 * Math.max(1, Object.keys(servers).length),
            policies: policiesFor(servers),
        },
        within,
    );
    const labels = applicationLabels(DATABASES_NAMESPACE, tags);
    const secrets = {
        ...Object.fromEntries(
            Object.entries(servers).map(([server, { credentials: reference }]) => [
                serverSecret(server),
                { reference },
            ]),
        ),
        ...Object.fromEntries(
            Object.entries(roles).map(([application, { verifier: reference }]) => [
                roleSecret(application),
                { reference },
            ]),
        ),
    };
    const references = Object.values(secrets).map(({ reference }) => reference);
    const readers = { cluster, namespace: DATABASES_NAMESPACE, secrets: references };
    const reader = secretStore.reader(`${name}-${DATABASES_NAMESPACE}`, readers);
    const stored = storedSecrets(
        `${name}-${DATABASES_NAMESPACE}`,
        { namespace, labels, reader, operator, secrets },
        within,
    );
    const account = new ServiceAccount(
        `${name}-${DATABASES_NAMESPACE}`,
        {
            metadata: { name: DATABASES_NAMESPACE, namespace, labels },
            automountServiceAccountToken: false,
        },
        within,
    );
    return {
        namespace,
        labels,
        ready: [...cluster.nodes, ...ready, account, ...Object.values(stored)],
    };
}

/** Out to the servers and to DNS, and nothing in. */
function policiesFor(servers: Readonly<Record<string, Database>>) {
    const egress = Object.values(servers).flatMap(({ cidrs, port }) =>
        toDestination({ cidrs, ports: [port] }),
    );
    return {
        "default-deny": DENY_ALL,
        "allow-dns": allowDns(),
        "allow-servers": { podSelector: {}, policyTypes: ["Egress"], egress },
    };
}

/** The Job that brings one server to what is wanted of it. Its name holds a digest of that. */
function makeJob<C extends Cluster>(
    name: string,
    server: string,
    { uses }: LogicalDatabasesArgs<C>,
    { namespace, labels, ready }: Place,
    within: Within,
): Job {
    const own = Object.entries(uses)
        .filter(([, use]) => use.server === server)
        .sort(([a], [b]) => (a < b ? -1 : 1));
    const wanted = own.map(([, use], at) => ({ ...use, variable: `VERIFIER_${at}` }));
    const script = databaseScript(wanted);
    // Under another key an application has another password, even if its database keeps its name.
    const digest = shortHash(JSON.stringify([script, own.map(([application]) => application)]), 8);
    const metadata = { name: `${server}-${digest}`, namespace, labels };
    const prefix = `${name}-${DATABASES_NAMESPACE}-${server}-${digest}`;
    const config = new ConfigMap(
        prefix,
        { metadata, data: { [SCRIPT]: script }, immutable: true },
        within,
    );
    const variables = own.map(([application], at) =>
        fromSecret(`VERIFIER_${at}`, roleSecret(application), "verifier"),
    );
    return new Job(
        prefix,
        {
            metadata: { ...metadata, annotations: AGAIN_AFTER_FAILURE },
            spec: {
                backoffLimit: 3,
                activeDeadlineSeconds: DEADLINE,
                template: { metadata: { labels }, spec: podSpec(metadata.name, server, variables) },
            },
        },
        { ...within, dependsOn: [...ready, config], ...jobOptions(DEADLINE) },
    );
}

const SCRIPT = "databases.sql";

/** Seconds that a server's Job may take, its further tries included. */
const DEADLINE = 600;

const fromSecret = (name: string, secret: string, key: string): input.core.v1.EnvVar => ({
    name,
    valueFrom: { secretKeyRef: { name: secret, key } },
});

/** Where psql finds its server. */
const SERVER_VARIABLES = {
    PGHOST: "host",
    PGPORT: "port",
    PGUSER: "username",
    PGPASSWORD: "password",
    PGDATABASE: "dbname",
} as const;

/** A restricted pod that runs the script once. */
function podSpec(
    config: string,
    server: string,
    variables: readonly input.core.v1.EnvVar[],
): input.core.v1.PodSpec {
    const connection = Object.entries(SERVER_VARIABLES).map(([variable, key]) =>
        fromSecret(variable, serverSecret(server), key),
    );
    return {
        restartPolicy: "Never",
        serviceAccountName: DATABASES_NAMESPACE,
        automountServiceAccountToken: false,
        enableServiceLinks: false,
        securityContext: {
            runAsNonRoot: true,
            runAsUser: 10001,
            runAsGroup: 10001,
            fsGroup: 10001,
            seccompProfile: { type: "RuntimeDefault" },
        },
        containers: [
            {
                name: "psql",
                image: IMAGE,
                imagePullPolicy: "IfNotPresent",
                command: ["psql", "--no-psqlrc", "--quiet", "--file", `/scripts/${SCRIPT}`],
                env: [{ name: "PGSSLMODE", value: "require" }, ...connection, ...variables],
                resources: {
                    requests: { cpu: "50m", memory: "64Mi", "ephemeral-storage": "64Mi" },
                    limits: { cpu: "200m", memory: "64Mi", "ephemeral-storage": "128Mi" },
                },
                securityContext: {
                    allowPrivilegeEscalation: false,
                    privileged: false,
                    readOnlyRootFilesystem: true,
                    capabilities: { drop: ["ALL"] },
                },
                volumeMounts: [{ name: "scripts", mountPath: "/scripts", readOnly: true }],
            },
        ],
        volumes: [{ name: "scripts", configMap: { name: config } }],
    };
}
