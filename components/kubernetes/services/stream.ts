import * as pulumi from "@pulumi/pulumi";
import { CustomResource } from "@pulumi/kubernetes/apiextensions/customResource.js";
import type { Access } from "../../contracts/client.ts";
import type { Stream, StreamArgs, StreamClient } from "../../contracts/stream.ts";
import { refuse } from "../../lib/errors.ts";
import { applicationLabels } from "../labels.ts";
import { certificate } from "../operators/authority.ts";
import { PORTS } from "../operators/places.ts";
import type { Within } from "../platform-namespace.ts";
import * as access from "./kafka-access.ts";
import * as kafka from "./kafka.ts";
import { userProblems } from "./problems.ts";
import { streamClientProblems, streamProblems } from "./refusals.ts";
import { makeNamespace, ownSecrets, users, withinCluster } from "./service.ts";
import type { ServiceArgs, ServiceSpace, User } from "./service.ts";
import { backUpVolumes } from "./volume-backups.ts";

/** A stream in the cluster, and what it is made with. */
export interface KafkaStreamArgs extends StreamArgs, ServiceArgs {
    /** Strimzi, which brings the types. */
    readonly operator: pulumi.Resource;
}

/**
 * A Kafka cluster in a namespace of its own: KRaft, TLS and a password on its one listener, and for each application a
 * user with rights on its own topics.
 *
 * Growing from one broker to several makes the stream anew: nodes that do both cannot become controllers. Records are backed
 * up with the volumes of brokers and controllers.
 */
export class KafkaStream extends pulumi.ComponentResource implements Stream {
    readonly access: Readonly<Record<string, Access>>;

    constructor(name: string, args: KafkaStreamArgs, opts?: pulumi.ComponentResourceOptions) {
        super("platform:kubernetes:Stream", name, {}, opts);
        const { clients, key, topics } = args;
        const path = `streams.${key}`;
        const applications = clients.map(({ application }) => application);
        refuse(this, name, [
            ...streamProblems(args, path),
            ...streamClientProblems(topics, clients, path),
            ...userProblems(`${path}.clients`, applications),
        ]);
        const within = withinCluster(this, args.cluster);
        const policies = access.kafkaPolicies(args, args.monitoring !== undefined);
        const space = makeNamespace(
            name,
            "stream",
            args,
            { pods: 2 * args.brokers + 10, policies },
            within,
        );
        const documents = storeDocuments(name, args, space.key, this);
        const secrets = Object.fromEntries(
            documents.map(({ secret, reference }) => [secret, { reference, template: PASSWORD }]),
        );
        const brought = ownSecrets(name, args, space, secrets, within);
        const cluster = makeCluster(name, args, space, within);
        makeTopics(name, args, space, { ...within, dependsOn: [cluster] });
        makeUsers(name, args, space, documents, { ...within, dependsOn: [cluster, ...brought] });
        backUpVolumes(name, { ...args, claims: kafka.OF_CLUSTER }, space, within);

        const destinations = [
            { namespace: space.key, pods: kafka.KAFKA_PODS, ports: [PORTS.kafka] },
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

/** What the user operator reads of a user's document. */
const PASSWORD = { password: "{{ .password }}" };

type Documents = readonly (User & { readonly client: StreamClient })[];

function storeDocuments(
    name: string,
    { clients, secretStore, authority }: KafkaStreamArgs,
    namespace: string,
    parent: pulumi.Resource,
): Documents {
    return users(name, clients, secretStore, parent, ({ application }, secret) => ({
        brokers: kafka.bootstrap(namespace),
        username: application,
        password: secret,
        ca: authority.certificate,
    }));
}

/** Where an object of the stream stands. */
function placeOf(space: ServiceSpace, { tags }: ServiceArgs): kafka.Place {
    return { namespace: space.name, labels: applicationLabels(space.key, tags) };
}

/** Kafka itself, its nodes, and where their metrics are read. */
function makeCluster(
    name: string,
    args: KafkaStreamArgs,
    space: ServiceSpace,
    within: Within,
): CustomResource {
    const { authority, operator, storageClass, cluster, monitoring, deletionProtection } = args;
    const place = placeOf(space, args);
    const tls = certificate(
        `${name}-tls`,
        {
            authority,
            namespace: space.name,
            secret: kafka.TLS_SECRET,
            names: kafka.brokerNames(space.key),
        },
        within,
    );
    const held = { ...within, protect: deletionProtection };
    const pools = Object.entries(kafka.nodePools(place, args, storageClass.name)).map(
        ([pool, manifest]) =>
            new CustomResource(`${name}-${pool}`, manifest, {
                ...held,
                dependsOn: [operator, storageClass.resource, ...space.ready],
            }),
    );
    if (monitoring) {
        const manifest = access.monitorManifest(place);
        new CustomResource(`${name}-metrics`, manifest, { ...within, dependsOn: [monitoring] });
    }
    return new CustomResource(name, kafka.kafkaManifest(place, args), {
        ...held,
        dependsOn: [...cluster.nodes, tls, ...pools],
        // Controllers come first, then brokers, then the rest, each on volumes that have to be made.
        customTimeouts: { create: "20m", update: "40m" },
    });
}

function makeTopics(
    name: string,
    args: KafkaStreamArgs,
    space: ServiceSpace,
    within: pulumi.CustomResourceOptions,
): void {
    const place = placeOf(space, args);
    for (const [topic, settings] of Object.entries(args.topics)) {
        const manifest = access.topicManifest(topic, settings, place, args.brokers);
        // The object is the topic: whoever deletes it, deletes the records.
        new CustomResource(`${name}-${topic}`, manifest, {
            ...within,
            protect: args.deletionProtection,
        });
    }
}

function makeUsers(
    name: string,
    args: KafkaStreamArgs,
    space: ServiceSpace,
    documents: Documents,
    within: pulumi.CustomResourceOptions,
): void {
    const place = placeOf(space, args);
    for (const { client, secret } of documents) {
        const manifest = access.userManifest(client, secret, place);
        new CustomResource(`${name}-${client.application}`, manifest, within);
    }
}
