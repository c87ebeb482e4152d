import type * as pulumi from "@pulumi/pulumi";
import type { Backend, EdgeObject, GatewayPlace, Reach } from "../contracts/edge.ts";

const API = "networking.gke.io/v1";

/**
 * Says which versions of TLS a Gateway takes, and that the internal one answers other regions too.
 *
 * @see https://docs.cloud.google.com/kubernetes-engine/docs/how-to/configure-gateway-resources
 */
export function gatewayPolicy(
    reach: Reach,
    place: GatewayPlace,
    sslPolicy: pulumi.Output<string>,
): EdgeObject {
    return {
        apiVersion: API,
        kind: "GCPGatewayPolicy",
        name: place.name,
        spec: {
            default: { sslPolicy, ...(reach === "internal" && { allowGlobalAccess: true }) },
            targetRef: {
                group: "gateway.networking.k8s.io",
                kind: "Gateway",
                name: place.name,
            },
        },
    };
}

/**
 * How a balancer asks a Service's pods whether they are well (G1.35), and what it writes down of their requests.
 *
 * It asks on the port that serves: Google's balancers call pods, not Services.
 */
export function backendObjects(
    { service, healthPath }: Backend,
    firewall: pulumi.Output<string> | undefined,
): readonly EdgeObject[] {
    const targetRef = { group: "", kind: "Service", name: service };
    return [
        {
            apiVersion: API,
            kind: "HealthCheckPolicy",
            name: service,
            spec: {
                default: {
                    checkIntervalSec: 30,
                    timeoutSec: 5,
                    healthyThreshold: 2,
                    unhealthyThreshold: 2,
                    config: { type: "HTTP", httpHealthCheck: { requestPath: healthPath } },
                },
                targetRef,
            },
        },
        {
            apiVersion: API,
            kind: "GCPBackendPolicy",
            name: service,
            spec: {
                default: {
                    // Every request: a million of a million.
                    logging: { enabled: true, sampleRate: 1_000_000 },
                    // A pod that goes answers what it has begun.
                    connectionDraining: { drainingTimeoutSec: 30 },
                    ...(firewall && { securityPolicy: firewall }),
                },
                targetRef,
            },
        },
    ];
}
