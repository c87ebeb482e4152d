import { Job } from "@pulumi/kubernetes/batch/v1/job.js";
import { ConfigMap } from "@pulumi/kubernetes/core/v1/configMap.js";
import { ServiceAccount } from "@pulumi/kubernetes/core/v1/serviceAccount.js";
import type { input } from "@pulumi/kubernetes/types/index.js";
import type * as pulumi from "@pulumi/pulumi";
import type { SearchBackup } from "../../contracts/search.ts";
import { shortHash } from "../../lib/names.ts";
import type { Tags } from "../../lib/tags.ts";
import { AGAIN_AFTER_FAILURE, jobOptions } from "../jobs.ts";
import { applicationLabels } from "../labels.ts";
import { RESTRICTED_CONTAINER, restrictedPod } from "../restricted.ts";
import { PORTS } from "../operators/places.ts";
import type { Within } from "../platform-namespace.ts";
import { BACKUP_PODS, elasticsearchHost, IMAGE, UID } from "./elasticsearch.ts";
import * as backups from "./search-backup.ts";
import type { ServiceSpace } from "./service.ts";

/** What a search cluster's snapshots are set up with. */
interface BackupJobArgs {
    readonly backup: SearchBackup;
    readonly space: ServiceSpace;
    readonly tags: Tags;
    /** The Secret of the user that sets them up. */
    readonly secret: string;
    /** What has to stand before: the cluster, the Secret, the way there. */
    readonly ready: readonly pulumi.Resource[];
}

/** The service account and the container of the Job. */
const NAME = "backup";

/** Seconds that the Job may take: a little more than its script, which says why it gave up. */
const DEADLINE = backups.PATIENCE + 180;

/** The Job that tells Elasticsearch where snapshots go and when. Its name holds a digest of that. */
export function makeBackupJob(name: string, args: BackupJobArgs, within: Within): Job {
    const { backup, space, tags, secret, ready } = args;
    const data = {
        "register.sh": backups.script(elasticsearchHost(space.key), PORTS.elasticsearch),
        "repository.json": JSON.stringify(backups.repository(space.key)),
        "policy.json": JSON.stringify(backups.policy(backup)),
    };
    // In other files nothing of it changes but where the folder lies.
    const digest = shortHash(JSON.stringify([data, backup.files]), 8);
    const labels = applicationLabels(space.key, tags);
    const inNamespace = (own: string) => ({ name: own, namespace: space.name, labels });
    const metadata = inNamespace(`${NAME}-${digest}`);
    const prefix = `${name}-${NAME}-${digest}`;
    const account = new ServiceAccount(
        `${name}-${NAME}`,
        { metadata: inNamespace(NAME), automountServiceAccountToken: false },
        within,
    );
    const config = new ConfigMap(prefix, { metadata, data, immutable: true }, within);
    return new Job(
        prefix,
        {
            metadata: { ...metadata, annotations: AGAIN_AFTER_FAILURE },
            spec: {
                // The script itself tries again.
                backoffLimit: 0,
                activeDeadlineSeconds: DEADLINE,
                podFailurePolicy: SPARE_DRAINED,
                template: {
                    metadata: { labels: { ...labels, ...BACKUP_PODS } },
                    spec: podSpec(metadata.name, secret),
                },
            },
        },
        { ...within, dependsOn: [...ready, account, config], ...jobOptions(DEADLINE) },
    );
}

/** A pod whose node was drained has not failed. */
const SPARE_DRAINED: input.batch.v1.PodFailurePolicy = {
    rules: [{ action: "Ignore", onPodConditions: [{ type: "DisruptionTarget", status: "True" }] }],
};

/** A restricted pod that runs the script once. Its image is on the nodes already. */
function podSpec(config: string, secret: string): input.core.v1.PodSpec {
    return {
        restartPolicy: "Never",
        serviceAccountName: NAME,
        automountServiceAccountToken: false,
        enableServiceLinks: false,
        securityContext: restrictedPod(UID),
        containers: [
            {
                name: NAME,
                image: IMAGE,
                imagePullPolicy: "IfNotPresent",
                command: ["sh", `${backups.SCRIPTS}/register.sh`],
                resources: {
                    requests: { cpu: "50m", memory: "64Mi", "ephemeral-storage": "64Mi" },
                    limits: { cpu: "200m", memory: "64Mi", "ephemeral-storage": "128Mi" },
                },
                securityContext: RESTRICTED_CONTAINER,
                terminationMessagePolicy: "FallbackToLogsOnError",
                volumeMounts: [
                    { name: "scripts", mountPath: backups.SCRIPTS, readOnly: true },
                    { name: "secrets", mountPath: backups.SECRETS, readOnly: true },
                ],
            },
        ],
        volumes: [
            { name: "scripts", configMap: { name: config } },
            {
                name: "secrets",
                secret: {
                    secretName: secret,
                    defaultMode: 0o440,
                    items: [backups.CREDENTIALS, backups.AUTHORITY].map((key) => ({
                        key,
                        path: key,
                    })),
                },
            },
        ],
    };
}
