import type { Problem } from "../../lib/problem.ts";
import type { ExposeSettings } from "../../settings/expose-types.ts";

/**
 * What an HTTPRoute and a SecurityPolicy hold at most. A route has a rule for each redirect, and one for the paths.
 *
 * @see https://gateway-api.sigs.k8s.io/reference/spec/#httproutespec
 * @see https://gateway.envoyproxy.io/docs/api/extension_types/#jwtprovider
 */
const MOST = { hosts: 16, paths: 64, redirects: 15, audiences: 8 } as const;

/** The longest address that Envoy's controller takes. */
const LONGEST_ADDRESS = 253;

/** What of an application's route the API server or Envoy's controller would refuse, or would lose; empty if nothing. */
export function routeProblems(settings: ExposeSettings, path: string): Problem[] {
    const { hosts, paths, redirects } = settings;
    return [
        ...numberProblems(`${path}.hosts`, hosts.length, MOST.hosts),
        ...numberProblems(`${path}.paths`, paths.length, MOST.paths),
        ...numberProblems(`${path}.redirects`, Object.keys(redirects).length, MOST.redirects),
        ...paths.flatMap((one) => pathProblems(`${path}.paths`, one)),
        ...Object.entries(redirects).flatMap(([from, to]) => [
            ...pathProblems(`${path}.redirects`, from),
            ...targetProblems(`${path}.redirects.${from}`, to),
        ]),
        ...tokenProblems(settings.jwt, `${path}.jwt`),
    ];
}

function numberProblems(path: string, number: number, most: number): Problem[] {
    if (number <= most) return [];
    return [
        {
            path,
            value: String(number),
            message: `are more than the ${most} that one route holds`,
            fix: "Leave some out, or let the application answer them itself",
        },
    ];
}

/** A path that is written in one way only: others would be a way round what is decided by it. */
function pathProblems(path: string, value: string): Problem[] {
    const isPlain =
        /^(?:[-\w/.~]|%[0-9a-f]{2})+$/i.test(value) && !/\/\/|\/\.\.?(\/|$)|%2f/i.test(value);
    if (isPlain) return [];
    return [
        {
            path,
            value,
            message: "is not a path that a route can be found by",
            fix: "Write it without //, /./, /../ and %2F, and % only before two digits of its code",
        },
    ];
}

/** Where a redirect leads: a route knows a host, a port and a path. */
function targetProblems(path: string, to: string): Problem[] {
    if (to.startsWith("/")) return [];
    const url = URL.canParse(to) ? new URL(to) : undefined;
    if (url && url.search === "" && url.hash === "" && !url.hostname.startsWith("[")) return [];
    return [
        {
            path,
            value: to,
            message:
                "is not an address that a route can lead to: a host and a path, and nothing behind them",
            fix: "Leave out what begins with ? or #, or let the application redirect itself",
        },
    ];
}

/** Proxies are let out to public addresses at 443 only: a request whose token cannot be judged would be refused. */
function tokenProblems(jwt: ExposeSettings["jwt"], path: string): Problem[] {
    if (jwt === undefined) return [];
    // What the user wrote may lack what the type says is there.
    const { issuer = "", audiences = [], jwks = "" } = jwt as Partial<typeof jwt>;
    const port = URL.canParse(jwks) ? new URL(jwks).port : "";
    return [
        ...numberProblems(`${path}.audiences`, audiences.length, MOST.audiences),
        ...Object.entries({ issuer, jwks })
            .filter(([, address]) => address.length > LONGEST_ADDRESS)
            .map(([part, value]) => ({
                path: `${path}.${part}`,
                value: `${value.length} characters`,
                message: `is longer than the ${LONGEST_ADDRESS} that Envoy's controller takes`,
                fix: "Use a shorter address",
            })),
        ...(port === ""
            ? []
            : [
                  {
                      path: `${path}.jwks`,
                      value: jwks,
                      message: "is at a port to which the proxies are not let out",
                      fix: "Publish the keys at 443, and leave the port out",
                  },
              ]),
    ];
}
