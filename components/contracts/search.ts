import type * as pulumi from "@pulumi/pulumi";
import type { Days, Gibibytes } from "../lib/units.ts";
import type { Access, Client } from "./client.ts";
import type { PodSize } from "./queue.ts";

/** Where an Elasticsearch cluster keeps snapshots of its indexes. It takes one every day. */
export interface SearchBackup {
    /** The key of shared files of the site. Changing it begins anew there; what lies in the old files stays. */
    readonly files: string;
    /** How long a snapshot is kept, 1 to 365 days. The last one that succeeded stays in any case. */
    readonly retention: Days;
}

/** An Elasticsearch cluster inside the site's cluster, by ECK: TLS and a user per application (G4.15). */
export interface SearchArgs {
    /** 1, or 3 and more, over the zones. Lowering it moves the data first. */
    readonly nodes: number;
    /** Each node's encrypted volume. It can grow, never shrink. */
    readonly storage: Gibibytes;
    readonly resources: PodSize;
    /** True if Pulumi refuses to delete the indexes. Switch it off in a step of its own. */
    readonly deletionProtection: boolean;
    /** @default - no snapshots are taken */
    readonly backup?: SearchBackup;
    readonly clients: readonly Client[];
}

/** The fields of an application's document. `url` holds user and password; `ca` is the certificate authority, as PEM. */
export const SEARCH_FIELDS = ["host", "port", "username", "password", "url", "ca"] as const;

/** A search cluster that stands. */
export interface Search extends pulumi.Resource {
    /** What each client gets, by application. */
    readonly access: Readonly<Record<string, Access>>;
}
