import type { SearchBackup } from "../../contracts/search.ts";
import { amount } from "../../lib/units.ts";

/** The user that registers where snapshots go, and as which they are taken. No application's key can be it. */
export const BACKUP_USER = "platform-backup";

/** What the repository of snapshots and the policy that takes them are called in Elasticsearch. */
export const PLATFORM = "platform";

/** Where nodes see the files. */
export const BACKUP_PATH = "/usr/share/elasticsearch/backup";

/** The key of the volume: other files are another volume, since Kubernetes lets none be changed. */
export const backupVolume = ({ files }: SearchBackup) => `backup-${files}`;

/**
 * What the user may do: say where snapshots go and when they are taken, take them, and bring them back. It reads and
 * deletes no index, and deletes no snapshot either: those that expired are deleted by Elasticsearch itself.
 *
 * Single actions, since `manage_slm` is deprecated and stops the life-cycles of indexes too, and `manage` changes everything.
 *
 * @see https://www.elastic.co/docs/reference/elasticsearch/security-privileges
 */
const PRIVILEGES = [
    "create_snapshot",
    "cluster:admin/repository/put",
    "cluster:admin/slm/*",
    "cluster:admin/snapshot/restore",
] as const;

/** The keys of the user's Secret: for Elasticsearch its role, for the Job its credentials as curl reads them. */
export function backupTemplate(): Readonly<Record<string, string>> {
    const roles = BACKUP_USER;
    return {
        username: "{{ .username }}",
        password: "{{ .password }}",
        roles,
        "roles.yml": JSON.stringify({ [roles]: { cluster: PRIVILEGES } }),
        [CREDENTIALS]: 'user = "{{ .username }}:{{ .password }}"',
        [AUTHORITY]: "{{ .ca }}",
    };
}

/** Keys of the user's Secret that the Job reads. */
export const CREDENTIALS = "curl.conf";
export const AUTHORITY = "ca.crt";

/**
 * Where snapshots go: a folder of the cluster's own, because on Google Cloud all clusters see the same files.
 *
 * @see https://www.elastic.co/docs/deploy-manage/tools/snapshot-and-restore/shared-file-system-repository
 */
export function repository(namespace: string) {
    return { type: "fs", settings: { location: `${BACKUP_PATH}/${namespace}` } };
}

/**
 * When snapshots are taken and how long they are kept: at 22:30 UTC, before the clouds copy the files (AWS at 3:00, Azure at
 * 1:00, Google Cloud from 0:00 on) and before Elasticsearch looks for expired ones, at 1:30.
 *
 * There are two for each day at most, if somebody takes some by hand.
 *
 * @see https://www.elastic.co/docs/api/doc/elasticsearch/operation/operation-slm-put-lifecycle
 */
export function policy({ retention }: SearchBackup) {
    const days = amount(retention);
    return {
        schedule: "0 30 22 * * ?",
        name: "<daily-{now/d}>",
        repository: PLATFORM,
        config: { indices: ["*"], include_global_state: true },
        retention: { expire_after: `${days}d`, min_count: 1, max_count: 2 * days },
    };
}

/** Where the Job finds what it sends, and with which credentials. */
export const SCRIPTS = "/scripts";
export const SECRETS = "/secrets";

/** Seconds for which the script tries again: as long as it may take until all nodes have restarted with the files. */
export const PATIENCE = 1800;

/**
 * Registers the repository and the policy; both calls change nothing if they are there as they should be. Elasticsearch
 * looks whether all nodes can write into the files before it takes the repository.
 *
 * Nobody may answer yet, the user may be unknown, nodes may not have the files yet: so it tries again, unless what it sent
 * is wrong. What Elasticsearch said stands in the log, and the end of that in the pod's status.
 */
export function script(host: string, port: number): string {
    return `set -eu
end=$(($(date +%s) + ${PATIENCE}))

put() {
    while true; do
        answer=$(curl --silent --show-error --max-time 90 --config ${SECRETS}/${CREDENTIALS} --cacert ${SECRETS}/${AUTHORITY} \\
            --request PUT --header 'Content-Type: application/json' --data-binary "@${SCRIPTS}/$2" \\
            --write-out '\\n%{http_code}' "https://${host}:${port}/$1" 2>&1) || true
        case $(printf '%s' "$answer" | tail -n 1) in
        2??)
            echo "$1 is there"
            return
            ;;
        400 | 404 | 405)
            echo "Elasticsearch refuses $1: $answer" >&2
            exit 1
            ;;
        esac
        if [ "$(date +%s)" -ge "$end" ]; then
            echo "Gave up on $1: $answer" >&2
            exit 1
        fi
        echo "Not yet $1, trying again: $answer" >&2
        sleep 10
    done
}

put _snapshot/${PLATFORM} repository.json
put _slm/policy/${PLATFORM} policy.json
`;
}
