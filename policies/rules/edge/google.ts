import type { Value } from "../../runtime/reader.ts";
import type { Stack, StackResource } from "../../runtime/stack.ts";
import {
    and,
    failIf,
    isOn,
    isOneOf,
    isPresent,
    not,
    or,
    some,
    type Truth,
} from "../../runtime/truth.ts";
import { forTypes, on, type Check, type Fix, type StackVerdict } from "../rule.ts";
import { OLD_TLS, PLAIN_HTTP } from "./messages.ts";

const POLICIES: readonly string[] = [
    "gcp:compute/sSLPolicy:SSLPolicy",
    "gcp:compute/regionSslPolicy:RegionSslPolicy",
];
const TLS_PROXIES: readonly string[] = [
    "gcp:compute/targetHttpsProxy:TargetHttpsProxy",
    "gcp:compute/regionTargetHttpsProxy:RegionTargetHttpsProxy",
    "gcp:compute/targetSSLProxy:TargetSSLProxy",
];
const HTTP_PROXIES: readonly string[] = [
    "gcp:compute/targetHttpProxy:TargetHttpProxy",
    "gcp:compute/regionTargetHttpProxy:RegionTargetHttpProxy",
];
const URL_MAPS: readonly string[] = [
    "gcp:compute/uRLMap:URLMap",
    "gcp:compute/regionUrlMap:RegionUrlMap",
];
const FORWARDING_RULES: readonly string[] = [
    "gcp:compute/globalForwardingRule:GlobalForwardingRule",
    "gcp:compute/forwardingRule:ForwardingRule",
];

/** The profile RESTRICTED has no ciphers that older versions of TLS know, whatever least version stands beside it. */
function isModern(inputs: Value): Truth {
    return or(
        isOneOf(inputs.get("minTlsVersion"), ["tls_1_2", "tls_1_3"], false),
        isOneOf(inputs.get("profile"), ["restricted"], false),
    );
}

const policy: Check = ({ inputs }) =>
    failIf(not(isModern(inputs)), inputs.get("minTlsVersion"), OLD_TLS);

const modernise: Fix = {
    replaces: false,
    changes: ({ inputs }) =>
        isModern(inputs) === false ? [{ path: "minTlsVersion", value: "TLS_1_2" }] : [],
};

/** Whether a load balancing scheme, which is external unless said otherwise, faces the internet. */
export function isExternal(scheme: Value, absent: Truth): Truth {
    if (scheme.state === "absent") return absent;
    return isOneOf(scheme, ["external", "external_managed"], false);
}

/** Whether a map sends every caller to HTTPS. */
function redirects({ given }: StackResource): Truth {
    return and(
        isOn(given.at("defaultUrlRedirect.httpsRedirect"), false),
        not(some(given.get("pathMatchers"), (one) => isPresent(one.get("defaultService")))),
    );
}

/** A proxy is public if an address is. Without any forwarding rule in the stack nobody can tell. */
function isReached(stack: Stack, one: StackResource, place: Value): Truth {
    const rules = FORWARDING_RULES.flatMap((type) => stack.referrers(one, type, "target"));
    if (rules.length === 0) return { unknown: place.path };
    return or(...rules.map(({ given }) => isExternal(given.get("loadBalancingScheme"), true)));
}

function plainProxies(stack: Stack): readonly StackVerdict[] {
    return stack.all(...HTTP_PROXIES).flatMap((one) => {
        const map = stack.targets(one, "urlMap").find(({ type }) => URL_MAPS.includes(type));
        const place = one.given.get("urlMap");
        const redirected = map === undefined ? { unknown: place.path } : redirects(map);
        return on(
            one,
            failIf(and(not(redirected), isReached(stack, one, place)), place, PLAIN_HTTP),
        );
    });
}

/** Without a policy a proxy takes every version; which ones a policy takes is found at the policy. */
function lenientProxies(stack: Stack): readonly StackVerdict[] {
    return stack.all(...TLS_PROXIES).flatMap((one) => {
        const place = one.given.get("sslPolicy");
        const chosen = or(one.references("sslPolicy").length > 0, isPresent(place));
        return on(one, failIf(and(not(chosen), isReached(stack, one, place)), place, OLD_TLS));
    });
}

export const googleChecks: Readonly<Record<string, Check>> = forTypes(POLICIES, policy);

export const googleFixes: Readonly<Record<string, Fix>> = Object.fromEntries(
    POLICIES.map((type) => [type, modernise]),
);

export const GOOGLE_JUDGES: readonly string[] = [...HTTP_PROXIES, ...TLS_PROXIES];
export const GOOGLE_READS: readonly string[] = [...URL_MAPS, ...FORWARDING_RULES];
export const judgeGoogle = (stack: Stack): readonly StackVerdict[] => [
    ...plainProxies(stack),
    ...lenientProxies(stack),
];
