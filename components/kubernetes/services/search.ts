import * as pulumi from "@pulumi/pulumi";
import { CustomResource } from "@pulumi/kubernetes/apiextensions/customResource.js";
import type { Access } from "../../contracts/client.ts";
import type { Search, SearchArgs, SearchBackup } from "../../contracts/search.ts";
import { refuse } from "../../lib/errors.ts";
import { makeShared } from "../application/shared.ts";
import type { SharedFolder } from "../application/shared.ts";
import { applicationLabels } from "../labels.ts";
import { certificate } from "../operators/authority.ts";
import { PORTS } from "../operators/places.ts";
import type { Within } from "../platform-namespace.ts";
import * as elasticsearch from "./elasticsearch.ts";
import { snapshotProblems, userProblems } from "./problems.ts";
import { searchProblems } from "./refusals.ts";
import { makeBackupJob } from "./search-backup-job.ts";
import { BACKUP_USER, backupTemplate, backupVolume } from "./search-backup.ts";
import { makeNamespace, ownSecrets, users, userSecret, withinCluster } from "./service.ts";
import type { ServiceArgs, ServiceSpace, User } from "./service.ts";

/** A search cluster, and what it is made with. */
export interface ElasticSearchArgs extends SearchArgs, ServiceArgs {
    /** ECK, which brings the types. */
    readonly operator: pulumi.Resource;
    /** Where snapshots go: shared files, and the volume of them that is this cluster's. @default - none are taken */
    readonly backup?: SearchBackup & { readonly folder: SharedFolder };
}

/**
 * An Elasticsearch cluster in a namespace of its own: TLS, and for each application a user with its own indexes.
 *
 * With `backup`, it takes snapshots into shared files every day: its nodes mount them, and a Job registers where and when.
 * Metrics are not read: Elasticsearch tells none that Prometheus reads.
 */
export class ElasticSearch extends pulumi.ComponentResource implements Search {
    readonly access: Readonly<Record<string, Access>>;

    constructor(name: string, args: ElasticSearchArgs, opts?: pulumi.ComponentResourceOptions) {
        super("platform:kubernetes:Search", name, {}, opts);
        const { clients, key, backup } = args;
        const applications = clients.map(({ application }) => application);
        const path = `searches.${key}`;
        refuse(this, name, [
            ...searchProblems(args, path),
            ...(backup ? snapshotProblems(`${path}.backup.retention`, backup.retention) : []),
            ...userProblems(`${path}.clients`, applications),
        ]);
        const within = withinCluster(this, args.cluster);
        const policies = elasticsearch.elasticsearchPolicies(args);
        // The Job of the snapshots, and the one before it.
        const pods = 2 * args.nodes + 2 + (backup ? 2 : 0);
        const space = makeNamespace(name, "search", args, { pods, policies }, within);
        const documents = storeDocuments(name, args, space.key, this);
        const secrets = Object.fromEntries(
            documents.map(({ client, secret, reference }) => [
                secret,
                {
                    reference,
                    template: templateOf(client.application),
                    type: "kubernetes.io/basic-auth",
                },
            ]),
        );
        const brought = ownSecrets(name, args, space, secrets, within);
        const volumes = makeVolumes(name, args, space, within);
        const users = { names: Object.keys(secrets), brought };
        const cluster = makeCluster(name, args, space, { ...users, volumes }, within);
        if (backup) {
            const { tags } = args;
            const ready = [cluster, ...args.cluster.nodes, ...brought, ...space.ready];
            const secret = userSecret(BACKUP_USER);
            makeBackupJob(name, { backup, space, tags, secret, ready }, within);
        }

        const destinations = [
            {
                namespace: space.key,
                pods: elasticsearch.ELASTICSEARCH_PODS,
                ports: [PORTS.elasticsearch],
            },
        ];
        this.access = Object.fromEntries(
            documents
                .filter(({ client }) => clients.includes(client))
                .map(({ client, reference }) => [
                    client.application,
                    { credentials: reference, destinations },
                ]),
        );
        this.registerOutputs({});
    }
}

/** What a user's Secret holds for Elasticsearch. */
const templateOf = (user: string) =>
    user === BACKUP_USER ? backupTemplate() : elasticsearch.userTemplate(user);

/** The claim of the nodes on the files that snapshots go to. */
function makeVolumes(
    name: string,
    { backup, tags }: ElasticSearchArgs,
    { key, name: namespace }: ServiceSpace,
    within: Within,
): readonly pulumi.Resource[] {
    if (!backup) return [];
    const folders = { [backupVolume(backup)]: backup.folder };
    const labels = applicationLabels(key, tags);
    return makeShared(name, { name: key, namespace, labels, folders }, within);
}

function storeDocuments(
    name: string,
    { clients, backup, secretStore, authority }: ElasticSearchArgs,
    namespace: string,
    parent: pulumi.Resource,
): readonly User[] {
    const host = elasticsearch.elasticsearchHost(namespace);
    const own = { application: BACKUP_USER, namespace, pods: elasticsearch.BACKUP_PODS };
    const all = backup ? [...clients, own] : clients;
    return users(name, all, secretStore, parent, ({ application }, secret) => ({
        host,
        port: String(PORTS.elasticsearch),
        username: application,
        password: secret,
        url: pulumi.interpolate`https://${application}:${secret}@${host}:${PORTS.elasticsearch}`,
        ca: authority.certificate,
    }));
}

/** Elasticsearch itself, once its certificate, its users and its volumes are there. */
function makeCluster(
    name: string,
    args: ElasticSearchArgs,
    space: ServiceSpace,
    needs: {
        /** The Secrets of its users. */
        readonly names: readonly string[];
        readonly brought: readonly pulumi.Resource[];
        readonly volumes: readonly pulumi.Resource[];
    },
    within: Within,
): CustomResource {
    const { authority, operator, storageClass, cluster } = args;
    const metadata = {
        name: elasticsearch.ELASTICSEARCH,
        namespace: space.name,
        labels: applicationLabels(space.key, args.tags),
    };
    const tls = certificate(
        `${name}-tls`,
        {
            authority,
            namespace: space.name,
            secret: elasticsearch.TLS_SECRET,
            names: elasticsearch.elasticsearchNames(space.key),
        },
        within,
    );
    const { names, brought, volumes } = needs;
    const stands = [operator, tls, storageClass.resource, ...brought, ...volumes, ...space.ready];
    return new CustomResource(
        name,
        elasticsearch.elasticsearchManifest(metadata, args, names, storageClass.name),
        {
            ...within,
            protect: args.deletionProtection,
            dependsOn: [...cluster.nodes, ...stands],
            // Nodes join one after the other, and restart one after the other once shards are whole again.
            customTimeouts: { create: "20m", update: "60m" },
        },
    );
}
