import * as pulumi from "@pulumi/pulumi";
import { CustomResource } from "@pulumi/kubernetes/apiextensions/customResource.js";
import { PodDisruptionBudget } from "@pulumi/kubernetes/policy/v1/podDisruptionBudget.js";
import type { Access } from "../../contracts/client.ts";
import type { Queue, QueueArgs } from "../../contracts/queue.ts";
import { refuse } from "../../lib/errors.ts";
import type { Problem } from "../../lib/problem.ts";
import { applicationLabels } from "../labels.ts";
import { certificate } from "../operators/authority.ts";
import { PORTS } from "../operators/places.ts";
import type { Within } from "../platform-namespace.ts";
import { disruptionSpec } from "../scaling.ts";
import { quorumProblems, sizeProblems, userProblems, volumeProblems } from "./problems.ts";
import * as rabbitmq from "./rabbitmq.ts";
import { bringSecrets, storeDocuments } from "./queue-documents.ts";
import type { Documents } from "./queue-documents.ts";
import { makeNamespace, withinCluster } from "./service.ts";
import type { ServiceArgs, ServiceSpace } from "./service.ts";

/** A queue in the cluster, and what it is made with. */
export interface RabbitmqQueueArgs extends QueueArgs, ServiceArgs {
    /** RabbitMQ's operators, which bring the types. */
    readonly operator: pulumi.Resource;
}

/** What is wrong with a queue, decided before anything is made; empty if nothing is. */
export function queueProblems(args: Omit<QueueArgs, "clients">, path: string): Problem[] {
    return [
        ...quorumProblems(`${path}.replicas`, args.replicas),
        ...volumeProblems(`${path}.storage`, args.storage, 5),
        ...sizeProblems(`${path}.resources`, args.resources, 1),
    ];
}

/**
 * A RabbitMQ cluster in a namespace of its own, with quorum queues, TLS on every listener, and for each application a
 * virtual host and a user who sees nothing else.
 *
 * A password is read when its user is made, and never again. Messages are not backed up; users, rights and virtual hosts
 * are objects, and come back with them.
 */
export class RabbitmqQueue extends pulumi.ComponentResource implements Queue {
    readonly access: Readonly<Record<string, Access>>;
    readonly scaling: Access;

    constructor(name: string, args: RabbitmqQueueArgs, opts?: pulumi.ComponentResourceOptions) {
        super("platform:kubernetes:Queue", name, {}, opts);
        const { clients, key } = args;
        const applications = clients.map(({ application }) => application);
        refuse(this, name, [
            ...queueProblems(args, `queues.${key}`),
            ...userProblems(`queues.${key}.clients`, applications),
        ]);
        const within = withinCluster(this, args.cluster);
        const space = makeNamespace(
            name,
            "queue",
            args,
            {
                pods: 2 * args.replicas + 2,
                policies: rabbitmq.rabbitmqPolicies(args, args.monitoring !== undefined),
            },
            within,
        );
        const documents = storeDocuments(name, args, space.key, this);
        const secrets = bringSecrets(name, args, space, documents, within);
        const cluster = makeCluster(name, args, space, secrets, within);
        makeTopology(name, args, space, cluster, documents, within);

        const to = (port: number) => [
            { namespace: space.key, pods: rabbitmq.RABBITMQ_PODS, ports: [port] },
        ];
        this.access = Object.fromEntries(
            documents.users.map(({ client, reference }) => [
                client.application,
                { credentials: reference, destinations: to(PORTS.amqps) },
            ]),
        );
        this.scaling = {
            credentials: documents.autoscaler,
            destinations: to(PORTS.rabbitmqManagement),
        };
        this.registerOutputs({});
    }
}

/** RabbitMQ itself, what lets its nodes be drained, and where its metrics are read. */
function makeCluster(
    name: string,
    args: RabbitmqQueueArgs,
    space: ServiceSpace,
    secrets: readonly pulumi.Resource[],
    within: Within,
): CustomResource {
    const { authority, operator, storageClass, cluster, monitoring } = args;
    const metadata = {
        name: rabbitmq.RABBITMQ,
        namespace: space.name,
        labels: applicationLabels(space.key, args.tags),
    };
    const tls = certificate(
        `${name}-tls`,
        {
            authority,
            namespace: space.name,
            secret: rabbitmq.TLS_SECRET,
            names: rabbitmq.rabbitmqNames(space.key),
        },
        within,
    );
    const ready = [operator, tls, storageClass.resource, ...secrets, ...space.ready];
    const made = new CustomResource(
        name,
        rabbitmq.clusterManifest(metadata, args, storageClass.name),
        {
            ...within,
            protect: args.deletionProtection,
            dependsOn: [...cluster.nodes, ...ready],
            // Nodes start one after the other, each on a volume that has to be made.
            customTimeouts: { create: "20m", update: "40m" },
        },
    );
    if (args.replicas > 1) {
        const spec = disruptionSpec(rabbitmq.RABBITMQ_PODS);
        new PodDisruptionBudget(name, { metadata, spec }, within);
    }
    if (monitoring) {
        const manifest = rabbitmq.monitorManifest(metadata, rabbitmq.rabbitmqHost(space.key));
        new CustomResource(`${name}-metrics`, manifest, { ...within, dependsOn: [monitoring] });
    }
    return made;
}

/** For each application a virtual host, a user and the user's rights there; and the autoscaler, who sees them all. */
function makeTopology(
    name: string,
    args: RabbitmqQueueArgs,
    space: ServiceSpace,
    cluster: pulumi.Resource,
    documents: Documents,
    within: Within,
): void {
    const inCluster = { ...within, dependsOn: [cluster] };
    const labels = applicationLabels(space.key, args.tags);
    const annotations = { "pulumi.com/waitFor": "condition=Ready" };
    const named = (object: string) => ({
        name: object,
        namespace: space.name,
        labels,
        annotations,
    });
    const { AUTOSCALER } = rabbitmq;
    const autoscaler = new CustomResource(
        `${name}-${AUTOSCALER}`,
        rabbitmq.userManifest(named(AUTOSCALER), `user-${AUTOSCALER}`, ["monitoring"]),
        inCluster,
    );
    for (const { client, secret } of documents.users) {
        const { application } = client;
        const own = `${name}-${application}`;
        const vhost = new CustomResource(
            own,
            rabbitmq.vhostManifest(named(application), args.deletionProtection),
            inCluster,
        );
        const user = new CustomResource(
            own,
            rabbitmq.userManifest(named(application), secret, undefined),
            inCluster,
        );
        const permit = (holder: string, all: boolean, of: pulumi.Resource) =>
            new CustomResource(
                `${own}-${holder}`,
                rabbitmq.permissionManifest(named(`${application}-${holder}`), {
                    user: holder,
                    vhost: application,
                    all,
                }),
                { ...within, dependsOn: [vhost, of] },
            );
        permit(application, true, user);
        permit(AUTOSCALER, false, autoscaler);
    }
}
