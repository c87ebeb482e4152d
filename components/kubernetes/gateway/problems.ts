import type { Problem } from "../../lib/problem.ts";
import type { ExposeSettings } from "../../settings/expose-types.ts";
import type { GatewaySettings } from "../../settings/service-types.ts";
import { routeProblems } from "./route-problems.ts";

/** What a site's way in contradicts in itself; empty if nothing. `path` is where the settings stand. */
export function gatewayProblems(
    settings: GatewaySettings,
    { path }: { readonly path: string },
): Problem[] {
    return [
        ...certificateProblems(settings, path),
        ...(settings.domain === undefined ? withoutDomain(settings, path) : []),
        ...(settings.firewall && settings.kind !== "cloud" ? [FIREWALL(path)] : []),
    ];
}

const FIREWALL = (path: string): Problem => ({
    path: `${path}.firewall`,
    value: "true",
    message: "is a web application firewall, which stands before the cloud's own gateway only",
    fix: "Set kind to cloud, or leave firewall out",
});

function certificateProblems({ certificates, domain, zone }: GatewaySettings, path: string) {
    if (certificates === "private" || (domain !== undefined && zone)) return [];
    return [
        {
            path: `${path}.certificates`,
            value: certificates,
            message:
                "is an authority to which a domain has to be proven by a record in its zone, and the site keeps no zone",
            fix: "Set domain and zone, or set certificates to private",
        },
    ];
}

function withoutDomain({ kind, zone }: GatewaySettings, path: string): Problem[] {
    return [
        ...(kind === "cloud"
            ? [
                  {
                      path: `${path}.kind`,
                      value: kind,
                      message: "is a gateway that ends TLS for a domain, and the site has none",
                      fix: "Set domain, or set kind to envoy",
                  },
              ]
            : []),
        ...(zone
            ? [
                  {
                      path: `${path}.zone`,
                      value: "true",
                      message: "is a zone for the domain, and the site has none",
                      fix: "Set domain, or leave zone out",
                  },
              ]
            : []),
    ];
}

/** What is left to Envoy: each cloud's own gateway has another part of it, by objects of its own, or nothing. */
const ENVOY_ONLY = {
    timeout: "a time limit for answers",
    bodyLimit: "a limit for the size of requests",
    rateLimit: "a limit for the number of requests",
    cors: "rules for pages of other origins",
    jwt: "a check of tokens",
} as const satisfies Partial<Record<keyof ExposeSettings, string>>;

/**
 * What an application asks of its gateway that the gateway cannot do, or that is contradictory; empty if nothing.
 *
 * `path` is where the settings stand: `applications.web.expose`.
 */
export function exposureProblems(
    settings: ExposeSettings,
    gateway: Pick<GatewaySettings, "kind" | "domain">,
    { path }: { readonly path: string },
): Problem[] {
    return [
        ...(gateway.kind === "cloud" ? cloudProblems(settings, path) : []),
        ...nameProblems(settings.hosts, gateway.domain, path),
        ...corsProblems(settings.cors, path),
        ...loopProblems(settings, path),
        ...routeProblems(settings, path),
    ];
}

function cloudProblems(settings: ExposeSettings, path: string): Problem[] {
    return (Object.keys(ENVOY_ONLY) as (keyof typeof ENVOY_ONLY)[])
        .filter((key) => settings[key] !== undefined)
        .map((key) => ({
            path: `${path}.${key}`,
            message: `is ${ENVOY_ONLY[key]}, which is left to Envoy: the clouds' own gateways differ in it`,
            fix: "Leave it out, or set the site's gateway.kind to envoy",
        }));
}

/** True if a host is the domain, or one name below it: no wildcard of a certificate covers more. */
function isCovered(host: string, domain: string): boolean {
    if (host === domain) return true;
    const label = host.slice(0, -domain.length - 1);
    return host === `${label}.${domain}` && label !== "" && !label.includes(".");
}

function nameProblems(
    hosts: readonly string[],
    domain: string | undefined,
    path: string,
): Problem[] {
    if (domain === undefined) {
        return hosts.map((value) => ({
            path: `${path}.hosts`,
            value,
            message: "is a name, and the site has no domain",
            fix: "Set the site's gateway.domain, or leave hosts out",
        }));
    }
    return hosts
        .filter((host) => !isCovered(host, domain))
        .map((value) => ({
            path: `${path}.hosts`,
            value,
            message: `is neither ${domain} nor one name below it, for which the gateway has a certificate`,
            fix: `Choose a name such as ${value.split(".")[0]}.${domain}`,
        }));
}

/** What browsers refuse, and refuse to everybody. */
function corsProblems(cors: ExposeSettings["cors"], path: string): Problem[] {
    if (!cors?.credentials || !cors.origins.includes("*")) return [];
    return [
        {
            path: `${path}.cors.origins`,
            value: "*",
            message: "would let pages of everybody act with a user's credentials",
            fix: "Name the origins, or set credentials to false",
        },
    ];
}

/** A redirect to the same path would be followed for ever. */
function loopProblems({ redirects }: ExposeSettings, path: string): Problem[] {
    return Object.entries(redirects)
        .filter(([from, to]) => from === to)
        .map(([value]) => ({
            path: `${path}.redirects`,
            value,
            message: "leads to itself",
            fix: "Lead it elsewhere or leave it out",
        }));
}
