import type { CacheArgs, CacheSize } from "../../contracts/cache.ts";
import type { Gibibytes } from "../../lib/units.ts";
import { small } from "../operators/operator.ts";
import { PORTS } from "../operators/places.ts";
import { spreadOver, spreadQuorum } from "../spread.ts";
import { podResources, volumeSize } from "./service.ts";

/** The release's name in its namespace, and so the name of its objects. */
const VALKEY = "valkey";

/** The Secrets of the namespace. */
export const TLS_SECRET = "valkey-tls";
export const USERS_SECRET = "valkey-users";
export const SENTINEL_SECRET = "valkey-sentinel-password";

/** The users: applications are the default one; the platform's replicates, promotes and checks. */
export const USERS = { platform: "platform" } as const;

/** The labels that the chart gives to its pods. */
export const VALKEY_PODS = {
    server: { "app.kubernetes.io/name": VALKEY },
    proxy: { "app.kubernetes.io/name": `${VALKEY}-haproxy` },
    sentinel: { "app.kubernetes.io/name": `${VALKEY}-sentinel` },
} as const;

/** Newest fixes of the newest version that the chart takes. */
const TAG = "9.1.1";
const PROXY_TAG = "3.2.24-alpine";

/** Copies of the data, and of what watches over them. */
const COPIES = 3;

/**
 * What holds a size's memory: half as much again, which a copy of the data in the making may take, and what the server
 * needs itself.
 */
const SIZES = {
    small: { data: "1gb", pod: { cpu: "250m", memory: "1792Mi" } },
    medium: { data: "5gb", pod: { cpu: "500m", memory: "7936Mi" } },
    large: { data: "12gb", pod: { cpu: "1", memory: "18688Mi" } },
} as const satisfies Record<CacheSize, unknown>;

/** What each pod of a cache asks for, by the cache's size. */
function cachePod(size: CacheSize) {
    return SIZES[size].pod;
}

/** Where clients find the cache: by the proxies, or at the one pod that there is. */
export function valkeyHost(namespace: string, highAvailability: boolean): string {
    const service = highAvailability ? `${VALKEY}-haproxy` : VALKEY;
    return `${service}.${namespace}.svc.cluster.local`;
}

/** The names in the certificate: of both entrances, and of each copy, which the proxies check one by one. */
export function valkeyNames(namespace: string): string[] {
    return [
        valkeyHost(namespace, true),
        valkeyHost(namespace, false),
        `*.${VALKEY}-headless.${namespace}.svc.cluster.local`,
        `*.${VALKEY}-sentinel-hl.${namespace}.svc.cluster.local`,
    ];
}

/** Where a cache stands. */
interface Surroundings {
    readonly namespace: string;
    readonly storageClass: string;
}

/** A cache's arguments, as far as the values hang on them. */
type Args = CacheArgs & { readonly storage: Gibibytes; readonly monitoring?: unknown };

/**
 * Values of the chart `valkey`. Its pods are restricted by its own defaults.
 *
 * @see https://github.com/valkey-io/valkey-helm/tree/main/valkey
 */
export function valkeyValues(args: Args, surroundings: Surroundings): Record<string, unknown> {
    const { highAvailability, storage, size, deletionProtection } = args;
    const { storageClass } = surroundings;
    return {
        image: { tag: TAG },
        resources: podResources(cachePod(size)),
        initResources: small("20m", "32Mi", "100m"),
        startupProbe: PROBES.startup,
        livenessProbe: PROBES.live,
        readinessProbe: PROBES.ready,
        terminationGracePeriodSeconds: 60,
        persistence: {
            enabled: true,
            size: volumeSize(storage),
            storageClass,
            ...(!highAvailability && { keepOnUninstall: deletionProtection }),
        },
        extraConfig: configuration(args),
        auth: { enabled: true, usersExistingSecret: USERS_SECRET, aclUsers: USER_RIGHTS },
        tls: {
            enabled: true,
            existingSecret: TLS_SECRET,
            serverPublicKey: "tls.crt",
            serverKey: "tls.key",
            caPublicKey: "ca.crt",
        },
        // The namespace has policies of its own.
        networkPolicy: { enabled: false },
        ...(highAvailability && copies()),
        ...(args.monitoring !== undefined && metrics(args, surroundings.namespace)),
    };
}

/** Loading what is on the volume takes a while; a busy server answers late before it is dead. */
const PROBES = {
    startup: { enabled: true, periodSeconds: 10, timeoutSeconds: 5, failureThreshold: 60 },
    live: { enabled: true, periodSeconds: 10, timeoutSeconds: 5, failureThreshold: 6 },
    ready: { enabled: true, periodSeconds: 5, timeoutSeconds: 5, failureThreshold: 3 },
} as const;

/** Applications may do everything with their data, and nothing with the server. */
const USER_RIGHTS = {
    default: { permissions: "~* &* +@all -@admin" },
    [USERS.platform]: { permissions: "~* &* +@all" },
} as const;

/** How Valkey uses its memory, and how often it looks for a renewed certificate, in seconds. */
function configuration({ size, eviction }: CacheArgs): string {
    const stored = eviction === "none";
    return [
        `maxmemory ${SIZES[size].data}`,
        `maxmemory-policy ${stored ? "noeviction" : "allkeys-lru"}`,
        `appendonly ${stored ? "yes" : "no"}`,
        `tls-protocols "TLSv1.2 TLSv1.3"`,
        "tls-auto-reload-interval 3600",
        "",
    ].join("\n");
}

/** A budget that lets one pod go at a time. */
const BUDGET = { enabled: true, maxUnavailable: 1, unhealthyPodEvictionPolicy: "AlwaysAllow" };

/** Three copies, three Sentinels and three proxies, over nodes and zones. */
function copies() {
    return {
        replica: {
            enabled: true,
            replicas: COPIES,
            replicationUser: USERS.platform,
            // A first that has lost the others takes no writes that they would never see.
            minReplicasToWrite: 1,
            service: { enabled: false },
            persistentVolumeClaimRetentionPolicy: { whenDeleted: "Retain", whenScaled: "Retain" },
        },
        topologySpreadConstraints: spreadQuorum(VALKEY_PODS.server),
        podDisruptionBudget: BUDGET,
        sentinel: {
            enabled: true,
            replicas: COPIES,
            quorum: 2,
            monitorUser: USERS.platform,
            existingSecret: SENTINEL_SECRET,
            passwordKey: "sentinel",
            resources: small("20m", "64Mi", "100m"),
            topologySpreadConstraints: spreadQuorum(VALKEY_PODS.sentinel),
            podDisruptionBudget: BUDGET,
        },
        haproxy: {
            enabled: true,
            replicas: COPIES,
            image: { tag: PROXY_TAG },
            checkUser: USERS.platform,
            resources: small("50m", "128Mi", "500m"),
            topologySpreadConstraints: spreadOver(VALKEY_PODS.proxy),
            podDisruptionBudget: BUDGET,
        },
    };
}

/** An exporter beside each copy. */
function metrics({ highAvailability }: CacheArgs, namespace: string) {
    return {
        metrics: {
            enabled: true,
            exporter: {
                port: PORTS.valkeyMetrics,
                tlsServerName: valkeyHost(namespace, highAvailability),
                resources: small("20m", "64Mi", "100m"),
            },
            serviceMonitor: { enabled: true, interval: "30s" },
        },
    };
}
