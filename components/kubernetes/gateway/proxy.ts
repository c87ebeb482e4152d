import type { IEnvoyProxy } from "@kubernetes-models/envoy-gateway/gateway.envoyproxy.io/v1alpha1/EnvoyProxy";
import type { BalancerService } from "../../contracts/edge.ts";
import type { Manifest } from "../manifest.ts";
import { RESTRICTED_POD } from "../restricted.ts";
import { spreadOver } from "../spread.ts";
import { proxyLabels } from "./places.ts";

/** What Envoy's controller makes for a gateway. */
export interface ProxyArgs {
    /** The gateway's name. */
    readonly gateway: string;
    readonly balancer: BalancerService;
    readonly highAvailability: boolean;
}

/** A proxy per zone where one may fail. Each can take some thousand requests per second. */
const REPLICAS = { always: { min: 1, max: 4 }, spread: { min: 3, max: 10 } } as const;

/** Memory is reserved in full; Envoy refuses new requests itself as it fills up, instead of being ended. */
const RESOURCES = {
    requests: { cpu: "250m", memory: "512Mi" },
    limits: { cpu: "2", memory: "512Mi" },
};

/**
 * The proxies of a gateway, and the Service that the cloud's balancer stands before.
 *
 * Their containers are restricted by the controller's own defaults.
 *
 * @see https://gateway.envoyproxy.io/docs/api/extension_types/#envoyproxyspec
 */
export function proxySpec({ gateway, balancer, highAvailability }: ProxyArgs) {
    const labels = proxyLabels(gateway);
    const { annotations, loadBalancerClass } = balancer;
    return {
        provider: {
            type: "Kubernetes",
            kubernetes: {
                envoyDeployment: {
                    pod: {
                        securityContext: RESTRICTED_POD,
                        topologySpreadConstraints: spreadOver(labels),
                    },
                    container: { resources: RESOURCES },
                },
                envoyHpa: autoscaler(highAvailability),
                ...(highAvailability && { envoyPDB: BUDGET }),
                envoyService: {
                    type: "LoadBalancer",
                    // Clients keep their addresses, and none is sent to a node without a proxy.
                    externalTrafficPolicy: "Local",
                    annotations,
                    ...(loadBalancerClass !== undefined && { loadBalancerClass }),
                },
            },
        },
        // As many threads as the limit has CPUs, not as the node has.
        concurrency: 2,
        // The balancer needs half a minute to notice; what is under way then has another minute to end.
        shutdown: { minDrainDuration: "30s", drainTimeout: "90s" },
        telemetry: { accessLog: ACCESS_LOG, metrics: { prometheus: {} } },
    } satisfies Manifest<IEnvoyProxy["spec"]>;
}

/** Lets one proxy go at a time, and one that is not healthy at any time. */
const BUDGET = {
    maxUnavailable: 1,
    patch: {
        type: "StrategicMerge",
        value: { spec: { unhealthyPodEvictionPolicy: "AlwaysAllow" } },
    },
} as const;

/** Up at once as their CPUs fill, down slowly: a proxy that goes takes open connections with it. */
function autoscaler(highAvailability: boolean) {
    const { min, max } = highAvailability ? REPLICAS.spread : REPLICAS.always;
    return {
        minReplicas: min,
        maxReplicas: max,
        metrics: [
            {
                type: "Resource",
                resource: { name: "cpu", target: { type: "Utilization", averageUtilization: 70 } },
            },
        ],
        behavior: {
            scaleUp: { stabilizationWindowSeconds: 0 },
            scaleDown: {
                stabilizationWindowSeconds: 300,
                policies: [{ type: "Pods", value: 1, periodSeconds: 60 }],
            },
        },
    };
}

/** A line of JSON for each request. Paths come without what is asked for behind them: it may be somebody's secret. */
const ACCESS_LOG = {
    settings: [
        {
            format: {
                type: "JSON",
                json: {
                    time: "%START_TIME%",
                    client: "%DOWNSTREAM_REMOTE_ADDRESS_WITHOUT_PORT%",
                    host: "%REQ(:AUTHORITY)%",
                    method: "%REQ(:METHOD)%",
                    path: "%PATH(NQ:ORIG_OR_PATH)%",
                    protocol: "%PROTOCOL%",
                    status: "%RESPONSE_CODE%",
                    flags: "%RESPONSE_FLAGS%",
                    details: "%RESPONSE_CODE_DETAILS%",
                    received: "%BYTES_RECEIVED%",
                    sent: "%BYTES_SENT%",
                    duration: "%DURATION%",
                    route: "%ROUTE_NAME%",
                    upstream: "%UPSTREAM_HOST%",
                    requestId: "%REQ(X-REQUEST-ID)%",
                    userAgent: "%REQ(USER-AGENT)%",
                    tls: "%DOWNSTREAM_TLS_VERSION%",
                },
            },
            sinks: [{ type: "File", file: { path: "/dev/stdout" } }],
        },
    ],
} as const;
