import type { Reach } from "../../contracts/edge.ts";
import type { Labels } from "../labels.ts";

/** Where the operators of the way in run. Clouds bind their identities to these service accounts. */
export const CERT_MANAGER = { namespace: "cert-manager", serviceAccount: "cert-manager" } as const;
export const EXTERNAL_DNS = { namespace: "external-dns", serviceAccount: "external-dns" } as const;

/** Envoy's controller, and the proxies that it makes. */
export const ENVOY_GATEWAY = { namespace: "envoy-gateway" } as const;

/** The Gateways, their certificates and their policies. No pod runs beside them. */
export const GATEWAYS = { namespace: "gateways" } as const;

/** The Secret with the certificate of the domain, and with those of the balancers' own names. */
export const CERTIFICATE = "gateway-tls";

/** A listener of a Gateway, which routes and policies name as their section. */
export const LISTENERS = {
    /** Plain HTTP, which only redirects where there is a domain. */
    http: "http",
    /** The names below the domain; every name where there is none. */
    https: "https",
    /** The domain itself, which no wildcard covers. */
    apex: "apex",
} as const;

/** The label of a namespace whose routes a gateway takes. */
export const EXPOSED = "platform/exposed";

/** The labels that let the routes of a namespace onto the gateway of a reach. */
export function exposedLabels(reach: Reach): Labels {
    return { [EXPOSED]: reach };
}

/** The names of the gateways that there are. */
export type GatewayNames = Readonly<Partial<Record<Reach, string>>>;

/** The name of a reach's gateway: another one where the cloud has to make another balancer. */
export function gatewayName(reach: Reach, variant?: string): string {
    return variant === undefined ? reach : `${reach}-${variant}`;
}

/** A gateway, as a route names what it is attached to. */
export function gatewayOf(name: string) {
    return {
        group: "gateway.networking.k8s.io",
        kind: "Gateway",
        name,
        namespace: GATEWAYS.namespace,
    } as const;
}

/** The proxies of a gateway, as Envoy's controller labels them. */
export function proxyLabels(gateway: string): Labels {
    return {
        "app.kubernetes.io/name": "envoy",
        "app.kubernetes.io/component": "proxy",
        "gateway.envoyproxy.io/owning-gateway-name": gateway,
        "gateway.envoyproxy.io/owning-gateway-namespace": GATEWAYS.namespace,
    };
}

/** The ports of the proxies' containers: Envoy's controller adds 10000 to those of the listeners. */
export const PROXY_PORTS = [10080, 10443] as const;
