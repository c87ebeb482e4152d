import type * as pulumi from "@pulumi/pulumi";
import type { Cluster } from "../contracts/cluster.ts";
import type { Foundation } from "../contracts/foundation.ts";
import type { Network } from "../contracts/network.ts";
import type { SecretStore } from "../contracts/secret-store.ts";
import type { Application } from "../kubernetes/application/application.ts";
import type { SiteParts } from "../kubernetes/application/deploy.ts";
import type { ApplicationSettings } from "../settings/types.ts";

/** What stands before the services of a site are made. */
export interface ServiceBase<
    F extends Foundation,
    N extends Network,
    C extends Cluster,
    S extends SecretStore<C>,
> {
    readonly foundation: F;
    readonly network: N;
    readonly cluster: C;
    readonly secretStore: S;
    /** The operator that fetches secrets. */
    readonly secretsOperator: pulumi.Resource;
}

/** The parts of a site that applications use, as far as they are services. */
export type ServiceParts<C extends Cluster> = Pick<
    SiteParts<C>,
    "caches" | "queues" | "streams" | "searches" | "objectStores" | "sharedFiles"
> &
    Partial<Pick<SiteParts<C>, "metricsReader" | "eventScaling">>;

/** What a site tells of its services. Holds no secret. */
export interface ServiceOutputs {
    /** What the parent domain's NS record has to name. */
    readonly nameServers?: pulumi.Output<readonly string[]>;
    /** The balancers' own names or numbers, by reach. */
    readonly gateways?: Readonly<Record<string, pulumi.Output<string>>>;
    /** The key of the secret with Grafana's administrator. */
    readonly grafana?: pulumi.Output<string>;
}

/** The services of a site, and what an application gets once it stands. */
export interface SiteServices<C extends Cluster> {
    readonly parts: ServiceParts<C>;
    readonly outputs: ServiceOutputs;
    /** Leads gateways to an application and watches it. Returns where it can be reached. */
    readonly attach: (
        name: string,
        key: string,
        application: Application,
        settings: ApplicationSettings,
    ) => pulumi.Output<readonly string[]> | undefined;
}
