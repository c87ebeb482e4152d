import type * as pulumi from "@pulumi/pulumi";
import type { Days, Gibibytes } from "../lib/units.ts";
import type { Access, Client } from "./client.ts";

/** What one pod of a service asks for: requests in Kubernetes units; its memory is its limit too. */
export interface PodSize {
    readonly cpu: string;
    readonly memory: string;
}

/** How long the daily snapshots of a service's volumes are kept: 1 to 365 days, or that there are none. */
export type BackupRetention = Days | "none";

/**
 * A RabbitMQ cluster inside the site's cluster, by its operator: quorum queues, TLS, a user per application.
 *
 * No cloud but AWS runs RabbitMQ itself, and one of three would mean two kinds of queue.
 */
export interface QueueArgs {
    /** 1, or an odd number from 3 for quorum queues that survive the loss of a node and a zone (P26). Changing it from 1 replaces nothing; lowering it is refused by the operator. */
    readonly replicas: number;
    /** Each node's encrypted volume. It can grow, never shrink. */
    readonly storage: Gibibytes;
    readonly resources: PodSize;
    /** Each node's volume is copied once a day. A shorter period deletes older copies at once, `none` leaves them alone. */
    readonly backupRetention: BackupRetention;
    /** True if Pulumi refuses to delete the queue with its messages. Switch it off in a step of its own. */
    readonly deletionProtection: boolean;
    /** Who may connect (P27): nobody else is let in. */
    readonly clients: readonly Client[];
}

/** The fields of an application's document: `url` is `amqps://…` with user, password and virtual host. */
export const QUEUE_FIELDS = ["host", "port", "username", "password", "vhost", "url", "ca"] as const;

/** A queue that stands. */
export interface Queue extends pulumi.Resource {
    /** What each client gets, by application. */
    readonly access: Readonly<Record<string, Access>>;
    /** Where its metrics for scaling stand: the management API's address with the monitoring user, as a document `host`. */
    readonly scaling: Access;
}
