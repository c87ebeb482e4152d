import type { IGateway } from "@kubernetes-models/gateway-api/gateway.networking.k8s.io/v1/Gateway";
import type { IHTTPRoute } from "@kubernetes-models/gateway-api/gateway.networking.k8s.io/v1/HTTPRoute";
import type { Reach } from "../../contracts/edge.ts";
import type { Manifest } from "../manifest.ts";
import { CERTIFICATE, LISTENERS, exposedLabels, gatewayOf } from "./places.ts";

type Listener = Manifest<NonNullable<IGateway["spec"]>["listeners"][number]>;

/** What a gateway listens for. */
export interface ListenersArgs {
    readonly reach: Reach;
    /** The domain that it answers for. @default - none: it answers to every name */
    readonly domain?: string;
    /** The Secret with the certificate. @default - none: the cloud's balancer has its own */
    readonly secret?: string;
}

/** The Secret with the certificate of the domain, or with that of a balancer's own name. */
export function certificateSecret(reach: Reach, domain: string | undefined): string {
    return domain === undefined ? `${CERTIFICATE}-${reach}` : CERTIFICATE;
}

/**
 * The listeners of a gateway: 443 for the applications, and 80, where nothing but the redirect to 443 may be attached.
 *
 * Without a domain nobody can prove a name, so applications answer at both.
 */
export function listeners(args: ListenersArgs): Listener[] {
    const { domain } = args;
    if (domain === undefined) {
        return [http(fromApplications(args.reach)), https(LISTENERS.https, args)];
    }
    return [
        http({ namespaces: { from: "Same" }, kinds: ROUTES }),
        https(LISTENERS.https, args, `*.${domain}`),
        https(LISTENERS.apex, args, domain),
    ];
}

/** The listeners over TLS. */
export function tlsListeners(domain: string | undefined): string[] {
    return domain === undefined ? [LISTENERS.https] : [LISTENERS.https, LISTENERS.apex];
}

const ROUTES = [{ group: "gateway.networking.k8s.io", kind: "HTTPRoute" }];

/** Routes of the namespaces that are exposed to this reach, and of no others. */
function fromApplications(reach: Reach): Listener["allowedRoutes"] {
    const selector = { matchLabels: { ...exposedLabels(reach) } };
    return { namespaces: { from: "Selector", selector }, kinds: ROUTES };
}

function http(allowedRoutes: Listener["allowedRoutes"]): Listener {
    return { name: LISTENERS.http, port: 80, protocol: "HTTP", allowedRoutes };
}

function https(name: string, { reach, secret }: ListenersArgs, hostname?: string): Listener {
    return {
        name,
        port: 443,
        protocol: "HTTPS",
        ...(hostname !== undefined && { hostname }),
        ...(secret !== undefined && { tls: terminate(secret) }),
        allowedRoutes: fromApplications(reach),
    };
}

const terminate = (name: string) => ({
    mode: "Terminate" as const,
    certificateRefs: [{ group: "", kind: "Secret", name }],
});

/** Sends every request over plain HTTP to the same address over TLS. */
export function redirectSpec(gateway: string) {
    return {
        parentRefs: [{ ...gatewayOf(gateway), sectionName: LISTENERS.http }],
        rules: [
            {
                filters: [
                    {
                        type: "RequestRedirect",
                        requestRedirect: { scheme: "https", statusCode: 301 },
                    },
                ],
            },
        ],
    } satisfies Manifest<NonNullable<IHTTPRoute["spec"]>>;
}
