import type { IBackendTrafficPolicy } from "@kubernetes-models/envoy-gateway/gateway.envoyproxy.io/v1alpha1/BackendTrafficPolicy";
import type { ISecurityPolicy } from "@kubernetes-models/envoy-gateway/gateway.envoyproxy.io/v1alpha1/SecurityPolicy";
import type { ExposeSettings } from "../../settings/expose-types.ts";
import type { Manifest } from "../manifest.ts";

/** The route that a policy is for, in the policy's own namespace. */
const target = (name: string) => [
    { group: "gateway.networking.k8s.io" as const, kind: "HTTPRoute" as const, name },
];

const UNITS = { second: "Second", minute: "Minute", hour: "Hour" } as const;

/**
 * How Envoy deals with the pods behind a route.
 *
 * Nothing is tried again: only the application knows whether a request may be sent twice. A pod that fails five times in
 * a row is left alone for half a minute (G7.7), and more than pods can take is refused at once.
 *
 * @see https://gateway.envoyproxy.io/docs/api/extension_types/#backendtrafficpolicyspec
 */
export function backendPolicySpec(
    route: string,
    { rateLimit, bodyLimit }: Pick<ExposeSettings, "rateLimit" | "bodyLimit">,
) {
    return {
        targetRefs: target(route),
        loadBalancer: { type: "LeastRequest" },
        timeout: { tcp: { connectTimeout: "5s" } },
        circuitBreaker: {
            maxConnections: 1024,
            maxPendingRequests: 256,
            maxParallelRequests: 1024,
            maxParallelRetries: 1,
        },
        healthCheck: {
            passive: {
                consecutiveGatewayErrors: 5,
                consecutive5XxErrors: 0,
                interval: "30s",
                baseEjectionTime: "30s",
                maxEjectionPercent: 50,
            },
        },
        ...(rateLimit && { rateLimit: { local: { rules: [perClient(rateLimit)] } } }),
        ...(bodyLimit !== undefined && { requestBuffer: { limit: bodyLimit } }),
    } satisfies Manifest<IBackendTrafficPolicy["spec"]>;
}

/** So many requests from each client address, counted by each proxy on its own. */
function perClient({ requests, per }: NonNullable<ExposeSettings["rateLimit"]>) {
    return {
        clientSelectors: [{ sourceCIDR: { type: "Distinct" as const, value: "0.0.0.0/0" } }],
        limit: { requests, unit: UNITS[per] },
    };
}

/** How long a browser remembers what another origin's pages may do. */
const CORS_MAX_AGE = "10m";

/**
 * Who may ask: pages of which origins, and with which tokens. Undefined if everybody may.
 *
 * @see https://gateway.envoyproxy.io/docs/api/extension_types/#securitypolicyspec
 */
export function securityPolicySpec(
    route: string,
    { cors, jwt }: Pick<ExposeSettings, "cors" | "jwt">,
) {
    if (!cors && !jwt) return undefined;
    return {
        targetRefs: target(route),
        ...(cors && { cors: crossOrigin(cors) }),
        ...(jwt && { jwt: { providers: [tokens(jwt)] } }),
    } satisfies Manifest<ISecurityPolicy["spec"]>;
}

function crossOrigin({
    origins,
    methods,
    headers,
    credentials,
}: NonNullable<ExposeSettings["cors"]>) {
    return {
        allowOrigins: [...origins],
        allowMethods: [...methods],
        allowHeaders: [...headers],
        allowCredentials: credentials,
        maxAge: CORS_MAX_AGE,
    };
}

function tokens({ issuer, audiences, jwks }: NonNullable<ExposeSettings["jwt"]>) {
    return {
        name: "tokens",
        issuer,
        audiences: [...audiences],
        remoteJWKS: { uri: jwks, cacheDuration: "5m" },
    };
}
