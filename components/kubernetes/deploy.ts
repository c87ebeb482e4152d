import type * as pulumi from "@pulumi/pulumi";
import type { Cluster } from "../contracts/cluster.ts";
import type { Database } from "../contracts/database.ts";
import type { SecretStore } from "../contracts/secret-store.ts";
import type { Tags } from "../lib/tags.ts";
import type { ApplicationSettings } from "../settings/types.ts";
import { Application } from "./application.ts";
import type { ClusterServices } from "./cluster-services.ts";

/** An application, and what of its site it can use. */
export interface DeployArgs<C extends Cluster> {
    /** The user's key: the name of the namespace and of the objects in it. */
    readonly application: string;
    readonly settings: ApplicationSettings;
    readonly tags: Tags;
    readonly cluster: C;
    readonly services: ClusterServices;
    readonly secretStore: SecretStore<C>;
    /** The site's databases by key. */
    readonly databases: Readonly<Record<string, Database>>;
}

/**
 * Deploys an application on its site: lets its namespace read the credentials of the database that it names, and no
 * other secret, and makes its objects.
 */
export function deployApplication<C extends Cluster>(
    name: string,
    args: DeployArgs<C>,
    opts?: pulumi.ComponentResourceOptions,
): Application {
    const { application, settings, tags, cluster, services, secretStore, databases } = args;
    const database = settings.database === undefined ? undefined : databases[settings.database];
    const reader =
        database &&
        secretStore.reader(name, {
            cluster,
            namespace: application,
            secrets: [database.credentials],
        });
    return new Application(
        name,
        {
            cluster,
            application,
            settings,
            tags,
            ...(database &&
                reader && {
                    database: { database, reader, operator: services.secretsOperator },
                }),
        },
        opts,
    );
}
