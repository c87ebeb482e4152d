import { Job } from "@pulumi/kubernetes/batch/v1/job.js";
import { ConfigMap } from "@pulumi/kubernetes/core/v1/configMap.js";
import type { input } from "@pulumi/kubernetes/types/index.js";
import { shortHash } from "../../lib/names.ts";
import type { DatabaseUse } from "../../settings/application-types.ts";
import { AGAIN_AFTER_FAILURE, jobOptions } from "../jobs.ts";
import type { Within } from "../platform-namespace.ts";
import { CLOSED_CONTAINER, restrictedPod } from "../restricted.ts";
import { DATABASES_NAMESPACE, roleSecret, serverSecret } from "./place.ts";
import type { Place } from "./place.ts";
import { databaseScript } from "./script.ts";

/** psql of the newest server: it speaks to all older ones. This copy of the official image is not rationed by address. */
const IMAGE = "public.ecr.aws/docker/library/postgres:18.1-alpine";

/** The Job that brings one server to what applications want of it. Its name holds a digest of that. */
export function makeJob(
    name: string,
    server: string,
    uses: Readonly<Record<string, DatabaseUse>>,
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

/** The user and group that psql runs as, whatever its image says. */
const UID = 10001;

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
        securityContext: restrictedPod(UID),
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
                securityContext: CLOSED_CONTAINER,
                volumeMounts: [{ name: "scripts", mountPath: "/scripts", readOnly: true }],
            },
        ],
        volumes: [{ name: "scripts", configMap: { name: config } }],
    };
}
