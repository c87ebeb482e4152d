import type { Value } from "../../runtime/reader.ts";
import {
    and,
    each,
    failIf,
    holds,
    isOneOf,
    isPresent,
    not,
    or,
    some,
    type Truth,
    type Verdict,
} from "../../runtime/truth.ts";
import type { Check, Fix } from "../rule.ts";
import { OLD_TLS, PLAIN_HTTP } from "./messages.ts";

export const APPLICATION_GATEWAY = "azure-native:network:ApplicationGateway";
const ROUTE = "azure-native:cdn:Route";
const CUSTOM_DOMAIN = "azure-native:cdn:AFDCustomDomain";

/** Of Azure's own policies, the second of 2017 and those of 2022 and later take nothing older than 1.2. */
const MODERN_POLICY = /^AppGwSslPolicy(?:20170401S|20(?:2[2-9]|[3-9]\d)\d{4}S?)$/i;

function oldPolicy(policy: Value): readonly Verdict[] {
    const name = policy.get("policyName");
    const version = policy.get("minProtocolVersion");
    return [
        ...failIf(
            not(holds(name, name.text(), (text) => MODERN_POLICY.test(text), true)),
            name,
            OLD_TLS,
        ),
        ...failIf(not(isOneOf(version, ["tlsv1_2", "tlsv1_3"], true)), version, OLD_TLS),
    ];
}

/** Whether any of a gateway's addresses is public. */
export function hasPublicAddress(inputs: Value): Truth {
    return some(inputs.get("frontendIPConfigurations"), (frontend) =>
        isPresent(frontend.get("publicIPAddress")),
    );
}

/** Whether an id is that of a part. Parts of a gateway name each other by the ends of their ids. */
function isIdOf(id: Value, part: Value): Truth {
    const name = part.get("name");
    return holds(
        name,
        name.text(),
        (wanted) =>
            holds(
                id,
                id.text(),
                (text) => text.toLowerCase().endsWith(`/${wanted.toLowerCase()}`),
                false,
            ),
        { unknown: name.path },
    );
}

/** Whether a map of paths redirects what it has no path for; the paths themselves may serve, such as ACME's. */
function redirectsRest(maps: Value, id: Value): Truth {
    return some(maps, (map) =>
        and(isIdOf(id, map), isPresent(map.get("defaultRedirectConfiguration"))),
    );
}

/** Whether a rule that is for a listener redirects, by itself or by its map of paths. */
function isRedirected(inputs: Value, listener: Value): Truth {
    const maps = inputs.get("urlPathMaps");
    return some(inputs.get("requestRoutingRules"), (rule) =>
        and(
            isIdOf(rule.at("httpListener.id"), listener),
            or(
                isPresent(rule.get("redirectConfiguration")),
                redirectsRest(maps, rule.at("urlPathMap.id")),
            ),
        ),
    );
}

const gateway: Check = ({ inputs }) => {
    const isPublic = hasPublicAddress(inputs);
    return [
        ...oldPolicy(inputs.get("sslPolicy")),
        ...each(inputs.get("sslProfiles"), (profile) => oldPolicy(profile.get("sslPolicy"))),
        ...each(inputs.get("httpListeners"), (listener) => {
            const protocol = listener.get("protocol");
            const redirected = isRedirected(inputs, listener);
            const plain = and(isOneOf(protocol, ["http"], false), isPublic, not(redirected));
            return failIf(plain, protocol, PLAIN_HTTP);
        }),
    ];
};

/** Front Door takes both protocols by default. */
const takes = (inputs: Value, name: "http" | "https"): Truth =>
    some(inputs.get("supportedProtocols"), (protocol) => isOneOf(protocol, [name], false), true);

function isServedPlain(inputs: Value): Truth {
    return and(
        takes(inputs, "http"),
        not(isOneOf(inputs.get("httpsRedirect"), ["enabled"], false)),
    );
}

const route: Check = ({ inputs }) =>
    failIf(isServedPlain(inputs), inputs.get("httpsRedirect"), PLAIN_HTTP);

function takesOldVersions(inputs: Value): Truth {
    return not(isOneOf(inputs.at("tlsSettings.minimumTlsVersion"), ["tls12", "tls13"], true));
}

const hasOldCiphers = (inputs: Value): Truth =>
    isOneOf(inputs.at("tlsSettings.cipherSuiteSetType"), ["tls10_2019"], false);

const customDomain: Check = ({ inputs }) =>
    failIf(takesOldVersions(inputs), inputs.at("tlsSettings.minimumTlsVersion"), OLD_TLS);

export const azureChecks: Readonly<Record<string, Check>> = {
    [APPLICATION_GATEWAY]: gateway,
    [ROUTE]: route,
    [CUSTOM_DOMAIN]: customDomain,
};

export const azureFixes: Readonly<Record<string, Fix>> = {
    [ROUTE]: {
        replaces: false,
        // Azure refuses a redirect to a protocol that the route does not take.
        changes: ({ inputs }) =>
            and(isServedPlain(inputs), takes(inputs, "https")) === true
                ? [{ path: "httpsRedirect", value: "Enabled" }]
                : [],
    },
    [CUSTOM_DOMAIN]: {
        replaces: false,
        // A set of old ciphers does not go with a new version.
        changes: ({ inputs }) =>
            and(takesOldVersions(inputs), not(hasOldCiphers(inputs))) === true
                ? [{ path: "tlsSettings.minimumTlsVersion", value: "TLS12" }]
                : [],
    },
};
