import type { IHTTPRoute } from "@kubernetes-models/gateway-api/gateway.networking.k8s.io/v1/HTTPRoute";
import type { ExposeSettings } from "../../settings/expose-types.ts";
import type { Manifest } from "../manifest.ts";
import type { Header } from "./headers.ts";
import { gatewayOf } from "./places.ts";

type Spec = Manifest<NonNullable<IHTTPRoute["spec"]>>;

/** Where a route leads, and from where. */
export interface RouteArgs {
    /** The name of the gateway that it is attached to. */
    readonly gateway: string;
    /** The one listener that it is attached to. @default - every listener that takes it */
    readonly listener?: string;
    /** The names it answers to; every name of the gateway if there is none. */
    readonly hosts: readonly string[];
    readonly settings: Pick<ExposeSettings, "paths" | "redirects" | "timeout">;
    readonly service: { readonly name: string; readonly port: number };
    /** Headers that the route adds, where the gateway does not. */
    readonly headers: readonly Header[];
}

/**
 * The route of an application: what leads elsewhere first, then everything below its paths to its Service.
 *
 * Where there is a domain, the hosts choose the listener, and plain HTTP takes no application's routes.
 */
export function routeSpec(args: RouteArgs) {
    const { gateway, listener, hosts, settings } = args;
    return {
        parentRefs: [
            { ...gatewayOf(gateway), ...(listener !== undefined && { sectionName: listener }) },
        ],
        ...(hosts.length > 0 && { hostnames: [...hosts] }),
        rules: [...Object.entries(settings.redirects).map(redirect), forward(args)],
    } satisfies Spec;
}

/** Found again elsewhere (302), so that a mistake is not remembered. */
function redirect([from, to]: [string, string]) {
    return {
        matches: [{ path: { type: "Exact" as const, value: from } }],
        filters: [
            {
                type: "RequestRedirect" as const,
                requestRedirect: { ...targetOf(to), statusCode: 302 as const },
            },
        ],
    };
}

/** A path of the same name, or an address of another. */
function targetOf(to: string) {
    const path = (replaceFullPath: string) => ({
        path: { type: "ReplaceFullPath" as const, replaceFullPath },
    });
    if (to.startsWith("/")) return path(to);
    const { protocol, hostname, port, pathname } = new URL(to);
    return {
        scheme: protocol === "http:" ? ("http" as const) : ("https" as const),
        hostname,
        ...(port !== "" && { port: Number(port) }),
        ...path(pathname),
    };
}

function forward({ settings, service, headers }: RouteArgs) {
    const { paths, timeout } = settings;
    return {
        matches: paths.map((value) => ({ path: { type: "PathPrefix" as const, value } })),
        ...(headers.length > 0 && {
            filters: [
                {
                    type: "ResponseHeaderModifier" as const,
                    responseHeaderModifier: { set: [...headers] },
                },
            ],
        }),
        backendRefs: [{ group: "", kind: "Service", ...service, weight: 1 }],
        ...(timeout !== undefined && { timeouts: { request: `${timeout}s` } }),
    };
}
