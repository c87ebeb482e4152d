import * as pulumi from "@pulumi/pulumi";
import type { Cloud } from "./contracts/cloud.ts";
import type { Cluster } from "./contracts/cluster.ts";
import type { Database } from "./contracts/database.ts";
import type { Foundation } from "./contracts/foundation.ts";
import type { Network } from "./contracts/network.ts";
import type { Registry } from "./contracts/registry.ts";
import type { SecretStore } from "./contracts/secret-store.ts";
import { ClusterServices } from "./kubernetes/cluster-services.ts";
import { deployApplication } from "./kubernetes/application/deploy.ts";
import { viewersOf } from "./kubernetes/application/viewers.ts";
import { LogicalDatabases } from "./kubernetes/databases/logical-databases.ts";
import type { LogicalDatabasesArgs } from "./kubernetes/databases/logical-databases.ts";
import type { ServiceBase, ServiceOutputs, SiteServices } from "./services/base.ts";
import { mapValues } from "./lib/records.ts";
import type { SiteSettings } from "./settings/types.ts";

/** What a site tells the outside. Secrets stay secret; credentials are references, never values. */
export interface SiteOutputs extends ServiceOutputs {
    readonly cloud: string;
    readonly region: string;
    readonly network: pulumi.Output<string>;
    readonly cluster: {
        readonly name: pulumi.Output<string>;
        readonly version: string;
        /** From where the API can be reached, and so from where the stack has to be run. */
        readonly reach: string;
    };
    readonly registries: Readonly<
        Record<
            string,
            {
                url: pulumi.Output<string>;
                repositories: Readonly<Record<string, pulumi.Output<string>>>;
            }
        >
    >;
    readonly databases: Readonly<
        Record<
            string,
            {
                host: pulumi.Output<string>;
                port: number;
                database: string;
                /** The key of the secret that holds the credentials, in the site's secret store. */
                credentials: pulumi.Output<string>;
            }
        >
    >;
    readonly applications: Readonly<
        Record<
            string,
            {
                namespace: string;
                /** Where applications that call it reach it. */
                address?: string;
                /** Where it is reached from outside the cluster. */
                urls?: pulumi.Output<readonly string[]>;
            }
        >
    >;
}

/** What to tell of the databases: where they are and where their credentials stand, never the credentials. */
function describeDatabases(
    databases: Readonly<Record<string, Database>>,
): SiteOutputs["databases"] {
    return mapValues(databases, ({ host, port, databaseName, credentials }) => ({
        host,
        port,
        database: databaseName,
        credentials: credentials.key,
    }));
}

/** What makes the services of a site: bound to the classes of its cloud. */
export type MakeServices<
    F extends Foundation,
    N extends Network,
    C extends Cluster,
    S extends SecretStore<C>,
> = (
    base: ServiceBase<F, N, C, S>,
    settings: SiteSettings,
    within: pulumi.ComponentResourceOptions,
) => SiteServices<C>;

/** A site's cloud, and what makes its services if it has some. */
export interface SiteCloud<
    F extends Foundation,
    N extends Network,
    C extends Cluster,
    S extends SecretStore<C>,
> extends Cloud<F, N, C, S> {
    readonly services?: MakeServices<F, N, C, S>;
}

/** What stands of a site before anything runs in its cluster. */
interface Stands<
    F extends Foundation,
    N extends Network,
    C extends Cluster,
    S extends SecretStore<C>,
> {
    readonly foundation: F;
    readonly network: N;
    readonly cluster: C;
    readonly secretStore: S;
    readonly databases: Readonly<Record<string, Database>>;
    readonly registries: Readonly<Record<string, Registry<C>>>;
}

/**
 * One cloud in one region: network, cluster, databases, registries and secret store, and the applications on top.
 *
 * Composes a cloud's contracts and knows nothing about which cloud it is.
 */
export class Site<
    F extends Foundation = Foundation,
    N extends Network = Network,
    C extends Cluster = Cluster,
    S extends SecretStore<C> = SecretStore<C>,
>
    extends pulumi.ComponentResource
{
    /** The user's key of the site. */
    readonly key: string;
    /** What may be shown to everybody who may see the stack. */
    readonly outputs: SiteOutputs;
    /** Secret. */
    readonly kubeconfig: pulumi.Output<string>;

    constructor(
        name: string,
        cloud: SiteCloud<F, N, C, S>,
        settings: SiteSettings,
        opts?: pulumi.ComponentResourceOptions,
    ) {
        super(`platform:${cloud.name}:Site`, name, {}, opts);
        const { region, account, tags } = settings;
        const foundation = new cloud.Foundation(name, { region, account, tags }, { parent: this });
        const within = { parent: this, providers: [...foundation.providers] };

        const network = new cloud.Network(name, { ...settings.network, foundation }, within);
        const shared = { foundation, network };
        const storeArgs = { ...settings.secretStore, ...shared };
        const secretStore = new cloud.SecretStore(name, storeArgs, within);
        const databases = mapValues(settings.databases, (args, key) => {
            const databaseArgs = { ...args, ...shared, secretStore };
            return new cloud.Database(`${name}-${key}`, databaseArgs, within);
        });
        const viewers = viewersOf(settings.applications);
        const clusterArgs = { ...settings.cluster, ...shared, viewers };
        const cluster = new cloud.Cluster(name, clusterArgs, within);
        const registries = mapValues(settings.registries, (args, key) => {
            const registry = new cloud.Registry(`${name}-${key}`, { ...args, ...shared }, within);
            registry.grantPull(`${name}-${key}`, cluster);
            return registry;
        });
        const stands = { ...shared, cluster, secretStore, databases, registries };
        const { applications, services } = this.deploy(settings, stands, cloud.services, within);

        this.key = settings.site;
        this.kubeconfig = pulumi.secret(cluster.kubeconfig);
        this.outputs = {
            cloud: cloud.name,
            region,
            network: network.networkId,
            cluster: { name: cluster.clusterName, version: cluster.version, reach: cluster.reach },
            registries: mapValues(registries, ({ url, addresses }) => ({
                url,
                repositories: addresses,
            })),
            databases: describeDatabases(databases),
            applications,
            ...services,
        };
        this.registerOutputs({ outputs: this.outputs, kubeconfig: this.kubeconfig });
    }

    /** What every cluster gets, and the applications on top. Says from where the stack has to be run. */
    private deploy(
        settings: SiteSettings,
        { cluster, secretStore, databases, registries, ...base }: Stands<F, N, C, S>,
        makeServices: MakeServices<F, N, C, S> | undefined,
        within: pulumi.ComponentResourceOptions,
    ): { applications: SiteOutputs["applications"]; services: ServiceOutputs } {
        const { name, tags } = settings;
        const { highAvailability, apiCidrs } = settings.cluster;
        if (apiCidrs.length === 0) void pulumi.log.info(`${name}: ${cluster.reach}`, cluster);
        const { secretsOperator, priorities } = new ClusterServices(
            name,
            { cluster, highAvailability, tags },
            within,
        );
        const shared = { cluster, secretStore, secretsOperator };
        const services = makeServices?.({ ...base, ...shared }, settings, within);
        const servers = databases;
        const parts = {
            ...NO_SERVICES,
            ...services?.parts,
            ...shared,
            priorities,
            tags,
            pools: settings.cluster.nodePools,
            registries,
            databases: makeDatabases(name, { ...shared, tags, servers }, settings, within),
            applications: settings.applications,
        };
        const applications = mapValues(settings.applications, (application, key) => {
            const of = `${name}-${key}`;
            const deployed = { application: key, settings: application, site: parts };
            const made = deployApplication(of, deployed, within);
            const urls = services?.attach(of, key, made, application);
            const { namespace, address } = made;
            return { namespace, ...(address && { address }), ...(urls && { urls }) };
        });
        return { applications, services: services?.outputs ?? {} };
    }
}

/** A site whose applications use no services. */
const NO_SERVICES = {
    caches: {},
    queues: {},
    streams: {},
    searches: {},
    objectStores: {},
    sharedFiles: {},
};

/** Each application's own database, on the server that it names. A site without servers needs nothing for it. */
function makeDatabases<C extends Cluster>(
    name: string,
    args: Omit<LogicalDatabasesArgs<C>, "uses">,
    { applications }: SiteSettings,
    within: pulumi.ComponentResourceOptions,
): LogicalDatabases<C>["databases"] {
    if (Object.keys(args.servers).length === 0) return {};
    const uses = Object.fromEntries(
        Object.entries(applications).flatMap(([key, { database }]) =>
            database ? [[key, database] as const] : [],
        ),
    );
    return new LogicalDatabases(name, { ...args, uses }, within).databases;
}
