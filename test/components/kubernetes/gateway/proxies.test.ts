import assert from "node:assert/strict";
import { recordGateways, specOf } from "./support.ts";
import type { Change } from "./support.ts";

describe("Gateways of Envoy", () => {
    it("speak TLS 1.2 or newer with forward secrecy, and say so to browsers", async () => {
        const resources = await recordGateways({ environment: "prod" });
        const spec = specOf(resources, "ClientTrafficPolicy", "site-public-https");
        const tls = spec["tls"] as { minVersion: string; ciphers: string[] };
        assert.equal(tls.minVersion, "1.2");
        for (const suite of tls.ciphers) assert.match(suite, /^ECDHE-.*(GCM|POLY1305)/);
        assert.deepEqual(
            (spec["targetRefs"] as { sectionName: string }[]).map(({ sectionName }) => sectionName),
            ["https", "apex"],
        );
        const { lateResponseHeaders } = spec["headers"] as { lateResponseHeaders: unknown };
        assert.deepEqual(lateResponseHeaders, {
            addIfAbsent: [
                { name: "X-Content-Type-Options", value: "nosniff" },
                { name: "X-Frame-Options", value: "DENY" },
            ],
            set: [
                {
                    name: "Strict-Transport-Security",
                    value: "max-age=31536000; includeSubDomains",
                },
            ],
        });
    });

    it("let no client say who it is, or what it asked for, in place of who it is and what it asks for", async () => {
        const resources = await recordGateways();
        for (const role of ["http", "https"]) {
            const spec = specOf(resources, "ClientTrafficPolicy", `site-public-${role}`);
            const { earlyRequestHeaders } = spec["headers"] as { earlyRequestHeaders: unknown };
            assert.deepEqual(earlyRequestHeaders, {
                remove: [
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
                ],
            });
        }
    });

    it("let browsers forget within a day what was only tried", async () => {
        const spec = specOf(await recordGateways(), "ClientTrafficPolicy", "site-public-https");
        assert.match(JSON.stringify(spec), /"max-age=86400; includeSubDomains"/);
        const plain = specOf(await recordGateways(), "ClientTrafficPolicy", "site-public-http");
        assert.doesNotMatch(JSON.stringify(plain), /max-age/);
    });

    it("make proxies that survive a zone, and a balancer as the cloud says", async () => {
        const spec = specOf(await recordGateways(), "EnvoyProxy", "site-public");
        const { kubernetes } = spec["provider"] as { kubernetes: Record<string, object> };
        const { envoyHpa, envoyPDB, envoyService } = kubernetes;
        assert.deepEqual(envoyPDB, {
            maxUnavailable: 1,
            patch: {
                type: "StrategicMerge",
                value: { spec: { unhealthyPodEvictionPolicy: "AlwaysAllow" } },
            },
        });
        assert.equal((envoyHpa as { minReplicas: number }).minReplicas, 3);
        assert.deepEqual(envoyService, {
            type: "LoadBalancer",
            externalTrafficPolicy: "Local",
            annotations: { "cloud/scheme": "internet-facing" },
            loadBalancerClass: "cloud/nlb",
        });
    });

    it("believe what a balancer tells of clients where it tells, and nothing else", async () => {
        const proxyProtocol = async (edge: Change["edge"]) => {
            const resources = await recordGateways({ edge });
            return ["http", "https"].map(
                (role) =>
                    specOf(resources, "ClientTrafficPolicy", `site-public-${role}`)[
                        "proxyProtocol"
                    ],
            );
        };
        assert.deepEqual(await proxyProtocol({ balancer: { proxyProtocol: true } }), [
            { optional: false },
            { optional: false },
        ]);
        assert.deepEqual(await proxyProtocol({}), [undefined, undefined]);
    });

    it("have one proxy and no budget otherwise, or its node could not be drained (G3.18)", async () => {
        const resources = await recordGateways({ highAvailability: false });
        const spec = specOf(resources, "EnvoyProxy", "site-public");
        const { kubernetes } = spec["provider"] as { kubernetes: Record<string, object> };
        assert.equal((kubernetes["envoyHpa"] as { minReplicas: number }).minReplicas, 1);
        assert.equal("envoyPDB" in kubernetes, false);
    });

    it("log requests without what is asked for behind their paths", async () => {
        const spec = specOf(await recordGateways(), "EnvoyProxy", "site-public");
        const text = JSON.stringify(spec["telemetry"]);
        assert.match(text, /"path":"%PATH\(NQ:ORIG_OR_PATH\)%"/);
        assert.doesNotMatch(text, /REQ\(:PATH\)|AUTHORIZATION|COOKIE|REFERER/);
    });
});
