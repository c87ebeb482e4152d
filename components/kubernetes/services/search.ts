import * as pulumi from "@pulumi/pulumi";
import { CustomResource } from "@pulumi/kubernetes/apiextensions/customResource.js";
import type { Access } from "../../contracts/client.ts";
import type { Search, SearchArgs } from "../../contracts/search.ts";
import { refuse } from "../../lib/errors.ts";
import { applicationLabels } from "../labels.ts";
import { certificate } from "../operators/authority.ts";
import { PORTS } from "../operators/places.ts";
import type { Within } from "../platform-namespace.ts";
import * as elasticsearch from "./elasticsearch.ts";
import { userProblems } from "./problems.ts";
import { searchProblems } from "./refusals.ts";
import { makeNamespace, ownSecrets, users, withinCluster } from "./service.ts";
import type { ServiceArgs, ServiceSpace, User } from "./service.ts";

/** A search cluster, and what it is made with. */
export interface ElasticSearchArgs extends SearchArgs, ServiceArgs {
    /** ECK, which brings the types. */
    readonly operator: pulumi.Resource;
}

/**
 * An Elasticsearch cluster in a namespace of its own: TLS, and for each application a user with its own indexes.
 *
 * Snapshots are not taken: they need a repository in an object store, which is the application's to register. Metrics are
 * not read either: Elasticsearch tells none that Prometheus reads.
 */
export class ElasticSearch extends pulumi.ComponentResource implements Search {
    readonly access: Readonly<Record<string, Access>>;

    constructor(name: string, args: ElasticSearchArgs, opts?: pulumi.ComponentResourceOptions) {
        super("platform:kubernetes:Search", name, {}, opts);
        const { clients, key } = args;
        const applications = clients.map(({ application }) => application);
        refuse(this, name, [
            ...searchProblems(args, `searches.${key}`),
            ...userProblems(`searches.${key}.clients`, applications),
        ]);
        const within = withinCluster(this, args.cluster);
        const policies = elasticsearch.elasticsearchPolicies(args);
        const space = makeNamespace(
            name,
            "search",
            args,
            { pods: 2 * args.nodes + 2, policies },
            within,
        );
        const documents = storeDocuments(name, args, space.key, this);
        const secrets = Object.fromEntries(
            documents.map(({ client, secret, reference }) => [
                secret,
                {
                    reference,
                    template: elasticsearch.userTemplate(client.application),
                    type: "kubernetes.io/basic-auth",
                },
            ]),
        );
        const brought = ownSecrets(name, args, space, secrets, within);
        makeCluster(name, args, space, { names: Object.keys(secrets), brought }, within);

        const destinations = [
            {
                namespace: space.key,
                pods: elasticsearch.ELASTICSEARCH_PODS,
                ports: [PORTS.elasticsearch],
            },
        ];
        this.access = Object.fromEntries(
            documents.map(({ client, reference }) => [
                client.application,
                { credentials: reference, destinations },
            ]),
        );
        this.registerOutputs({});
    }
}

function storeDocuments(
    name: string,
    { clients, secretStore, authority }: ElasticSearchArgs,
    namespace: string,
    parent: pulumi.Resource,
): readonly User[] {
    const host = elasticsearch.elasticsearchHost(namespace);
    return users(name, clients, secretStore, parent, ({ application }, secret) => ({
        host,
        port: String(PORTS.elasticsearch),
        username: application,
        password: secret,
        url: pulumi.interpolate`https://${application}:${secret}@${host}:${PORTS.elasticsearch}`,
        ca: authority.certificate,
    }));
}

/** Elasticsearch itself, once its certificate and its users are there. */
function makeCluster(
    name: string,
    args: ElasticSearchArgs,
    space: ServiceSpace,
    secrets: { readonly names: readonly string[]; readonly brought: readonly pulumi.Resource[] },
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
    const ready = [operator, tls, storageClass.resource, ...secrets.brought, ...space.ready];
    return new CustomResource(
        name,
        elasticsearch.elasticsearchManifest(metadata, args, secrets.names, storageClass.name),
        {
            ...within,
            protect: args.deletionProtection,
            dependsOn: [...cluster.nodes, ...ready],
            // Nodes join one after the other, and restart one after the other once shards are whole again.
            customTimeouts: { create: "20m", update: "60m" },
        },
    );
}
