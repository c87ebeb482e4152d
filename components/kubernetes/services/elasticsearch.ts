import type * as pulumi from "@pulumi/pulumi";
import type { IElasticsearch } from "@kubernetes-models/elastic-cloud/elasticsearch.k8s.elastic.co/v1/Elasticsearch";
import type { SearchArgs, SearchBackup } from "../../contracts/search.ts";
import { claimName } from "../application/volumes.ts";
import type { Labels } from "../labels.ts";
import type { Manifest } from "../manifest.ts";
import { letClientsIn, letIn, letOut, letTogether, podsOf } from "../openings.ts";
import { restrictedPod } from "../restricted.ts";
import { ELASTIC_OPERATOR, PORTS } from "../operators/places.ts";
import { spreadQuorum } from "../spread.ts";
import { BACKUP_PATH, backupVolume } from "./search-backup.ts";
import { podResources, serviceNamespace, volumeSize } from "./service.ts";

/** The name of the cluster's objects in its namespace. */
export const ELASTICSEARCH = "elasticsearch";

/** The Secret with the certificate of the HTTP interface. */
export const TLS_SECRET = "elasticsearch-tls";

/** The version of Elasticsearch. Raising it restarts the nodes one by one; it can never be lowered. */
const VERSION = "9.5.4";

/** The image that the operator takes for this version. */
export const IMAGE = `docker.elastic.co/elasticsearch/elasticsearch:${VERSION}`;

/** The user and group of the image. */
export const UID = 1000;

/** The label of the zone, on nodes and as ECK copies it to pods. */
const ZONE = "topology.kubernetes.io/zone";

/** The labels that ECK gives to the pods of the cluster. */
export const ELASTICSEARCH_PODS = {
    "elasticsearch.k8s.elastic.co/cluster-name": ELASTICSEARCH,
} as const;

/** The label of the pods that say where snapshots go. */
export const BACKUP_PODS = { "app.kubernetes.io/component": "backup" } as const;

/** Where clients find Elasticsearch. */
export function elasticsearchHost(namespace: string): string {
    return `${ELASTICSEARCH}-es-http.${namespace}.svc.cluster.local`;
}

/** The names in the certificate: as clients, as the operator, and as the nodes call it. */
export function elasticsearchNames(namespace: string): string[] {
    return [
        elasticsearchHost(namespace),
        `${ELASTICSEARCH}-es-http.${namespace}.svc`,
        `${ELASTICSEARCH}-es-internal-http.${namespace}.svc`,
        `*.${ELASTICSEARCH}-es-nodes.${namespace}.svc`,
    ];
}

interface Metadata {
    readonly name: string;
    readonly namespace: pulumi.Input<string>;
    readonly labels: Labels;
}

/**
 * The cluster: TLS, users from Secrets only, and copies of each shard kept in different zones.
 *
 * Half of a node's memory becomes the heap, by Elasticsearch's own reckoning.
 *
 * @see https://www.elastic.co/docs/deploy-manage/deploy/cloud-on-k8s/elasticsearch-configuration
 */
export function elasticsearchManifest(
    metadata: Metadata,
    args: SearchArgs,
    users: readonly string[],
    storageClassName: string,
) {
    const secrets = users.map((secretName) => ({ secretName }));
    return {
        apiVersion: "elasticsearch.k8s.elastic.co/v1",
        kind: "Elasticsearch",
        metadata: {
            ...metadata,
            annotations: {
                "eck.k8s.elastic.co/downward-node-labels": ZONE,
                "pulumi.com/waitFor": "jsonpath={.status.phase}=Ready",
            },
        },
        spec: {
            version: VERSION,
            // Nobody is everything's master: the operator has users of its own.
            auth: { disableElasticUser: true, fileRealm: secrets, roles: secrets },
            http: { tls: { certificate: { secretName: TLS_SECRET } } },
            volumeClaimDeletePolicy: args.deletionProtection
                ? "DeleteOnScaledownOnly"
                : "DeleteOnScaledownAndClusterDeletion",
            updateStrategy: { changeBudget: { maxSurge: 1, maxUnavailable: 1 } },
            nodeSets: [nodeSet(args, storageClassName)],
        },
    } satisfies Manifest<IElasticsearch>;
}

/**
 * The volume for snapshots in a node's pod, and where it is seen.
 *
 * On AWS the access point writes as its own user, whoever the pod runs as; on Azure and Google Cloud the files belong to the
 * pods' group. It is given them once: every start would otherwise walk through all snapshots.
 */
function backupMount(backup: SearchBackup) {
    const name = "backup";
    return {
        volumes: [{ name, persistentVolumeClaim: { claimName: claimName(backupVolume(backup)) } }],
        volumeMounts: [{ name, mountPath: BACKUP_PATH }],
        ownership: { fsGroupChangePolicy: "OnRootMismatch" as const },
    };
}

/** Nodes that do everything, as many as there are. */
function nodeSet({ nodes, storage, resources, backup }: SearchArgs, storageClassName: string) {
    const mount = backup && backupMount(backup);
    return {
        name: "nodes",
        count: nodes,
        config: {
            // Memory maps would need a setting of the kernel that only a privileged container can change.
            "node.store.allow_mmap": false,
            "node.attr.zone": "${ZONE}",
            "cluster.routing.allocation.awareness.attributes": "k8s_node_name,zone",
            // It would be fetched from the internet, to which the namespace lets nobody out.
            "ingest.geoip.downloader.enabled": false,
            ...(backup && { "path.repo": [BACKUP_PATH] }),
        },
        podTemplate: {
            spec: {
                securityContext: { ...restrictedPod(UID), ...mount?.ownership },
                automountServiceAccountToken: false,
                topologySpreadConstraints: spreadQuorum(ELASTICSEARCH_PODS),
                ...(mount && { volumes: mount.volumes }),
                containers: [
                    {
                        name: ELASTICSEARCH,
                        resources: podResources(resources),
                        ...(mount && { volumeMounts: mount.volumeMounts }),
                        env: [
                            {
                                name: "ZONE",
                                valueFrom: {
                                    fieldRef: { fieldPath: `metadata.annotations['${ZONE}']` },
                                },
                            },
                        ],
                    },
                ],
            },
        },
        volumeClaimTemplates: [
            {
                apiVersion: "v1" as const,
                kind: "PersistentVolumeClaim" as const,
                // The name by which ECK knows the volume of the data.
                metadata: { name: "elasticsearch-data" },
                spec: {
                    accessModes: ["ReadWriteOnce" as const],
                    storageClassName,
                    resources: { requests: { storage: volumeSize(storage) } },
                },
            },
        ],
    };
}

/**
 * The keys of a user's Secret: the user, and the one role that the user has. The role's name has a word of ours before it:
 * Elasticsearch has roles of its own such as `viewer` and `superuser`, and would give those to applications of that name.
 *
 * Indexes are called `<application>`, `<application>.<anything>` or `<application>_<anything>`. No application has such
 * a mark in its key, so that none reads what is another's.
 */
export function userTemplate(application: string): Readonly<Record<string, string>> {
    const names = [application, `${application}.*`, `${application}_*`];
    const roles = `application-${application}`;
    const role = {
        cluster: ["monitor"],
        indices: [{ names, privileges: ["all"] }],
    };
    return {
        username: "{{ .username }}",
        password: "{{ .password }}",
        roles,
        "roles.yml": JSON.stringify({ [roles]: role }),
    };
}

/** Who reaches Elasticsearch: its clients, its own nodes, the operator, and what sets up its snapshots. */
export function elasticsearchPolicies({
    clients,
    key,
    backup,
}: Pick<SearchArgs, "clients" | "backup"> & { readonly key: string }) {
    const { elasticsearch, elasticsearchTransport } = PORTS;
    const ports = [elasticsearch];
    const namespace = serviceNamespace("search", key);
    return {
        "allow-clients": letClientsIn(clients, ports, ELASTICSEARCH_PODS),
        "allow-members": letTogether([elasticsearchTransport]),
        "allow-operator": letIn(
            [podsOf(ELASTIC_OPERATOR.namespace, {})],
            ports,
            ELASTICSEARCH_PODS,
        ),
        ...(backup && {
            "allow-backup": letIn([podsOf(namespace, BACKUP_PODS)], ports, ELASTICSEARCH_PODS),
            "allow-from-backup": letOut(
                [{ namespace, pods: ELASTICSEARCH_PODS, ports }],
                BACKUP_PODS,
            ),
        }),
    };
}
