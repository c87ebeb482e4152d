import * as pulumi from "@pulumi/pulumi";
import type { Release } from "@pulumi/kubernetes/helm/v3/release.js";
import type { Cache, CacheArgs } from "../../contracts/cache.ts";
import type { Client } from "../../contracts/client.ts";
import type { PodDestination } from "../../contracts/destination.ts";
import type { SecretReference } from "../../contracts/secret-store.ts";
import { refuse } from "../../lib/errors.ts";
import type { Gibibytes } from "../../lib/units.ts";
import { letClientsIn, letIn, letTogether, podsOf } from "../openings.ts";
import { certificate } from "../operators/authority.ts";
import { PORTS, PROMETHEUS } from "../operators/places.ts";
import type { Within } from "../platform-namespace.ts";
import { chartRelease } from "../release.ts";
import { volumeProblems } from "./problems.ts";
import { makeNamespace, ownSecrets, password, withinCluster } from "./service.ts";
import type { ServiceArgs, ServiceSpace } from "./service.ts";
import {
    TLS_SECRET,
    USERS_SECRET,
    VALKEY_PODS,
    SENTINEL_SECRET,
    USERS,
    valkeyHost,
    valkeyNames,
    valkeyValues,
} from "./valkey-values.ts";

/** A cache in the cluster, and what it is made with. */
export interface ValkeyCacheArgs extends CacheArgs, ServiceArgs {
    /** Each pod's volume (P24). */
    readonly storage: Gibibytes;
    /** Who may connect (P25): nobody else is let in. They share the password. */
    readonly clients: readonly Client[];
}

/**
 * Valkey in a namespace of its own: TLS, a password, and volumes that outlive pods.
 *
 * With `highAvailability` three copies with Sentinels that promote another when the first is lost, behind proxies that
 * lead clients to the first: they need to know nothing of it. Else one pod. Nothing is backed up: it is a cache.
 */
export class ValkeyCache extends pulumi.ComponentResource implements Cache {
    readonly credentials: SecretReference;
    readonly destinations: readonly PodDestination[];

    constructor(name: string, args: ValkeyCacheArgs, opts?: pulumi.ComponentResourceOptions) {
        super("platform:kubernetes:Cache", name, {}, opts);
        const { key, highAvailability, storage } = args;
        refuse(this, name, volumeProblems(`caches.${key}.storage`, storage, 1));
        const within = withinCluster(this, args.cluster);
        const policies = valkeyPolicies(args);
        const space = makeNamespace(name, "cache", args, { pods: 20, policies }, within);
        const documents = storeDocuments(name, args, space.key, this);
        const secrets = {
            [USERS_SECRET]: {
                reference: documents.users,
                template: { default: "{{ .password }}", [USERS.platform]: "{{ .platform }}" },
            },
            ...(highAvailability && {
                [SENTINEL_SECRET]: {
                    reference: documents.users,
                    template: { sentinel: "{{ .sentinel }}" },
                },
            }),
        };
        const brought = ownSecrets(name, args, space, secrets, within);
        install(name, args, space, brought, within);
        this.credentials = documents.client;
        this.destinations = [{ namespace: space.key, pods: entrance(args), ports: [PORTS.valkey] }];
        this.registerOutputs({});
    }
}

/** The pods that clients talk to. */
function entrance({ highAvailability }: CacheArgs) {
    return highAvailability ? VALKEY_PODS.proxy : VALKEY_PODS.server;
}

/** Who reaches Valkey: clients by its entrance, its own pods, and Prometheus where there is one. */
function valkeyPolicies(args: Pick<ValkeyCacheArgs, "clients" | "monitoring"> & CacheArgs) {
    return {
        "allow-clients": letClientsIn(args.clients, [PORTS.valkey], entrance(args)),
        "allow-members": letTogether([PORTS.valkey, PORTS.sentinel]),
        ...(args.monitoring && {
            "allow-metrics": letIn(
                [podsOf(PROMETHEUS.namespace, PROMETHEUS.pods)],
                [PORTS.valkeyMetrics],
                VALKEY_PODS.server,
            ),
        }),
    };
}

/** What the store holds: what clients get, and what Valkey's own parts know besides. */
interface Documents {
    readonly client: SecretReference;
    readonly users: SecretReference;
}

function storeDocuments(
    name: string,
    { secretStore, authority, highAvailability }: ValkeyCacheArgs,
    namespace: string,
    parent: pulumi.Resource,
): Documents {
    const host = valkeyHost(namespace, highAvailability);
    const secret = password(name, parent);
    return {
        client: secretStore.put(name, {
            host,
            port: String(PORTS.valkey),
            password: secret,
            url: pulumi.interpolate`rediss://:${secret}@${host}:${PORTS.valkey}`,
            ca: authority.certificate,
        }),
        users: secretStore.put(`${name}-users`, {
            password: secret,
            platform: password(`${name}-${USERS.platform}`, parent),
            ...(highAvailability && { sentinel: password(`${name}-sentinel`, parent) }),
        }),
    };
}

/** The chart, once its certificate and its passwords are there. */
function install(
    name: string,
    args: ValkeyCacheArgs,
    space: ServiceSpace,
    secrets: readonly pulumi.Resource[],
    within: Within,
): Release {
    const { authority, storageClass, cluster, monitoring } = args;
    const tls = certificate(
        `${name}-tls`,
        {
            authority,
            namespace: space.name,
            secret: TLS_SECRET,
            names: valkeyNames(space.key),
        },
        within,
    );
    const ready = [tls, storageClass.resource, ...secrets, ...space.ready];
    return chartRelease(
        name,
        {
            chart: "valkey",
            version: cluster.version,
            namespace: space.name,
            values: valkeyValues(args, { storageClass: storageClass.name, namespace: space.key }),
        },
        {
            ...within,
            protect: args.deletionProtection,
            dependsOn: [...cluster.nodes, ...ready, ...(monitoring ? [monitoring] : [])],
        },
    );
}
