import * as pulumi from "@pulumi/pulumi";
import { CustomResource } from "@pulumi/kubernetes/apiextensions/customResource.js";
import { PodDisruptionBudget } from "@pulumi/kubernetes/policy/v1/podDisruptionBudget.js";
import type { Access } from "../../contracts/client.ts";
import type { Queue, QueueArgs } from "../../contracts/queue.ts";
import { refuse } from "../../lib/errors.ts";
import { applicationLabels } from "../labels.ts";
import { certificate } from "../operators/authority.ts";
import { PORTS } from "../operators/places.ts";
import type { Within } from "../platform-namespace.ts";
import { disruptionSpec } from "../scaling.ts";
import { userProblems } from "./problems.ts";
import { queueProblems } from "./refusals.ts";
import * as rabbitmq from "./rabbitmq.ts";
import { bringSecrets, storeDocuments } from "./queue-documents.ts";
import type { Documents } from "./queue-documents.ts";
import { makeNamespace, withinCluster } from "./service.ts";
import type { ServiceArgs, ServiceSpace } from "./service.ts";
import { backUpVolumes } from "./volume-backups.ts";

/** A queue in the cluster, and what it is made with. */
export interface RabbitmqQueueArgs extends QueueArgs, ServiceArgs {
    /** RabbitMQ's operators, which bring the types. */
    readonly operator: pulumi.Resource;
}

/**
 * A RabbitMQ cluster in a namespace of its own, with quorum queues, TLS on every listener, one virtual host that its
 * applications share, or none could send to another, and a user for each.
 *
 * A password is read when its user is made, and never again. Messages are backed up with the volumes that they are on; users,
 * rights and virtual hosts are objects too, and come back with them.
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
        backUpVolumes(name, { ...args, claims: rabbitmq.RABBITMQ_PODS }, space, within);

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

/** The virtual host, a user with its rights there for each application, and the autoscaler, who only looks. */
function makeTopology(
    name: string,
    args: RabbitmqQueueArgs,
    space: ServiceSpace,
    cluster: pulumi.Resource,
    documents: Documents,
    within: Within,
): void {
    const { key, deletionProtection, tags } = args;
    const inCluster = { ...within, dependsOn: [cluster] };
    const labels = applicationLabels(space.key, tags);
    const annotations = { "pulumi.com/waitFor": "condition=Ready" };
    const named = (object: string) => ({
        name: object,
        namespace: space.name,
        labels,
        annotations,
    });
    const { AUTOSCALER } = rabbitmq;
    const vhost = new CustomResource(
        name,
        rabbitmq.vhostManifest(named(key), deletionProtection),
        inCluster,
    );
    const admit = (holder: string, secret: string, rights: "all" | "look") => {
        const all = rights === "all";
        const own = `${name}-${holder}`;
        const user = new CustomResource(
            own,
            rabbitmq.userManifest(named(holder), secret, all ? undefined : ["monitoring"]),
            inCluster,
        );
        new CustomResource(
            own,
            rabbitmq.permissionManifest(named(holder), { user: holder, vhost: key, all }),
            { ...within, dependsOn: [vhost, user] },
        );
    };
    admit(AUTOSCALER, `user-${AUTOSCALER}`, "look");
    for (const { client, secret } of documents.users) admit(client.application, secret, "all");
}
