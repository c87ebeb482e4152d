import * as pulumi from "@pulumi/pulumi";
import { RandomPassword } from "@pulumi/random/randomPassword.js";
import type { Access } from "../../contracts/client.ts";
import type { Cache } from "../../contracts/cache.ts";
import type { Cluster, NodePoolArgs } from "../../contracts/cluster.ts";
import type { ObjectStore } from "../../contracts/object-store.ts";
import type { Queue } from "../../contracts/queue.ts";
import type { Registry } from "../../contracts/registry.ts";
import type { SecretReference, SecretStore } from "../../contracts/secret-store.ts";
import type { SharedFiles } from "../../contracts/shared-files.ts";
import type { Tags } from "../../lib/tags.ts";
import type { ApplicationSettings } from "../../settings/application-types.ts";
import { Application } from "./application.ts";
import type { ApplicationArgs } from "./application.ts";
import type { Binding } from "./binding.ts";
import {
    bucketBinding,
    cacheBinding,
    databaseBinding,
    queueBinding,
    searchBinding,
    secretBinding,
    streamBinding,
} from "./bindings.ts";
import { callersOf, callsOf } from "./calls.ts";
import { eventsOf } from "./events.ts";
import type { Peer } from "./network.ts";
import type { SharedFolder } from "./shared.ts";

/** What a service gives to each application that uses it. */
interface Accessible {
    readonly access: Readonly<Record<string, Access>>;
}

type By<T> = Readonly<Record<string, T>>;

/** What applications can use of their site, by the user's keys. */
export interface SiteParts<C extends Cluster> {
    readonly tags: Tags;
    readonly cluster: C;
    readonly pools: By<Pick<NodePoolArgs, "taints" | "spot">>;
    readonly secretStore: SecretStore<C>;
    /** The operator that fetches secrets. */
    readonly secretsOperator: pulumi.Resource;
    /** The classes of priority that pods name. */
    readonly priorities: readonly pulumi.Resource[];
    readonly registries: By<Pick<Registry, "addresses">>;
    /** Each application's own logical database. */
    readonly databases: By<Access & { readonly ready: pulumi.Resource }>;
    readonly caches: By<Cache>;
    readonly queues: By<Accessible & Pick<Queue, "scaling">>;
    readonly streams: By<Accessible>;
    readonly searches: By<Accessible>;
    readonly objectStores: By<ObjectStore<C>>;
    readonly sharedFiles: By<SharedFiles>;
    /** All applications of the site, for calls between them. */
    readonly applications: By<ApplicationSettings>;
    /** Prometheus, if the site has one. */
    readonly metricsReader?: Peer;
    /** What scales by events, if the site has it. */
    readonly eventScaling?: pulumi.Resource;
}

/** What an application is deployed from. */
export interface DeployArgs<C extends Cluster> {
    /** The user's key: the name of the namespace and of the objects in it. */
    readonly application: string;
    readonly settings: ApplicationSettings;
    readonly site: SiteParts<C>;
}

/** One entry of a record, as a list that is empty where there is none. */
function found<T>(key: string | undefined, entries: By<T>): readonly T[] {
    const entry = key === undefined ? undefined : entries[key];
    return entry === undefined ? [] : [entry];
}

/** What the application gets from the services that it names. */
function serviceBindings<C extends Cluster>({
    application,
    settings,
    site,
}: DeployArgs<C>): Binding[] {
    const own = (services: By<Accessible>, key: string | undefined) =>
        found(key, services).flatMap(({ access }) => found(application, access));
    return [
        ...found(settings.database && application, site.databases).map(databaseBinding),
        ...found(settings.cache, site.caches).map(cacheBinding),
        ...own(site.queues, settings.queue).map(queueBinding),
        ...own(site.streams, settings.stream?.name).map(streamBinding),
        ...own(site.searches, settings.search).map(searchBinding),
        ...Object.keys(settings.buckets).flatMap((key) =>
            found(key, site.objectStores).map((store) => bucketBinding(key, store)),
        ),
    ];
}

/** Secrets that it names: values made for it alone, or documents that somebody put into the store. */
function secretBindings<C extends Cluster>(
    name: string,
    { settings, site }: DeployArgs<C>,
): Binding[] {
    return Object.entries(settings.secrets).map(([variable, { generate, from, field }]) => {
        const key = `${name}-secret-${variable.toLowerCase().replaceAll("_", "-")}`;
        if (generate === undefined) {
            const reference = site.secretStore.existing(from ?? key, [field]);
            return secretBinding(variable, reference, field);
        }
        // Letters and digits only, which mean nothing in a URL or a shell.
        const parent = site.secretStore;
        const password = new RandomPassword(key, { length: generate, special: false }, { parent });
        const reference = site.secretStore.put(key, { [field]: password.result });
        return secretBinding(variable, reference, field);
    });
}

/** The pods' own cloud identity with its grants, where they use something of the cloud. */
function identityOf<C extends Cluster>(
    name: string,
    { application, settings, site }: DeployArgs<C>,
): Pick<ApplicationArgs, "identity" | "needs"> {
    const buckets = Object.entries(settings.buckets);
    if (buckets.length === 0) return { needs: [] };
    const { cluster } = site;
    const account = { namespace: application, serviceAccount: application };
    const identity = cluster.identity(`${name}-pods`, account);
    const needs = buckets.flatMap(([key, access]) =>
        found(key, site.objectStores).flatMap((store) =>
            store.grant(`${name}-bucket-${key}`, { cluster, identity, access }),
        ),
    );
    return { identity, needs };
}

/** The folders of shared files that it mounts, by the key of its volume. */
function foldersOf<C extends Cluster>(
    name: string,
    { application, settings, site }: DeployArgs<C>,
): By<SharedFolder> {
    const folders = Object.entries(settings.volumes).flatMap(([key, { files }]) =>
        found(files, site.sharedFiles).map((shared) => {
            const volume = shared.volume(`${name}-volume-${key}`, application);
            return [key, { volume, mountable: shared.mountable }] as const;
        }),
    );
    return Object.fromEntries(folders);
}

/** The image's whole address: below a registry of the site, or as it is written. */
function imageOf(
    { image, registry }: ApplicationSettings,
    registries: SiteParts<Cluster>["registries"],
) {
    const [repository = "", rest = ""] = split(image);
    const address =
        registry === undefined ? undefined : registries[registry]?.addresses[repository];
    return address === undefined ? image : pulumi.interpolate`${address}${rest}`;
}

/** An image's name, and its tag or digest with what stands before it. */
function split(image: string): [name: string, rest: string] {
    const at = /[:@][^/]*$/.exec(image)?.index ?? image.length;
    return [image.slice(0, at), image.slice(at)];
}

/** Each document once, however many variables it becomes: it is granted once. */
function distinct(references: readonly SecretReference[]): readonly SecretReference[] {
    return [...new Map(references.map((one) => [one.name, one])).values()];
}

/**
 * Deploys an application on its site: lets its namespace read exactly the credentials of what it names, gives its pods
 * the cloud permissions that follow, and makes its objects.
 */
export function deployApplication<C extends Cluster>(
    name: string,
    args: DeployArgs<C>,
    opts: pulumi.ComponentResourceOptions = {},
): Application {
    const { application, settings, site } = args;
    const { cluster, secretStore, secretsOperator: operator, tags, pools } = site;
    const scaling = eventsOf(args);
    const bindings = [
        ...serviceBindings(args),
        ...secretBindings(name, args),
        ...(scaling?.bindings ?? []),
    ];
    const secrets = distinct(bindings.flatMap(({ secret }) => (secret ? [secret.reference] : [])));
    const reader =
        secrets.length > 0 &&
        secretStore.reader(name, { cluster, namespace: application, secrets });
    const { identity, needs } = identityOf(name, args);
    const database = settings.database && site.databases[application];
    const viewers = settings.access.view.length > 0 && cluster.viewers[application];
    return new Application(
        name,
        {
            cluster,
            pools,
            application,
            settings,
            image: imageOf(settings, site.registries),
            tags,
            bindings,
            ...(reader && { secrets: { reader, operator } }),
            ...(identity && { identity }),
            shared: foldersOf(name, args),
            calls: callsOf(args),
            callers: callersOf(args),
            ...(site.metricsReader && { metricsReader: site.metricsReader }),
            ...(viewers && { viewers }),
            ...(scaling && { events: scaling }),
            needs: [...site.priorities, ...needs, ...(database ? [database.ready] : [])],
        },
        opts,
    );
}
