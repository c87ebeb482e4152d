import type * as pulumi from "@pulumi/pulumi";
import type { Release } from "@pulumi/kubernetes/helm/v3/release.js";
import type { input } from "@pulumi/kubernetes/types/index.js";
import { ENVOY_GATEWAY, EXPOSED, PROXY_PORTS } from "../gateway/places.ts";
import { letIn, podsOf } from "../openings.ts";
import type { Within } from "../platform-namespace.ts";
import { spreadOver } from "../spread.ts";
import { installOperator, small } from "./operator.ts";
import type { OperatorArgs } from "./operator.ts";
import { PROMETHEUS } from "./places.ts";

type Spec = input.networking.v1.NetworkPolicySpec;

/** Twice what both gateways may come to, with the controller's own pods. */
const MOST_PODS = 48;

/** Where the controller hands the proxies their configuration. */
const XDS_PORT = 18000;

/** Where the controller and the proxies tell their metrics. */
const METRICS_PORT = 19001;

/** The proxies, and everything else in the namespace. */
const ROLE = "app.kubernetes.io/component";
const PROXIES = { matchLabels: { [ROLE]: "proxy" } };
const OTHERS = { matchExpressions: [{ key: ROLE, operator: "NotIn", values: ["proxy"] }] };

/** What Envoy's controller is installed with. */
export interface EnvoyGatewayArgs extends OperatorArgs {
    /** What makes the cloud's balancers and takes them away again; it goes after them. */
    readonly balancers: readonly pulumi.Resource[];
}

/**
 * Envoy Gateway: the controller that turns Gateways and routes into proxies, in the namespace in which both run.
 *
 * The chart brings the types of the Gateway API too. Where a cluster has some of its own, as GKE has, Helm leaves those
 * alone and adds what is missing; so nothing depends on who came first. Helm never raises such types afterwards: raising
 * the chart's version means applying its definitions first.
 *
 * The namespace does not die with the cluster but is deleted before it, because the proxies' balancers are the cloud's:
 * deleting it waits until they are gone.
 *
 * @see https://gateway.envoyproxy.io/docs/install/install-helm/
 */
export function installEnvoyGateway(
    name: string,
    args: EnvoyGatewayArgs,
    within: Omit<Within, "deletedWith">,
): Release {
    const { cluster, highAvailability, balancers } = args;
    return installOperator(
        name,
        args,
        {
            chart: "envoy-gateway",
            namespace: ENVOY_GATEWAY.namespace,
            pods: MOST_PODS,
            policies: envoyGatewayPolicies(),
            values: envoyGatewayValues(highAvailability),
        },
        { ...within, dependsOn: [...cluster.nodes, ...balancers] },
    );
}

/**
 * Values of the chart `gateway-helm`.
 *
 * @see https://github.com/envoyproxy/gateway/tree/v1.9.0/charts/gateway-helm
 */
export function envoyGatewayValues(highAvailability: boolean): Record<string, unknown> {
    return {
        ...(highAvailability && { podDisruptionBudget: BUDGET }),
        deployment: {
            replicas: highAvailability ? 2 : 1,
            envoyGateway: { resources: small("100m", "512Mi", "500m") },
            pod: {
                topologySpreadConstraints: highAvailability
                    ? spreadOver({ "control-plane": "envoy-gateway" })
                    : [],
            },
        },
        certgen: { job: { resources: small("20m", "64Mi", "100m") } },
        // It would have to read and change every pod of the cluster, only to tell proxies their zone.
        topologyInjector: { enabled: false },
        config: { envoyGateway: { provider: { type: "Kubernetes" }, logging: LOGGING } },
    };
}

/** The chart leaves out a number below 1. */
const BUDGET = { minAvailable: 0, maxUnavailable: 1, unhealthyPodEvictionPolicy: "AlwaysAllow" };

const LOGGING = { level: { default: "info" } };

/**
 * What the controller and the proxies may do besides DNS.
 *
 * Clients come to the proxies with their own addresses, so it is the balancer that decides from where. Routes lead into
 * the namespaces that are exposed and to no others, and what is let in there is for each application to say.
 */
export function envoyGatewayPolicies(): Record<string, Spec> {
    return {
        "allow-apis": {
            podSelector: OTHERS,
            policyTypes: ["Egress"],
            egress: [{ ports: tcp([443, 6443]) }],
        },
        "allow-configuration": {
            podSelector: OTHERS,
            policyTypes: ["Ingress"],
            ingress: [{ from: [{ podSelector: PROXIES }], ports: tcp([XDS_PORT]) }],
        },
        "allow-to-configuration": {
            podSelector: PROXIES,
            policyTypes: ["Egress"],
            egress: [{ to: [{ podSelector: OTHERS }], ports: tcp([XDS_PORT]) }],
        },
        "allow-clients": {
            podSelector: PROXIES,
            policyTypes: ["Ingress"],
            ingress: [{ ports: tcp(PROXY_PORTS) }],
        },
        "allow-applications": {
            podSelector: PROXIES,
            policyTypes: ["Egress"],
            egress: [{ to: [{ namespaceSelector: EXPOSED_NAMESPACES }] }],
        },
        "allow-metrics": letIn([podsOf(PROMETHEUS.namespace, PROMETHEUS.pods)], [METRICS_PORT]),
    };
}

const EXPOSED_NAMESPACES = { matchExpressions: [{ key: EXPOSED, operator: "Exists" }] };

const tcp = (ports: readonly number[]) => ports.map((port) => ({ protocol: "TCP", port }));
