import type { Reach } from "../contracts/edge.ts";

/** How an application is reached from outside its namespace. */
export interface ExposeSettings {
    /** `none`: by nobody; `cluster`: by applications that name it in `calls`; then by gateway. */
    readonly reach: "none" | "cluster" | Reach;
    /** Names it answers to. @default - `<application>.<domain of the site>`, where the site has a domain */
    readonly hosts: readonly string[];
    /** Paths that lead to it, as prefixes. */
    readonly paths: readonly string[];
    /** Seconds until an answer; with the gateway `envoy` only. @default - the balancer's own with `cloud` */
    readonly timeout?: number;
    /**
     * The largest request, in Kubernetes units; with the gateway `envoy` only. Each request is then taken in whole before
     * it is passed on, which neither WebSockets nor streams survive.
     *
     * @default - none
     */
    readonly bodyLimit?: string;
    /** Requests per client address. */
    readonly rateLimit?: {
        readonly requests: number;
        readonly per: "second" | "minute" | "hour";
    };
    /** Which other origins' pages may call it. */
    readonly cors?: {
        readonly origins: readonly string[];
        readonly methods: readonly string[];
        readonly headers: readonly string[];
        readonly credentials: boolean;
    };
    /** Requests without a valid token are refused. */
    readonly jwt?: {
        readonly issuer: string;
        readonly audiences: readonly string[];
        readonly jwks: string;
    };
    /** Paths that lead elsewhere, by path. */
    readonly redirects: Readonly<Record<string, string>>;
}
