import type { IClientTrafficPolicy } from "@kubernetes-models/envoy-gateway/gateway.envoyproxy.io/v1alpha1/ClientTrafficPolicy";
import type { BalancerService } from "../../contracts/edge.ts";
import type { Manifest } from "../manifest.ts";
import { PROTECTIVE_HEADERS } from "./headers.ts";
import type { Header } from "./headers.ts";
import { LISTENERS } from "./places.ts";

type Spec = Manifest<IClientTrafficPolicy["spec"]>;

/** Suites of TLS 1.2 with forward secrecy and authenticated encryption. Those of TLS 1.3 all have both. */
const CIPHERS = [
    "ECDHE-ECDSA-AES128-GCM-SHA256",
    "ECDHE-RSA-AES128-GCM-SHA256",
    "ECDHE-ECDSA-AES256-GCM-SHA384",
    "ECDHE-RSA-AES256-GCM-SHA384",
    "ECDHE-ECDSA-CHACHA20-POLY1305",
    "ECDHE-RSA-CHACHA20-POLY1305",
];

/**
 * What proxies before us would say about a client, and there are none: whoever sends it could be somebody else, or ask for
 * another host or path than the one that was decided on. Envoy then says itself who came; from where it knows that, see
 * `common`. What it judges by itself, such as X-Forwarded-Proto, is not in the list.
 *
 * @see https://www.envoyproxy.io/docs/envoy/latest/configuration/http/http_conn_man/headers#x-forwarded-for
 */
const HEARSAY = [
    "Forwarded",
    "True-Client-IP",
    "X-Client-IP",
    "X-Forwarded-For",
    "X-Forwarded-Host",
    "X-Forwarded-Port",
    "X-Forwarded-Prefix",
    "X-Original-URL",
    "X-Real-IP",
    "X-Rewrite-URL",
];

/** What the balancer tells of clients. */
type Told = Pick<BalancerService, "proxyProtocol">;

/**
 * How Envoy deals with clients, whatever they talk over: paths are made plain before anything is decided by them, and
 * neither slow nor greedy clients take what others need.
 *
 * The balancers keep each client's own address, or tell it ahead of its bytes, so no header has to be believed about it:
 * those that say it go before anything reads them, and X-Forwarded-For reaches applications with the one address that is
 * known.
 *
 * @see https://www.envoyproxy.io/docs/envoy/latest/configuration/best_practices/edge
 */
function common({ proxyProtocol }: Told, always: readonly Header[]) {
    return {
        ...(proxyProtocol && { proxyProtocol: { optional: false } }),
        path: { escapedSlashesAction: "UnescapeAndRedirect", disableMergeSlashes: false },
        headers: {
            withUnderscoresAction: "RejectRequest",
            earlyRequestHeaders: { remove: HEARSAY },
            lateResponseHeaders: {
                addIfAbsent: PROTECTIVE_HEADERS,
                ...(always.length > 0 && { set: always }),
            },
        },
        timeout: {
            http: {
                requestReceivedTimeout: "300s",
                idleTimeout: "300s",
                streamIdleTimeout: "300s",
            },
        },
        connection: { connectionLimit: { value: 10_000 }, bufferLimit: "32Ki" },
        http2: {
            maxConcurrentStreams: 100,
            initialStreamWindowSize: "64Ki",
            initialConnectionWindowSize: "1Mi",
            onInvalidMessage: "TerminateConnection",
        },
    } as const;
}

/** The listeners of a gateway that a policy is for. */
const targets = (gateway: string, sections: readonly string[]) =>
    sections.map((sectionName) => ({
        group: "gateway.networking.k8s.io" as const,
        kind: "Gateway" as const,
        name: gateway,
        sectionName,
    }));

/** What holds for plain HTTP. */
export function plainPolicy(gateway: string, balancer: Told) {
    return {
        targetRefs: targets(gateway, [LISTENERS.http]),
        ...common(balancer, []),
    } satisfies Spec;
}

/** What holds over TLS: version 1.2 or newer, with suites that nobody can read afterwards. */
export function tlsPolicy(
    gateway: string,
    sections: readonly string[],
    always: readonly Header[],
    balancer: Told,
) {
    return {
        targetRefs: targets(gateway, sections),
        tls: {
            minVersion: "1.2",
            maxVersion: "1.3",
            ciphers: CIPHERS,
            alpnProtocols: ["h2", "http/1.1"],
        },
        ...common(balancer, always),
    } satisfies Spec;
}
