import type * as pulumi from "@pulumi/pulumi";
import type { Gibibytes } from "../lib/units.ts";
import type { Access, Client } from "./client.ts";
import type { PodSize } from "./queue.ts";

/** An Elasticsearch cluster inside the site's cluster, by ECK: TLS and a user per application (G4.15). */
export interface SearchArgs {
    /** 1, or 3 and more, over the zones. Lowering it moves the data first. */
    readonly nodes: number;
    /** Each node's encrypted volume. It can grow, never shrink. */
    readonly storage: Gibibytes;
    readonly resources: PodSize;
    /** True if Pulumi refuses to delete the indexes. Switch it off in a step of its own. */
    readonly deletionProtection: boolean;
    readonly clients: readonly Client[];
}

/** The fields of an application's document. `url` holds user and password; `ca` is the certificate authority, as PEM. */
export const SEARCH_FIELDS = ["host", "port", "username", "password", "url", "ca"] as const;

/** A search cluster that stands. */
export interface Search extends pulumi.Resource {
    /** What each client gets, by application. */
    readonly access: Readonly<Record<string, Access>>;
}
