import type * as pulumi from "@pulumi/pulumi";
import { RandomPassword } from "@pulumi/random/randomPassword.js";
import type { Client } from "../../contracts/client.ts";
import type { Cluster } from "../../contracts/cluster.ts";
import { PASSWORD_FORM } from "../../contracts/database.ts";
import type { PodSize } from "../../contracts/queue.ts";
import type { SecretReference, SecretStore } from "../../contracts/secret-store.ts";
import { cpuQuantity, memoryQuantity } from "../../lib/quantities.ts";
import type { Tags } from "../../lib/tags.ts";
import type { Gibibytes } from "../../lib/units.ts";
import { amount } from "../../lib/units.ts";
import { applicationLabels } from "../labels.ts";
import type { Authority } from "../operators/authority.ts";
import { allowDns, DENY_ALL } from "../network-policies.ts";
import { platformNamespace } from "../platform-namespace.ts";
import type { PlatformNamespaceArgs, Within } from "../platform-namespace.ts";
import { storedSecrets } from "../stored-secrets.ts";
import type { StoredSecret } from "../stored-secrets.ts";
import type { BlockClass } from "../storage-classes.ts";

/** What a data service in the cluster is made with, besides its contract's arguments. */
export interface ServiceArgs {
    /** The user's key of the service, which becomes part of its namespace. Changing it replaces the service. */
    readonly key: string;
    readonly cluster: Cluster;
    readonly secretStore: SecretStore;
    /** The operator that fetches secrets. */
    readonly secretsOperator: pulumi.Resource;
    /** Who signs the service's certificate. */
    readonly authority: Authority;
    /** The class of the service's volumes, which has to stand before them. */
    readonly storageClass: { readonly name: BlockClass; readonly resource: pulumi.Resource };
    /** Become labels on every object. */
    readonly tags: Tags;
    /** The Prometheus that reads the service's metrics. @default - none */
    readonly monitoring?: pulumi.Resource;
    /** What has to stand before volumes can be copied by the clock. @default - nothing is copied */
    readonly snapshots?: readonly pulumi.Resource[];
}

/** The kinds of data services in the cluster, which their namespaces begin with. */
export const SERVICE_KINDS = ["cache", "queue", "search", "stream"] as const;

/** A kind of data service in the cluster. */
export type ServiceKind = (typeof SERVICE_KINDS)[number];

/** The namespace of a data service: `queue-orders`. No application can have a key that is one. */
export function serviceNamespace(kind: ServiceKind, key: string): string {
    return `${kind}-${key}`;
}

/** The options of everything that a service makes in the cluster. */
export function withinCluster(parent: pulumi.Resource, { provider, resource }: Cluster): Within {
    return { parent, provider, deletedWith: resource };
}

/** A password that nobody chose, in the characters that every connection string can carry. */
export function password(name: string, parent: pulumi.Resource): pulumi.Output<string> {
    return new RandomPassword(`${name}-password`, PASSWORD_FORM, { parent }).result;
}

/** Requests and limits of a pod: its memory is reserved in full, of its CPU it may use twice as much. */
export function podResources({ cpu, memory }: PodSize) {
    const reserved = memoryQuantity(memory);
    return {
        requests: { cpu: cpuQuantity(cpu), memory: reserved },
        limits: { cpu: cpuQuantity(cpu, 2), memory: reserved },
    };
}

/** A volume's size in Kubernetes' words. */
export function volumeSize(storage: Gibibytes): string {
    return `${amount(storage)}Gi`;
}

/** A service's namespace that stands. */
export interface ServiceSpace {
    /** The namespace's name, known from the start. */
    readonly key: string;
    /** The same, known when the namespace stands. */
    readonly name: pulumi.Output<string>;
    /** What has to stand before pods run in it. */
    readonly ready: readonly pulumi.Resource[];
}

/** Makes a service's namespace: restricted, bounded, and closed but for DNS and the given policies. */
export function makeNamespace(
    name: string,
    kind: ServiceKind,
    { key, cluster, tags }: ServiceArgs,
    { pods, policies }: Pick<PlatformNamespaceArgs, "pods" | "policies">,
    within: Within,
): ServiceSpace {
    const namespace = serviceNamespace(kind, key);
    const made = platformNamespace(
        name,
        {
            namespace,
            version: cluster.version,
            tags,
            pods,
            policies: { "default-deny": DENY_ALL, "allow-dns": allowDns(), ...policies },
        },
        within,
    );
    return { key: namespace, ...made };
}

/** Brings documents that this service stored into its own namespace, and no others. */
export function ownSecrets(
    name: string,
    { cluster, secretStore, secretsOperator: operator, tags }: ServiceArgs,
    space: ServiceSpace,
    secrets: Readonly<Record<string, StoredSecret>>,
    within: Within,
): readonly pulumi.Resource[] {
    const references = Object.values(secrets).map(({ reference }) => reference);
    const reader = secretStore.reader(name, { cluster, namespace: space.key, secrets: references });
    const labels = applicationLabels(space.key, tags);
    const args = { namespace: space.name, labels, reader, operator, secrets };
    return Object.values(storedSecrets(name, args, within));
}

/** A user of a service: its document in the store, and how its Secret is called in the service's namespace. */
export interface User {
    readonly client: Client;
    readonly secret: string;
    readonly reference: SecretReference;
}

/** The Secret of a user in the service's namespace. */
export const userSecret = (user: string) => `user-${user}`;

/** Makes a password for each client and stores its document. */
export function users<T extends Client>(
    name: string,
    clients: readonly T[],
    store: SecretStore,
    parent: pulumi.Resource,
    document: (
        client: T,
        secret: pulumi.Output<string>,
    ) => Readonly<Record<string, pulumi.Input<string>>>,
): readonly (User & { readonly client: T })[] {
    return clients.map((client) => {
        const user = `${name}-${client.application}`;
        const reference = store.put(user, document(client, password(user, parent)));
        return { client, secret: userSecret(client.application), reference };
    });
}
