import type * as pulumi from "@pulumi/pulumi";
import type { Days, Gibibytes } from "../lib/units.ts";
import type { Access, Client } from "./client.ts";
import type { BackupRetention, PodSize } from "./queue.ts";

/** A topic of a stream. */
export interface TopicArgs {
    /** It can grow, never shrink. */
    readonly partitions: number;
    readonly retention: Days;
    /** Whether old records are deleted, or only the newest of each key is kept. */
    readonly cleanup: "delete" | "compact";
}

/** An application that reads or writes topics. */
export interface StreamClient extends Client {
    readonly produces: readonly string[];
    readonly consumes: readonly string[];
}

/**
 * A Kafka cluster inside the site's cluster, by Strimzi: KRaft, TLS and a user per application on every listener, access
 * by topic (G7.8–G7.12).
 */
export interface StreamArgs {
    /** 1, or 3 and more: then topics have 3 replicas of which 2 are in sync. Lowering it moves partitions first. */
    readonly brokers: number;
    /** Each broker's encrypted volume. It can grow, never shrink. */
    readonly storage: Gibibytes;
    readonly resources: PodSize;
    readonly topics: Readonly<Record<string, TopicArgs>>;
    /** The volumes of brokers and controllers are copied once a day. A shorter period deletes older copies at once, `none` leaves them alone. */
    readonly backupRetention: BackupRetention;
    /** True if Pulumi refuses to delete the stream with its records. Switch it off in a step of its own. */
    readonly deletionProtection: boolean;
    readonly clients: readonly StreamClient[];
}

/** The fields of an application's document. `ca` is the certificate authority of the brokers, as PEM. */
export const STREAM_FIELDS = ["brokers", "username", "password", "ca"] as const;

/** A stream that stands. */
export interface Stream extends pulumi.Resource {
    /** What each client gets, by application. */
    readonly access: Readonly<Record<string, Access>>;
}
