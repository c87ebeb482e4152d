import { exposureProblems } from "../../../kubernetes/gateway/problems.ts";
import type { ExposeSettings } from "../../expose-types.ts";
import type { SiteContext } from "../../site-context.ts";
import type { ApplicationSettings } from "../../types.ts";
import { isGiven } from "../../written.ts";
import type { ApplicationCheck } from "./index.ts";

/** True if a gateway leads to it. */
export function isBehindGateway({ expose }: Pick<ApplicationSettings, "expose">): boolean {
    return expose.reach === "internal" || expose.reach === "public";
}

/** Parts that only a gateway can keep. */
const GATEWAY_PARTS = [
    "hosts",
    "paths",
    "timeout",
    "bodyLimit",
    "rateLimit",
    "cors",
    "jwt",
    "redirects",
] as const satisfies (keyof ExposeSettings)[];

/** Parts that are there only if the user asks for them, if only by an empty group. */
const isAsked = (part: keyof ExposeSettings) =>
    part === "rateLimit" || part === "cors" || part === "jwt";

/** What a gateway can keep, under names that it can have certificates for. */
export const checkExposure: ApplicationCheck = (context, key, application) => {
    const at = `applications.${key}.expose`;
    const { effective, add } = context;
    const { expose } = application;
    if (!isBehindGateway(application)) {
        const given = GATEWAY_PARTS.filter(
            (one) => isGiven(context, `${at}.${one}`) || (isAsked(one) && expose[one]),
        );
        for (const part of given) {
            add({
                at: `${at}.${part}`,
                involves: [`${at}.reach`],
                message: "is kept by a gateway, and none leads to it",
                fix: "Write expose.reach: internal or public, or remove it",
            });
        }
        return;
    }
    checkParts(add, at, expose);
    for (const problem of exposureProblems(expose, effective.gateway, { path: at })) {
        const { path, value, message, fix } = problem;
        add({ at: path, involves: ["gateway.domain", "gateway.kind"], value, message, fix });
    }
};

/** True for an empty list, and for one that the user left out although the type says that it is there. */
const isNone = (list: readonly string[] | undefined) => list === undefined || list.length === 0;

/** Parts that are not complete. */
function checkParts(add: SiteContext["add"], at: string, { cors, jwt, paths }: ExposeSettings) {
    if (cors && isNone(cors.origins)) {
        const fix = "List the origins whose pages may call it";
        add({ at: `${at}.cors.origins`, message: "is missing", fix });
    }
    for (const part of ["issuer", "jwks"] as const) {
        if (jwt === undefined || (jwt[part] as string | undefined) !== undefined) continue;
        const fix = `Write the address of the ${part === "jwks" ? "issuer's keys" : "issuer"}`;
        add({ at: `${at}.jwt.${part}`, message: "is missing", fix });
    }
    if (jwt && isNone(jwt.audiences)) {
        const fix = "List for whom tokens have to be";
        add({ at: `${at}.jwt.audiences`, message: "is missing", fix });
    }
    if (paths.length > 0) return;
    add({ at: `${at}.paths`, message: "is empty: nothing would lead to it", fix: "Write [/]" });
}

/** The names that an application answers to. Without a domain it answers to any. */
export function hostsOf(
    key: string,
    { expose }: Pick<ApplicationSettings, "expose">,
    domain: string | undefined,
): readonly string[] {
    if (expose.hosts.length > 0) return expose.hosts;
    return domain === undefined ? [] : [`${key}.${domain}`];
}

/** No two applications answer for one path of one name at one gateway. */
export function checkHosts({ effective, add }: SiteContext): void {
    const { applications, gateway } = effective;
    const seen = new Map<string, string>();
    for (const [key, application] of Object.entries(applications)) {
        if (!isBehindGateway(application)) continue;
        const hosts = hostsOf(key, application, gateway.domain);
        for (const host of hosts.length > 0 ? hosts : ["*"]) {
            for (const path of application.expose.paths) {
                const place = `${application.expose.reach} ${host}${path}`;
                const other = seen.get(place);
                seen.set(place, key);
                if (other === undefined) continue;
                const nameless = host === "*";
                const where = nameless ? `${path} of the gateway's own name` : `${host}${path}`;
                add({
                    at: `applications.${key}.expose`,
                    involves: [`applications.${other}.expose`],
                    message: `leads ${where} to it, which leads to ${other} already`,
                    fix: nameless
                        ? "Set the site's gateway.domain, which gives each a name of its own, or give one of them another path"
                        : "Give one of them another host or another path",
                });
            }
        }
    }
}
