import type * as pulumi from "@pulumi/pulumi";
import type { Backend, EdgeObject, GatewayPlace } from "../contracts/edge.ts";

const API = "alb.networking.azure.io/v1";

/** Puts a firewall before all that goes through a Gateway. */
export function firewallBefore(place: GatewayPlace, policyId: pulumi.Input<string>): EdgeObject {
    return {
        apiVersion: API,
        kind: "WebApplicationFirewallPolicy",
        name: place.name,
        spec: {
            targetRef: {
                group: "gateway.networking.k8s.io",
                kind: "Gateway",
                name: place.name,
                namespace: place.namespace,
            },
            webApplicationFirewall: { id: policyId },
        },
    };
}

/**
 * Asks a Service's pods, where requests go too, for the path that says whether they are healthy; else they are asked for "/".
 *
 * @see https://learn.microsoft.com/azure/application-gateway/for-containers/custom-health-probe
 */
export function healthCheck({ service, healthPath }: Backend): EdgeObject {
    return {
        apiVersion: API,
        kind: "HealthCheckPolicy",
        name: service,
        spec: {
            targetRef: { group: "", kind: "Service", name: service },
            default: {
                interval: "10s",
                timeout: "5s",
                healthyThreshold: 1,
                unhealthyThreshold: 3,
                http: { path: healthPath, match: { statusCodes: [{ start: 200, end: 399 }] } },
            },
        },
    };
}
