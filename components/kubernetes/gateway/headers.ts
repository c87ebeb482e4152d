import type { GatewaySettings } from "../../settings/service-types.ts";
import type { Environment } from "../../settings/types.ts";

/** A header as the Gateway API writes it. */
export interface Header {
    readonly name: string;
    readonly value: string;
}

/**
 * What every answer says unless the application says otherwise (G3.23). The policy for contents is left to the
 * application: only it knows what its pages load.
 */
export const PROTECTIVE_HEADERS: readonly Header[] = [
    { name: "X-Content-Type-Options", value: "nosniff" },
    { name: "X-Frame-Options", value: "DENY" },
];

/** A year in production; elsewhere a day, so that what was only tried is soon forgotten. */
const SECONDS = { prod: 31_536_000, staging: 86_400, dev: 86_400 } as const;

/**
 * Tells browsers to come over TLS only; none without a domain, where nobody can prove a name.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6797
 */
export function transportHeaders(
    { domain }: Pick<GatewaySettings, "domain">,
    environment: Environment,
): readonly Header[] {
    if (domain === undefined) return [];
    const value = `max-age=${SECONDS[environment]}; includeSubDomains`;
    return [{ name: "Strict-Transport-Security", value }];
}
