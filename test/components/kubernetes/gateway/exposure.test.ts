import assert from "node:assert/strict";
import type * as pulumi from "@pulumi/pulumi";
import { exposeApplication } from "../../../../components/kubernetes/gateway/exposure.ts";
import { exposedLabels, proxyLabels } from "../../../../components/kubernetes/gateway/places.ts";
import type { ExposeSettings } from "../../../../components/settings/expose-types.ts";
import { reaches } from "../reachability.ts";
import type { Policy } from "../reachability.ts";
import { record } from "../record.ts";
import type { Recorded } from "../record.ts";
import { validate } from "../schemas.ts";
import { GATEWAY, NAMELESS, find, makeGateways, names, own, specOf, standing } from "./support.ts";
import type { Change, FakeEdge } from "./support.ts";

/** An application that says nothing of its own. Each test changes what it is about. */
const EXPOSE: ExposeSettings = {
    reach: "public",
    hosts: [],
    paths: ["/"],
    timeout: 30,
    redirects: {},
};

/** What a test looks at. */
interface Seen {
    readonly resources: readonly Recorded[];
    readonly urls: readonly string[];
    readonly edge: FakeEdge;
}

/** Exposes the application `web` on the gateways of a fake site. */
async function expose(settings: Partial<ExposeSettings> = {}, change: Change = {}): Promise<Seen> {
    const urls: string[] = [];
    const edges: FakeEdge[] = [];
    const resources = await record(() => {
        const gateways = makeGateways(change);
        edges.push(gateways.edge as FakeEdge);
        const exposure = exposeApplication(
            "site-web",
            {
                application: "web",
                namespace: "web",
                labels: { "app.kubernetes.io/name": "web" },
                settings: { ...EXPOSE, ...settings },
                reach: "public",
                service: { name: "web", port: 80 },
                pods: { labels: { "app.kubernetes.io/name": "web" }, port: 8080 },
                healthPath: "/ready",
                gateways,
            },
            { parent: gateways },
        );
        exposure.urls.apply((known) => urls.push(...known));
    }, standing("203.0.113.7"));
    const [edge] = edges;
    assert.ok(edge);
    const mine = own(resources).filter(({ name }) => name.startsWith("site-web"));
    return { resources: mine, urls, edge };
}

const ruleOf = (spec: Record<string, unknown>) => (spec["rules"] as object[]).at(-1);

describe("exposeApplication on Envoy", () => {
    it("makes exactly the route, its policy and the way in", async () => {
        const { resources } = await expose();
        assert.deepEqual(names(resources), [
            "BackendTrafficPolicy site-web",
            "HTTPRoute site-web",
            "NetworkPolicy site-web-allow-gateway",
        ]);
    });

    it("makes objects that their published schemas know in every field", async () => {
        const { resources } = await expose({
            hosts: ["example.com", "www.example.com"],
            paths: ["/api", "/"],
            bodyLimit: "10Mi",
            rateLimit: { requests: 100, per: "minute" },
            cors: {
                origins: ["https://app.example.com"],
                methods: ["GET", "POST"],
                headers: ["authorization"],
                credentials: true,
            },
            jwt: {
                issuer: "https://id.example.com",
                audiences: ["api"],
                jwks: "https://id.example.com/keys",
            },
            redirects: { "/old": "/new", "/docs": "https://docs.example.com/start" },
        });
        for (const { type, inputs } of resources) validate(type, inputs);
        assert.deepEqual(names(resources), [
            "BackendTrafficPolicy site-web",
            "HTTPRoute site-web",
            "NetworkPolicy site-web-allow-gateway",
            "NetworkPolicy site-web-allow-keys",
            "SecurityPolicy site-web",
        ]);
    });

    it("leads its own name and every path below its paths to its Service", async () => {
        const spec = specOf((await expose()).resources, "HTTPRoute", "site-web");
        assert.deepEqual(spec, {
            parentRefs: [
                {
                    group: "gateway.networking.k8s.io",
                    kind: "Gateway",
                    name: "public",
                    namespace: "gateways",
                },
            ],
            hostnames: ["web.example.com"],
            rules: [
                {
                    matches: [{ path: { type: "PathPrefix", value: "/" } }],
                    backendRefs: [{ group: "", kind: "Service", name: "web", port: 80, weight: 1 }],
                    timeouts: { request: "30s" },
                },
            ],
        });
    });

    it("leads paths elsewhere on the same name or on another", async () => {
        const redirects = { "/old": "/new", "/docs": "http://docs.example.com:8080/start" };
        const { resources } = await expose({ redirects });
        const { rules } = specOf(resources, "HTTPRoute", "site-web") as { rules: object[] };
        assert.deepEqual(rules.slice(0, -1), [
            {
                matches: [{ path: { type: "Exact", value: "/old" } }],
                filters: [
                    {
                        type: "RequestRedirect",
                        requestRedirect: {
                            path: { type: "ReplaceFullPath", replaceFullPath: "/new" },
                            statusCode: 302,
                        },
                    },
                ],
            },
            {
                matches: [{ path: { type: "Exact", value: "/docs" } }],
                filters: [
                    {
                        type: "RequestRedirect",
                        requestRedirect: {
                            scheme: "http",
                            hostname: "docs.example.com",
                            port: 8080,
                            path: { type: "ReplaceFullPath", replaceFullPath: "/start" },
                            statusCode: 302,
                        },
                    },
                ],
            },
        ]);
    });

    it("limits what one client asks by the gateway's own policy, and tries nothing again (G3.22, G12.5)", async () => {
        const { resources } = await expose({
            rateLimit: { requests: 50, per: "hour" },
            bodyLimit: "10Mi",
        });
        const spec = specOf(resources, "BackendTrafficPolicy", "site-web");
        assert.deepEqual(spec["rateLimit"], {
            local: {
                rules: [
                    {
                        clientSelectors: [{ sourceCIDR: { type: "Distinct", value: "0.0.0.0/0" } }],
                        limit: { requests: 50, unit: "Hour" },
                    },
                ],
            },
        });
        assert.deepEqual(spec["requestBuffer"], { limit: "10Mi" });
        assert.equal("retry" in spec, false);
    });

    it("leaves a pod alone for half a minute that failed five times in a row, and half of them at most (G7.7)", async () => {
        const { resources } = await expose();
        const spec = specOf(resources, "BackendTrafficPolicy", "site-web");
        assert.deepEqual(spec["healthCheck"], {
            passive: {
                consecutiveGatewayErrors: 5,
                consecutive5XxErrors: 0,
                interval: "30s",
                baseEjectionTime: "30s",
                maxEjectionPercent: 50,
            },
        });
        assert.deepEqual(spec["loadBalancer"], { type: "LeastRequest" });
        assert.equal("rateLimit" in spec, false);
    });

    it("asks for a token of the issuer for this audience, and lets named origins only ask (G7.3)", async () => {
        const { resources } = await expose({
            jwt: {
                issuer: "https://login.example.com",
                audiences: ["shop"],
                jwks: "https://login.example.com/keys",
            },
            cors: {
                origins: ["https://www.example.com"],
                methods: ["GET", "POST"],
                headers: ["authorization"],
                credentials: true,
            },
        });
        const { targetRefs: _, ...rest } = specOf(resources, "SecurityPolicy", "site-web");
        assert.deepEqual(rest, {
            jwt: {
                providers: [
                    {
                        name: "tokens",
                        issuer: "https://login.example.com",
                        audiences: ["shop"],
                        remoteJWKS: {
                            uri: "https://login.example.com/keys",
                            cacheDuration: "5m",
                        },
                    },
                ],
            },
            cors: {
                allowOrigins: ["https://www.example.com"],
                allowMethods: ["GET", "POST"],
                allowHeaders: ["authorization"],
                allowCredentials: true,
                maxAge: "10m",
            },
        });
    });

    it("buffers no request unless a limit is asked for, or WebSockets would hang", async () => {
        const { resources } = await expose();
        assert.equal(
            "requestBuffer" in specOf(resources, "BackendTrafficPolicy", "site-web"),
            false,
        );
    });

    it("is never open before the policies that refuse", async () => {
        const jwt = { issuer: "https://id.example.com", audiences: [], jwks: "https://id/keys" };
        const { resources } = await expose({ jwt });
        const { dependsOn } = find(resources, "HTTPRoute", "site-web");
        for (const needed of [
            "Gateway::site-public",
            "BackendTrafficPolicy::site-web",
            "SecurityPolicy::site-web",
            "NetworkPolicy::site-web-allow-gateway",
        ]) {
            assert.ok(
                dependsOn.some((urn) => urn.endsWith(needed)),
                needed,
            );
        }
    });

    it("tells where it is reached", async () => {
        const hosts = ["example.com", "www.example.com"];
        assert.deepEqual((await expose()).urls, ["https://web.example.com/"]);
        assert.deepEqual((await expose({ hosts, paths: ["/a", "/b"] })).urls, [
            "https://example.com/a",
            "https://example.com/b",
            "https://www.example.com/a",
            "https://www.example.com/b",
        ]);
    });

    it("answers to every name where the site has no domain", async () => {
        const { resources, urls } = await expose({}, { settings: NAMELESS });
        assert.equal("hostnames" in specOf(resources, "HTTPRoute", "site-web"), false);
        assert.deepEqual(urls, ["http://203.0.113.7/"]);
    });

    it("takes tokens over TLS only, where there is no domain and plain HTTP is answered too", async () => {
        const jwt = {
            issuer: "https://id.example.com",
            audiences: ["api"],
            jwks: "https://id.example.com/keys",
        };
        const parentOf = ({ resources }: Seen) => {
            const { parentRefs } = specOf(resources, "HTTPRoute", "site-web");
            return (parentRefs as readonly { readonly sectionName?: string }[])[0]?.sectionName;
        };
        const nameless = await expose({ jwt }, { settings: NAMELESS });
        assert.equal(parentOf(nameless), "https");
        assert.deepEqual(nameless.urls, ["https://203.0.113.7/"]);
        assert.equal(parentOf(await expose({}, { settings: NAMELESS })), undefined);
        assert.equal(parentOf(await expose({ jwt })), undefined);
    });

    it("makes the same while nothing of the cluster is known yet", async () => {
        for (const settings of [GATEWAY, NAMELESS]) {
            const known = await expose({}, { settings });
            const unknown = await expose({}, { settings, unknown: true });
            const urns = ({ resources }: Seen) => resources.map(({ urn }) => urn).sort();
            assert.deepEqual(urns(unknown), urns(known));
        }
    });

    it("lets in the proxies of its gateway at its port, and nobody else", async () => {
        const { resources } = await expose();
        const spec = specOf(resources, "NetworkPolicy", "site-web-allow-gateway");
        const policies: Policy[] = [{ namespace: "web", spec: spec as unknown as Policy["spec"] }];
        const web = { namespace: "web", labels: { "app.kubernetes.io/name": "web" } };
        const proxy = (reach: "public" | "internal", namespace = "envoy-gateway") => ({
            namespace,
            labels: proxyLabels(reach),
        });
        const at = (port: number) => ({ protocol: "TCP" as const, port });
        assert.equal(reaches(policies, proxy("public"), web, at(8080)), true);
        assert.equal(reaches(policies, proxy("public"), web, at(9090)), false);
        assert.equal(reaches(policies, proxy("internal"), web, at(8080)), false);
        assert.equal(reaches(policies, proxy("public", "other"), web, at(8080)), false);
        assert.equal(reaches(policies, { address: "10.0.0.9" }, web, at(8080)), false);
    });
});

describe("exposeApplication on a cloud's gateway", () => {
    const change = { settings: { ...GATEWAY, kind: "cloud" as const } };
    const settings = { timeout: undefined };

    it("makes the route, what the balancer needs beside the Service, and the way in for its addresses", async () => {
        const { resources, edge } = await expose(settings, change);
        assert.deepEqual(names(resources), [
            "HTTPRoute site-web",
            "Health site-web-web",
            "NetworkPolicy site-web-allow-gateway",
        ]);
        assert.deepEqual(edge.backends, [
            { service: "web", port: 80, healthPath: "/ready", reach: "public" },
        ]);
        const { ingress } = specOf(resources, "NetworkPolicy", "site-web-allow-gateway");
        assert.deepEqual(ingress, [
            {
                from: [{ ipBlock: { cidr: "10.0.0.0/16" } }],
                ports: [{ protocol: "TCP", port: 8080 }],
            },
        ]);
    });

    it("adds the protective headers by the route, unless the cloud does", async () => {
        const { resources } = await expose(settings, change);
        assert.deepEqual(ruleOf(specOf(resources, "HTTPRoute", "site-web")), {
            matches: [{ path: { type: "PathPrefix", value: "/" } }],
            filters: [
                {
                    type: "ResponseHeaderModifier",
                    responseHeaderModifier: {
                        set: [
                            { name: "X-Content-Type-Options", value: "nosniff" },
                            { name: "X-Frame-Options", value: "DENY" },
                            {
                                name: "Strict-Transport-Security",
                                value: "max-age=86400; includeSubDomains",
                            },
                        ],
                    },
                },
            ],
            backendRefs: [{ group: "", kind: "Service", name: "web", port: 80, weight: 1 }],
        });
        const done = await expose(settings, { ...change, edge: { cloud: { setsHeaders: true } } });
        const rule = ruleOf(specOf(done.resources, "HTTPRoute", "site-web"));
        assert.equal("filters" in (rule ?? {}), false);
    });

    it("rejects what only Envoy does, all at once", async () => {
        const rateLimit = { requests: 1, per: "second" as const };
        await record(() => {
            const gateways = makeGateways(change);
            const labels = {};
            const args = {
                application: "web",
                namespace: "web",
                labels,
                settings: { ...EXPOSE, rateLimit },
                reach: "public" as const,
                service: { name: "web", port: 80 },
                pods: { labels, port: 8080 },
                healthPath: "/",
                gateways,
            };
            const within: { parent: pulumi.Resource } = { parent: gateways };
            assert.throws(
                () => exposeApplication("site-web", args, within),
                /expose\.timeout: is a time limit[\s\S]*expose\.rateLimit: is a limit/,
            );
            assert.throws(
                () => exposeApplication("site-web", { ...args, reach: "internal" }, within),
                /expose\.reach: internal is a gateway that the site does not have/,
            );
        });
    });
});

describe("exposedLabels", () => {
    it("let the routes of a namespace onto one gateway", () => {
        assert.deepEqual(exposedLabels("internal"), { "platform/exposed": "internal" });
    });
});
